/** The tokens of plain expressions, and what literals mean: see `plain.ts`. Throws `UNPLAIN` at whatever else there is. */
import { integer, unescaped } from './literals.ts';

export class Unplain extends Error {}
export const UNPLAIN = new Unplain('not plain');

/** `line`: the end of one; `end`: of the text. Neither has a text of its own. */
export interface Token {
  readonly kind: 'name' | 'mark' | 'number' | 'string' | 'line' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

export class PlainTokens {
  readonly #source: string;
  /** Brackets that are open: in them, a line's end is none. */
  brackets = 0;
  #at = 0;
  #line = 1;
  #lineEnd: number;

  constructor(source: string) {
    this.#source = source;
    this.#lineEnd = this.#nextLineEnd(0);
  }

  next(): Token {
    const source = this.#source;
    const space = this.brackets ? SPACE_INSIDE : SPACE;
    space.lastIndex = this.#at;
    if (space.test(source)) this.#at = space.lastIndex;
    const start = this.#at;
    const line = this.#lineAt(start);
    if (start >= source.length) return { kind: 'end', text: '', start, end: start, line };
    TOKEN.lastIndex = start;
    const found = TOKEN.exec(source);
    if (!found) throw UNPLAIN;
    const end = TOKEN.lastIndex;
    this.#at = end;
    const [text, string, name, number] = found;
    if (string !== undefined) return { kind: 'string', text, start, end, line };
    if (name !== undefined) {
      // A prefix of a text, or letters of another script.
      if (STICKS.test(source.charAt(end))) throw UNPLAIN;
      return { kind: 'name', text, start, end, line };
    }
    if (number !== undefined) {
      if (/[\w.]/.test(source.charAt(end))) throw UNPLAIN;
      return { kind: 'number', text, start, end, line };
    }
    return text.endsWith('\n') ? { kind: 'line', text: '', start, end, line } : { kind: 'mark', text, start, end, line };
  }
  /** Places are asked for in order. On a line of a hundred thousand tokens, its end is looked for once. */
  #lineAt(place: number): number {
    while (this.#lineEnd < place) {
      this.#line++;
      this.#lineEnd = this.#nextLineEnd(this.#lineEnd + 1);
    }
    return this.#line;
  }
  #nextLineEnd(from: number): number {
    const at = this.#source.indexOf('\n', from);
    return at < 0 ? Infinity : at;
  }
}

const SPACE = /(?:[ \t\f]+|#[^\n\r]*|\\\r?\n)+/y;
const SPACE_INSIDE = /(?:[ \t\f\n]+|\r\n|#[^\n\r]*|\\\r?\n)+/y;
const TOKEN =
  /([rR]?(?:"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?!"")(?:\\.|[^"\\\n\r])*"|'(?!'')(?:\\.|[^'\\\n\r])*'))|([A-Za-z_]\w*)|((?:\d[\d_]*\.[\d_]*|\.\d[\d_]*|\d[\d_]*(?=[eE][+-]?\d))(?:[eE][+-]?\d[\d_]*)?|0[xXoObB][\da-fA-F_]+|\d[\d_]*)|\r?\n|\*\*=|\/\/=|<<=|>>=|\*\*|\/\/|<<|>>|[-+*/%@&|^]=|[=!<>]=|[-+*/%@&|^~<>=()[\]{},:.]/y;
const STICKS = /['"]|[^\0-\x7f]/;

export function numberOf(text: string): number | bigint | { readonly float: number } {
  if (!/^0[xXoObB]/.test(text) && /[.eE]/.test(text)) {
    if (/__|_\.|\._|_[eE]|_$/.test(text)) throw UNPLAIN;
    return { float: Number(text.replace(/_/g, '')) };
  }
  const value = /__|_$/.test(text) ? null : integer(text);
  if (value === null) throw UNPLAIN;
  return value;
}

export function textOf(literal: string): string {
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
