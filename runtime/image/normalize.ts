/** A picture as the network takes it: float32, one plane a channel, mean subtracted and divided by the deviation. */
import type { Normalization } from '../detect/detection.ts';
import type { DecodedPicture } from './decode.ts';
import type { Picture } from './picture.ts';
import { BEHIND, PIXEL } from './pixel-kernels.ts';
import { pixelMemory, STRIP } from './pixel-memory.ts';
import { multiple, type Size } from './transform.ts';

/** 3 × height × width of the network's input `size`, by default the picture's; the picture lies in its upper left corner. `first`: which of its colours comes first. Computed in float32, as torch does. */
export function normalize(
  { width, height, pixels: bytes }: Picture,
  first: DecodedPicture['first'],
  { mean, std, bgrToRgb, behind }: Normalization,
  size?: Size,
): Float32Array<ArrayBuffer> {
  const [across, down] = size ?? [width, height];
  const out = new Float32Array(3 * across * down);
  const whole = width === across && height === down;
  if (!whole && behind) out.fill(behind);
  // Of each of a pixel's bytes its channel, and where that is written.
  const turned = bgrToRgb !== (first === 'red');
  const [c0, c1, c2] = turned ? ([2, 1, 0] as const) : ([0, 1, 2] as const);
  const [m0, m1, m2] = [c0, c1, c2].map(channel => mean[channel] ?? mean[0] ?? 0);
  const [d0, d1, d2] = [c0, c1, c2].map(channel => std[channel] ?? std[0] ?? 1);
  const line = width * PIXEL;
  const rows = Math.min(height, Math.max(1, Math.floor(STRIP / line)));
  const start = multiple(rows * line + BEHIND, 4);
  const plane = 4 * rows * width + BEHIND;
  const { kernels, bytes: memory } = pixelMemory(start + 3 * plane);
  const at = (channel: number): number => start + channel * plane;
  const planes = [0, 1, 2].map(channel => new Float32Array(memory.buffer, at(channel), rows * width));
  for (let y = 0; y < height; y += rows) {
    const count = Math.min(rows, height - y);
    memory.set(bytes.subarray(y * line, (y + count) * line));
    kernels.normalizeRow(0, count * line, at(c0), at(c1), at(c2), m0!, m1!, m2!, d0!, d1!, d2!);
    for (let channel = 0; channel < 3; channel++) {
      const to = (channel * down + y) * across;
      if (width === across) out.set(planes[channel]!.subarray(0, count * width), to);
      else for (let i = 0; i < count; i++) out.set(planes[channel]!.subarray(i * width, (i + 1) * width), to + i * across);
    }
  }
  return out;
}
