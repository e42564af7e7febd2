/**
 * The tokens of plain expressions, and what literals mean: see `plain.ts`. Throws `UNPLAIN` at whatever else there is. One token at a time, in fields, so that a text of
 * thousands of them makes none; and by the codes of its characters, as a pattern takes longer to begin than most tokens are.
 */
import { ASSIGN, BACKSLASH, BANG, CR, DOT, DOUBLE, FF, HASH, LESS, LF, MORE, SINGLE, SLASH, SPACE, STAR, TAB } from './character-codes.ts';
import { integer, unescaped } from './literals.ts';

export class Unplain extends Error {}
export const UNPLAIN = new Unplain('not plain');

/** Kinds of tokens. A mark of one character has its code for a kind, a longer one a number above those. `LINE`: the end of one; `END`: of the text. */
export const NAME = 1,
  NUMBER = 2,
  STRING = 3,
  LINE = 4,
  END = 5;
export const POWER = 256,
  FLOOR = 257,
  LEFT = 258,
  RIGHT = 259,
  EQUAL = 260,
  UNEQUAL = 261,
  LESS_EQUAL = 262,
  MORE_EQUAL = 263,
  /** And the kind of the operator: `+=`. */
  AUGMENTED = 512;

/** What a character of ASCII may be part of. */
const WORD = 1,
  DIGIT = 2,
  MARK = 4,
  OPERATOR = 8;
const CLASSES = Uint8Array.from({ length: 128 }, (_, code) => {
  const c = String.fromCharCode(code);
  return (
    (/\w/.test(c) ? WORD : 0) |
    (/\d/.test(c) ? DIGIT : 0) |
    ('-+*/%@&|^~<>=()[]{},:.'.includes(c) ? MARK : 0) |
    ('-+*/%@&|^'.includes(c) ? OPERATOR : 0)
  );
});

export class PlainTokens {
  readonly source: string;
  /** Brackets that are open: in them, a line's end is none. */
  brackets = 0;
  kind = LINE;
  start = 0;
  end = 0;
  line = 1;
  /** Of a name. */
  text = '';
  /** Of a string: whether it has a prefix, a quote of three, an escape or a carriage return. */
  isOdd = false;
  #at = 0;
  #line = 1;

  constructor(source: string) {
    this.source = source;
  }

  /** To the token that stands there. */
  go(at: number, line: number): void {
    this.#at = at;
    this.#line = line;
    this.brackets = 0;
    this.next();
  }
  next(): void {
    this.#skip();
    const { source } = this;
    const start = this.#at;
    this.start = start;
    this.line = this.#line;
    if (start >= source.length) {
      this.kind = END;
      this.end = start;
      return;
    }
    const c = source.charCodeAt(start);
    const kind = c < 128 ? (CLASSES[c] ?? 0) : 0;
    if (kind & DIGIT) this.#number(start);
    else if (kind & WORD) this.#name(start);
    else if (c === SINGLE || c === DOUBLE) this.#string(start, start, c);
    else if (kind & MARK) {
      if (c === DOT && isDigit(source.charCodeAt(start + 1))) this.#number(start);
      else this.#mark(start, c, kind);
    } else if (c === LF || (c === CR && source.charCodeAt(start + 1) === LF)) {
      this.kind = LINE;
      this.end = start + (c === LF ? 1 : 2);
      this.#line++;
    } else if (c === BANG && source.charCodeAt(start + 1) === ASSIGN) {
      this.kind = UNEQUAL;
      this.end = start + 2;
    } else throw UNPLAIN;
    this.#at = this.end;
  }

