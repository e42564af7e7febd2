/** What a class leaves to those that derive from it. */
import { findAttribute } from './attribute.ts';
import { truth } from './operate.ts';
import type { Type } from './type.ts';
import { Obj, type Value } from './value.ts';

/** The names of its abstract methods, its own and what it does not override, sorted. */
export function abstractNames(type: Type): string[] {
  const names = new Set([...type.members].filter(([, v]) => isAbstract(v)).map(([k]) => k));
  for (const b of type.bases)
    for (const n of b.abstract) {
      const member = type.find(n);
      if (member !== undefined && isAbstract(member)) names.add(n);
    }
  return [...names].sort();
}
const isAbstract = (v: Value): boolean => {
  const mark = v instanceof Obj ? findAttribute(v, '__isabstractmethod__') : undefined;
  return mark !== undefined && truth(mark);
};
