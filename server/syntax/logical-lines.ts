/**
 * A Python source as its logical lines: where each begins and ends, and how deep it stands. No tree is made. Strings, comments, brackets and continued lines are read
 * as Python reads them.
 */
import { BACKSLASH, CR, DOUBLE, HASH, LF, OPEN, OPEN_CURLY, OPEN_SQUARE, SINGLE, SPACE, TAB } from './character-codes.ts';

export interface LogicalLine {
  /** Column of its first character: tabs count to the next multiple of eight. */
  readonly indent: number;
  readonly start: number;
  /** Past its last character: the line's end, without a comment that follows. */
  readonly end: number;
  /** From 1. */
  readonly line: number;
}
/** `sound`: every bracket and string is closed. */
export interface LogicalLines {
  readonly lines: LogicalLine[];
  readonly sound: boolean;
}

/** Characters that are not passed by. */
const MARKS = new Uint8Array(128);
for (const mark of '\n#\'"()[]{}\\') MARKS[mark.charCodeAt(0)] = 1;

/** Of a part of the text, that begins where a line does. */
export function logicalLines(source: string, from = 0, length = source.length, firstLine = 1): LogicalLines {
  const lines: LogicalLine[] = [];
  let sound = true;
  let at = from;
  let line = firstLine;
  while (at < length) {
    let indent = 0;
    let c = source.charCodeAt(at);
    while (c === SPACE || c === TAB) {
      indent = c === TAB ? (indent | 7) + 1 : indent + 1;
      c = source.charCodeAt(++at);
    }
    if (c === HASH || c === LF || c === CR || at >= length) {
      const next = source.indexOf('\n', at);
      if (next < 0) break;
      at = next + 1;
      line++;
      continue;
    }
    const start = at;
    const first = line;
    let end = at;
    let depth = 0;
    /** Where the last comment ended. */
    let after = at;
    for (; at < length; at++) {
      c = source.charCodeAt(at);
      if (c >= MARKS.length || MARKS[c] === 0) continue;
      if (c === LF) {
        line++;
        if (depth <= 0) break;
      } else if (c === HASH) {
        end = pastText(source, after, at, end);
        const next = source.indexOf('\n', at);
        after = next < 0 ? length : next;
        at = after - 1;
      } else if (c === SINGLE || c === DOUBLE) {
        const close = stringEnd(source, at);
        if (source.charCodeAt(close - 1) !== c || close - at < 2) sound = false;
        for (let i = source.indexOf('\n', at); i >= 0 && i < close; i = source.indexOf('\n', i + 1)) line++;
        at = close - 1;
      } else if (c === OPEN || c === OPEN_SQUARE || c === OPEN_CURLY) depth++;
      else if (c === BACKSLASH) {
        if (source.charCodeAt(at + 1) !== LF) continue;
        at++;
        line++;
      } else depth--;
    }
    if (depth !== 0) sound = false;
    end = pastText(source, after, Math.min(at, length), end);
    lines.push({ indent, start, end, line: first });
    at++;
  }
  return { lines, sound };
}

/** Past the last character between two places that is no space; `otherwise`: there is none. */
function pastText(source: string, from: number, to: number, otherwise: number): number {
  for (let at = to; at > from; at--) {
    const c = source.charCodeAt(at - 1);
    if (c !== SPACE && c !== TAB && c !== CR && c !== LF) return at;
  }
  return otherwise;
}

/** Past the closing quote of the string that begins here; at the line's end where one-line quotes are left open, at the text's end where triple ones are. */
export function stringEnd(source: string, open: number): number {
  const quote = source.charCodeAt(open);
  const isLong = source.charCodeAt(open + 1) === quote && source.charCodeAt(open + 2) === quote;
  const length = source.length;
  for (let at = open + (isLong ? 3 : 1); at < length; at++) {
    const c = source.charCodeAt(at);
    if (c === BACKSLASH) at++;
    else if (c === quote) {
      if (!isLong) return at + 1;
      if (source.charCodeAt(at + 1) === quote && source.charCodeAt(at + 2) === quote) return at + 3;
    } else if (c === LF && !isLong) return at;
  }
  return length;
}
