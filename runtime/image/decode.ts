/** Reads a picture as `cv2.imread` does by default: turned as its EXIF tag says, transparency dropped (not blended), gray made three channels, profiles ignored. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import sharp from 'sharp';
import { bmpHeader, decodeBmp, isBmp } from './bmp.ts';
import type { Picture } from './picture.ts';
import type { Size } from './transform.ts';

/** Why a picture cannot be read, and what to do: two sentences. */
export class PictureProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PictureProblem';
  }
}

/** 2^28 pixels, 16,384 × 16,384: three bytes each, and as many again while it is turned. */
const MOST_PIXELS = 2 ** 28;

/** Throws `PictureProblem`. */
export async function decode(path: string): Promise<Picture> {
  const bitmap = bitmapHead(path);
  if (bitmap) return bitmapOf(path, bitmap);
  try {
    const { data, info } = await sharp(path, { ignoreIcc: true, failOn: 'error', limitInputPixels: MOST_PIXELS })
      .autoOrient()
      .removeAlpha()
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, bgr: info.channels === 1 ? tripled(data) : swapped(data) };
  } catch (e) {
    throw new PictureProblem(explained(e instanceof Error ? e.message : String(e)));
  }
}

/** Width and height that `decode` would give, from the file's head alone. Throws `PictureProblem`. */
export async function measure(path: string): Promise<Size> {
  const bitmap = bitmapHead(path);
  const header = bitmap && bmpHeader(bitmap);
  if (header) return [header.width, header.height];
  try {
    const { autoOrient } = await sharp(path, { limitInputPixels: MOST_PIXELS }).metadata();
    return [autoOrient.width, autoOrient.height];
  } catch (e) {
    throw new PictureProblem(explained(e instanceof Error ? e.message : String(e)));
  }
}

export const isBitmap = (path: string): boolean => bitmapHead(path) !== null;

/** The first bytes, where they are those of a bitmap. */
function bitmapHead(path: string): Uint8Array | null {
  const head = new Uint8Array(64);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, head);
    } finally {
      closeSync(file);
    }
  } catch {
    // Who decodes it says why it cannot be read.
  }
  return isBmp(head) ? head : null;
}

function bitmapOf(path: string, head: Uint8Array): Picture {
  const header = bmpHeader(head);
  if (header && header.width * header.height > MOST_PIXELS) throw new PictureProblem(explained('pixel limit'));
  const picture = header && decodeBmp(readFileSync(path));
  if (picture) return picture;
  throw new PictureProblem(
    header
      ? 'The bitmap ends before its pixels do. Save it again, as PNG or JPEG.'
      : 'Of BMP pictures only those without compression, of 8, 24 or 32 bits, are read. Save it as PNG or JPEG.',
  );
}

function explained(message: string): string {
  if (/missing|no such file/i.test(message)) return 'There is no such file. Check its name and folder.';
  if (/unsupported image format/i.test(message))
    return 'It is no picture in a format that is read: JPEG, PNG, WebP, TIFF, GIF, AVIF, BMP. Save it as one of those.';
  if (/pixel limit/i.test(message)) return 'It has more than 268 million pixels. Scale it down first.';
  return `It cannot be decoded: ${message.trim().split('\n')[0]}. Open it in another program and save it again.`;
}

/** Red and blue change places, where they stand. */
export function swapped(rgb: Uint8Array): Uint8Array {
  for (let i = 0; i + 2 < rgb.length; i += 3) {
    const red = rgb[i]!;
    rgb[i] = rgb[i + 2]!;
    rgb[i + 2] = red;
  }
  return rgb;
}

function tripled(gray: Uint8Array): Uint8Array {
  const out = new Uint8Array(gray.length * 3);
  for (let i = 0; i < gray.length; i++) out.fill(gray[i]!, 3 * i, 3 * i + 3);
  return out;
}
