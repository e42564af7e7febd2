import type { DetectResult } from '../../../server/protocol.ts';

/** A detection as the page draws and lists it. Coordinates are pixels of the picture as detected, before it was scaled for the page. */
export interface Box {
  /** Place in the result: what selection and rows are keyed by. */
  readonly index: number;
  readonly label: number;
  readonly name: string;
  readonly score: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly style: BoxStyle;
}

/** `truth`: what was annotated and met. `missed`: annotated and not met. `extra`: found where nothing was annotated. */
export type BoxStyle = 'found' | 'truth' | 'missed' | 'extra';

/** Best score first, as rows are listed and tags are placed. */
export function boxesOf(result: Pick<DetectResult, 'detections'>): readonly Box[] {
  return result.detections
    .map(({ label, name, score, bbox: [x1, y1, x2, y2] }, index) => ({
      index,
      label,
      name,
      score,
      x: x1,
      y: y1,
      width: x2 - x1,
      height: y2 - y1,
      style: 'found' as const,
    }))
    .sort((a, b) => b.score - a.score || a.index - b.index);
}
