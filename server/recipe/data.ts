/** Data sets inside of data sets: which wrap others, and which read files. */
import type { Part } from './part.ts';

export interface DataPart {
  readonly part: Part;
  /** Data sets that it wraps; empty: it reads its own. */
  readonly inner: readonly DataPart[];
}

/** What a wrapper of any library calls its data sets. */
export function dataOf(part: Part, depth = 0): DataPart {
  const inner = depth > DEEPEST ? [] : [...part.parts('dataset'), ...part.parts('datasets')];
  return { part, inner: inner.map(one => dataOf(one, depth + 1)) };
}
const DEEPEST = 12;

/** Those that read files, in their order. */
export const leavesOf = (data: DataPart): readonly Part[] => (data.inner.length ? data.inner.flatMap(leavesOf) : [data.part]);

/** Itself and all that it wraps. */
export const allOf = (data: DataPart): readonly Part[] => [data.part, ...data.inner.flatMap(allOf)];
