/** Values of a config as JavaScript's own, for arithmetic and for text. */
import { plain } from '../../python/origin.ts';
import { Dict } from '../../python/types/dict.ts';
import { Float } from '../../python/types/float.ts';
import { List } from '../../python/types/list.ts';
import { Tuple } from '../../python/types/tuple.ts';
import type { Value } from '../../python/value.ts';

/** Undefined where the value is no number. */
export function numberFrom(value: Value | undefined): number | undefined {
  const v = value === undefined ? undefined : plain(value);
  return typeof v === 'number' ? v : v instanceof Float ? v.value : undefined;
}

/** Undefined where the value is no list or tuple of numbers. */
export function numbersFrom(value: Value | undefined): readonly number[] | undefined {
  const v = value === undefined ? undefined : plain(value);
  if (!(v instanceof List || v instanceof Tuple)) return undefined;
  const numbers = v.items.map(numberFrom);
  return numbers.every(n => n !== undefined) ? numbers : undefined;
}

export function textFrom(value: Value | undefined): string | undefined {
  const v = value === undefined ? undefined : plain(value);
  return typeof v === 'string' ? v : undefined;
}

export const isTuple = (value: Value | undefined): boolean => value !== undefined && plain(value) instanceof Tuple;
export const isDict = (value: Value | undefined): value is Dict => value instanceof Dict;
