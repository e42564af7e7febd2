/** Candidates that were chosen, with their boxes: plain rows, one entry each. */
import type { Decoded } from './candidates.ts';
import type { Detection } from './detection.ts';

export interface Selected {
  /** x1, y1, x2, y2 of each. */
  readonly boxes: Float32Array;
  readonly labels: Int32Array;
  readonly scores: Float32Array;
}

/** The candidates at these indices, in this order. */
export function select({ candidates, box }: Decoded, order: Uint32Array): Selected {
  const { scores, labels, places } = candidates;
  const out = empty(order.length);
  for (let i = 0; i < order.length; i++) {
    const candidate = order[i]!;
    out.labels[i] = labels[candidate]!;
    out.scores[i] = scores[candidate]!;
    box(places[candidate]!, out.boxes, 4 * i);
  }
  return out;
}

/** The rows at these indices, in this order. */
export function picked({ boxes, labels, scores }: Selected, order: ArrayLike<number>): Selected {
  const out = empty(order.length);
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!;
    out.labels[i] = labels[row]!;
    out.scores[i] = scores[row]!;
    for (let side = 0; side < 4; side++) out.boxes[4 * i + side] = boxes[4 * row + side]!;
  }
  return out;
}

/** Detections as rows: they go from one process to another in a fifth of the time. All their numbers are float32's. */
export function rowsOf(detections: readonly Detection[]): Selected {
  const out = empty(detections.length);
  for (const [i, { label, score, bbox }] of detections.entries()) {
    out.labels[i] = label;
    out.scores[i] = score;
    out.boxes.set(bbox, 4 * i);
  }
  return out;
}

/** The other way. */
export const detectionsIn = ({ boxes, labels, scores }: Selected): readonly Detection[] =>
  Array.from(scores, (score, i) => ({
    label: labels[i]!,
    score,
    bbox: [boxes[4 * i]!, boxes[4 * i + 1]!, boxes[4 * i + 2]!, boxes[4 * i + 3]!],
  }));

const empty = (count: number): Selected => ({
  boxes: new Float32Array(4 * count),
  labels: new Int32Array(count),
  scores: new Float32Array(count),
});
