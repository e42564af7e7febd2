import type { Box } from './box.ts';

/** What of the candidates is shown: a score to reach, and classes that are switched off by name. */
export interface Filter {
  readonly threshold: number;
  readonly hidden: ReadonlySet<string>;
}

/** Boxes that pass, in the order given. */
export function shownBoxes(boxes: readonly Box[], filter: Filter): readonly Box[] {
  return boxes.filter(box => box.score >= filter.threshold && !filter.hidden.has(box.name));
}

export interface BelowThreshold {
  readonly count: number;
  /** Score of the best one that the threshold hides. */
  readonly next: number | null;
}

/** What the threshold alone hides, so that it is chosen with open eyes. Boxes are sorted, best first. */
export function belowThreshold(boxes: readonly Box[], threshold: number): BelowThreshold {
  const below = boxes.filter(box => box.score < threshold);
  return { count: below.length, next: below[0]?.score ?? null };
}

export interface ClassCount {
  readonly name: string;
  readonly label: number;
  readonly count: number;
}

/** Boxes a class over the threshold, hidden classes too; classes without any candidate are left out when there are more than `roomFor`. */
export function classCounts(boxes: readonly Box[], classes: readonly string[], threshold: number, roomFor = 12): readonly ClassCount[] {
  const counts = new Map<number, number>();
  for (const box of boxes) counts.set(box.label, (counts.get(box.label) ?? 0) + (box.score >= threshold ? 1 : 0));
  const all = classes.map((name, label) => ({ name, label, count: counts.get(label) ?? 0 }));
  return all.length <= roomFor ? all : all.filter(({ label }) => counts.has(label)).sort((a, b) => b.count - a.count || a.label - b.label);
}

/** A threshold as it is set by hand: in steps of 0.01 from 0 to 1, without binary dust. */
export function roundThreshold(threshold: number): number {
  return Math.round(Math.min(1, Math.max(0, threshold)) * 100) / 100;
}
