/** What can happen to a detection: each is told in words, the next run goes well, and nothing is left behind. With a model that was exported: no libraries are needed. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { Session } from '../../runtime/index.ts';
import { Detector, type DetectRunning, type Found } from '../../server/detect/detect.ts';
import { findAll } from '../../server/detect/find-all.ts';
import { ModelCache } from '../../server/detect/model-cache.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { draftOf } from '../../server/project/whole-file.ts';
import type { DetectProblem } from '../../server/protocol.ts';
import { zoo } from '../zoo.ts';
import { configs, count, demo, detector, exported, find, folder, goesOn, meadow, open, program, quiet } from './faults-set-up.ts';

describe('pictures', () => {
  const jpeg = readFileSync(meadow);
  /** A PNG's head that claims so many pixels, and no pixels. */
  const claiming = (width: number, height: number): Buffer => {
    const png = Buffer.from(readFileSync(`${demo}/images/tiny.png`));
    png.writeUInt32BE(width, 16);
    png.writeUInt32BE(height, 20);
    // The head's checksum.
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
    return png;
  };
  it.each<[string, string, () => Buffer, RegExp]>([
    ['of no bytes', 'empty.jpg', () => Buffer.alloc(0), /The file is empty\. Copy/],
    ['a JPEG that ends in the middle', 'cut.jpg', () => jpeg.subarray(0, jpeg.length >> 1), /cannot be decoded.*save it again/s],
    ['30,000 × 30,000', 'huge.png', () => claiming(30_000, 30_000), /more than 268 million pixels. Scale it down/],
    ['claims that no picture is as large as', 'claim.png', () => claiming(0x7fffffff, 0x7fffffff), /pixels|cannot be decoded/],
    [
      'a drawing',
      'page.svg',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      /no picture in a format/,
    ],
    ['a web page', 'page.jpg', () => Buffer.from('<!doctype html><title>404</title>'), /no picture in a format/],
    ['a bitmap that claims 4 GB', 'huge.bmp', hugeBitmap, /pixels/],
  ])('%s', async (_, name, content, text) => {
    const path = join(folder, name);
    writeFileSync(path, content());
    const answer = await find(path);
    expect(answer).toMatchObject({ kind: 'problem', code: 'image-unreadable', title: `${name} cannot be read` });
    expect('text' in answer && answer.text).toMatch(text);
    await goesOn();
  });

  const square = (): Sharp => sharp({ create: { width: 64, height: 64, channels: 3, background: '#a33' } });
  it.each<[string, string, (path: string) => Promise<unknown>]>([
    ['printers’ inks', 'inks.jpg', path => square().toColourspace('cmyk').jpeg().toFile(path)],
    ['16 bits a channel', 'deep.png', path => square().toColourspace('rgb16').png().toFile(path)],
    [
      'an animation, of which the first picture counts',
      'moving.gif',
      path =>
        sharp([meadow, meadow], { join: { animated: true } })
          .gif()
          .toFile(path),
    ],
    ['one pixel', 'one.png', path => square().resize(1, 1).png().toFile(path)],
    ['a line of pixels', 'line.png', path => square().resize(3000, 1, { fit: 'fill' }).png().toFile(path)],
  ])('%s', async (_, name, write) => {
    const path = join(folder, name);
    await write(path);
    expect(typeof count(await find(path))).toBe('number');
    await goesOn();
  });

  it('a folder that vanishes while it is gone through: each picture is told, none is left out', async () => {
    const at = join(folder, 'vanishing');
    cpSync(`${demo}/images`, at, { recursive: true });
    const images = readdirSync(at).map(name => join(at, name));
    const told: string[] = [];
    for await (const { answer } of findAll(images, image => find(image))) {
      told.push('result' in answer ? 'found' : answer.code);
      if (told.length === 2) rmSync(at, { recursive: true });
    }
    expect(told).toHaveLength(images.length);
    expect(told.slice(0, 2)).toEqual(['found', 'found']);
    expect(told.at(-1)).toBe('image-unreadable');
    await goesOn();
  });
});

