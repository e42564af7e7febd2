/** Pictures that were prepared are kept; those that are expected are read early. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeEach, expect, it } from 'vitest';
import type { DetectorRecipe } from '../../../runtime/detect/detection.ts';
import { Pictures } from '../../../runtime/session/pictures.ts';
import { type PreparedPicture, preparePicture } from '../../../runtime/session/prepare-picture.ts';

const folder = mkdtempSync(join(tmpdir(), 'necktie-pictures-'));
afterAll(() => rmSync(folder, { recursive: true }));

const recipe = (side: number): DetectorRecipe => ({
  size: [side, side],
  transforms: [{ kind: 'resize', scale: [side, side], cubic: false }],
  normalization: { mean: [0], std: [1], bgrToRgb: true },
  head: { kind: 'points', classes: 1, strides: [8], offset: 0, coder: 'distance', objectness: false },
  test: { scoreThreshold: 0, nmsIouThreshold: 1, nmsPre: 1, maxPerImage: 1, multiLabel: false },
  classes: ['one'],
  palette: null,
});
const written = async (name: string, gray: number): Promise<string> => {
  const path = join(folder, name);
  writeFileSync(
    path,
    await sharp({ create: { width: 4, height: 4, channels: 3, background: { r: gray, g: gray, b: gray } } })
      .png()
      .toBuffer(),
  );
  return path;
};

let [pictures, made] = [new Pictures(), 0];
beforeEach(() => {
  [pictures, made] = [new Pictures(), 0];
});
const prepared = (path: string, side: number): Promise<PreparedPicture> =>
  pictures.prepare(path, recipe(side), () => {
    made++;
    return preparePicture(path, recipe(side));
  });

it('keeps what was prepared, for the same file and preparation alone', async () => {
  const path = await written('kept.png', 7);
  const first = await prepared(path, 8);
  expect((await prepared(path, 8)).input).toBe(first.input);
  expect(made).toBe(1);
  expect((await prepared(path, 16)).input.length).toBe(3 * 16 * 16);
  expect(made).toBe(2);
  await written('kept.png', 9);
  utimesSync(path, 1, 1);
  expect((await prepared(path, 8)).input[0]).toBe(9);
  expect([first.input[0], made]).toEqual([7, 3]);
});

it('lets go of what was used longest ago', async () => {
  const paths = await Promise.all(['a', 'b', 'c'].map(name => written(`${name}.png`, 1)));
  // Two have room, each of 3 × 1100 × 1100 numbers.
  for (const path of paths.slice(0, 2)) await prepared(path, 1100);
  await prepared(paths[0]!, 1100);
  await prepared(paths[2]!, 1100);
  expect(made).toBe(3);
  await prepared(paths[0]!, 1100);
  expect(made).toBe(3);
  await prepared(paths[1]!, 1100);
  expect(made).toBe(4);
  // One that has no room by itself is prepared each time, and drives nothing out.
  for (const expected of [5, 6]) {
    await prepared(paths[2]!, 1700);
    expect(made).toBe(expected);
  }
  await prepared(paths[1]!, 1100);
  expect(made).toBe(6);
});

it('takes what was read early', async () => {
  const path = await written('early.png', 5);
  pictures.expect(path);
  expect((await prepared(path, 8)).input[0]).toBe(5);
  expect(made).toBe(0);
  // Read early, and written anew before it is asked for.
  pictures.expect(await written('early.png', 6));
  await written('early.png', 8);
  utimesSync(path, 2, 2);
  expect((await prepared(path, 8)).input[0]).toBe(8);
  expect(made).toBe(1);
});

it.each(['png', 'jpg'])('prepares a %s that is expected as the last one was, and otherwise where that is asked', async ending => {
  const paths: string[] = [];
  for (const name of ['first', 'second', 'third']) {
    const path = join(folder, `${name}.${ending}`);
    const pixels = Uint8Array.from({ length: 16 * 16 * 3 }, (_, i) => (i * i + 40 * paths.length) & 255);
    await sharp(pixels, { raw: { width: 16, height: 16, channels: 3 } }).toFile(path);
    paths.push(path);
  }
  await prepared(paths[0]!, 8);
  for (const [path, side] of [
    [paths[1]!, 8],
    [paths[2]!, 4],
  ] as const) {
    pictures.expect(path);
    const { input, geometry } = await prepared(path, side);
    const alone = await preparePicture(path, recipe(side));
    expect([[...input], geometry]).toEqual([[...alone.input], alone.geometry]);
  }
  expect(made).toBe(1);
});

it('keeps what was expected, as the last recipe wants it, for longer than it waits with the rest', async () => {
  await prepared(await written('looked-at.png', 1), 8);
  const next = await written('next.png', 2);
  pictures.expect(next);
  // It is expected again when it is asked for, and is the same.
  pictures.expect(next);
  const { input } = await prepared(next, 8);
  pictures.expect(await written('another.png', 3));
  pictures.expect(next);
  expect((await prepared(next, 8)).input).toBe(input);
  expect(made).toBe(1);
});

it('does not read a large one early', async () => {
  const path = join(folder, 'large.png');
  await sharp({ create: { width: 5000, height: 4000, channels: 3, background: '#000' } }).toFile(path);
  pictures.expect(path);
  await prepared(path, 8);
  expect(made).toBe(1);
});

it('tells who asks why a picture cannot be read', async () => {
  const path = join(folder, 'broken.png');
  writeFileSync(path, 'no picture');
  pictures.expect(path);
  pictures.expect(join(folder, 'absent.png'));
  await expect(prepared(path, 8)).rejects.toThrow(/no picture in a format/);
  await expect(prepared(join(folder, 'absent.png'), 8)).rejects.toThrow(/no such file/);
});
