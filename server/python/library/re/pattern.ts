/** A compiled regular expression, and where it is found in a text. */
import { Exception, exceptionType, Raised, raise } from '../../exception.ts';
import { meter } from '../../meter.ts';
import { repr } from '../../operate.ts';
import { unknown } from '../../stop.ts';
import { nativeType, type Type } from '../../type.ts';
import { Bytes, bytesOf } from '../../types/bytes.ts';
import { Obj, type Value } from '../../value.ts';
import { boundedMatch, mayTakeLong } from './bounded-match.ts';
import { fastOf } from './fast.ts';
import { Matcher, type Search, type Spans, type Subject, subjectOf } from './match.ts';
import { FLAG, type Parsed, widthOf } from './nodes.ts';
import { parsePattern } from './parse.ts';
import { PatternError } from './pattern-text.ts';

export const RE_ERROR: Type = nativeType<Exception>('error', {}, { base: exceptionType('Exception'), module: 're' });
/** What a pattern, or a replacement, that is none raises. */
export function patternError(message: string, source: Value, text: string, at: number | null): Raised {
  const made = new Exception(RE_ERROR),
    before = at === null ? '' : [...text].slice(0, at).join(''),
    line = before.split('\n').length,
    column = at === null ? 0 : at - [...before.slice(0, before.lastIndexOf('\n') + 1)].length + 1;
  const lines = text.includes('\n') ? ` (line ${line}, column ${column})` : '';
  made.args = [at === null ? message : `${message} at position ${at}${lines}`];
  const told: Record<string, Value> = {
    msg: message,
    pattern: source,
    pos: at,
    lineno: at === null ? null : line,
    colno: at === null ? null : column,
  };
  for (const [name, value] of Object.entries(told)) made.attributes.set(name, value);
  return new Raised(made);
}

const ASCII = /^[\0-\x7f]*$/;
/** Of a text as short as this each match ends soon. */
const SHORT = 16;

/** A text, or bytes as the characters of their numbers. */
export interface Text {
  readonly value: Value;
  readonly text: string;
  readonly subject: Subject;
  /** Nothing in it takes two places in JavaScript. */
  readonly simple: boolean;
}
export const textOf = (value: Value, text: string): Text => ({
  value,
  text,
  subject: subjectOf(text),
  simple: !/[\ud800-\udfff]/.test(text),
});

export class Pattern extends Obj {
  /** As it was given. */
  readonly source: Value;
  readonly isBytes: boolean;
  readonly parsed: Parsed;
  readonly flags: number;
  readonly #fast: RegExp | null;
  /** Beyond ASCII the two engines fold letters differently. */
  readonly #asciiOnly: boolean;
  readonly #mayTakeLong: boolean;
  readonly #mayBeEmpty: boolean;
  #matcher: Matcher | null = null;
  constructor(type: Type, source: Value, text: string, flags: number) {
    super(type);
    this.source = source;
    this.isBytes = source instanceof Bytes;
    try {
      this.parsed = parsePattern(text, flags, this.isBytes);
    } catch (e) {
      if (!(e instanceof PatternError)) throw e;
      throw patternError(e.message, source, text, e.at);
    }
    const { flags: all } = this.parsed;
    if (!this.isBytes && all & FLAG.locale) throw raise('ValueError', 'cannot use LOCALE flag with a str pattern');
    if (!this.isBytes && all & FLAG.ascii && all & FLAG.unicode) throw raise('ValueError', 'ASCII and UNICODE flags are incompatible');
    if (this.isBytes && all & FLAG.unicode) throw raise('ValueError', 'cannot use UNICODE flag with a bytes pattern');
    if (all & (FLAG.locale | FLAG.debug)) unknown('a regular expression with these flags');
    this.flags = all;
    this.#asciiOnly = (all & FLAG.ignoreCase) !== 0;
    this.#fast = this.#asciiOnly && (this.isBytes || !ASCII.test(text) || /\\[uUx0-7]/.test(text)) ? null : fastOf(this.parsed);
    this.#mayTakeLong = this.#fast !== null && mayTakeLong(this.#fast.source);
    this.#mayBeEmpty = widthOf(this.parsed.node, new Map())[0] === 0;
  }

