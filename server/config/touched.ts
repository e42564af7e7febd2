/**
 * Which of its bases' values a config's own statements may change: all that they name, and everything where they could reach a name without writing it. Those they are
 * given as copies of their own; what they cannot touch is the base's own value, shared with whoever else rests on it. Told by the text alone, comments and all: to
 * name too much costs a copy, and nothing else.
 */

import { BACKSLASH } from '../syntax/character-codes.ts';
import type { Block } from '../syntax/nodes.ts';
import { CONFIG_DICT } from './config-dict.ts';

export type Touched = 'all' | ReadonlySet<string>;

export const NOTHING: Touched = new Set<string>();

/** Text style: what is named of `_base_`. */
export function touchedOfBase(text: string): Touched {
  const written = spelled(text);
  if (isIndirect(written)) return 'all';
  const names = new Set<string>();
  for (const found of written.matchAll(OF_BASE)) {
    const [whole, assigned, attribute, item] = found,
      name = attribute ?? item;
    // What is assigned to it is no part of what runs; in a path, `../_base_/`, it is no name.
    if (assigned !== undefined || whole.endsWith('/')) continue;
    if (name === undefined || CONFIG_DICT.find(name) !== undefined) return 'all';
    names.add(name);
  }
  return names;
}

/**
 * Whether the statements only make new values of the bases': they bind names, and call nothing that could change what it is given. Then no copy is needed at all, but
 * where `scope` is asked for, to which only a child's dicts answer.
 */
export function onlyReads(body: Block, text: string): boolean {
  for (const s of body) {
    if (s.kind === 'expression' && s.value.kind === 'constant') continue;
    if (s.kind !== 'assign') return false;
    for (const target of s.targets) if (target.kind !== 'name') return false;
  }
  const code = spelled(text);
  for (let at = code.indexOf('('); at >= 0; at = code.indexOf('(', at + 1)) if (mayCall(code, at) && !isCommented(code, at)) return false;
  return !(code.includes('for') && ODD_LOOP.test(code)) && !(code.includes('scope') && SCOPE.test(code));
}
/** Looked at letter by letter: most texts are asked once, and a pattern takes longer to be made than they are long. */
function mayCall(code: string, open: number): boolean {
  let end = open;
  while (end > 0 && isBlank(code.charCodeAt(end - 1))) end--;
  if (end === 0) return false;
  if (code.charCodeAt(end - 1) === BACKSLASH) return true;
  let start = end;
  while (start > 0 && isWord(code.charCodeAt(start - 1))) start--;
  return start === end ? ENDS.includes(code.charAt(end - 1)) : !HARMLESS.has(code.slice(start, end));
}
const isBlank = (c: number): boolean => c === 32 || (c >= 9 && c <= 13);
const isWord = (c: number): boolean => c >= 128 || (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || c === 95 || (c >= 97 && c <= 122);
/** After these, and after a name, a parenthesis calls. */
const ENDS = ')]}\'"';
const HARMLESS = new Set(['dict', 'len', 'int', 'float', 'round', 'min', 'max', 'abs', 'in', 'and', 'or', 'not', 'if', 'else', 'is']);
/** With no quote before it on its line, `#` is surely no part of a text; in a text of several lines, nobody knows. */
function isCommented(code: string, at: number): boolean {
  const line = code.slice(code.lastIndexOf('\n', at) + 1, at),
    mark = line.indexOf('#');
  return mark >= 0 && !/['"]/.test(line.slice(0, mark)) && !code.includes("'''") && !code.includes('"""');
}
const SCOPE = /\.\s*scope\b/;
/** A comprehension may bind what is no name. */
const ODD_LOOP = /\bfor\b(?!\s+[A-Za-z_]\w*\s+in\b)/;

/** Lazy style: the bases' values are names of the config's own. */
export function touchedNames(text: string): Touched {
  const written = spelled(text);
  return isIndirect(written) ? 'all' : new Set(written.match(/[^\W\d]\w*/gu) ?? []);
}

/** Python takes `ｍodel` for `model`. */
const spelled = (text: string): string => (/[^\0-\x7f]/.test(text) ? text.normalize('NFKC') : text);
/** Ways to a name that do not write it. */
const isIndirect = (text: string): boolean =>
  INDIRECT.some(({ word, pattern }) => text.includes(word) && pattern.test(text)) || (text.includes('__') && /__\w+__/.test(text));
const INDIRECT = ['globals', 'locals', 'vars', 'dir', 'eval', 'exec', 'sys', 'gc', 'inspect', 'builtins', 'importlib'].map(word => ({
  word,
  pattern: new RegExp(`\\b${word}\\b`),
}));
const OF_BASE = /_base_(?:(?<=^_base_)(\s*=(?!=))|\.([A-Za-z_]\w*)|\[['"](\w+)['"]\]|(?<=(?:['"]|\.\/)_base_)\/)?/gm;
