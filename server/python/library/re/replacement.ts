/** What stands for each match: a text with `\1`, `\g<name>` and escapes. */
import { raise } from '../../exception.ts';
import type { Value } from '../../value.ts';
import { badName, groupNumber, isName, readName, unknownName } from './group-names.ts';
import { type Pattern, patternError } from './pattern.ts';
import { isDigit, isOctal, PatternError, PatternText } from './pattern-text.ts';
import { octal } from './read-characters.ts';

/** Pieces of text, and numbers of groups. */
export type Replacement = readonly (string | number)[];

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' };

export function replacementOf(pattern: Pattern, source: Value, text: string): Replacement {
  if (!text.includes('\\')) return [text];
  try {
    return read(pattern, new PatternText(text, pattern.isBytes));
  } catch (e) {
    throw e instanceof PatternError ? patternError(e.message, source, text, e.at) : e;
  }
}

function read(pattern: Pattern, text: PatternText): Replacement {
  const out: (string | number)[] = [],
    group = (index: number, at: number): void => {
      if (index > pattern.parsed.groups) text.fail(`invalid group reference ${index}`, at);
      out.push(index);
    };
  for (let start = 0, c = text.next(); c !== undefined; start = text.at, c = text.next()) {
    if (c !== '\\') {
      out.push(c);
      continue;
    }
    const d = text.next();
    if (d === undefined) text.fail('bad escape (end of pattern)', start);
    if (d === 'g') {
      if (!text.take('<')) text.fail('missing <');
      const at = text.at,
        name = readName(text, '>');
      if (isName(name)) out.push(pattern.parsed.names.get(name) ?? raiseUnknown(name));
      else {
        const index = groupNumber(name);
        if (index < 0) badName(text, name, at);
        group(index, at);
      }
    } else if (d === '0') out.push(String.fromCodePoint(Number.parseInt(d + text.takeWhile(isOctal, 2), 8) & 0xff));
    else if (isDigit(d)) {
      const second = text.peek(),
        third = text.peek(1);
      if (isOctal(d) && isOctal(second) && isOctal(third)) {
        text.at += 2;
        out.push(String.fromCodePoint(octal(text, d + second + third, start)));
      } else group(Number(d + text.takeWhile(isDigit, 1)), start + 1);
    } else {
      const known = ESCAPES[d];
      if (known === undefined && /[A-Za-z]/.test(d)) text.fail(`bad escape \\${d}`, start);
      out.push(known ?? `\\${d}`);
    }
  }
  return out;
}
const raiseUnknown = (name: string): never => {
  throw raise('IndexError', unknownName(name));
};
