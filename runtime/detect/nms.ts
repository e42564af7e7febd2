/** Class-wise non-maximum suppression as mmcv does it, in float32 throughout: a box is dropped where it overlaps a better one of its class by more than the threshold. */

/** mmcv's `split_thr` where a config says nothing. */
const SPLIT = 10_000;

export interface Boxes {
  /** x1, y1, x2, y2 of each, best score first. */
  readonly boxes: Float32Array;
  readonly labels: ArrayLike<number>;
  readonly scores: Float32Array;
}

export interface NmsSettings {
  readonly iouThreshold: number;
  /** The best so many that are left; 0 or less: all. */
  readonly limit: number;
  /** Boxes of different classes suppress each other too, unless there are too many. */
  readonly classAgnostic: boolean;
  /** From so many candidates on, mmcv takes class after class: boxes of another class can no longer meet, be they left of or above the picture, or all to suppress each other. Absent: 10,000. */
  readonly split?: number;
  /** Only better scores take part; what takes class after class counts the others too. Absent: all. */
  readonly scoreThreshold?: number;
  /** How many pixels a side is longer than its ends are apart: 1 where they are the first and the last pixel. Absent: 0. */
  readonly offset?: number;
}

/** Whether so many candidates are taken class after class. */
export const isSplit = (count: number, { split = SPLIT }: NmsSettings): boolean => count >= split;

/** Indices of what is left, best first. Source: `batched_nms` and `nms_cpu` of mmcv 2.0. */
export function suppress({ boxes, labels, scores }: Boxes, settings: NmsSettings): readonly number[] {
  const { iouThreshold, limit, classAgnostic, offset = 0 } = settings;
  const count = takingPart(scores, settings);
  const most = limit > 0 ? limit : Infinity;
  // No two boxes share more than they are; without this, as many as there are would all be compared.
  if (iouThreshold >= 1) return Array.from({ length: Math.min(count, most) }, (_, i) => i);
  const { moved, reach } = classAgnostic ? { moved: boxes, reach: 0 } : apartByClass(boxes, labels, offset);
  const areas = areasOf(moved, offset);
  const threshold = Math.fround(iouThreshold);
  // What was kept, by class: others are too far away to meet. Those within `reach` are not.
  const keptOf = new Map<number, number[]>();
  const byClass = isSplit(labels.length, settings);
  const near = byClass ? 0 : reach;
  const kept: number[] = [];
  for (let i = 0; i < count && kept.length < most; i++) {
    const label = classAgnostic && !byClass ? 0 : labels[i]!;
    let fits = true;
    for (let other = label - near; fits && other <= label + near; other++)
      fits = !meetsAny(i, keptOf.get(other), { boxes: moved, areas, offset }, threshold);
    if (!fits) continue;
    kept.push(i);
    const own = keptOf.get(label);
    if (own) own.push(i);
    else keptOf.set(label, [i]);
  }
  return kept;
}

/** Best first, so many are good enough. */
function takingPart(scores: Float32Array, { scoreThreshold = 0 }: NmsSettings): number {
  if (scoreThreshold <= 0) return scores.length;
  const least = Math.fround(scoreThreshold);
  const first = scores.findIndex(score => !(score > least));
  return first < 0 ? scores.length : first;
}

export interface Apart {
  readonly moved: Float32Array;
  /** Boxes meet only those of classes so far from their own: 0 where none lies left of or above the picture. */
  readonly reach: number;
}

/** Each class is moved by a whole picture, so that boxes of different classes do not meet. */
export function apartByClass(boxes: Float32Array, labels: ArrayLike<number>, offset = 0): Apart {
  let [least, most] = [Infinity, -Infinity];
  for (const side of boxes) {
    if (side > most) most = side;
    if (side < least) least = side;
  }
  const step = Math.fround(most + 1);
  const moved = new Float32Array(boxes.length);
  for (let i = 0; i < boxes.length; i++) moved[i] = boxes[i]! + Math.fround(labels[i >> 2]! * step);
  // A pixel more than the sides tell, as far from the origin they are rounded.
  const reach = step > 0 ? Math.min(Math.ceil(Math.max(0, most - least + 1 + offset) / step) - 1, 1000) : 1000;
  return { moved, reach: Math.max(0, reach) };
}

export function areasOf(boxes: Float32Array, offset = 0): Float32Array {
  const areas = new Float32Array(boxes.length / 4);
  for (let i = 0; i < areas.length; i++)
    areas[i] = side(boxes[4 * i]!, boxes[4 * i + 2]!, offset) * side(boxes[4 * i + 1]!, boxes[4 * i + 3]!, offset);
  return areas;
}

/** In float32. */
const side = (from: number, to: number, offset: number): number => Math.fround(Math.fround(to - from) + offset);

/** Boxes as they suppress each other. */
interface Meeting {
  readonly boxes: Float32Array;
  /** As `areasOf` gives them. */
  readonly areas: Float32Array;
  readonly offset: number;
}

function meetsAny(i: number, others: readonly number[] | undefined, all: Meeting, threshold: number): boolean {
  if (!others) return false;
  for (let k = 0; k < others.length; k++) if (overlap(all, others[k]!, i) > threshold) return true;
  return false;
}

/** Intersection over union of two boxes, in float32. */
export function overlap({ boxes, areas, offset }: Meeting, a: number, b: number): number {
  const width = side(Math.max(boxes[4 * a]!, boxes[4 * b]!), Math.min(boxes[4 * a + 2]!, boxes[4 * b + 2]!), offset);
  if (width <= 0) return 0;
  const height = side(Math.max(boxes[4 * a + 1]!, boxes[4 * b + 1]!), Math.min(boxes[4 * a + 3]!, boxes[4 * b + 3]!), offset);
  if (height <= 0) return 0;
  const shared = Math.fround(width * height);
  return Math.fround(shared / Math.fround(Math.fround(areas[a]! + areas[b]!) - shared));
}
