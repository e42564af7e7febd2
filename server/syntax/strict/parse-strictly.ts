/**
 * What CPython 3.11's parser says of a text that it does not take: its grammar and its own rules for what is wrong, in our words, over its tokens. For texts that are
 * known to be wrong: it makes nothing of one that is right.
 */

import type { Span } from '../nodes.ts';
import { Found, type Refusal } from '../refusal.ts';
import { NoToken } from './peg.ts';
import { NotRead, Statements } from './statements.ts';
import { tokenize } from './tokens.ts';

export type Place = Pick<Span, 'start' | 'line'>;

/** Longer texts are not looked through for the sake of a sentence. */
const LONGEST = 120_000;

/** `from`: where to begin, at a line's left edge. Null: it takes the text, as far as it is read here (`match` is not). */
export function parseStrictly(source: string, from: Place = { start: 0, line: 1 }): Refusal | null {
  if (source.length - from.start > LONGEST) return null;
  const all = tokenize(source, from);
  const parser = new Statements(source, all, text => parseStrictly(`(${text})\n`)?.message ?? null);
  const unclosed = all.open && refusal(`'${all.open.text}' was never closed`, all.open.start, all.open.line);
  /** The first pass, and where that fails the second, which knows better. */
  const pass = (): Refusal | 'taken' | 'not taken' => {
    try {
      return parser.file() ? 'taken' : 'not taken';
    } catch (e) {
      if (e instanceof NoToken) return all.fault ?? unclosed ?? 'not taken';
      // Not judged: patterns, and what is too deep.
      if (e instanceof NotRead || e instanceof RangeError) return 'taken';
      if (!(e instanceof Found)) throw e;
      return toEnd(e.refusal);
    }
  };
  /** What is wrong with the tokens further on counts for more than what is wrong with the grammar. */
  const toEnd = (found: Refusal): Refusal => {
    if (all.fault) return all.fault;
    return all.open && unclosed && (parser.last?.line ?? 0) > all.open.line ? unclosed : found;
  };
  const first = pass();
  if (typeof first !== 'string') return first;
  if (first === 'taken') return null;
  const { last } = parser;
  parser.again();
  const second = pass();
  if (typeof second !== 'string') return second;
  if (!last) return null;
  if (last.kind === 'indent') return refusal('unexpected indent', last.end - 1, last.line);
  if (last.kind === 'dedent') return refusal('unexpected unindent', last.start, last.line);
  return toEnd({ message: 'invalid syntax', span: { start: last.start, end: Math.max(last.end, last.start + 1), line: last.line } });
}

const refusal = (message: string, start: number, line: number): Refusal => ({ message, span: { start, end: start + 1, line } });
