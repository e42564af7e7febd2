/**
 * `INTER_CUBIC` as OpenCV 5 computes it: four neighbours each way with Keys' kernel of -0.75, in float32 with fused multiply-adds, rounded once at the end. Of some
 * 100,000 values one is off by one, where it lies between two bytes. OpenCV 4 rounds its weights to 1/2048, and differs by one more often.
 */
import type { Picture } from './picture.ts';
import { float32HalfToEven } from './rounding.ts';

const SHARPNESS = -0.75;

const round = Math.fround;

/** Where each target pixel reads: four neighbours (the edge's own beyond it) and their weights. */
interface Taps {
  readonly at: Int32Array;
  readonly weights: Float32Array;
}

export function resizeCubic(picture: Picture, width: number, height: number): Picture {
  const across = taps(picture.width, width);
  const down = taps(picture.height, height);
  const out = new Uint8ClampedArray(width * height * 3);
  const rows = new Map<number, Row>();
  const row = (tap: number): Row => rowOf(picture, down.at[tap]!, across, rows);
  for (let y = 0; y < height; y++) {
    const [a, b, c, d] = [row(4 * y), row(4 * y + 1), row(4 * y + 2), row(4 * y + 3)];
    const [u, v, w, z] = down.weights.subarray(4 * y, 4 * y + 4);
    for (let i = 0, at = y * width * 3; i < width * 3; i++, at++)
      out[at] = float32HalfToEven(round(round(a[i]! * u! + round(b[i]! * v!)) + round(c[i]! * w! + round(d[i]! * z!))));
    for (const known of rows.keys()) if (known < down.at[4 * y]!) rows.delete(known);
  }
  return { width, height, pixels: new Uint8Array(out.buffer) };
}

type Row = Float32Array;

function rowOf({ width, pixels }: Picture, row: number, { at, weights }: Taps, known: Map<number, Row>): Row {
  const before = known.get(row);
  if (before) return before;
  const start = row * width * 3;
  const out = new Float32Array((at.length / 4) * 3);
  for (let x = 0, to = 0; x < at.length; x += 4) {
    const [a, b, c, d] = [start + at[x]! * 3, start + at[x + 1]! * 3, start + at[x + 2]! * 3, start + at[x + 3]! * 3];
    const [u, v, w, z] = [weights[x]!, weights[x + 1]!, weights[x + 2]!, weights[x + 3]!];
    for (let channel = 0; channel < 3; channel++)
      out[to++] = round(
        pixels[d + channel]! * z + round(pixels[c + channel]! * w + round(pixels[b + channel]! * v + round(pixels[a + channel]! * u))),
      );
  }
  known.set(row, out);
  return out;
}

function taps(from: number, to: number): Taps {
  const scale = from / to;
  const [at, weights] = [new Int32Array(4 * to), new Float32Array(4 * to)];
  for (let i = 0; i < to; i++) {
    const position = (i + 0.5) * scale - 0.5;
    const first = Math.floor(position);
    const x = position - first;
    const kernel = [far(x + 1), near(x), near(1 - x), far(2 - x)];
    for (let k = 0; k < 4; k++) {
      at[4 * i + k] = Math.min(Math.max(first - 1 + k, 0), from - 1);
      weights[4 * i + k] = kernel[k]!;
    }
  }
  return { at, weights };
}

const near = (x: number): number => ((SHARPNESS + 2) * x - (SHARPNESS + 3)) * x * x + 1;
const far = (x: number): number => ((SHARPNESS * x - 5 * SHARPNESS) * x + 8 * SHARPNESS) * x - 4 * SHARPNESS;
