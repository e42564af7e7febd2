/** A text with edits applied: of one file, none over another. */
import type { Edit } from './diagnostic.ts';

export const edited = (text: string, edits: readonly Edit[]): string =>
  edits.toSorted((a, b) => b.start - a.start).reduce((t, { start, end, text: fresh }) => t.slice(0, start) + fresh + t.slice(end), text);
