/**
 * `INTER_CUBIC` as OpenCV 5 computes it: four neighbours each way with Keys' kernel of -0.75, in float32 with fused multiply-adds, rounded once at the end. Of some
 * 100,000 values one is off by one, where it lies between two bytes. OpenCV 4 rounds its weights to 1/2048, and differs by one more often; so does OpenCV 5 with a
 * picture that is less than four pixels wide or high.
 */
import type { Picture } from './picture.ts';
import { BEHIND, PIXEL, SUMS } from './pixel-kernels.ts';
import { pixelMemory } from './pixel-memory.ts';
import { scaleOf } from './scale.ts';

const SHARPNESS = -0.75;

/** Where each target pixel reads: four neighbours (the edge's own beyond it) and their weights. */
interface Taps {
  readonly at: Int32Array;
  readonly weights: Float32Array;
}

export function resizeCubic(picture: Picture, width: number, height: number): Picture {
  const across = taps(picture.width, width);
  const down = taps(picture.height, height);
  const out = new Uint8Array(width * height * PIXEL);
  const [line, target, sums] = [picture.width * PIXEL, width * PIXEL, width * SUMS];
  const rows = TAPS * width;
  const to = rows + 4 * sums;
  const from = to + target + BEHIND;
  const { kernels, bytes } = pixelMemory(from + line + BEHIND);
  const [ints, floats] = [new Int32Array(bytes.buffer), new Float32Array(bytes.buffer)];
  for (let tap = 0; tap < 4 * width; tap++) {
    ints[2 * tap] = across.at[tap]! * PIXEL;
    floats[2 * tap + 1] = across.weights[tap]!;
  }
  // Four that follow each other, resampled across, and which of the source they are.
  const resampled = [-1, -1, -1, -1];
  const row = (tap: number): number => {
    const wanted = down.at[tap]!;
    const nth = wanted % 4;
    const at = rows + nth * sums;
    if (resampled[nth] !== wanted) {
      bytes.set(picture.pixels.subarray(wanted * line, (wanted + 1) * line), from);
      kernels.curveInRow(from, at, at + sums, 0);
      resampled[nth] = wanted;
    }
    return at;
  };
  for (let y = 0; y < height; y++) {
    const [a, b, c, d] = [row(4 * y), row(4 * y + 1), row(4 * y + 2), row(4 * y + 3)];
    const [u, v, w, z] = down.weights.subarray(4 * y, 4 * y + 4);
    kernels.curveRows(a, b, c, d, a + sums, to, u!, v!, w!, z!);
    out.set(bytes.subarray(to, to + target), y * target);
  }
  return { width, height, pixels: out };
}

/** Of a target pixel: four places and four weights. */
const TAPS = 32;

function taps(from: number, to: number): Taps {
  const scale = scaleOf(from, to);
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
