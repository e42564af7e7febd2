/**
 * How mmdet's dense heads tell a box: as the way from an anchor (RetinaNet, ATSS), as pixels to the four sides of a point (FCOS, RTMDet), or as four distributions
 * over such distances (GFL). Source: mmdet 3.3's DeltaXYWHBBoxCoder, DistancePointBBoxCoder and GFL's Integral; float32 throughout.
 */
import type { DenseBox, DenseHead } from './detection.ts';

/** A level's box outputs: channels × cells. */
export interface BoxLevel {
  readonly level: number;
  readonly data: Float32Array;
  readonly width: number;
  readonly cells: number;
}

/** Priors in each cell of a level. */
export const priorsOf = ({ box }: DenseHead, level: number): number => (box.coder === 'delta' ? box.anchors[level]!.length : 1);
/** Numbers that tell one box. */
export const numbersOf = (box: DenseBox): number => (box.coder === 'distribution' ? 4 * (box.most + 1) : 4);

/** Writes x1, y1, x2, y2 of a cell's prior, in the network's pixels. */
export function writeDenseBox(head: DenseHead, from: BoxLevel, cell: number, prior: number, into: Float32Array, at: number): void {
  const stride = head.strides[from.level]!;
  const [column, row] = [cell % from.width, Math.floor(cell / from.width)];
  const { box } = head;
  if (box.coder === 'delta') {
    writeDelta(box, from, cell, prior, [column * stride, row * stride], into, at);
    return;
  }
  const [x, y] = [(column + box.offset) * stride, (row + box.offset) * stride];
  for (let side = 0; side < 4; side++) {
    const distance =
      box.coder === 'distance' ? from.data[side * from.cells + cell]! : Math.fround(meanOf(from, cell, side, box.most) * stride);
    into[at + side] = side === 0 ? x - distance : side === 1 ? y - distance : side === 2 ? x + distance : y + distance;
  }
}

/** Sides grow and shrink by no more than this factor's logarithm. */
export const MOST_RATIO = Math.fround(Math.abs(Math.log(16 / 1000)));

function writeDelta(
  { anchors, means, stds }: Extract<DenseBox, { coder: 'delta' }>,
  { level, data, cells }: BoxLevel,
  cell: number,
  prior: number,
  shift: readonly [number, number],
  into: Float32Array,
  at: number,
): void {
  const anchor = anchors[level]![prior]!;
  for (let along = 0; along < 2; along++) {
    const low = Math.fround(anchor[along]! + shift[along]!);
    const high = Math.fround(anchor[along + 2]! + shift[along]!);
    const size = Math.fround(high - low);
    const told = (i: number): number =>
      Math.fround(Math.fround(data[(prior * 4 + i) * cells + cell]! * Math.fround(stds[i] ?? 1)) + Math.fround(means[i] ?? 0));
    const centre = Math.fround(Math.fround(Math.fround(low + high) * 0.5) + Math.fround(size * told(along)));
    const ratio = Math.min(Math.max(told(along + 2), -MOST_RATIO), MOST_RATIO);
    const half = Math.fround(Math.fround(size * Math.fround(Math.exp(ratio))) * 0.5);
    into[at + along] = centre - half;
    into[at + along + 2] = centre + half;
  }
}

/** The mean of a softmax over 0 … most. */
function meanOf({ data, cells }: BoxLevel, cell: number, side: number, most: number): number {
  const first = side * (most + 1) * cells + cell;
  let highest = -Infinity;
  for (let i = 0; i <= most; i++) highest = Math.max(highest, data[first + i * cells]!);
  let [sum, weighted] = [0, 0];
  for (let i = 0; i <= most; i++) {
    const share = Math.exp(data[first + i * cells]! - highest);
    sum += share;
    weighted += share * i;
  }
  return Math.fround(weighted / sum);
}
