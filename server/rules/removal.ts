/** Takes an argument or an entry out of a text, with the comma that goes with it. */
import type { Edit } from './diagnostic.ts';

/** Null where its surroundings have another form. */
export function removalOf(text: string, file: string, start: number, end: number): Edit | null {
  const after = /^\s*,[ \t]*(?:\r?\n[ \t]*)?/.exec(text.slice(end));
  if (after) return { file, start, end: end + after[0].length, text: '' };
  if (!/^\s*[)}\]]/.test(text.slice(end))) return null;
  const before = /,\s*$/.exec(text.slice(0, start));
  if (before) return { file, start: start - before[0].length, end, text: '' };
  // The only one: the brackets close over nothing.
  const opening = /[({](\s*)$/.exec(text.slice(0, start)),
    space = /^\s*/.exec(text.slice(end))?.[0].length ?? 0;
  return opening ? { file, start: start - (opening[1]?.length ?? 0), end: end + space, text: '' } : null;
}
