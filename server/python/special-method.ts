/** Special methods: how one is called. */
import { call } from './call.ts';
import { raise } from './exception.ts';
import { callFunction, PyFunction } from './function.ts';
import { abilities, typeName, typeOf } from './operate.ts';
import { NOT_IMPLEMENTED } from './types/singleton.ts';
import type { Value } from './value.ts';

/** A special method, bound by hand: it is looked for in the class alone. */
export function special(self: Value, name: string, ...args: Value[]): Value | undefined {
  const type = typeOf(self),
    member = type.find(name);
  if (member === undefined || (member === null && (name === '__iter__' || name === '__hash__'))) return undefined;
  if (member === null)
    throw raise(
      'TypeError',
      name === '__contains__' ? `'${typeName(self)}' object is not a container` : "'NoneType' object is not callable",
    );
  if (member instanceof PyFunction) return callFunction(member, args, null, self);
  const { get } = abilities(member);
  return get ? call(get(member, self, type), args) : call(member, args);
}
/** What a special method of an operator gave: undefined where it leaves it to the other side. */
export const answer = (v: Value | undefined): Value | undefined => (v === NOT_IMPLEMENTED ? undefined : v);