describe('the cache', () => {
  const host = new NodeHost();
  it('a model that cannot be written leaves no half of itself, and runs from memory', () => {
    const at = join(folder, 'full');
    const cache = new ModelCache(at);
    // Where the model's file would be lies a folder that is not empty: as with a full disk the last step fails.
    const key = cache.key('model');
    mkdirSync(join(at, `${key}.onnx`, 'in the way'), { recursive: true });
    const model = Buffer.from('model');
    expect(cache.keep(host, key, model, [])).toBe(model);
    expect(cache.find(host, key)).toBe(model);
    expect(readdirSync(at)).toEqual([`${key}.onnx`]);
  });
  it.skipIf(!existsSync('/dev/full'))(
    'a full disk: nothing half is left, the model runs from memory, and is kept as soon as there is room',
    async () => {
      const at = join(folder, 'no-room');
      const cache = new ModelCache(at);
      const key = cache.key('model');
      mkdirSync(at);
      // What is written to it finds no room, as the system tells it.
      symlinkSync('/dev/full', draftOf(join(at, `${key}.onnx`)));
      const model = readFileSync(exported);
      expect(cache.keep(host, key, model, [])).toBe(model);
      expect(readdirSync(at)).toEqual([]);
      const found = cache.find(host, key);
      expect(found).toBe(model);
      const session = new Session({ program });
      try {
        const opened = await session.open(
          { model: found ?? '', version: key, providers: ['cpu'], compare: false },
          new AbortController().signal,
        );
        expect(opened.provider).toBe('cpu');
      } finally {
        session.close();
      }
      expect(cache.keep(host, key, model, [])).toBe(join(at, `${key}.onnx`));
    },
  );
  it.skipIf(!existsSync(`${zoo}/mmyolo`))(
    'two windows with one cache: both find the same, though one takes the other’s models away',
    async () => {
      const at = join(folder, 'shared');
      const sources = await open(demo, true);
      const run = async (by: Detector): Promise<number | string> =>
        count(
          await by.find(
            sources,
            { token: 't', config: `${demo}/shapes_yolov5_tiny.py`, image: meadow, checkpoint: null, device: 'cpu' },
            quiet(),
          ),
        );
      const windows = [new Detector(program, at), new Detector(program, at)];
      expect(await Promise.all(windows.map(run))).toEqual([84, 84]);
      expect(readdirSync(at).filter(name => !/\.(onnx|json)$/.test(name))).toEqual([]);
      for (const name of readdirSync(at)) rmSync(join(at, name));
      expect(await Promise.all(windows.map(run))).toEqual([84, 84]);
      for (const window of windows) window.close();
    },
  );
});

describe('the config', () => {
  it.skipIf(!existsSync(`${zoo}/mmyolo`))('is edited during a run: that one ends as it began, the next is of the new text', async () => {
    const at = join(folder, 'edited');
    cpSync(configs, at, { recursive: true });
    const config = join(at, 'demo/shapes_yolov5_tiny.py');
    const project = await open(join(at, 'demo'), true);
    const run = (running: DetectRunning): Promise<Found | DetectProblem> =>
      detector.find(project, { token: 't', config, image: meadow, checkpoint: null, device: 'cpu' }, running);
    const first = await run({
      signal: new AbortController().signal,
      progress: ({ phase }) =>
        void (
          phase === 'Building the network' &&
          writeFileSync(
            config,
            `${readFileSync(config, 'utf8')}\nmodel['test_cfg'] = dict(score_thr=0.9, nms=dict(type='nms', iou_threshold=0.65))\n`,
          )
        ),
    });
    expect(count(first)).toBe(84);
    const next = await run(quiet());
    expect('result' in next ? next.result.detections.every(({ score }) => score > 0.9) : next.title).toBe(true);
    expect(count(next)).toBeLessThan(10);
  });
});

/** A bitmap's head of 65,536 × 65,536. */
function hugeBitmap(): Buffer {
  const head = Buffer.alloc(64);
  head.write('BM');
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(65_536, 18);
  head.writeInt32LE(65_536, 22);
  head.writeUInt16LE(24, 28);
  return head;
}

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
