/** Windows' bitmaps, which the decoder of all other formats does not read: uncompressed, 8 bits with a palette, 24 or 32 bits. */
import type { Picture } from './picture.ts';

interface Header {
  readonly width: number;
  readonly height: number;
  /** Rows from the top, not the bottom. */
  readonly downwards: boolean;
  readonly bits: number;
  /** Where the pixels begin. */
  readonly offset: number;
  /** Where the palette begins: blue, green, red, unused. */
  readonly palette: number;
}

export const isBmp = (file: Uint8Array): boolean => file[0] === 0x42 && file[1] === 0x4d;

/** Null where it is none, or of a kind that is not read (compressed, 1, 4 or 16 bits). */
export function bmpHeader(file: Uint8Array): Header | null {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (!isBmp(file) || file.length < 54) return null;
  const size = view.getUint32(14, true);
  const [width, height] = [view.getInt32(18, true), view.getInt32(22, true)];
  const [bits, compression] = [view.getUint16(28, true), view.getUint32(30, true)];
  // 3: channels by masks, which in practice say blue, green, red, alpha; checked.
  const plain = compression === 0 || (compression === 3 && bits === 32 && view.getUint32(54, true) === 0xff0000);
  if (size < 40 || width <= 0 || height === 0 || !plain || ![8, 24, 32].includes(bits)) return null;
  return { width, height: Math.abs(height), downwards: height < 0, bits, offset: view.getUint32(10, true), palette: 14 + size };
}

/** Null as with `bmpHeader`, or where the file ends before its pixels do. */
export function decodeBmp(file: Uint8Array): Picture | null {
  const header = bmpHeader(file);
  if (!header) return null;
  const { width, height, downwards, bits, offset, palette } = header;
  const bytes = bits / 8;
  const stride = Math.ceil((width * bytes) / 4) * 4;
  if (offset + stride * height > file.length) return null;
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    let from = offset + (downwards ? y : height - 1 - y) * stride;
    for (let x = 0; x < width; x++, from += bytes, to += 3) {
      const at = bits === 8 ? palette + 4 * file[from]! : from;
      pixels[to] = file[at]!;
      pixels[to + 1] = file[at + 1]!;
      pixels[to + 2] = file[at + 2]!;
    }
  }
  return { width, height, pixels };
}
