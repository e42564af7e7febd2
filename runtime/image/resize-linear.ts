/** `INTER_LINEAR` in OpenCV's fixed point: weights of 11 bits, a horizontal pass in 32 bits, a vertical pass that drops what would not fit. */
import type { Picture } from './picture.ts';
import { halfToEven } from './rounding.ts';

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
  const out = new Uint8Array(width * height * 3);
  // Two rows that were resampled across, by the row of the source they are.
  let upper = new Int32Array(width * 3);
  let lower = new Int32Array(width * 3);
  let upperRow = -1;
  let lowerRow = -1;
  for (let y = 0; y < height; y++) {
    const [a, b] = [down.first[y]!, down.second[y]!];
    if (upperRow !== a) {
      if (lowerRow === a) [upper, lower, upperRow, lowerRow] = [lower, upper, lowerRow, upperRow];
      else resampleRow(picture, (upperRow = a), across, upper);
    }
    if (lowerRow !== b) resampleRow(picture, (lowerRow = b), across, lower);
    const u = down.weights[2 * y]!;
    const v = down.weights[2 * y + 1]!;
    for (let i = 0, at = y * width * 3; i < width * 3; i++, at++) {
      const sum = ((u * (upper[i]! >> 4)) >> 16) + ((v * (lower[i]! >> 4)) >> 16);
      out[at] = (sum + 2) >> 2;
    }
  }
  return { width, height, pixels: out };
}

function resampleRow({ width, pixels }: Picture, row: number, { first, second, weights }: Taps, into: Int32Array): void {
  const start = row * width * 3;
  for (let x = 0, at = 0; x < first.length; x++) {
    const a = start + first[x]! * 3;
    const b = start + second[x]! * 3;
    const u = weights[2 * x]!;
    const v = weights[2 * x + 1]!;
    into[at++] = pixels[a]! * u + pixels[b]! * v;
    into[at++] = pixels[a + 1]! * u + pixels[b + 1]! * v;
    into[at++] = pixels[a + 2]! * u + pixels[b + 2]! * v;
  }
}

/** `held`: beyond the edge the weight goes to the edge's pixel alone. OpenCV does so across; down it reads the edge's row twice, which rounds otherwise. */
function taps(from: number, to: number, alignment: Alignment, held: boolean): Taps {
  const scale = from / to;
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
