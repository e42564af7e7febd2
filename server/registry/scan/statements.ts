/**
 * A Python source as its statements: where each begins and ends, and how deep it stands. No tree is made: a library has two megabytes of source, and its registry
 * is told by a few hundred of its statements. Strings, comments, brackets and continued lines are read as Python reads them.
 */
export interface Statement {
  /** Column of its first character: tabs count to the next multiple of eight. */
  readonly indent: number;
  readonly start: number;
  /** Past its last character: the line's end, without a comment that follows. */
  readonly end: number;
  /** From 1. */
  readonly line: number;
}

const NEWLINE = 10;
const SPACE = 32;
const TAB = 9;
const HASH = 35;
const BACKSLASH = 92;
const SINGLE = 39;
const DOUBLE = 34;

export function statements(source: string): Statement[] {
  const out: Statement[] = [];
  const length = source.length;
  let at = 0;
  let line = 1;
  while (at < length) {
    let indent = 0;
    let c = source.charCodeAt(at);
    while (c === SPACE || c === TAB) {
      indent = c === TAB ? (indent | 7) + 1 : indent + 1;
      c = source.charCodeAt(++at);
    }
    if (c === HASH || c === NEWLINE || c === 13 || at >= length) {
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
    for (; at < length; at++) {
      c = source.charCodeAt(at);
      if (c === NEWLINE) {
        line++;
        if (depth <= 0) break;
        continue;
      }
      if (c === HASH) {
        const next = source.indexOf('\n', at);
        at = (next < 0 ? length : next) - 1;
        continue;
      }
      if (c === SINGLE || c === DOUBLE) {
        const close = stringEnd(source, at);
        for (let i = source.indexOf('\n', at); i >= 0 && i < close; i = source.indexOf('\n', i + 1)) line++;
        at = close - 1;
      } else if (c === 40 || c === 91 || c === 123) depth++;
      else if (c === 41 || c === 93 || c === 125) depth--;
      else if (c === BACKSLASH && source.charCodeAt(at + 1) === NEWLINE) {
        at++;
        line++;
      } else if (c === SPACE || c === TAB || c === 13) continue;
      end = at + 1;
    }
    out.push({ indent, start, end, line: first });
    at++;
  }
  return out;
}

/** Past the closing quote of the string that begins here; at the line's end where one-line quotes are left open, at the text's end where triple ones are. */
export function stringEnd(source: string, open: number): number {
  const quote = source[open] ?? '';
  const triple = quote.repeat(3);
  const long = source.startsWith(triple, open);
  for (let at = open + (long ? 3 : 1); at < source.length; at++) {
    const c = source[at];
    if (c === '\\') at++;
    else if (c === quote && (!long || source.startsWith(triple, at))) return at + (long ? 3 : 1);
    else if (c === '\n' && !long) return at;
  }
  return source.length;
}

/** The text with its comments and strings left out: what is left is names, operators and numbers. */
export function withoutStrings(source: string): string {
  let out = '';
  let from = 0;
  for (let at = 0; at < source.length; at++) {
    const c = source[at];
    if (c !== '"' && c !== "'" && c !== '#') continue;
    out += source.slice(from, at);
    from = c === '#' ? source.indexOf('\n', at) : stringEnd(source, at);
    if (from < 0) return out;
    at = from - 1;
  }
  return out + source.slice(from);
}
