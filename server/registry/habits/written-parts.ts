/**
 * A config's text as the parts that it writes: which keys, with which texts and parts under them. Nothing is evaluated, and what is no dict, list, text or name is passed
 * over: hundreds of configs are read so in the time that one takes to be resolved.
 */
import { stringEnd } from '../../syntax/logical-lines.ts';

export type Part =
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [key: string, value: Part])[] }
  | { readonly kind: 'list'; readonly items: readonly Part[] }
  | { readonly kind: 'text' | 'name'; readonly value: string }
  | { readonly kind: 'other' };

/** What is assigned at the top, in order; `a.b = …` and `_base_.a.b = …` are not. */
export function writtenParts(text: string): readonly (readonly [name: string, value: Part])[] {
  const reader = new Reader(text);
  return [...text.matchAll(TOP)].map(({ 0: head, 1: name = '', index }) => [name, reader.at(index + head.length)] as const);
}
const TOP = /^([A-Za-z_]\w*)[ \t]*=(?!=)[ \t]*/gm;
const OTHER: Part = { kind: 'other' };
const TOKEN = /\s+|#[^\n]*|\\\n|("""|'''|"|')|([A-Za-z_]\w*)|([()[\]{},:=])|\d[\w.]*|./gsy;
/** Deeper ones are no settings. */
const DEEPEST = 40;

interface Token {
  readonly kind: 'text' | 'name' | 'sign' | 'other' | 'end';
  readonly value: string;
}

class Reader {
  readonly #text: string;
  #at = 0;
  #token: Token = { kind: 'end', value: '' };

  constructor(text: string) {
    this.#text = text;
  }

  at(offset: number): Part {
    this.#at = offset;
    this.#next();
    return this.#value(0, true);
  }

  /** Up to the comma or bracket behind it; at the top up to the line's end, outside of brackets. */
  #value(depth: number, isTop = false): Part {
    const found: Part[] = [];
    for (let first = true; ; first = false) {
      const { kind, value } = this.#token;
      if (kind === 'end' || (kind === 'sign' && (value === ',' || value === ')' || value === ']' || value === '}'))) break;
      if (isTop && !first) {
        if (kind !== 'other' || !/[+*|]/.test(value)) break;
        this.#next();
      }
      if (depth > DEEPEST) return OTHER;
      found.push(this.#piece(depth));
    }
    const [only] = found;
    // `base + [step, step]`: what is added up is a list of all of it.
    const lists = found.flatMap(part => (part.kind === 'list' ? part.items : part.kind === 'name' ? [part] : []));
    if (found.length === 1) return only ?? OTHER;
    return found.some(part => part.kind === 'list') ? { kind: 'list', items: lists } : (found.find(part => part.kind === 'dict') ?? OTHER);
  }
  #piece(depth: number): Part {
    const { kind, value } = this.#token;
    this.#next();
    if (kind === 'text') return { kind, value };
    if (kind === 'name') {
      if (!this.#is('(')) return { kind, value };
      this.#next();
      if (value === 'dict' || value === 'ConfigDict') return this.#arguments(depth);
      this.#arguments(depth);
      return OTHER;
    }
    if (kind === 'sign' && value === '{') return this.#pairs(depth);
    if (kind === 'sign' && (value === '[' || value === '(')) return this.#items(depth);
    return OTHER;
  }
  #arguments(depth: number): Part {
    const entries: (readonly [string, Part])[] = [];
    while (!this.#closes(')')) {
      const { kind, value } = this.#token;
      const before = this.#at;
      if (kind === 'name') {
        this.#next();
        if (this.#is('=')) {
          this.#next();
          entries.push([value, this.#value(depth + 1)]);
        } else this.#value(depth + 1);
      } else this.#value(depth + 1);
      this.#comma(before);
    }
    return { kind: 'dict', entries };
  }
  #pairs(depth: number): Part {
    const entries: (readonly [string, Part])[] = [];
    const items: Part[] = [];
    while (!this.#closes('}')) {
      const { kind, value } = this.#token;
      const before = this.#at;
      if (kind === 'text') {
        this.#next();
        if (this.#is(':')) {
          this.#next();
          entries.push([value, this.#value(depth + 1)]);
        } else this.#value(depth + 1);
      } else {
        // `{0: dict(…), 1: dict(…)}`: a table by numbers is as good as a list.
        const part = this.#value(depth + 1);
        if (part.kind === 'dict') items.push(part);
      }
      this.#comma(before);
    }
    return items.length > entries.length ? { kind: 'list', items } : { kind: 'dict', entries };
  }
  #items(depth: number): Part {
    const items: Part[] = [];
    while (!this.#closes(')') && !this.#closes(']')) {
      const before = this.#at;
      items.push(this.#value(depth + 1));
      this.#comma(before);
    }
    return { kind: 'list', items };
  }

  /** Past a comma; where another bracket closes than is open, past that, so that reading goes on. */
  #comma(before: number): void {
    if (this.#is(',') || (this.#at === before && this.#token.kind === 'sign')) this.#next();
  }
  #closes(bracket: string): boolean {
    if (this.#token.kind === 'end') return true;
    if (!this.#is(bracket)) return false;
    this.#next();
    return true;
  }
  #is(sign: string): boolean {
    return this.#token.kind === 'sign' && this.#token.value === sign;
  }

  #next(): void {
    for (;;) {
      TOKEN.lastIndex = this.#at;
      const found = TOKEN.exec(this.#text);
      if (!found) {
        this.#token = { kind: 'end', value: '' };
        return;
      }
      const [all, quote, name, sign] = found;
      this.#at += all.length;
      if (quote !== undefined) {
        const start = this.#at;
        this.#at = stringEnd(this.#text, start - quote.length);
        const end = this.#text.startsWith(quote, this.#at - quote.length) ? this.#at - quote.length : this.#at;
        this.#token = { kind: 'text', value: this.#text.slice(start, Math.max(start, end)) };
      } else if (name !== undefined) this.#token = { kind: 'name', value: name };
      else if (sign !== undefined) this.#token = { kind: 'sign', value: sign };
      else if (/^\s|^#|^\\\n/.test(all)) continue;
      else this.#token = { kind: 'other', value: all };
      return;
    }
  }
}
