/** What stands for each match: a text with `\1`, `\g<name>` and escapes. */
import { raise } from '../../exception.ts';
import type { Value } from '../../value.ts';
import { type Pattern, patternError } from './pattern.ts';

/** Pieces of text, and numbers of groups. */
export type Replacement = readonly (string | number)[];

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' };
const isOctal = (c: string | undefined): c is string => c !== undefined && c >= '0' && c <= '7';
const isDigit = (c: string | undefined): c is string => c !== undefined && c >= '0' && c <= '9';

export function replacementOf(pattern: Pattern, source: Value, text: string): Replacement {
  if (!text.includes('\\')) return [text];
  const chars = [...text],
    out: (string | number)[] = [],
    shown = (name: string): string => `${pattern.isBytes ? 'b' : ''}'${name}'`,
    fail = (message: string, at: number): never => {
      throw patternError(message, source, text, at);
    },
    group = (index: number, at: number): void => {
      if (index > pattern.parsed.groups) fail(`invalid group reference ${index}`, at);
      out.push(index);
    };
  for (let i = 0; i < chars.length; ) {
    const start = i,
      c = chars[i++] ?? '';
    if (c !== '\\') {
      out.push(c);
      continue;
    }
    const d = chars[i++];
    if (d === undefined) return fail('bad escape (end of pattern)', start);
    if (d === 'g') {
      if (chars[i] !== '<') return fail('missing <', i);
      const at = ++i;
      while (i < chars.length && chars[i] !== '>') i++;
      const name = chars.slice(at, i).join('');
      if (i >= chars.length) return fail(name ? 'missing >, unterminated name' : 'missing group name', at);
      i++;
      if (!name) return fail('missing group name', at);
      if (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) {
        const index = pattern.parsed.names.get(name);
        if (index === undefined) throw raise('IndexError', `unknown group name ${shown(name)}`);
        out.push(index);
      } else if (/^\d+$/.test(name)) group(Number(name), at);
      else fail(`bad character in group name ${shown(name)}`, at);
    } else if (d === '0') {
      let digits = d;
      while (digits.length < 3 && isOctal(chars[i])) digits += chars[i++];
      out.push(String.fromCodePoint(Number.parseInt(digits, 8) & 0xff));
    } else if (isDigit(d)) {
      const second = chars[i],
        third = chars[i + 1];
      if (isOctal(d) && isOctal(second) && isOctal(third)) {
        i += 2;
        const code = Number.parseInt(d + second + third, 8);
        if (code > 0o377) fail(`octal escape value \\${d}${second}${third} outside of range 0-0o377`, start);
        out.push(String.fromCodePoint(code));
      } else if (isDigit(second)) {
        i++;
        group(Number(d + second), start + 1);
      } else group(Number(d), start + 1);
    } else {
      const known = ESCAPES[d];
      if (known === undefined && /[A-Za-z]/.test(d)) return fail(`bad escape \\${d}`, start);
      out.push(known ?? `\\${d}`);
    }
  }
  return out;
}
