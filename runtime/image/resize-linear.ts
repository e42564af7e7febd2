/** `INTER_LINEAR` in OpenCV's fixed point: weights of 11 bits, a horizontal pass in 32 bits, a vertical pass that drops what would not fit. */
import type { Picture } from './picture.ts';
import { BEHIND, PIXEL, SUMS } from './pixel-kernels.ts';
import { pixelMemory } from './pixel-memory.ts';
import { halfToEven } from './rounding.ts';
import { scaleOf } from './scale.ts';

/** Weights are whole numbers of 1/2048. */
const ONE = 2048;

/** Where each target pixel reads: two neighbours and their weights. */
interface Taps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly weights: Int32Array;
}

/** `centres`: pixels are points at their centres. `areas`: what INTER_AREA does when it enlarges. */
export type Alignment = 'centres' | 'areas';

export function resizeLinear(picture: Picture, width: number, height: number, alignment: Alignment): Picture {
  const across = taps(picture.width, width, alignment, true);
  const down = taps(picture.height, height, alignment, false);
  const out = new Uint8Array(width * height * PIXEL);
  const [line, target, sums] = [picture.width * PIXEL, width * PIXEL, width * SUMS];
  const rows = 4 * 4 * width;
  const to = rows + 2 * sums;
  const from = to + target + BEHIND;
  const { kernels, bytes } = pixelMemory(from + line + BEHIND);
  const ints = new Int32Array(bytes.buffer);
  for (let x = 0; x < width; x++) {
    ints.set([across.first[x]! * PIXEL, across.second[x]! * PIXEL, across.weights[2 * x]!, across.weights[2 * x + 1]!], 4 * x);
  }
  // Two rows that were resampled across, and which of the source they are.
  const resampled = (row: number, at: number): Resampled => {
    bytes.set(picture.pixels.subarray(row * line, (row + 1) * line), from);
    kernels.mixInRow(from, at, at + sums, 0);
    return { row, at };
  };
  let upper: Resampled = { row: -1, at: rows };
  let lower: Resampled = { row: -1, at: rows + sums };
  for (let y = 0; y < height; y++) {
    const [a, b] = [down.first[y]!, down.second[y]!];
    if (lower.row === a && upper.row !== a) [upper, lower] = [lower, upper];
    if (upper.row !== a) upper = resampled(a, upper.at);
    if (lower.row !== b) lower = resampled(b, lower.at);
    kernels.mixRows(upper.at, upper.at + sums, lower.at, to, down.weights[2 * y]!, down.weights[2 * y + 1]!);
    out.set(bytes.subarray(to, to + target), y * target);
  }
  return { width, height, pixels: out };
}

/** A row of the source, and where it lies resampled. */
interface Resampled {
  readonly row: number;
  readonly at: number;
}

/** `held`: beyond the edge the weight goes to the edge's pixel alone. OpenCV does so across; down it reads the edge's row twice, which rounds otherwise. */
function taps(from: number, to: number, alignment: Alignment, held: boolean): Taps {
  const scale = scaleOf(from, to);
  const inverse = to / from;
  const [first, second, weights] = [new Int32Array(to), new Int32Array(to), new Int32Array(2 * to)];
  for (let i = 0; i < to; i++) {
    let at: number;
    let fraction: number;
    if (alignment === 'centres') {
      const position = Math.fround((i + 0.5) * scale - 0.5);
      at = Math.floor(position);
      fraction = Math.fround(position - at);
    } else {
      at = Math.floor(i * scale);
      const position = Math.fround(i + 1 - (at + 1) * inverse);
      fraction = position <= 0 ? 0 : Math.fround(position - Math.floor(position));
    }
    if (held && at < 0) [at, fraction] = [0, 0];
    if (held && at >= from - 1) [at, fraction] = [from - 1, 0];
    first[i] = Math.min(Math.max(at, 0), from - 1);
    second[i] = Math.min(Math.max(at + 1, 0), from - 1);
    weights[2 * i] = halfToEven(Math.fround(1 - fraction) * ONE);
    weights[2 * i + 1] = halfToEven(fraction * ONE);
  }
  return { first, second, weights };
}
