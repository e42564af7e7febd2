/** Flags in the text of a pattern: `(?i)`, `(?i-s:…)`. */
import { FLAG } from './nodes.ts';
import type { PatternText } from './pattern-text.ts';

export interface InlineFlags {
  readonly add: number;
  readonly remove: number;
  /** For all of the pattern, not for what follows in the group. */
  readonly isGlobal: boolean;
}

/** From the first letter on, which was read. */
export function readFlags(text: PatternText, letter: string): InlineFlags {
  let add = 0,
    remove = 0,
    c: string | undefined = letter;
  if (c !== '-') {
    for (;;) {
      const flag: number = INLINE[c ?? ''] ?? 0;
      if (text.isBytes && c === 'u') text.fail("bad inline flags: cannot use 'u' flag with a bytes pattern");
      if (!text.isBytes && c === 'L') text.fail("bad inline flags: cannot use 'L' flag with a str pattern");
      add |= flag;
      if (flag & TYPES && (add & TYPES) !== flag) text.fail("bad inline flags: flags 'a', 'u' and 'L' are incompatible");
      c = text.next();
      if (c === undefined) text.fail('missing -, : or )');
      if (c === ')' || c === '-' || c === ':') break;
      if (!(c in INLINE)) text.fail(isLetter(c) ? 'unknown flag' : 'missing -, : or )', text.at - 1);
    }
  }
  if (c === ')') return { add, remove, isGlobal: true };
  if (add & (FLAG.debug | FLAG.template)) text.fail('bad inline flags: cannot turn on global flag', text.at - 1);
  if (c === '-') {
    c = text.next();
    if (c === undefined) text.fail('missing flag');
    if (!(c in INLINE)) text.fail(isLetter(c) ? 'unknown flag' : 'missing flag', text.at - 1);
    for (;;) {
      const flag: number = INLINE[c ?? ''] ?? 0;
      if (flag & TYPES) text.fail("bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
      remove |= flag;
      c = text.next();
      if (c === undefined) text.fail('missing :');
      if (c === ':') break;
      if (!(c in INLINE)) text.fail(isLetter(c) ? 'unknown flag' : 'missing :', text.at - 1);
    }
  }
  if (remove & (FLAG.debug | FLAG.template)) text.fail('bad inline flags: cannot turn off global flag', text.at - 1);
  if (add & remove) text.fail('bad inline flags: flag turned on and off', text.at - 1);
  return { add, remove, isGlobal: false };
}

export const beginsFlags = (c: string): boolean => c in INLINE || c === '-';
/** Those of which a pattern has one. */
export const TYPES = FLAG.ascii | FLAG.locale | FLAG.unicode;
const INLINE: Readonly<Record<string, number>> = {
  i: FLAG.ignoreCase,
  L: FLAG.locale,
  m: FLAG.multiline,
  s: FLAG.dotAll,
  x: FLAG.verbose,
  a: FLAG.ascii,
  t: FLAG.template,
  u: FLAG.unicode,
};
const isLetter = (c: string): boolean => /[A-Za-z]/.test(c);
