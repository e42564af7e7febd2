import type { DetectionRecord } from '../protocol.ts';

/** A detection's box as COCO's files have it: left, top, width, height. */
export const cocoBox = ([x1, y1, x2, y2]: DetectionRecord['bbox']): readonly [left: number, top: number, width: number, height: number] => [
  x1,
  y1,
  x2 - x1,
  y2 - y1,
];