  /** Blanks, comments, and where a line goes on in the next. */
  #skip(): void {
    const { source } = this;
    for (let at = this.#at; ; at++) {
      const c = source.charCodeAt(at);
      if (c === SPACE || c === TAB || c === FF) continue;
      if (c === HASH) {
        const line = source.indexOf('\n', at);
        let end = line < 0 ? source.length : line;
        const back = source.indexOf('\r', at);
        if (back >= 0 && back < end) end = back;
        at = end - 1;
        continue;
      }
      const isBack = c === BACKSLASH;
      if (isBack || (this.brackets && (c === LF || c === CR))) {
        const from = isBack ? at + 1 : at;
        const first = source.charCodeAt(from);
        const to = first === LF ? from : first === CR && source.charCodeAt(from + 1) === LF ? from + 1 : -1;
        if (to >= 0) {
          this.#line++;
          at = to;
          continue;
        }
      }
      this.#at = at;
      return;
    }
  }

  #name(start: number): void {
    const { source } = this;
    let at = start + 1;
    while (isWord(source.charCodeAt(at))) at++;
    const after = source.charCodeAt(at);
    if (after === SINGLE || after === DOUBLE) {
      // A prefix: only that of raw texts is plain.
      const c = source.charCodeAt(start);
      if (at !== start + 1 || (c !== 114 && c !== 82)) throw UNPLAIN;
      this.#string(start, at, after);
      return;
    }
    // Letters of another script.
    if (after > 127) throw UNPLAIN;
    this.kind = NAME;
    this.end = at;
    this.text = source.slice(start, at);
  }

  #number(start: number): void {
    const { source } = this;
    let at = start;
    while (isDigit(source.charCodeAt(at))) at++;
    const after = source.charCodeAt(at);
    if (after === DOT || isWord(after)) {
      NUMERAL.lastIndex = start;
      if (!NUMERAL.test(source)) throw UNPLAIN;
      at = NUMERAL.lastIndex;
      const next = source.charCodeAt(at);
      if (next === DOT || isWord(next)) throw UNPLAIN;
    }
    this.kind = NUMBER;
    this.end = at;
  }

  #string(start: number, open: number, quote: number): void {
    const { source } = this;
    const isTriple = source.charCodeAt(open + 1) === quote && source.charCodeAt(open + 2) === quote;
    let isOdd = isTriple || open !== start;
    let at = open + (isTriple ? 3 : 1);
    for (; ; at++) {
      const c = source.charCodeAt(at);
      if (c === quote) {
        if (!isTriple) break;
        if (source.charCodeAt(at + 1) === quote && source.charCodeAt(at + 2) === quote) {
          at += 2;
          break;
        }
      } else if (c === BACKSLASH) {
        isOdd = true;
        at++;
        if (!isTriple && isLineEnd(source.charCodeAt(at))) throw UNPLAIN;
      } else if (c === CR) isOdd = true;
      // At the end of the text, no character has a code.
      if (Number.isNaN(c) || (!isTriple && (c === LF || c === CR))) throw UNPLAIN;
    }
    if (isTriple) for (let line = source.indexOf('\n', open); line >= 0 && line < at; line = source.indexOf('\n', line + 1)) this.#line++;
    this.kind = STRING;
    this.isOdd = isOdd;
    this.end = at + 1;
  }

  #mark(start: number, c: number, classes: number): void {
    const { source } = this;
    const next = source.charCodeAt(start + 1);
    let kind = c;
    let end = start + 1;
    if (next === c && (c === STAR || c === SLASH || c === LESS || c === MORE)) {
      kind = c === STAR ? POWER : c === SLASH ? FLOOR : c === LESS ? LEFT : RIGHT;
      end++;
      if (source.charCodeAt(end) === ASSIGN) {
        kind += AUGMENTED;
        end++;
      }
    } else if (next === ASSIGN) {
      if (classes & OPERATOR) kind += AUGMENTED;
      else if (c === LESS) kind = LESS_EQUAL;
      else if (c === MORE) kind = MORE_EQUAL;
      else if (c === ASSIGN) kind = EQUAL;
      if (kind !== c) end++;
    }
    this.kind = kind;
    this.end = end;
  }

  /** The value of a number's token. */
  get number(): number | bigint | { readonly float: number } {
    const { source, start, end } = this;
    // Most are short, and written in digits alone.
    if (end - start < 10 && (end - start === 1 || source.charCodeAt(start) !== 48)) {
      let value = 0;
      for (let at = start; at < end; at++) {
        const digit = source.charCodeAt(at) - 48;
        if (digit < 0 || digit > 9) return numberOf(source.slice(start, end));
        value = value * 10 + digit;
      }
      return value;
    }
    return numberOf(source.slice(start, end));
  }

  /** The value of a string's token. */
  get string(): string {
    return this.isOdd ? textOf(this.source.slice(this.start, this.end)) : this.source.slice(this.start + 1, this.end - 1);
  }
}

const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const isWord = (c: number): boolean => c < 128 && ((CLASSES[c] ?? 0) & WORD) !== 0;
const isLineEnd = (c: number): boolean => c === LF || c === CR || c === 0x2028 || c === 0x2029;
const NUMERAL = /(?:\d[\d_]*\.[\d_]*|\.\d[\d_]*|\d[\d_]*(?=[eE][+-]?\d))(?:[eE][+-]?\d[\d_]*)?|0[xXoObB][\da-fA-F_]+|\d[\d_]*/y;

function numberOf(text: string): number | bigint | { readonly float: number } {
  if (!/^0[xXoObB]/.test(text) && /[.eE]/.test(text)) {
    if (/__|_\.|\._|_[eE]|_$/.test(text)) throw UNPLAIN;
    return { float: Number(text.includes('_') ? text.replace(/_/g, '') : text) };
  }
  const value = /__|_$/.test(text) ? null : integer(text);
  if (value === null) throw UNPLAIN;
  return value;
}

function textOf(literal: string): string {
  const raw = /^[rR]/.test(literal);
  const from = raw ? 1 : 0;
  const quotes = /^(?:"""|''')/.test(literal.slice(from, from + 3)) ? 3 : 1;
  const body = literal.slice(from + quotes, -quotes);
  const text = body.includes('\r') ? body.replace(/\r\n?/g, '\n') : body;
  if (raw || !text.includes('\\')) return text;
  // What is written by its number or name has rules of its own.
  if (/\\[xuUN\d\n]/.test(text)) throw UNPLAIN;
  return unescaped(text);
}
