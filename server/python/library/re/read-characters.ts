/** Sets of characters, and characters behind a backslash, in the text of a pattern. */
import { unknown } from '../../stop.ts';
import type { ClassItem, Kind, Node } from './nodes.ts';
import { isOctal, type PatternText } from './pattern-text.ts';

/** Behind `[`. */
export function readSet(text: PatternText, flags: number, start: number): Node {
  const items: ClassItem[] = [],
    negated = text.take('^'),
    first = text.at;
  for (;;) {
    const from = text.at,
      c = text.next();
    if (c === undefined) text.fail('unterminated character set', start);
    if (c === ']' && from !== first) break;
    const low = member(text, c, from);
    if (!text.take('-')) {
      items.push(low);
      continue;
    }
    const end = text.at,
      d = text.next();
    if (d === undefined) text.fail('unterminated character set', start);
    if (d === ']') {
      items.push(low, { low: 45, high: 45 });
      break;
    }
    const high = member(text, d, end);
    const shown = `${text.slice(from, end - 1)}-${text.slice(end, text.at)}`;
    if ('kind' in low || 'kind' in high || high.low < low.low) text.fail(`bad character range ${shown}`, from);
    items.push({ low: low.low, high: high.high });
  }
  const [only] = items;
  if (items.length === 1 && only && 'low' in only && only.low === only.high && !negated) return { op: 'character', code: only.low, flags };
  return { op: 'class', items, negated, flags };
}
function member(text: PatternText, c: string, start: number): ClassItem {
  if (c !== '\\') return { low: c.codePointAt(0) ?? 0, high: c.codePointAt(0) ?? 0 };
  const d = text.next();
  if (d === undefined) text.fail('bad escape (end of pattern)', start);
  const kind = kindOf(d);
  if (kind) return kind;
  if (isOctal(d)) {
    const code = octal(text, d + text.takeWhile(isOctal, 2), start);
    return { low: code, high: code };
  }
  const code = readCharacter(text, d, start);
  return { low: code, high: code };
}

/** Behind a backslash, in and outside of a set. */
export function readCharacter(text: PatternText, c: string, start: number): number {
  const hex = (size: number): number => {
    const digits = text.takeWhile(d => /[0-9a-fA-F]/.test(d), size);
    if (digits.length !== size) text.fail(`incomplete escape \\${c}${digits}`, start);
    return Number.parseInt(digits, 16);
  };
  if (c === 'x') return hex(2);
  if (c === 'u' && !text.isBytes) return hex(4);
  if (c === 'U' && !text.isBytes) {
    const code = hex(8);
    if (code > 0x10ffff) text.fail(`bad escape \\U${text.slice(start + 2, text.at)}`, start);
    return code;
  }
  if (c === '0') return Number.parseInt(c + text.takeWhile(isOctal, 2), 8);
  if (c === 'N' && !text.isBytes) {
    if (text.peek() !== '{') text.fail('missing {');
    unknown('a character by its name');
  }
  const known = ESCAPES[c];
  if (known !== undefined) return known;
  if (/[A-Za-z0-9]/.test(c)) text.fail(`bad escape \\${c}`, start);
  return c.codePointAt(0) ?? 0;
}
const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 };
/** `digits`: up to three, behind a backslash. */
export function octal(text: PatternText, digits: string, start: number): number {
  const code = Number.parseInt(digits, 8);
  if (code > 0o377) text.fail(`octal escape value \\${digits} outside of range 0-0o377`, start);
  return code;
}

/** `\d` and its like. */
export function kindOf(c: string): ClassItem | null {
  const kind = c.toLowerCase();
  return kind === 'd' || kind === 'w' || kind === 's' ? { kind: kind as Kind, negated: c !== kind } : null;
}
