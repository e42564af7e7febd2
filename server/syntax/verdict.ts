/** What CPython 3.11 says of a text that it does not compile: the first thing it meets, its parser before its compiler. */
import { complaint } from './complaint.ts';
import { newerFString } from './newer-f-strings.ts';
import type { Block, Statement } from './nodes.ts';
import type { Parsed, ParseError } from './parse.ts';
import type { Refusal } from './refusal.ts';
import { refused } from './refused.ts';
import { type Place, parseStrictly } from './strict/parse-strictly.ts';

/** For a program that is run as it is: the grammar here forgives some things that no config has, and looking for them costs more than reading it. */
export const thoroughVerdict = (source: string, parsed: Parsed): ParseError | null => {
  const told = parsed.kind === 'module' ? parseStrictly(source) : null;
  return told ? within(source, told) : verdict(source, parsed);
};

/** `from`: a line's left edge, before which nothing is wrong. Null where it takes the text, where the text cannot be parsed for a reason that has no words here but `parsed`'s own, and where it is too deep to be looked through. */
export function verdict(source: string, parsed: Parsed, from: Place | null | undefined = null): ParseError | null {
  // The reader of plain texts takes nothing that is refused: most configs are not looked through at all.
  if (parsed.kind === 'module' && parsed.compiles) return null;
  let found = known.get(parsed);
  if (found === undefined) known.set(parsed, (found = looked(source, parsed, from)));
  return found;
}
/** A text that is remembered is looked through once. */
const known = new WeakMap<Parsed, ParseError | null>();

function looked(source: string, parsed: Parsed, from: Place | null | undefined): ParseError | null {
  try {
    const found =
      parsed.kind === 'error'
        ? ((from && parseStrictly(source, from)) ?? parseStrictly(source) ?? complaint(source, parsed.span))
        : ofTree(source, parsed.body);
    // In their braces 3.11 finds other things wrong as well.
    return found && { ...within(source, found), ...(parsed.kind === 'module' && newerFString(parsed.body, source) && { takenSince: 12 }) };
  } catch (e) {
    if (e instanceof RangeError) return null;
    throw e;
  }
}

/** What is wrong with the end of a text has no sign of its own. */
const within = ({ length }: string, { message, span: { start, end, line } }: Refusal): ParseError => ({
  kind: 'error',
  message,
  span: { start: Math.min(start, length), end: Math.min(end, length), line },
});

function ofTree(source: string, body: Block): Refusal | null {
  // The grammar forgives where a block stands, and a few signs.
  const odd = (body.some(s => BLOCKS.has(s.kind)) && misplaced(source)) || ODD.test(source);
  const first = odd ? parseStrictly(source) : null;
  if (first) return first;
  const found = refused(body, source) ?? newerFString(body, source);
  // Its parser has its say before its compiler.
  return found && (parseStrictly(source) ?? found);
}
const misplaced = (source: string): boolean => complaint(source, { start: source.length, end: source.length, line: Infinity }) !== null;
const BLOCKS: ReadonlySet<Statement['kind']> = new Set(['if', 'for', 'while', 'with', 'try', 'match', 'function', 'class']);
const ODD = /<>|^ +\t|^\t+ |\\\s*$/;
