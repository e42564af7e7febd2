/** A text's tokens as CPython 3.11 makes them, up to the first thing that is none. */
import type { Refusal } from '../refusal.ts';

export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'op' | 'newline' | 'indent' | 'dedent' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** Brackets that are open behind it. */
  readonly level: number;
}
export interface Tokens {
  readonly tokens: readonly Token[];
  /** What stands where the next token would be. */
  readonly fault: Refusal | null;
  /** The innermost bracket that is open where the tokens end. */
  readonly open: { readonly text: string; readonly start: number; readonly line: number } | null;
}

const OPERATORS =
  /\*\*=|\/\/=|>>=|<<=|\.\.\.|!=|->|:=|\*\*|\/\/|<<|>>|<=|>=|==|<>|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|@=|[-+*/%@&|^~<>()[\]{},:.;=!$?`]/y;
const NAME = /[\p{L}\p{Nl}_\u2118\u212e\u309b\u309c][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}_\u00b7]*/uy;
const PREFIX = /(?:[rR]?[bBfF]|[bBfF]?[rR]|[uU])?(?='|")/y;
const CLOSES: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const MOST_OPEN = 200;

class Fault extends Error {
  readonly start: number;
  readonly line: number;
  constructor(message: string, start: number, line: number) {
    super(message);
    this.start = start;
    this.line = line;
  }
}

/** `from`: a place at the left edge, with its line. */
export function tokenize(source: string, from: { readonly start: number; readonly line: number }): Tokens {
  const tokenizer = new Tokenizer(source, from);
  let fault: Refusal | null = null;
  try {
    tokenizer.run();
  } catch (e) {
    if (!(e instanceof Fault)) throw e;
    fault = { message: e.message, span: { start: e.start, end: e.start + 1, line: e.line } };
  }
  return { tokens: tokenizer.tokens, fault, open: tokenizer.open.at(-1) ?? null };
}

class Tokenizer {
  readonly tokens: Token[] = [];
  readonly open: { text: string; start: number; line: number }[] = [];
  readonly #source: string;
  readonly #indents: { columns: number; alternative: number }[] = [{ columns: 0, alternative: 0 }];
  #at: number;
  #line: number;
  constructor(source: string, from: { readonly start: number; readonly line: number }) {
    this.#source = source;
    this.#at = from.start;
    this.#line = from.line;
  }

  run(): void {
    let fresh = true;
    const source = this.#source;
    while (this.#at < source.length) {
      if (fresh && !this.open.length) {
        if (this.#blankLine()) continue;
        this.#indentation();
        fresh = false;
      }
      const c = source[this.#at] ?? '';
      if (c === '\n') {
        if (!this.open.length) {
          this.#put('newline', this.#at, this.#at + 1);
          fresh = true;
        }
        this.#line++;
        this.#at++;
      } else if (c === ' ' || c === '\t' || c === '\f' || c === '\r') this.#at++;
      else if (c === '#') while (this.#at < source.length && source[this.#at] !== '\n') this.#at++;
      else if (c === '\\') this.#continuation();
      else this.#token(c);
    }
    if (this.open.length) return;
    if (!fresh) this.#put('newline', this.#at, this.#at);
    // What is wrong with the end is told of the last line's.
    const last = source.endsWith('\n') ? 1 : 0;
    for (; this.#indents.length > 1; this.#indents.pop()) this.#put('dedent', this.#at - last, this.#at, this.#line - last);
    this.#put('end', this.#at - last, this.#at, this.#line - last);
  }

  #put(kind: Token['kind'], start: number, end: number, line = this.#line): undefined {
    this.tokens.push({ kind, text: this.#source.slice(start, end), start, end, line, level: this.open.length });
  }
  #fail(message: string, start: number, line = this.#line): never {
    throw new Fault(message, start, line);
  }

  #blankLine(): boolean {
    const blank = /[ \t\f]*(?:#[^\n]*)?(?:\r?\n|$)/y;
    blank.lastIndex = this.#at;
    const found = blank.exec(this.#source);
    if (!found || found[0] === '') return false;
    if (found[0].endsWith('\n')) this.#line++;
    this.#at = blank.lastIndex;
    return true;
  }
  #indentation(): void {
    let columns = 0,
      alternative = 0;
    const from = this.#at;
    for (; ; this.#at++) {
      const c = this.#source[this.#at];
      if (c === ' ') {
        columns++;
        alternative++;
      } else if (c === '\t') {
        columns = (Math.floor(columns / 8) + 1) * 8;
        alternative++;
      } else if (c === '\f') columns = alternative = 0;
      else break;
    }
    const last = this.#indents.at(-1) ?? { columns: 0, alternative: 0 };
    const mixed = (): never => this.#fail('inconsistent use of tabs and spaces in indentation', from);
    if (columns === last.columns) {
      if (alternative !== last.alternative) mixed();
    } else if (columns > last.columns) {
      if (alternative <= last.alternative) mixed();
      this.#indents.push({ columns, alternative });
      this.#put('indent', from, this.#at);
    } else {
      while (columns < (this.#indents.at(-1)?.columns ?? 0)) {
        this.#indents.pop();
        this.#put('dedent', this.#at, this.#at);
      }
      const now = this.#indents.at(-1);
      if (columns !== now?.columns) this.#fail('unindent does not match any outer indentation level', this.#endOfLine());
      if (alternative !== now?.alternative) mixed();
    }
  }
  #endOfLine(): number {
    const end = this.#source.indexOf('\n', this.#at);
    return end < 0 ? this.#source.length : end;
  }

  #continuation(): void {
    const next = /\r?\n/y;
    next.lastIndex = this.#at + 1;
    if (this.#at + 1 >= this.#source.length) this.#fail('unexpected EOF while parsing', this.#at);
    if (!next.test(this.#source)) this.#fail('unexpected character after line continuation character', this.#at + 1);
    this.#at = next.lastIndex;
    this.#line++;
    if (this.#at >= this.#source.length) this.#fail('unexpected EOF while parsing', this.#at - 1, this.#line - 1);
  }

  #token(c: string): undefined {
    const start = this.#at;
    PREFIX.lastIndex = start;
    const prefix = PREFIX.exec(this.#source);
    if (prefix) return this.#string(start, start + prefix[0].length);
    NAME.lastIndex = start;
    const name = NAME.exec(this.#source);
    if (name) {
      this.#at = NAME.lastIndex;
      // A letter that no name has ends it in the middle.
      const after = this.#source.codePointAt(this.#at) ?? 0;
      if (after >= 128) this.#strange(after);
      return this.#put('name', start, this.#at);
    }
    if (/\d/.test(c) || (c === '.' && /\d/.test(this.#source[start + 1] ?? ''))) return this.#number(start);
    OPERATORS.lastIndex = start;
    const operator = OPERATORS.exec(this.#source)?.[0];
    if (operator === undefined) this.#strange(this.#source.codePointAt(start) ?? 0);
    this.#at = start + operator.length;
    this.#bracket(operator, start);
    this.#put('op', start, this.#at);
  }
  #strange(code: number): never {
    const c = String.fromCodePoint(code),
      told = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
    return this.#fail(
      /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zs}\p{Zl}\p{Zp}]/u.test(c)
        ? `invalid non-printable character ${told}`
        : `invalid character '${c}' (${told})`,
      this.#at,
    );
  }
  #bracket(text: string, start: number): void {
    if (text === '(' || text === '[' || text === '{') {
      if (this.open.length >= MOST_OPEN) this.#fail('too many nested parentheses', start);
      this.open.push({ text, start, line: this.#line });
    }
    const opens = CLOSES[text];
    if (opens === undefined) return;
    const top = this.open.pop();
    if (!top) this.#fail(`unmatched '${text}'`, start);
    if (top.text !== opens) {
      const where = top.line === this.#line ? '' : ` on line ${top.line}`;
      this.#fail(`closing parenthesis '${text}' does not match opening parenthesis '${top.text}'${where}`, start);
    }
  }

  #string(start: number, quoteAt: number): undefined {
    const source = this.#source,
      quote = source[quoteAt] ?? '',
      triple = source.startsWith(quote.repeat(3), quoteAt),
      close = triple ? quote.repeat(3) : quote,
      line = this.#line;
    let i = quoteAt + close.length;
    for (; i < source.length && !source.startsWith(close, i); i++) {
      if (source[i] === '\\') {
        i++;
        if (source[i] === '\r' && source[i + 1] === '\n') i++;
      }
      if (source[i] !== '\n') continue;
      if (!triple && source[i - 1] !== '\\' && source[i - 2] !== '\\')
        this.#fail(`unterminated string literal (detected at line ${this.#line})`, start, line);
      this.#line++;
    }
    if (i >= source.length) {
      // The line that a text ends with is none of its own.
      const last = source.endsWith('\n') ? this.#line - 1 : this.#line;
      this.#fail(
        triple
          ? `unterminated triple-quoted string literal (detected at line ${last})`
          : `unterminated string literal (detected at line ${line})`,
        start,
        line,
      );
    }
    this.#at = i + close.length;
    this.#put('string', start, this.#at, line);
  }

  #number(start: number): undefined {
    const source = this.#source;
    let i = start;
    const digits = (kind: string, digit: RegExp): void => {
      for (;;) {
        while (digit.test(source[i] ?? '')) i++;
        if (source[i] !== '_') return;
        i++;
        if (!digit.test(source[i] ?? '')) this.#fail(`invalid ${kind} literal`, i - 1);
      }
    };
    const based = /^0([xXoObB])/.exec(source.slice(i, i + 2))?.[1]?.toLowerCase();
    if (based !== undefined) {
      const [kind, digit] = BASES[based] ?? BASES.x;
      i += 2;
      if (source[i] === '_') i++;
      const wrong = (): void => {
        if (/\d/.test(source[i] ?? '')) this.#fail(`invalid digit '${source[i]}' in ${kind} literal`, i);
      };
      if (!digit.test(source[i] ?? '')) {
        wrong();
        this.#fail(`invalid ${kind} literal`, i - 1);
      }
      digits(kind, digit);
      wrong();
      this.#endOfNumber(i, kind);
    } else {
      const decimal = /\d/;
      if (decimal.test(source[i] ?? '')) digits('decimal', decimal);
      const whole = source.slice(start, i);
      if (source[i] === '.') {
        i++;
        if (decimal.test(source[i] ?? '')) digits('decimal', decimal);
      }
      if (/[eE]/.test(source[i] ?? '')) {
        const exponent = /[eE][-+]?/y;
        exponent.lastIndex = i;
        const [sign = ''] = exponent.exec(source) ?? [];
        if (decimal.test(source[i + sign.length] ?? '')) {
          i += sign.length;
          digits('decimal', decimal);
        } else if (sign.length > 1) this.#fail('invalid decimal literal', i + sign.length - 1);
      }
      const isWhole = i - start === whole.length;
      if (/[jJ]/.test(source[i] ?? '')) {
        i++;
        this.#endOfNumber(i, 'imaginary');
      } else {
        if (isWhole && /^0[0_]*[1-9]/.test(whole))
          this.#fail('leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers', start);
        this.#endOfNumber(i, 'decimal');
      }
    }
    this.#at = i;
    this.#put('number', start, i);
  }
  /** A word may follow at once that an operator is. */
  #endOfNumber(at: number, kind: string): void {
    const rest = this.#source.slice(at, at + 4);
    if (/^(?:and|else|for|i[nfs]|or|not)/.test(rest) || !/^[\p{L}_\d]/u.test(rest)) return;
    this.#fail(`invalid ${kind} literal`, at - 1);
  }
}
const BASES: Readonly<Record<string, readonly [kind: string, digit: RegExp]>> & { readonly x: readonly [string, RegExp] } = {
  x: ['hexadecimal', /[\da-fA-F]/],
  o: ['octal', /[0-7]/],
  b: ['binary', /[01]/],
};
