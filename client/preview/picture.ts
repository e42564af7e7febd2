import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { EncodedPicture } from '../preview-messages.ts';

const SHOWN_AS_IS: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.bmp': 'image/bmp',
};
export const PICTURE_EXTENSIONS: readonly string[] = [...Object.keys(SHOWN_AS_IS), '.tif', '.tiff'];

/** Longest side that is sent to the page: each message between the two is copied. */
const LONGEST = 2048;

/**
 * Reads a picture for the page: as it is where a browser shows it right, else scaled down, turned by its EXIF orientation, and without its
 * transparency, which the network does not see either.
 */
export async function readPicture(path: string): Promise<EncodedPicture> {
  const bytes = await readFile(path);
  const type = SHOWN_AS_IS[extname(path).toLowerCase()];
  const asIs: EncodedPicture | undefined = type === undefined ? undefined : { bytes: new Uint8Array(bytes), type };
  try {
    const { default: sharp } = await import('sharp');
    const { width, height, hasAlpha } = await sharp(bytes).metadata();
    if (asIs !== undefined && !hasAlpha && Math.max(width, height) <= LONGEST) return asIs;
    const smaller = sharp(bytes)
      .rotate()
      .removeAlpha()
      .resize({ width: LONGEST, height: LONGEST, fit: 'inside', withoutEnlargement: true });
    const encoded = hasAlpha ? smaller.png() : smaller.jpeg({ quality: 90 });
    return { bytes: new Uint8Array(await encoded.toBuffer()), type: hasAlpha ? 'image/png' : 'image/jpeg' };
  } catch (error) {
    // sharp reads no BMP, and may not run on this platform: the browser has a decoder of its own.
    if (asIs !== undefined) return asIs;
    throw error;
  }
}

/** Twice the size that the film strip shows, for dense screens. */
const THUMBNAIL = { width: 152, height: 114, fit: 'inside', withoutEnlargement: true } as const;

export async function readThumbnail(path: string): Promise<EncodedPicture> {
  const { default: sharp } = await import('sharp');
  const bytes = await sharp(path).rotate().removeAlpha().resize(THUMBNAIL).webp({ quality: 80 }).toBuffer();
  return { bytes: new Uint8Array(bytes), type: 'image/webp' };
}
