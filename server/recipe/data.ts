/** Data sets inside of data sets: which wrap others, and which read files. */
import { itemsFrom } from '../config/from-value.ts';
import type { Part } from './part.ts';

export interface DataPart {
  readonly part: Part;
  /** Data sets that it wraps; empty: it reads its own. */
  readonly inner: readonly DataPart[];
  /** Those in it that read files, in their order; itself, where it wraps none. */
  readonly leaves: readonly Part[];
}

/** What a wrapper of any library calls its data sets. */
export function dataOf(part: Part, depth = 0): DataPart {
  const inner = depth > DEEPEST ? [] : [...part.parts('dataset'), ...part.parts('datasets')];
  const wrapped = inner.map(one => dataOf(one, depth + 1));
  return { part, inner: wrapped, leaves: wrapped.length ? wrapped.flatMap(one => one.leaves) : [part] };
}
const DEEPEST = 12;

/** The outermost that has a pipeline; of several side by side, the first counts. */
export function withPipeline({ part, inner }: DataPart): Part | null {
  if (itemsFrom(part.value('pipeline'))) return part;
  const [first] = inner;
  return first ? withPipeline(first) : null;
}
