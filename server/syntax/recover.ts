/**
 * Half-typed text. A missing bracket in the middle costs a tolerant parser most of what follows; so the text is cut where statements begin at the left edge, each
 * piece is read on its own, and one that cannot be read is tried again with the quotes and brackets it lacks.
 */
import { mend } from './mend.ts';
import type { Block, Span, Statement } from './nodes.ts';
import { ends, lines } from './open-ends.ts';
import type { Parse, Parsed, ParseError } from './parse.ts';
import { verdict } from './verdict.ts';

export interface Recovered {
  /** Statements of all pieces that could be read, in order, with places in the whole text. */
  readonly body: Block;
  /** One for each piece that Python would refuse. CPython stops at the first, which is in its words; so does whoever needs its verdict. */
  readonly errors: readonly ParseError[];
  /** Pieces that had to be mended, or that Python's compiler refuses: what is in them is a guess. */
  readonly mended: readonly Span[];
}

export function recover(parse: Parse, source: string): Recovered {
  const whole = parse(source);
  if (whole.kind === 'module') {
    const first = verdict(source, whole);
    if (!first) return { body: whole.body, errors: [], mended: [] };
    return { body: whole.body, errors: [first], mended: whole.body.map(s => s.span).filter(s => holds(s, first.span)) };
  }
  const body: Statement[] = [],
    errors: ParseError[] = [],
    mended: Span[] = [];
  const wrong: Span[] = [];
  for (const piece of pieces(source)) {
    const text = source.slice(piece.start, piece.end),
      own = parse(text);
    if (own.kind === 'module') {
      body.push(...placed(own, piece));
      continue;
    }
    wrong.push(piece);
    errors.push(complaint(text, piece, own));
    const read = mend(parse, text);
    if (!read) continue;
    mended.push(piece);
    body.push(...read.body.map(s => moved(s, at => Math.min(read.from[at] ?? text.length, text.length) + piece.start, piece.line - 1)));
  }
  // What a piece by itself is told is a guess of ours, where CPython's own word for it is known.
  const first = verdict(source, whole, wrong[0]);
  if (first) return { body, errors: [first, ...errors.filter((_, i) => !holds(wrong[i] ?? first.span, first.span))], mended };
  if (!errors.length) errors.push(whole);
  return { body, errors, mended };
}
/** The statements of a piece at its place. One that was there already when the text was last looked at (each letter that is typed has it looked at) is as it was. */
function placed(own: Parsed & { readonly kind: 'module' }, { start, line }: Span): Block {
  const known = places.get(own);
  if (known && known.start === start && known.line === line) return known.body;
  const body = own.body.map(s => moved(s, at => at + start, line - 1));
  places.set(own, { start, line, body });
  return body;
}
const places = new WeakMap<Parsed, { readonly start: number; readonly line: number; readonly body: Block }>();

const holds = (whole: Span, part: Span): boolean => part.start >= whole.start && part.start <= whole.end;

/** From one line that begins at the left edge, not inside a closed bracket or text, to the next. */
export function pieces(source: string): readonly Span[] {
  const out: { start: number; end: number; line: number }[] = [];
  let start = 0,
    line = 1,
    at = 0,
    here = 1;
  for (const text of source.split('\n')) {
    if (at > start && BEGINS.test(text)) {
      out.push({ start, end: at, line });
      start = at;
      line = here;
    }
    at += text.length + 1;
    here++;
  }
  out.push({ start, end: source.length, line });
  return joined(source, out);
}
/** `name =`, a statement's word, a decorator. A line that is only a bracket or text closes what is above it. */
const BEGINS =
  /^(?:[A-Za-z_][\w.]*(?:\[[^\]\n]*\])*\s*(?::[^=\n]*)?(?:[-+*/%@&|^]|\/\/|\*\*|<<|>>)?=(?!=)|(?:from|import|def|class|if|for|while|with|try|del|assert|return|raise|global|async|pass)\b|@|[A-Za-z_][\w.]*\()/;
const FOLLOWS = /^(?:elif|else|except|finally)\b/;

/** What reads only together stays together: a decorator and its function, `if` and `else`, a text of several lines that looks like code. */
function joined(source: string, all: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const piece of all) {
    const before = out.at(-1),
      text = before ? source.slice(before.start, before.end) : '';
    if (before && (/^@/.test(text) || FOLLOWS.test(source.slice(piece.start, piece.end)) || insideText(text)))
      out[out.length - 1] = { ...before, end: piece.end };
    else out.push(piece);
  }
  return out;
}
/** Ends within a text of three quotes that the rest of it closes. */
const insideText = (text: string): boolean => (text.includes('"""') || text.includes("'''")) && ends(text).quote?.length === 3;

/** CPython's sentence, where it is plain which one it is. */
function complaint(text: string, piece: Span, found: ParseError): ParseError {
  const { brackets, quote, quoteAt, stray } = ends(text),
    at = (offset: number, message: string): ParseError => ({
      kind: 'error',
      message,
      span: { start: piece.start + offset, end: piece.start + offset + 1, line: piece.line + text.slice(0, offset).split('\n').length - 1 },
    });
  if (quote !== null) return at(quoteAt, quote.length === 3 ? 'unterminated triple-quoted string literal' : 'unterminated string literal');
  if (stray !== null) {
    const open = [...brackets].at(-1),
      close = text.charAt(stray);
    return at(
      stray,
      open && open.at < stray
        ? `closing parenthesis '${close}' does not match opening parenthesis '${text.charAt(open.at)}'`
        : `unmatched '${close}'`,
    );
  }
  const open = brackets.at(-1);
  if (open) return at(open.at, `'${text.charAt(open.at)}' was never closed`);
  const unfinished = lines(text).dangling;
  if (unfinished !== null) return at(unfinished, 'invalid syntax');
  return {
    kind: 'error',
    message: found.message,
    span: { start: piece.start + found.span.start, end: piece.start + found.span.end, line: piece.line + found.span.line - 1 },
  };
}

/** The same nodes elsewhere in the text. */
function moved<T>(node: T, to: (at: number) => number, lines: number): T {
  if (Array.isArray(node)) return node.map(n => moved(n, to, lines)) as T;
  if (typeof node !== 'object' || node === null) return node;
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    out[key] =
      key === 'span' && isSpan(value) ? { start: to(value.start), end: to(value.end), line: value.line + lines } : moved(value, to, lines);
  }
  return out as T;
}
const isSpan = (v: unknown): v is Span => typeof v === 'object' && v !== null && 'start' in v && 'line' in v;
