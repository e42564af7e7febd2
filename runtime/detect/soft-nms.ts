/** Soft suppression as mmcv does it: a box that overlaps a better one loses score by how much they overlap, and falls out below a least score. */
import type { SoftSuppression } from './detection.ts';
import { apartByClass, areasOf, isSplit, type NmsSettings, overlap } from './nms.ts';
import { picked, type Selected } from './selected.ts';

/** Candidates best first. Source: `softnms_cpu` of mmcv 2.0; O(n²). */
export function softSuppress(candidates: Selected, settings: NmsSettings, { method, sigma, minScore }: SoftSuppression): Selected {
  const { boxes, labels } = candidates;
  const { iouThreshold, limit, classAgnostic, offset = 0 } = settings;
  const moved = classAgnostic ? boxes : apartByClass(boxes, labels, offset).moved;
  const byClass = isSplit(labels.length, settings);
  const all = { boxes: moved, areas: areasOf(moved, offset), offset };
  const scores = Float32Array.from(candidates.scores);
  const left = Array.from(scores, (_, i) => i);
  const threshold = Math.fround(iouThreshold);
  const most = limit > 0 ? limit : Infinity;
  const weight = (iou: number): number => {
    if (method === 'gaussian') return Math.fround(Math.exp(Math.fround(-(iou * iou)) / Math.fround(sigma)));
    if (!(iou >= threshold)) return 1;
    return method === 'naive' ? 0 : Math.fround(1 - iou);
  };
  const kept: number[] = [];
  while (left.length > 0 && kept.length < most) {
    let best = 0;
    for (let k = 1; k < left.length; k++) if (scores[left[k]!]! > scores[left[best]!]!) best = k;
    const chosen = left[best]!;
    left[best] = left[0]!;
    left.shift();
    kept.push(chosen);
    for (let k = 0; k < left.length; ) {
      const other = left[k]!;
      const meet = !byClass || labels[chosen] === labels[other];
      scores[other] = scores[other]! * weight(meet ? overlap(all, chosen, other) : 0);
      if (scores[other]! < minScore) {
        // The last takes its place.
        const last = left.pop();
        if (last !== undefined && k < left.length) left[k] = last;
      } else k++;
    }
  }
  return picked({ boxes, labels, scores }, kept);
}
