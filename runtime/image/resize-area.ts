/** `INTER_AREA` where it shrinks: each target pixel is the mean of what it covers, in float32 and in OpenCV's order of adding. */
import type { Picture } from './picture.ts';
import { BEHIND, PIXEL, SUMS } from './pixel-kernels.ts';
import { pixelMemory, STRIP } from './pixel-memory.ts';
import { scaleOf } from './scale.ts';

/** Target at most as wide and as high as the source. */
export function resizeArea(picture: Picture, width: number, height: number): Picture {
  const across = scaleOf(picture.width, width);
  const down = scaleOf(picture.height, height);
  return Number.isInteger(across) && Number.isInteger(down)
    ? meanOfBlocks(picture, width, height, across, down)
    : weightedMeans(picture, width, height);
}

/** Whole factors: sums of integers. Four pixels are rounded half up, other blocks half to even. */
function meanOfBlocks({ width: sourceWidth, pixels }: Picture, width: number, height: number, across: number, down: number): Picture {
  const out = new Uint8Array(width * height * PIXEL);
  const [line, target] = [sourceWidth * PIXEL, width * PIXEL];
  const rows = Math.max(1, Math.floor(STRIP / (down * line)));
  const to = rows * down * line + BEHIND;
  const { kernels, bytes } = pixelMemory(to + rows * target + BEHIND);
  const share = Math.fround(1 / (across * down));
  const halfUp = across === 2 && down === 2 ? 1 : 0;
  for (let y = 0; y < height; y += rows) {
    const count = Math.min(rows, height - y);
    bytes.set(pixels.subarray(y * down * line, (y + count) * down * line));
    for (let i = 0, from = 0, at = to; i < count; i++, from += down * line, at += target)
      kernels.meanRow(from, at, at + target, across * PIXEL, down, line, share, halfUp);
    out.set(bytes.subarray(to, to + count * target), y * target);
  }
  return { width, height, pixels: out };
}

function weightedMeans({ width: sourceWidth, height: sourceHeight, pixels }: Picture, width: number, height: number): Picture {
  const across = cover(sourceWidth, width);
  const down = cover(sourceHeight, height);
  const out = new Uint8Array(width * height * PIXEL);
  const [line, target] = [sourceWidth * PIXEL, width * PIXEL];
  const most = down.first.reduce((rows, _, y) => Math.max(rows, down.starts[y + 1]! - down.starts[y]!), 0);
  const rows = Math.max(most, Math.floor(STRIP / line));
  const covers = 8 * width;
  const sums = covers + 4 * across.shares.length;
  const to = sums + SUMS * width;
  const strip = to + target + BEHIND;
  const { kernels, bytes } = pixelMemory(strip + rows * line + BEHIND);
  const [ints, floats] = [new Int32Array(bytes.buffer), new Float32Array(bytes.buffer)];
  for (let x = 0; x < width; x++) {
    ints[2 * x] = across.first[x]! * PIXEL;
    ints[2 * x + 1] = covers + 4 * across.starts[x + 1]!;
  }
  floats.set(across.shares, covers / 4);
  bytes.fill(0, sums, to);
  for (let y = 0, begin = 0, end = 0; y < height; y++) {
    const [first, start] = [down.first[y]!, down.starts[y]!];
    const last = first + down.starts[y + 1]! - start;
    if (last > end) {
      [begin, end] = [first, Math.min(first + rows, sourceHeight)];
      bytes.set(pixels.subarray(begin * line, end * line), strip);
    }
    for (let row = first; row < last; row++)
      kernels.addRow(strip + (row - begin) * line, sums, to, 0, covers, down.shares[start + row - first]!);
    kernels.roundRow(sums, to, to);
    out.set(bytes.subarray(to, to + target), y * target);
  }
  return { width, height, pixels: out };
}

/** What a target pixel covers along one axis: so many source pixels from `first`, each with its share. */
interface Cover {
  readonly first: Int32Array;
  /** Where the shares of pixel i begin; one more than there are pixels. */
  readonly starts: Int32Array;
  readonly shares: Float32Array;
}

/** A sliver of less than a thousandth of a pixel does not count. */
const SLIVER = 1e-3;

function cover(from: number, to: number): Cover {
  const scale = scaleOf(from, to);
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
