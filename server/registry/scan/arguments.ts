/** The text between brackets, taken apart at its commas: arguments of a call, items of a list, parameters of a function. */
import { stringEnd } from '../../syntax/logical-lines.ts';

export interface Argument {
  /** Null for a positional one; `*` and `**` for unpacking. */
  readonly name: string | null;
  readonly value: string;
}

const OPENING = '([{';
const CLOSING = ')]}';

/** Offset of the bracket that closes the one at `open`; the text's length where none does. */
export function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const c = text[at]!;
    if (c === '"' || c === "'") at = stringEnd(text, at) - 1;
    else if (c === '#') at = lineEnd(text, at);
    else if (OPENING.includes(c)) depth++;
    else if (CLOSING.includes(c) && --depth === 0) return at;
  }
  return text.length;
}

/** The parts of `text` between top-level separators, trimmed, without comments; empty parts are left out. */
export function split(text: string, separator = ','): string[] {
  const out: string[] = [];
  let part = '';
  let depth = 0;
  const finish = () => {
    if (part.trim()) out.push(part.trim());
    part = '';
  };
  for (let at = 0; at < text.length; at++) {
    const c = text[at]!;
    if (c === '"' || c === "'") {
      const end = stringEnd(text, at);
      part += text.slice(at, end);
      at = end - 1;
      continue;
    }
    if (c === '#') {
      at = lineEnd(text, at);
      continue;
    }
    if (OPENING.includes(c)) depth++;
    else if (CLOSING.includes(c)) depth--;
    else if (c === separator && depth === 0) {
      finish();
      continue;
    }
    part += c;
  }
  finish();
  return out;
}

/** Arguments of the call whose `(` stands at `open`. */
export function callArguments(text: string, open: number): Argument[] {
  return split(text.slice(open + 1, closing(text, open))).map(part => {
    if (part.startsWith('**')) return { name: '**', value: part.slice(2).trim() };
    if (part.startsWith('*')) return { name: '*', value: part.slice(1).trim() };
    const named = /^([A-Za-z_]\w*)\s*=(?!=)\s*([\s\S]*)$/.exec(part);
    return named ? { name: named[1]!, value: named[2]!.trim() } : { name: null, value: part };
  });
}

/** The text of a plain string literal, adjacent ones joined; null for anything else. */
export function stringValue(text: string): string | null {
  let out = '';
  let at = 0;
  while (at < text.length) {
    const start = /^\s*([rRuU]?)(?=['"])/.exec(text.slice(at));
    if (!start) return text.slice(at).trim() === '' && out !== '' ? out : null;
    const open = at + start[0].length;
    const end = stringEnd(text, open);
    const quotes = text.startsWith(text[open]!.repeat(3), open) && end - open >= 6 ? 3 : 1;
    const body = text.slice(open + quotes, end - quotes);
    if (body.includes('\\')) return null;
    out += body;
    at = end;
  }
  return at > 0 ? out : null;
}

/** Strings of a literal: one string, or a list or tuple of them. Null where part of it is computed. */
export function stringValues(text: string): string[] | null {
  const one = stringValue(text);
  if (one !== null) return [one];
  const items = literalItems(text);
  const values = items?.map(stringValue);
  return values && !values.includes(null) ? values.flatMap(value => value ?? []) : null;
}

/** Items of a list or tuple display; null for anything else. */
export function literalItems(text: string): string[] | null {
  const open = text.trim();
  return /^[[(]/.test(open) && closing(open, 0) === open.length - 1 ? split(open.slice(1, -1)) : null;
}

const lineEnd = (text: string, at: number): number => {
  const next = text.indexOf('\n', at);
  return next < 0 ? text.length : next;
};
