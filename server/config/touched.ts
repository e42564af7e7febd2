/**
 * Which of its bases' values a config's own statements may change: all that they name, and everything where they could reach a name without writing it. Those they are
 * given as copies of their own; what they cannot touch is the base's own value, shared with whoever else rests on it. Told by the text alone, comments and all: to
 * name too much costs a copy, and nothing else.
 */
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
