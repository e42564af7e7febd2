/** Which detections of one class on one picture meet which of its objects, at several thresholds at once: COCO's greedy matching. */
import type { CocoBox, FoundBox, TruthBox } from './coco-truth.ts';

/** IoU that a detection must reach: 0.50 to 0.95 in ten steps, with numpy's own rounding of each. */
export const THRESHOLDS: readonly number[] = Array.from({ length: 10 }, (_, i) => (i === 9 ? 0.95 : 0.5 + i * ((0.95 - 0.5) / 9)));

/** An object's area in pixels, both ends included. */
export type AreaRange = readonly [least: number, most: number];

export interface Matched {
  /** Of each detection a bit a threshold: whether it met an object, and whether it plays no part in the figures. */
  readonly met: Uint16Array;
  readonly ignored: Uint16Array;
  /** Of each detection, which object it met at the first threshold; -1: none. */
  readonly object: Int32Array;
  /** Objects that are to be found. */
  readonly wanted: number;
}

/**
 * `found`: best score first. Each takes, of the objects not yet taken, the one it overlaps most, the last of equals; one outside the range or a crowd only where no
 * other is overlapped enough. Source: `evaluateImg` of pycocotools, after Lin et al., Microsoft COCO: Common Objects in Context, 2014.
 */
export function matchBoxes(
  found: readonly FoundBox[],
  truth: readonly TruthBox[],
  overlaps: Float64Array,
  [least, most]: AreaRange,
): Matched {
  const skipped = truth.map(({ crowd, area }) => crowd || area < least || area > most);
  const order = [...truth.keys()].sort((a, b) => Number(skipped[a]) - Number(skipped[b]));
  const met = new Uint16Array(found.length);
  const ignored = new Uint16Array(found.length);
  const object = new Int32Array(found.length).fill(-1);
  for (const [t, threshold] of THRESHOLDS.entries()) {
    const taken = new Uint8Array(truth.length);
    for (let d = 0; d < found.length; d++) {
      const g = bestFor(d, { truth, order, skipped, taken, overlaps, threshold });
      const { box } = found[d]!;
      // An object whose identifier is 0 is taken and yet counts as not met: so it is in pycocotools.
      if (g >= 0 && truth[g]!.id !== 0) met[d]! |= 1 << t;
      if (g >= 0) {
        taken[g] = 1;
        if (t === 0) object[d] = g;
      }
      const area = box[2] * box[3];
      const aside = (met[d]! >> t) & 1 ? false : area < least || area > most;
      if (aside || (g >= 0 && skipped[g])) ignored[d]! |= 1 << t;
    }
  }
  return { met, ignored, object, wanted: skipped.filter(s => !s).length };
}

interface Choice {
  readonly truth: readonly TruthBox[];
  /** Objects that count before those that do not. */
  readonly order: readonly number[];
  readonly skipped: readonly boolean[];
  readonly taken: Uint8Array;
  readonly overlaps: Float64Array;
  readonly threshold: number;
}

function bestFor(d: number, { truth, order, skipped, taken, overlaps, threshold }: Choice): number {
  let best = -1;
  let highest = Math.min(threshold, 1 - 1e-10);
  for (const g of order) {
    if (taken[g] && !truth[g]!.crowd) continue;
    if (best >= 0 && !skipped[best] && skipped[g]) break;
    const overlap = overlaps[d * truth.length + g]!;
    if (overlap < highest) continue;
    highest = overlap;
    best = g;
  }
  return best;
}

/** Detections × objects. Of a crowd not the union counts but the detection: any part of it may be found. */
export function overlapsOf(found: readonly FoundBox[], truth: readonly TruthBox[]): Float64Array {
  const overlaps = new Float64Array(found.length * truth.length);
  for (let d = 0; d < found.length; d++)
    for (let g = 0; g < truth.length; g++) overlaps[d * truth.length + g] = overlap(found[d]!.box, truth[g]!.box, truth[g]!.crowd);
  return overlaps;
}

export function overlap(a: CocoBox, b: CocoBox, crowd = false): number {
  const width = Math.min(a[2] + a[0], b[2] + b[0]) - Math.max(a[0], b[0]);
  if (width <= 0) return 0;
  const height = Math.min(a[3] + a[1], b[3] + b[1]) - Math.max(a[1], b[1]);
  if (height <= 0) return 0;
  const shared = width * height;
  const own = a[2] * a[3];
  return shared / (crowd ? own : own + b[2] * b[3] - shared);
}
