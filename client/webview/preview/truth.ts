import type { DetectResult, TruthRecord } from '../../../server/protocol.ts';
import { type Box, boxesOf } from './box.ts';

/** A row of what was annotated and what was found, and what it draws. */
export interface Mark {
  readonly kind: MarkKind;
  /** What is selected and pointed at: the detection, or the object that none meets. */
  readonly box: Box;
  /** The object that a detection meets. */
  readonly truth: Box | null;
  readonly iou: number | null;
  /** Of a missed object the best score that meets it and does not reach the threshold. */
  readonly score: number | null;
}
export type MarkKind = 'missed' | 'extra' | 'matched';
export const MARK_KINDS: readonly MarkKind[] = ['matched', 'missed', 'extra'];

/** Missed, then extra, then matched: what is wrong comes first. */
export function marksOf(result: DetectResult, truth: TruthRecord, threshold: number): readonly Mark[] {
  const boxes = boxesOf(result);
  const objects = objectsOf(truth);
  const meeting = new Map(boxes.flatMap(box => (truth.matches[box.index] ? [[truth.matches[box.index]?.object, box] as const] : [])));
  const reaching = boxes.filter(box => box.score >= threshold);
  const missed = objects.flatMap((box, at): Mark[] => {
    const met = meeting.get(at);
    if (truth.objects[at]?.crowd || (met !== undefined && met.score >= threshold)) return [];
    return [{ kind: 'missed', box, truth: null, iou: null, score: met?.score ?? null }];
  });
  const found = reaching.map((box): Mark => {
    const match = truth.matches[box.index] ?? null;
    const object = match === null ? undefined : objects[match.object];
    if (match === null || object === undefined)
      return { kind: 'extra', box: { ...box, style: 'extra' }, truth: null, iou: null, score: box.score };
    return { kind: 'matched', box, truth: { ...object, style: 'truth' }, iou: match.iou, score: box.score };
  });
  return [
    ...missed.sort((a, b) => (a.score ?? -1) - (b.score ?? -1)),
    ...found.filter(({ kind }) => kind === 'extra'),
    ...found.filter(({ kind }) => kind === 'matched'),
  ];
}

/** Objects are numbered from −1 down, so that no detection has the number of one. */
function objectsOf({ objects }: TruthRecord): readonly Box[] {
  return objects.map(({ label, name, bbox: [x1, y1, x2, y2] }, at) => ({
    index: -1 - at,
    label,
    name,
    score: 0,
    x: x1,
    y: y1,
    width: x2 - x1,
    height: y2 - y1,
    style: 'missed',
  }));
}

/** What is drawn, what lies below first. */
export const boxesIn = (marks: readonly Mark[]): readonly Box[] => [
  ...marks.flatMap(({ truth }) => (truth === null ? [] : [truth])),
  ...marks.map(({ box }) => box),
];

export interface MarkCounts {
  readonly matched: number;
  readonly missed: number;
  readonly extra: number;
}

export function countMarks(marks: readonly Mark[]): MarkCounts {
  const count = (kind: MarkKind): number => marks.filter(mark => mark.kind === kind).length;
  return { matched: count('matched'), missed: count('missed'), extra: count('extra') };
}
