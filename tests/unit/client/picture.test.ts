import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { readPicture } from '../../../client/preview/picture.ts';

async function written(name: string, picture: Sharp): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'necktie-picture-')), name);
  await writeFile(path, await picture.toBuffer());
  return path;
}
const plain = (width: number, height: number, channels: 3 | 4 = 3): Sharp =>
  sharp({ create: { width, height, channels, background: { r: 200, g: 10, b: 10, alpha: 0.5 } } });

describe('a picture for the page', () => {
  test('is sent as it is where a browser shows it right', async () => {
    const path = await written('a.jpg', plain(64, 48).jpeg());
    const { bytes, type } = await readPicture(path);
    expect(type).toBe('image/jpeg');
    expect(Buffer.compare(bytes, await readFile(path))).toBe(0);
  });
  test('is at most 2,048 px long, and turned as EXIF says', async () => {
    const path = await written('a.jpg', plain(4096, 1024).jpeg().withMetadata({ orientation: 6 }));
    const { width, height, orientation } = await sharp((await readPicture(path)).bytes).metadata();
    expect([width, height, orientation]).toEqual([512, 2048, undefined]);
  });
  test('has no transparency, as the network sees none', async () => {
    const path = await written('a.png', plain(16, 16, 4).png());
    const { bytes, type } = await readPicture(path);
    expect(type).toBe('image/png');
    expect((await sharp(bytes).metadata()).hasAlpha).toBe(false);
  });
  test('of a kind that no browser shows becomes one that it does', async () => {
    const path = await written('a.tif', plain(16, 16).tiff());
    expect((await readPicture(path)).type).toBe('image/jpeg');
  });
  test('that cannot be read is an error', async () => {
    await expect(readPicture('/nowhere/a.jpg')).rejects.toThrow('ENOENT');
  });
});
