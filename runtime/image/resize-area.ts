/** `INTER_AREA` where it shrinks: each target pixel is the mean of what it covers, in float32 and in OpenCV's order of adding. */
import type { Picture } from './picture.ts';
import { float32HalfToEven, halfToEven } from './rounding.ts';

/** Target at most as wide and as high as the source. */
export function resizeArea(picture: Picture, width: number, height: number): Picture {
  const across = picture.width / width;
  const down = picture.height / height;
  return Number.isInteger(across) && Number.isInteger(down)
    ? meanOfBlocks(picture, width, height, across, down)
    : weightedMeans(picture, width, height);
}

/** Whole factors: sums of integers. Four pixels are rounded half up, other blocks half to even. */
function meanOfBlocks({ width: sourceWidth, pixels }: Picture, width: number, height: number, across: number, down: number): Picture {
  const out = new Uint8Array(width * height * 3);
  const mean = meanOf(across * down, across === 2 && down === 2);
  const line = sourceWidth * 3;
  for (let y = 0, at = 0; y < height; y++) {
    const end = (y + 1) * down * line;
    for (let left = y * down * line, x = 0; x < width; x++, left += across * 3, at += 3) {
      let b = 0;
      let g = 0;
      let r = 0;
      for (let row = left; row < end; row += line) {
        for (let from = row, right = row + across * 3; from < right; from += 3) {
          b += pixels[from]!;
          g += pixels[from + 1]!;
          r += pixels[from + 2]!;
        }
      }
      out[at] = mean(b);
      out[at + 1] = mean(g);
      out[at + 2] = mean(r);
    }
  }
  return { width, height, pixels: out };
}

/** Up to so many bytes, all means there can be are worked out before. */
const MOST_KNOWN = 1024;

/** The mean of so many bytes, by their sum. */
function meanOf(count: number, halfUp: boolean): (sum: number) => number {
  const share = Math.fround(1 / count);
  const mean = (sum: number): number => (halfUp ? (sum + 2) >> 2 : halfToEven(Math.fround(sum * share)));
  if (count > MOST_KNOWN) return mean;
  const known = Uint8Array.from({ length: count * 255 + 1 }, (_, sum) => mean(sum));
  return sum => known[sum]!;
}

/** What a target pixel covers along one axis: so many source pixels from `first`, each with its share. */
interface Cover {
  readonly first: Int32Array;
  /** Where the shares of pixel i begin; one more than there are pixels. */
  readonly starts: Int32Array;
  readonly shares: Float32Array;
}

function weightedMeans({ width: sourceWidth, height: sourceHeight, pixels }: Picture, width: number, height: number): Picture {
  const across = cover(sourceWidth, width);
  const down = cover(sourceHeight, height);
  const out = new Uint8Array(width * height * 3);
  const row = new Float32Array(width * 3);
  const sum = new Float32Array(width * 3);
  for (let y = 0; y < height; y++) {
    for (let k = down.starts[y]!; k < down.starts[y + 1]!; k++) {
      const from = (down.first[y]! + k - down.starts[y]!) * sourceWidth * 3;
      averageRow(pixels, from, across, row);
      const share = down.shares[k]!;
      if (k === down.starts[y]) for (let i = 0; i < sum.length; i++) sum[i] = share * row[i]!;
      else for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + Math.fround(share * row[i]!);
    }
    for (let i = 0, at = y * width * 3; i < sum.length; i++, at++) out[at] = float32HalfToEven(sum[i]!);
  }
  return { width, height, pixels: out };
}

function averageRow(pixels: Uint8Array, start: number, { first, starts, shares }: Cover, into: Float32Array): void {
  for (let x = 0; x < first.length; x++) {
    let b = 0;
    let g = 0;
    let r = 0;
    for (let k = starts[x]!, from = start + first[x]! * 3; k < starts[x + 1]!; k++, from += 3) {
      const share = shares[k]!;
      b = Math.fround(b + Math.fround(pixels[from]! * share));
      g = Math.fround(g + Math.fround(pixels[from + 1]! * share));
      r = Math.fround(r + Math.fround(pixels[from + 2]! * share));
    }
    into[3 * x] = b;
    into[3 * x + 1] = g;
    into[3 * x + 2] = r;
  }
}

/** A sliver of less than a thousandth of a pixel does not count. */
const SLIVER = 1e-3;

function cover(from: number, to: number): Cover {
  const scale = from / to;
  const first = new Int32Array(to);
  const starts = new Int32Array(to + 1);
  const shares: number[] = [];
  for (let i = 0; i < to; i++) {
    const [left, right] = [i * scale, i * scale + scale];
    const cell = Math.min(scale, from - left);
    const end = Math.min(Math.floor(right), from - 1);
    const begin = Math.min(Math.ceil(left), end);
    first[i] = begin;
    if (begin - left > SLIVER) {
      first[i] = begin - 1;
      shares.push((begin - left) / cell);
    }
    for (let k = begin; k < end; k++) shares.push(1 / cell);
    if (right - end > SLIVER) shares.push(Math.min(right - end, 1, cell) / cell);
    starts[i + 1] = shares.length;
  }
  return { first, starts, shares: Float32Array.from(shares) };
}
