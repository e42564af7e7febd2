/** What is no class and has `__bases__` counts as one for `isinstance` and `issubclass`. */
import { identical } from '../operate.ts';
import { Type } from '../type.ts';
import { Tuple } from '../types/tuple.ts';
import type { Value } from '../value.ts';
import { attributeOr } from './functions.ts';

/** Null of what has none. */
export function basesOf(v: Value): readonly Value[] | null {
  if (v instanceof Type) return v.bases;
  const told = attributeOr(v, '__bases__');
  return told instanceof Tuple ? told.items : null;
}
export function isBelow(v: Value, of: Value): boolean {
  return identical(v, of) || (basesOf(v) ?? []).some(b => isBelow(b, of));
}
export function isInstanceOfAbstract(v: Value, of: Value): boolean {
  const own = attributeOr(v, '__class__');
  return own !== undefined && isBelow(own, of);
}
