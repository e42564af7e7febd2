/** Reads a picture as `cv2.imread` does by default: turned as its EXIF tag says, transparency dropped (not blended), gray made three channels, profiles ignored. */
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import sharp, { type Sharp } from 'sharp';
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

/** The colours stand in the order in which they were found: to exchange them costs as much as to shrink the picture. */
export interface DecodedPicture extends Picture {
  readonly first: 'blue' | 'red';
}

/** `most`: pixels. Throws `PictureProblem`. */
export async function decode(path: string, most: number = MOST_PIXELS): Promise<DecodedPicture> {
  const head = headOf(path);
  if (isBmp(head)) return bitmapOf(path, head, most);
  try {
    const opened = sharp(contentOf(path), { ignoreIcc: true, failOn: 'error', limitInputPixels: most });
    const turned = opened.autoOrient().removeAlpha();
    // Of JPEG nearly all have colours, or none, of 8 bits: they are read while it is found out.
    const early = isJpeg(head) ? coloursOf(turned) : null;
    early?.catch(() => undefined);
    const { space, format, depth } = await opened.metadata();
    // Drawings, which OpenCV does not read either.
    if (format === 'svg') throw new PictureProblem(explained('unsupported image format'));
    if (space === 'cmyk') return inked(await rawOf(turned.pipelineColourspace('cmyk').toColourspace('cmyk')), format === 'tiff');
    if (format === 'tiff' && space === 'rgb16')
      return narrowed(await rawOf(turned.pipelineColourspace('rgb16').toColourspace('rgb16'), 'ushort'));
    if (depth === 'float' || depth === 'double')
      throw new PictureProblem('Its pixels are no whole numbers. Save it with 8 or 16 bits a channel.');
    const { data, info } = await (early ?? coloursOf(turned));
    return { width: info.width, height: info.height, pixels: info.channels === 1 ? tripled(data) : data, first: 'red' };
  } catch (e) {
    if (e instanceof PictureProblem) throw e;
    throw new PictureProblem(explained(e instanceof Error ? e.message : String(e)));
  }
}

interface Raw {
  readonly data: Buffer;
  readonly info: { readonly width: number; readonly height: number; readonly channels: number };
}
const rawOf = (picture: Sharp, depth: 'uchar' | 'ushort' = 'uchar'): Promise<Raw> =>
  picture.raw({ depth }).toBuffer({ resolveWithObject: true });
const coloursOf = (picture: Sharp): Promise<Raw> => rawOf(picture.clone().toColourspace('srgb'));

/** Printers' inks as OpenCV makes light of them: of JPEG by its own arithmetic, of TIFF by libtiff's. */
function inked({ data, info: { width, height } }: Raw, byLibtiff: boolean): DecodedPicture {
  const bgr = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < bgr.length; from += 4, to += 3) {
    const light = 255 - data[from + 3]!;
    for (let ink = 0; ink < 3; ink++) {
      const through = 255 - data[from + ink]!;
      bgr[to + 2 - ink] = byLibtiff ? Math.trunc((through * light) / 255) : light - (((255 - through) * light) >> 8);
    }
  }
  return { width, height, pixels: bgr, first: 'blue' };
}

/** 16 bits to 8 as libtiff does it for colours: rounded. All other formats, and gray, are cut. */
function narrowed({ data, info: { width, height } }: Raw): DecodedPicture {
  const wide = new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
  const bgr = new Uint8Array(wide.length);
  for (let i = 0; i < bgr.length; i += 3) for (let c = 0; c < 3; c++) bgr[i + 2 - c] = Math.trunc((wide[i + c]! + 128) / 257);
  return { width, height, pixels: bgr, first: 'blue' };
}

/** Width and height that `decode` would give, from the file's head alone. Throws `PictureProblem`. */
export async function measure(path: string): Promise<Size> {
  const head = headOf(path);
  const header = isBmp(head) ? bmpHeader(head) : null;
  if (header) return [header.width, header.height];
  try {
    const { autoOrient } = await sharp(path, { limitInputPixels: MOST_PIXELS }).metadata();
    return [autoOrient.width, autoOrient.height];
  } catch (e) {
    throw new PictureProblem(explained(e instanceof Error ? e.message : String(e)));
  }
}

/** A file that is read at once is not read piece by piece, and twice. */
const AT_ONCE = 2 ** 24;

/** Its bytes; its name where they are many, or it cannot be read. */
function contentOf(path: string): Buffer | string {
  try {
    const file = statSync(path);
    return file.isFile() && file.size <= AT_ONCE ? readFileSync(path) : path;
  } catch {
    return path;
  }
}

export const isBitmap = (path: string): boolean => isBmp(headOf(path));

const isJpeg = (head: Uint8Array): boolean => head[0] === 0xff && head[1] === 0xd8;

/** The first bytes; zeros where there are none. */
function headOf(path: string): Uint8Array {
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
  return head;
}

function bitmapOf(path: string, head: Uint8Array, most: number): DecodedPicture {
  const header = bmpHeader(head);
  if (header && header.width * header.height > most) throw new PictureProblem(explained('pixel limit'));
  const picture = header && decodeBmp(readFileSync(path));
  if (picture) return { ...picture, first: 'blue' };
  throw new PictureProblem(
    header
      ? 'The bitmap ends before its pixels do. Save it again, as PNG or JPEG.'
      : 'Of BMP pictures only those without compression, of 8, 24 or 32 bits, are read. Save it as PNG or JPEG.',
  );
}

function explained(message: string): string {
  if (/missing|no such file/i.test(message)) return 'There is no such file. Check its name and folder.';
  if (/buffer is empty/i.test(message)) return 'The file is empty. Copy or download it again.';
  if (/unsupported image format/i.test(message))
    return 'It is no picture in a format that is read: JPEG, PNG, WebP, TIFF, GIF, AVIF, BMP. Save it as one of those.';
  if (/pixel limit/i.test(message)) return 'It has more than 268 million pixels. Scale it down first.';
  if (/out of memory|bad_alloc|cannot allocate/i.test(message))
    return 'There is not enough memory to decode it. Scale it down, or close other programs and run again.';
  return `It cannot be decoded: ${message.trim().split('\n')[0]}. Open it in another program and save it again.`;
}

/** The pixels with this colour first; where they have it last, they change places where they stand. */
export function pixelsFrom({ pixels, first }: DecodedPicture, wanted: DecodedPicture['first']): Uint8Array {
  if (first === wanted) return pixels;
  for (let i = 0; i + 2 < pixels.length; i += 3) {
    const other = pixels[i]!;
    pixels[i] = pixels[i + 2]!;
    pixels[i + 2] = other;
  }
  return pixels;
}

function tripled(gray: Uint8Array): Uint8Array {
  const out = new Uint8Array(gray.length * 3);
  for (let i = 0; i < gray.length; i++) out.fill(gray[i]!, 3 * i, 3 * i + 3);
  return out;
}