  find(given: Text, search: Search): Spans | null {
    meter.step();
    if (
      !this.#fast ||
      !given.simple ||
      search.end < given.text.length ||
      (this.#mayBeEmpty && search.advance) ||
      (this.#asciiOnly && !ASCII.test(given.text))
    ) {
      this.#matcher ??= new Matcher(this.parsed);
      return this.#matcher.run(given.subject, search);
    }
    const found = this.#byRegExp(this.#fast, given.text, search);
    if (!found?.indices) return null;
    const places = Array.from(found.indices).flatMap(span => (span ? [span[0], span[1]] : [-1, -1]));
    return { places, last: lastClosed(places) };
  }
  #byRegExp(regexp: RegExp, text: string, { how, from }: Search): RegExpExecArray | null {
    const exec = (r: RegExp): RegExpExecArray | null =>
      this.#mayTakeLong && text.length - from > SHORT ? boundedMatch(r, text) : r.exec(text);
    if (how === 'search') {
      regexp.lastIndex = from;
      return exec(regexp);
    }
    const sticky = new RegExp(
      how === 'fullmatch' ? `(?:${regexp.source})(?![\\s\\S])` : regexp.source,
      `${regexp.flags.replace('g', '')}y`,
    );
    sticky.lastIndex = from;
    return exec(sticky);
  }

  /** Characters from one place to another, of the text's own kind. */
  cut({ value, text, simple }: Text, start: number, end: number): Value {
    if (start < 0) return null;
    const part = simple ? text.slice(start, end) : [...text].slice(start, end).join('');
    return typeof value === 'string' ? part : new Bytes(Uint8Array.from(Buffer.from(part, 'latin1')));
  }
  /** A text that it can be looked for in. */
  textFrom(v: Value): Text {
    if (typeof v === 'string') {
      if (this.isBytes) throw raise('TypeError', 'cannot use a bytes pattern on a string-like object');
      return textOf(v, v);
    }
    const bytes = bytesOf(v);
    if (!bytes) throw raise('TypeError', `expected string or bytes-like object, got '${v instanceof Obj ? v.type.label : nameOf(v)}'`);
    if (!this.isBytes) throw raise('TypeError', 'cannot use a string pattern on a bytes-like object');
    return textOf(v, Buffer.from(bytes).toString('latin1'));
  }
}
const nameOf = (v: Value): string => (v === null ? 'NoneType' : typeof v === 'boolean' ? 'bool' : 'int');

/** Of groups that lie in one another the outer one is closed last; of others, the one further on. What JavaScript matched has no group twice. */
function lastClosed(places: readonly number[]): number | null {
  let last: number | null = null,
    at = -1;
  for (let g = 1; 2 * g < places.length; g++) {
    const end = places[2 * g + 1] ?? -1;
    // An equal end: the outer one was opened first, and has the lower number.
    if (
      end >= 0 &&
      (end > at ||
        (end === at &&
          last !== null &&
          (places[2 * g] ?? 0) === end &&
          (places[2 * last] ?? 0) <= end &&
          (places[2 * last + 1] ?? 0) <= (places[2 * g] ?? 0)))
    ) {
      last = g;
      at = end;
    }
  }
  return last;
}

const NAMES: readonly (readonly [number, string])[] = [
  [FLAG.ignoreCase, 're.IGNORECASE'],
  [FLAG.locale, 're.LOCALE'],
  [FLAG.multiline, 're.MULTILINE'],
  [FLAG.dotAll, 're.DOTALL'],
  [FLAG.unicode, 're.UNICODE'],
  [FLAG.verbose, 're.VERBOSE'],
  [FLAG.debug, 're.DEBUG'],
  [FLAG.ascii, 're.ASCII'],
];
export function shownPattern({ source, isBytes, flags }: Pattern): string {
  const own = isBytes || (flags & (FLAG.locale | FLAG.unicode | FLAG.ascii)) !== FLAG.unicode ? flags : flags & ~FLAG.unicode,
    names = NAMES.filter(([bit]) => own & bit).map(([, name]) => name);
  return `re.compile(${[...repr(source)].slice(0, 200).join('')}${names.length ? `, ${names.join('|')}` : ''})`;
}
