/** Places of a config where a word could be completed: the word, what it is, and the text around it in three states of being typed. */
import type { Argument, Block, Expression } from '../../server/syntax/nodes.ts';

/** `top`: a name at the file's top; `key`: of a dict without a type; `base`: a path in `_base_`, a name behind `_base_.`. */
export type PlaceKind = 'type' | 'argument' | 'key' | 'top' | 'path' | 'base';
export interface Place {
  readonly file: string;
  readonly kind: PlaceKind;
  /** What stands there, without quotes. */
  readonly word: string;
  readonly start: number;
}

/** What is left of the text around the word: all of it; nothing more on its line; nothing after it. */
export const FORMS = ['alone', 'line', 'end'] as const;
export type Form = (typeof FORMS)[number];

export interface Cut {
  readonly text: string;
  readonly offset: number;
}

/** The word is cut out, but for its first letters. */
export function cut(text: string, { word, start }: Place, form: Form, letters: number): Cut {
  const end = start + word.length;
  const line = text.indexOf('\n', end);
  const rest = form === 'alone' ? text.slice(end) : form === 'line' && line >= 0 ? text.slice(line) : '';
  return { text: text.slice(0, start) + word.slice(0, letters) + rest, offset: start + Math.min(letters, word.length) };
}

/** Whether what stood there stands there again: all the text where it was the word alone, else up to the end of what was accepted, spaces apart. */
export function givesBack(
  original: string,
  { text }: Cut,
  form: Form,
  accepted: { readonly start: number; readonly end: number; readonly text: string },
): boolean {
  const before = text.slice(0, accepted.start) + accepted.text;
  const plain = (t: string): string => t.replace(/ /g, '');
  return form === 'alone' ? before + text.slice(accepted.end) === original : plain(original).startsWith(plain(before).replace(/['"]$/, ''));
}

export function placesIn(file: string, text: string, body: Block): readonly Place[] {
  const found: Place[] = [];
  const add = (kind: PlaceKind, start: number, word: string): void => {
    if (word !== '' && text.startsWith(word, start)) found.push({ file, kind, word, start });
  };
  const string = (e: Expression, kind: PlaceKind): void => {
    if (e.kind === 'constant' && typeof e.value === 'string' && /^['"]\w|^['"]\./.test(text.slice(e.span.start, e.span.start + 2)))
      add(kind, e.span.start + 1, e.value);
  };
  const names = (name: string, hasType: boolean, at: number): void => add(hasType && name !== 'type' ? 'argument' : 'key', at, name);
  const walk = (e: Expression): void => {
    switch (e.kind) {
      case 'call': {
        const isDict = e.callee.kind === 'name' && e.callee.name === 'dict';
        const hasType = e.args.some(a => a.kind === 'named' && a.name === 'type');
        for (const argument of e.args) {
          if (isDict && argument.kind === 'named') {
            names(argument.name, hasType, argument.span.start);
            if (argument.name === 'type') type(argument);
          }
          walk(argument.value);
        }
        return;
      }
      case 'dict': {
        const isType = (key: Expression | null): boolean => key?.kind === 'constant' && key.value === 'type';
        const hasType = e.pairs.some(({ key }) => isType(key));
        for (const { key, value } of e.pairs) {
          if (key) string(key, hasType && !isType(key) ? 'argument' : 'key');
          if (isType(key)) string(value, 'type');
          walk(value);
        }
        return;
      }
      case 'list':
      case 'tuple':
        for (const each of e.items) walk(each);
        return;
      case 'binary':
        walk(e.left);
        walk(e.right);
        return;
      case 'subscript':
        walk(e.object);
        return;
      case 'attribute':
        if (rootOf(e) === '_base_') add('base', e.span.end - e.name.length, e.name);
        walk(e.object);
        return;
    }
  };
  const type = (argument: Argument): void => {
    if (argument.value.kind === 'name') add('type', argument.value.span.start, argument.value.name);
    else string(argument.value, 'type');
  };
  for (const statement of body) {
    if (statement.kind === 'expression') walk(statement.value);
    if (statement.kind !== 'assign') continue;
    const [target] = statement.targets;
    if (target?.kind === 'name' && target.name !== '_base_') add('top', target.span.start, target.name);
    if (target?.kind === 'attribute') walk(target);
    if (target?.kind === 'name' && target.name === '_base_')
      for (const item of statement.value.kind === 'list' ? statement.value.items : [statement.value]) string(item, 'path');
    else walk(statement.value);
  }
  return found;
}

function rootOf(e: Expression): string | null {
  if (e.kind === 'name') return e.name;
  return e.kind === 'attribute' || e.kind === 'subscript' ? rootOf(e.object) : null;
}
