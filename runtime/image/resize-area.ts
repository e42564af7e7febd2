/** `INTER_AREA` where it shrinks: each target pixel is the mean of what it covers, in float32 and in OpenCV's order of adding. */
import type { Picture } from './picture.ts';
import { halfToEven } from './rounding.ts';

/** Target at most as wide and as high as the source. */
export function resizeArea(picture: Picture, width: number, height: number): Picture {
  const across = picture.width / width;
  const down = picture.height / height;
  return Number.isInteger(across) && Number.isInteger(down)
    ? meanOfBlocks(picture, width, height, across, down)
    : weightedMeans(picture, width, height);
}

/** Whole factors: sums of integers. Four pixels are rounded half up, other blocks half to even. */
function meanOfBlocks({ width: sourceWidth, bgr }: Picture, width: number, height: number, across: number, down: number): Picture {
  const out = new Uint8Array(width * height * 3);
  const four = across === 2 && down === 2;
  const share = Math.fround(1 / (across * down));
  const sums = new Int32Array(width * 3);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let v = 0; v < down; v++) addRow(bgr, (y * down + v) * sourceWidth * 3, across, sums);
    for (let i = 0, at = y * width * 3; i < sums.length; i++, at++)
      out[at] = four ? (sums[i]! + 2) >> 2 : halfToEven(Math.fround(sums[i]! * share));
  }
  return { width, height, bgr: out };
}

function addRow(bgr: Uint8Array, start: number, across: number, sums: Int32Array): void {
  for (let at = 0, from = start; at < sums.length; at += 3) {
    let b = 0;
    let g = 0;
    let r = 0;
    for (let u = 0; u < across; u++, from += 3) {
      b += bgr[from]!;
      g += bgr[from + 1]!;
      r += bgr[from + 2]!;
    }
    sums[at] = sums[at]! + b;
    sums[at + 1] = sums[at + 1]! + g;
    sums[at + 2] = sums[at + 2]! + r;
  }
}

/** What a target pixel covers along one axis: so many source pixels from `first`, each with its share. */
interface Cover {
  readonly first: Int32Array;
  /** Where the shares of pixel i begin; one more than there are pixels. */
  readonly starts: Int32Array;
  readonly shares: Float32Array;
}

function weightedMeans({ width: sourceWidth, height: sourceHeight, bgr }: Picture, width: number, height: number): Picture {
  const across = cover(sourceWidth, width);
  const down = cover(sourceHeight, height);
  const out = new Uint8Array(width * height * 3);
  const row = new Float32Array(width * 3);
  const sum = new Float32Array(width * 3);
  for (let y = 0; y < height; y++) {
    for (let k = down.starts[y]!; k < down.starts[y + 1]!; k++) {
      const from = (down.first[y]! + k - down.starts[y]!) * sourceWidth * 3;
      averageRow(bgr, from, across, row);
      const share = down.shares[k]!;
      if (k === down.starts[y]) for (let i = 0; i < sum.length; i++) sum[i] = share * row[i]!;
      else for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + Math.fround(share * row[i]!);
    }
    for (let i = 0, at = y * width * 3; i < sum.length; i++, at++) out[at] = halfToEven(sum[i]!);
  }
  return { width, height, bgr: out };
}

function averageRow(bgr: Uint8Array, start: number, { first, starts, shares }: Cover, into: Float32Array): void {
  for (let x = 0; x < first.length; x++) {
    let b = 0;
    let g = 0;
    let r = 0;
    for (let k = starts[x]!, from = start + first[x]! * 3; k < starts[x + 1]!; k++, from += 3) {
      const share = shares[k]!;
      b = Math.fround(b + Math.fround(bgr[from]! * share));
      g = Math.fround(g + Math.fround(bgr[from + 1]! * share));
      r = Math.fround(r + Math.fround(bgr[from + 2]! * share));
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
