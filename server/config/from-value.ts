/** Values of a config as JavaScript's own: undefined where a value is not of that kind, or is not there. */
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { Float } from '../python/types/float.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';

export function textFrom(value: Value | undefined): string | undefined {
  const text = value === undefined ? undefined : plain(value);
  return typeof text === 'string' ? text : undefined;
}

export function numberFrom(value: Value | undefined): number | undefined {
  const number = value === undefined ? undefined : plain(value);
  return typeof number === 'number' ? number : number instanceof Float ? number.value : undefined;
}

/** Of a list or a tuple. */
export function itemsFrom(value: Value | undefined): readonly Value[] | undefined {
  const list = value === undefined ? undefined : plain(value);
  return list instanceof List || list instanceof Tuple ? list.items : undefined;
}

/** Undefined where one of them is no text. */
export function textsFrom(value: Value | undefined): readonly string[] | undefined {
  const texts = itemsFrom(value)?.map(textFrom);
  return texts?.every(text => text !== undefined) ? texts : undefined;
}

/** Undefined where one of them is no number. */
export function numbersFrom(value: Value | undefined): readonly number[] | undefined {
  const numbers = itemsFrom(value)?.map(numberFrom);
  return numbers?.every(number => number !== undefined) ? numbers : undefined;
}

export const isDict = (value: Value | undefined): value is Dict => value instanceof Dict;
