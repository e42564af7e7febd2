/** Builtins that look at names: `dir`, `vars`, `globals`, `__import__`; and the ones that would leave the program, which are unknown. */
import { deleteAttribute, findAttribute } from '../attribute.ts';
import { call } from '../call.ts';
import { raise } from '../exception.ts';
import { Module } from '../module.ts';
import { Native, native } from '../native.ts';
import { toArray, typeOf } from '../operate.ts';
import { plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import { Type } from '../type.ts';
import { List } from '../types/list.ts';
import { Opaque } from '../types/opaque.ts';
import { Obj, type Value } from '../value.ts';

/** Where they are called without arguments, the compiler answers them: only it knows the names around. */
export const SCOPE_FUNCTIONS: ReadonlySet<string> = new Set(['globals', 'locals', 'vars', 'dir']);

export function names(v: Value): string[] {
  if (v instanceof Opaque) unknown(`dir(${v.what})`);
  // A module's own `__dir__` takes nothing (PEP 562). Asked for it, a package that has not run yet does.
  const ofModule = v instanceof Module ? v.member('__dir__') : undefined;
  const own = ofModule ?? (typeOf(v).custom ? typeOf(v).find('__dir__') : undefined);
  if (own !== undefined)
    return toArray(call(own, ofModule === undefined ? [v] : []))
      .map(n => String(plain(n)))
      .sort();
  const of = (type: Type): string[] => type.ancestors.flatMap(t => [...t.members.keys()]);
  const all =
    v instanceof Module
      ? v.listed
        ? (v.listed() ?? unknown(`dir(${v.name})`))
        : [...v.cells.values()].filter(c => c.value !== undefined || c.pending).map(c => c.name)
      : v instanceof Type
        ? of(v)
        : [...of(typeOf(v)), ...(v instanceof Obj ? (v.attributes?.keys() ?? []) : [])];
  return [...new Set(all)].sort();
}

export const reflection: readonly Native[] = [
  native('dir(object=?, /)', (v = null) => new List(names(v))),
  native('vars(object=?, /)', (v = null) => {
    const found = findAttribute(v, '__dict__');
    if (found === undefined) throw raise('TypeError', 'vars() argument must have __dict__ attribute');
    return found;
  }),
  native('globals()', () => unknown('globals() in this place')),
  native('locals()', () => unknown('locals() in this place')),
  native('delattr(obj, name, /)', (v = null, name = '') => (deleteAttribute(v, String(plain(name))), null)),
  ...['open', 'input', 'breakpoint', 'help', '__build_class__'].map(name => new Native(name, name, () => unknown(`${name}()`))),
];
