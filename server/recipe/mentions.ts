/**
 * Whether a class, or one that it inherits from, speaks of something: by a name, an attribute or a text of its code. What a fork of a library has changed under a
 * known name is seen by it.
 */
import { type Fields, isFields, someChild } from '../syntax/children.ts';
import type { Block } from '../syntax/nodes.ts';
import type { ClassSource } from './class-source.ts';

/** A class whose source is not at hand is the library's own, and speaks of what it is known for. */
export const mentions = (source: ClassSource | null, word: RegExp): boolean =>
  source === null || source.classes.some(({ body }) => speaks(body, word));

/** The other way round: nothing of it is known to be spoken of. */
export const isSilentOf = (source: ClassSource | null, word: RegExp): boolean => source === null || !mentions(source, word);

/** A class's body is walked once for a word. */
const known = new WeakMap<Block, Map<string, boolean>>();

function speaks(body: Block, word: RegExp): boolean {
  let told = known.get(body);
  if (!told) known.set(body, (told = new Map()));
  let does = told.get(word.source);
  if (does === undefined) {
    does = body.some(statement => speaksOf(statement, word));
    told.set(word.source, does);
  }
  return does;
}

/** The same of one statement or expression. */
export const speaksOf = (node: object, word: RegExp): boolean => {
  const isSo = (one: Fields): boolean => isWord(one, word) || someChild(one, isSo);
  return isFields(node) && isSo(node);
};

function isWord({ kind, name, value }: Fields, word: RegExp): boolean {
  if (kind === 'name' || kind === 'attribute') return typeof name === 'string' && word.test(name);
  return kind === 'constant' && typeof value === 'string' && word.test(value);
}
