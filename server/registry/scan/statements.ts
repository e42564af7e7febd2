/** A Python source as its statements: a library has two megabytes of source, and its registry is told by a few hundred of its statements. */
import { type LogicalLine, logicalLines, stringEnd } from '../../syntax/logical-lines.ts';

export type Statement = LogicalLine;
export const statements = (source: string): Statement[] => logicalLines(source).lines;

/** The text with its comments and strings left out: what is left is names, operators and numbers. `mark`: what stands where a string was. */
export function withoutStrings(source: string, mark = ''): string {
  let out = '';
  let from = 0;
  for (let at = 0; at < source.length; at++) {
    const c = source[at];
    if (c !== '"' && c !== "'" && c !== '#') continue;
    out += source.slice(from, at) + (c === '#' ? '' : mark);
    from = c === '#' ? source.indexOf('\n', at) : stringEnd(source, at);
    if (from < 0) return out;
    at = from - 1;
  }
  return out + source.slice(from);
}
