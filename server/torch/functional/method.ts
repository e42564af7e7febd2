/** Methods as Python calls them: what has no such method says so, in Python's words. */
import { getAttribute } from '../../python/attribute.ts';
import { call } from '../../python/call.ts';
import { asSize } from '../../python/operate.ts';
import { Obj, type Value } from '../../python/value.ts';

/** A last argument that is a plain object holds keywords. */
export function method(self: Value, name: string, ...args: readonly (Value | Readonly<Record<string, Value>>)[]): Value {
  const plain: Value[] = [],
    named = new Map<string, Value>();
  for (const a of args) {
    if (isValue(a)) plain.push(a);
    else for (const [k, v] of Object.entries(a)) named.set(k, v);
  }
  return call(getAttribute(self, name), plain, named.size ? named : null);
}
const isValue = (v: Value | Readonly<Record<string, Value>>): v is Value => v === null || typeof v !== 'object' || v instanceof Obj;

/** `x.dim()`. */
export const rank = (x: Value): number => asSize(method(x, 'dim'));
