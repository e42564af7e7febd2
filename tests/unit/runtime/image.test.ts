/** Decoding, the letterbox, normalization, and drawing. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import type { Transform } from '../../../runtime/detect/detection.ts';
import { decode, measure, PictureProblem, pixelsFrom } from '../../../runtime/image/decode.ts';
import { draw, overlayOf } from '../../../runtime/image/draw.ts';
import { normalize } from '../../../runtime/image/normalize.ts';
import { type Size, sizeAfter, transform } from '../../../runtime/image/transform.ts';
import { dataText } from '../../data-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'necktie-image-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function written(name: string, pixels: readonly number[], channels: 1 | 3 | 4, width: number): Promise<string> {
  const path = join(folder, name);
  await sharp(Buffer.from(pixels), { raw: { width, height: pixels.length / channels / width, channels } })
    .png()
    .toFile(path);
  return path;
}

describe('decode', () => {
  it('gives the colours in the order that is wanted', async () =>
    expect([...pixelsFrom(await decode(await written('rgb.png', [10, 20, 30, 40, 50, 60], 3, 2)), 'blue')]).toEqual([
      30, 20, 10, 60, 50, 40,
    ]));
  it('makes gray three channels', async () =>
    expect([...pixelsFrom(await decode(await written('gray.png', [7, 9], 1, 2)), 'blue')]).toEqual([7, 7, 7, 9, 9, 9]));
  it('drops transparency and blends nothing', async () =>
    expect([...pixelsFrom(await decode(await written('rgba.png', [200, 100, 50, 0], 4, 1)), 'blue')]).toEqual([50, 100, 200]));
  it('turns a picture as its EXIF tag says', async () => {
    const path = join(folder, 'turned.jpg');
    await sharp({ create: { width: 8, height: 16, channels: 3, background: '#123456' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toFile(path);
    const { width, height } = await decode(path);
    expect([width, height]).toEqual([16, 8]);
  });
  it.each([
    ['absent.png', null, /no such file/],
    ['empty.png', '', /The file is empty\./],
    ['text.png', 'not a picture', /no picture/],
    ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', /no picture/],
    ['a.bmp', 'BM', /BMP/],
  ])('%s is a problem in words', async (name, content, message) => {
    if (content !== null) writeFileSync(join(folder, name), content);
    const problem = await decode(join(folder, name)).catch((e: unknown) => e);
    expect(problem).toBeInstanceOf(PictureProblem);
    expect(String(problem)).toMatch(message);
  });
});

describe('bitmaps', () => {
  const bitmaps: readonly { name: string; file: string; width: number; height: number; bgr: string }[] = JSON.parse(
    dataText('images/bitmaps.json.gz'),
  );
  it.each(bitmaps.map(b => [b.name, b] as const))('%s, as OpenCV reads it', async (_, { file, width, height, bgr }) => {
    const path = join(folder, 'bitmap.bmp');
    const bytes = Buffer.from(file, 'base64');
    writeFileSync(path, bytes);
    const picture = await decode(path);
    expect([picture.width, picture.height, ...(await measure(path))]).toEqual([width, height, width, height]);
    expect(Buffer.from(pixelsFrom(picture, 'blue')).toString('base64')).toBe(bgr);
    for (const length of [0, 20, 54, bytes.length - 1]) {
      writeFileSync(path, bytes.subarray(0, length));
      await expect(decode(path)).rejects.toBeInstanceOf(PictureProblem);
    }
  });
});

describe('other pictures', () => {
  const pictures: readonly { name: string; file: string; width: number; height: number; bgr: string }[] = JSON.parse(
    dataText('images/awkward.json.gz'),
  );
  it.each(pictures.map(p => [p.name, p] as const))('%s, as OpenCV 5 reads it', async (name, { file, width, height, bgr }) => {
    const path = join(folder, name);
    writeFileSync(path, Buffer.from(file, 'base64'));
    const picture = await decode(path);
    expect([picture.width, picture.height, ...(await measure(path))]).toEqual([width, height, width, height]);
    expect(Buffer.from(pixelsFrom(picture, 'blue')).equals(Buffer.from(bgr, 'base64'))).toBe(true);
  });
});

describe('measure', () => {
  it('tells the size that `decode` gives', async () => {
    expect(await measure(join(folder, 'turned.jpg'))).toEqual([16, 8]);
    await expect(measure(join(folder, 'absent.png'))).rejects.toThrow(/no such file/);
  });
});

describe('transform', () => {
  const steps: readonly Transform[] = [
    { kind: 'yolov5-keep-ratio-resize', scale: [320, 320] },
    { kind: 'letter-resize', scale: [320, 320], allowScaleUp: false, padValue: 114 },
  ];
  it('tells the size beforehand', () => {
    const all: readonly Transform[] = [
      { kind: 'keep-ratio-resize', scale: [50, 40], cubic: true },
      { kind: 'resize', scale: [33, 21], cubic: false },
      { kind: 'pad-to-multiple', divisor: 8, value: 3 },
      { kind: 'pad', size: [64, 24], value: 4 },
    ];
    for (let count = 0; count <= all.length; count++) {
      const { picture, geometry } = transform(blank(30, 47), all.slice(0, count));
      expect(sizeAfter([30, 47], all.slice(0, count))).toEqual([picture.width, picture.height]);
      expect(geometry.inner).toEqual([picture.width, picture.height]);
    }
    const { picture, geometry } = transform(blank(30, 47), all);
    expect([picture.pixels.at(3 * 39), picture.pixels.at(3 * 40), geometry.scale]).toEqual([3, 4, [1.1, 21 / 47]]);
  });
  it('halves the padding where the config says so', () => {
    const step: Transform = { kind: 'letter-resize', scale: [10, 10], allowScaleUp: true, padValue: 0, halfPadding: true };
    expect(transform(blank(10, 7), [step]).geometry.padding).toEqual({ top: 1.5, bottom: 1.5, left: 0, right: 0 });
  });
  // What mmyolo gave for pictures of 1001 × 333, 237 × 900, 413 × 377: height and width, scale, padding at the top and the left.
  const letter = (scale: Size, more: Partial<Extract<Transform, { kind: 'letter-resize' }>> = {}): Transform => ({
    kind: 'letter-resize',
    scale,
    allowScaleUp: true,
    padValue: 114,
    ...more,
  });
  const fitted = (size: Size, given: readonly Transform[]): readonly number[] => {
    const { picture, geometry } = transform(blank(...size), given);
    expect([picture.width, picture.height]).toEqual(sizeAfter(size, given));
    const { scale, padding } = geometry;
    return [picture.height, picture.width, ...scale, padding.top, padding.left];
  };
  it('pads to what is over multiples of 32 where LetterResize is told so, before `stretch_only`', () => {
    const least = [steps[0]!, letter([320, 320], { allowScaleUp: false, filling: 'least' })];
    expect(fitted([1001, 333], least)).toEqual([128, 320, 320 / 1001, 106 / 333, 11, 0]);
    expect(fitted([237, 900], least)).toEqual([320, 96, 84 / 237, 320 / 900, 0, 6]);
    expect(fitted([413, 377], [letter([416, 224], { filling: 'least' })])).toEqual([224, 256, 245 / 413, 224 / 377, 0, 5]);
  });
  it('stretches to the scale, enlarging too', () => {
    const stretched = [steps[0]!, letter([416, 224], { allowScaleUp: false, filling: 'none' })];
    expect(fitted([237, 900], stretched).slice(0, 2)).toEqual([224, 416]);
    const [, , across, down, top, left] = fitted([237, 900], stretched);
    expect(across).toBeCloseTo(1.7552742616033756, 14);
    expect([down, top, left]).toEqual([0.24888888888888888, 0, 0]);
  });
  it('adds what a second LetterResize puts around a first', () => {
    const twice = [letter([200, 160]), letter([320, 320])];
    expect(fitted([413, 377], twice).slice(4)).toEqual([32, 19.200000762939453]);
    expect(fitted([1001, 333], twice).slice(4)).toEqual([105.5999984741211, 0]);
    const stretched = [letter([200, 160], { halfPadding: true }), letter([416, 224], { filling: 'none' })];
    expect(fitted([237, 900], stretched).slice(4)).toEqual([0, 164.32000732421875]);
  });
  const blank = (width: number, height: number) => ({ width, height, pixels: new Uint8Array(width * height * 3) });
  // Sizes and paddings of data that mmyolo gave for the demo’s pictures.
  it.each([
    [640, 480, [0.5, 0.5], [40, 40, 0, 0]],
    [701, 503, [0.456490727532097, 0.4552683896620278], [45, 46, 0, 0]],
    [80, 60, [4, 4], [40, 40, 0, 0]],
    [1000, 320, [0.32, 0.31875], [109, 109, 0, 0]],
  ])('%i × %i', (width, height, scale, padding) => {
    const { picture, geometry } = transform(blank(width, height), steps);
    expect([picture.width, picture.height]).toEqual([320, 320]);
    expect(geometry.scale[0]).toBeCloseTo(scale[0]!, 12);
    expect(geometry.scale[1]).toBeCloseTo(scale[1]!, 12);
    const { top, bottom, left, right } = geometry.padding;
    expect([top, bottom, left, right]).toEqual(padding);
    expect(picture.pixels[0]).toBe(114);
  });
});

it('resizes as mmdet does and pads at the right and the bottom', () => {
  const steps: readonly Transform[] = [
    { kind: 'keep-ratio-resize', scale: [416, 416], cubic: false },
    { kind: 'pad', size: [416, 416], value: 114 },
  ];
  const { picture, geometry } = transform({ width: 540, height: 810, pixels: new Uint8Array(540 * 810 * 3) }, steps);
  // As mmyolo's YOLOX prints it for poster.jpg.
  expect(geometry.scale[0]).toBeCloseTo(0.512962962962963, 12);
  expect(geometry.scale[1]).toBeCloseTo(0.5135802469135803, 12);
  expect([picture.width, picture.height, picture.pixels[0], picture.pixels[416 * 3 - 1]]).toEqual([416, 416, 0, 114]);
});

describe('normalize', () => {
  it('fills what is behind the picture', () => {
    const picture = { width: 1, height: 1, pixels: Uint8Array.of(1, 2, 3) };
    const numbers = normalize(picture, 'blue', { mean: [0, 0, 0], std: [1, 1, 1], bgrToRgb: false, behind: -9 }, [2, 2]);
    expect([...numbers]).toEqual([1, -9, -9, -9, 2, -9, -9, -9, 3, -9, -9, -9]);
  });
  it('gives what torch gives, whatever the size and the place', () => {
    const [width, height] = [37, 5000];
    const pixels = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * i * 31) >> 3);
    const normalization = { mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375], bgrToRgb: true };
    const size: Size = [40, 5001];
    const numbers = normalize({ width, height, pixels }, 'blue', normalization, size);
    const wrong = [...numbers.keys()].filter(i => {
      const [channel, y, x] = [Math.floor(i / (40 * 5001)), Math.floor(i / 40) % 5001, i % 40];
      const byte = pixels[3 * (y * width + x) + 2 - channel]!;
      const mean = Math.fround(normalization.mean[channel]!);
      const expected = x < width && y < height ? Math.fround(Math.fround(byte - mean) / Math.fround(normalization.std[channel]!)) : 0;
      return !Object.is(numbers[i], expected);
    });
    expect(wrong).toEqual([]);
  });
  it('gives planes, red first where asked, in float32', () => {
    const picture = { width: 2, height: 1, pixels: Uint8Array.of(0, 51, 255, 102, 153, 204) };
    const planes = normalize(picture, 'blue', { mean: [0, 0, 0], std: [255, 255, 255], bgrToRgb: true });
    expect([...planes]).toEqual([1, 0.8, 0.2, 0.6, 0, 0.4].map(Math.fround));
    expect(
      normalize({ ...picture, pixels: Uint8Array.of(255, 51, 0, 204, 153, 102) }, 'red', {
        mean: [0, 0, 0],
        std: [255, 255, 255],
        bgrToRgb: true,
      }),
    ).toEqual(planes);
    expect(normalize(picture, 'blue', { mean: [1, 2, 3], std: [2, 2, 2], bgrToRgb: false })[0]).toBe(-0.5);
  });
});

describe('draw', () => {
  const detections = [
    { label: 0, score: 0.9, bbox: [20, 30, 90, 80] as const },
    { label: 9, score: 0.5, bbox: [22, 30, 60, 60] as const },
  ];
  it('draws a box and a tag for each, and names what it can', () => {
    const svg = overlayOf(200, 100, detections, { classes: ['a <b>'] });
    expect(svg).toContain('a &lt;b&gt; 0.90');
    expect(svg).toContain('9 0.50');
    expect(svg.match(/stroke-opacity/g)).toHaveLength(2);
    expect(svg).toContain('#7cc4ff');
  });
  it('writes a picture with the colour of the class on the edge of the box', async () => {
    const from = await written('plain.png', new Array(200 * 100 * 3).fill(128), 3, 200);
    const to = join(folder, 'drawn.png');
    await draw(from, to, detections.slice(0, 1), { classes: ['a'], palette: [[255, 0, 0]] });
    const { data, info } = await sharp(to).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([200, 100]);
    const at = (x: number, y: number): number[] => [...data.subarray((y * 200 + x) * 3, (y * 200 + x) * 3 + 3)];
    expect(at(90, 60)).toEqual([255, 0, 0]);
    expect(at(50, 60)).toEqual([128, 128, 128]);
  });
});
