/** A picture as the network takes it: float32, one plane a channel, mean subtracted and divided by the deviation. */
import type { Normalization } from '../detect/detection.ts';
import type { DecodedPicture } from './decode.ts';
import type { Picture } from './picture.ts';
import type { Size } from './transform.ts';

/** 3 × height × width of the network's input `size`, by default the picture's; the picture lies in its upper left corner. `first`: which of its colours comes first. One value for each of 256 bytes and each channel is computed once, in float32 as torch does. */
export function normalize(
  { width, height, pixels: bytes }: Picture,
  first: DecodedPicture['first'],
  { mean, std, bgrToRgb, behind }: Normalization,
  size?: Size,
): Float32Array<ArrayBuffer> {
  const [across, down] = size ?? [width, height];
  const pixels = across * down;
  const out = new Float32Array(3 * pixels);
  const whole = width === across && height === down;
  if (!whole && behind) out.fill(behind);
  for (let channel = 0; channel < 3; channel++) {
    const table = tableOf(mean[channel] ?? mean[0] ?? 0, std[channel] ?? std[0] ?? 1);
    const plane = out.subarray(channel * pixels, (channel + 1) * pixels);
    let from = bgrToRgb === (first === 'red') ? channel : 2 - channel;
    for (let y = 0; y < height; y++) {
      const end = y * across + width;
      for (let i = y * across; i < end; i++, from += 3) plane[i] = table[bytes[from]!]!;
    }
  }
  return out;
}

const tableOf = (mean: number, std: number): Float32Array =>
  Float32Array.from({ length: 256 }, (_, byte) => Math.fround(byte - Math.fround(mean)) / Math.fround(std));
