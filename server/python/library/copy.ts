/** `copy`: dicts keep where their entries were written, and scalars their origins. */
import { findAttribute } from '../attribute.ts';
import { call } from '../call.ts';
import { exceptionType } from '../exception.ts';
import { BoundMethod, PyFunction } from '../function.ts';
import { type NativeModule, nativeModule } from '../import/native-module.ts';
import { Module } from '../module.ts';
import { Native, native } from '../native.ts';
import { nested, typeName } from '../operate.ts';
import { Box } from '../origin.ts';
import { unknown } from '../stop.ts';
import { Type } from '../type.ts';
import { Dict } from '../types/dict.ts';
import { Float } from '../types/float.ts';
import { identity } from '../types/key.ts';
import { List } from '../types/list.ts';
import { PySet } from '../types/set.ts';
import { Slice } from '../types/slice.ts';
import { Tuple } from '../types/tuple.ts';
import { Instance, Obj, type Value } from '../value.ts';

type Inner = (v: Value) => Value;

/** Values that are their own copies. */
const constant = (v: Value): boolean =>
  !(v instanceof Obj) ||
  v instanceof Type ||
  v instanceof PyFunction ||
  v instanceof Native ||
  v instanceof Box ||
  v instanceof Float ||
  SAME.has(v.type.name);
const SAME = new Set([
  'unknown',
  'LazyObject',
  'LazyAttr',
  'bytes',
  'complex',
  'ellipsis',
  'NotImplementedType',
  'range',
  'GenericAlias',
  'UnionType',
  '_SpecialForm',
  'TypeVar',
  'pattern',
  'property',
  'frozenset',
]);

/** What is inside goes through `inner`; `note` is told the copy before its inside is looked at, for values that hold themselves. */
function copied(v: Obj, inner: Inner, note: (made: Value) => void): Value {
  if (v instanceof Dict) {
    const make = v.type.make,
      out = make ? make(v.type, [], null) : unknown(`copy of ${typeName(v)}`);
    if (!(out instanceof Dict)) return unknown(`copy of ${typeName(v)}`);
    out.site = v.site;
    out.from = v.from;
    if ('factory' in v && 'factory' in out) Object.assign(out, { factory: v.factory });
    note(out);
    for (const e of v.entries.values()) {
      const key = inner(e.key);
      out.set(key, inner(e.value));
      const made = out.entries.get([...out.entries.keys()].at(-1) ?? null);
      if (made && e.written) made.written = e.written;
    }
    return withAttributes(v, out, inner);
  }
  if (v instanceof List) {
    const make = v.type.make,
      out = v.type.custom || v.type.name !== 'list' ? make?.(v.type, [], null) : new List([], v.from);
    if (!(out instanceof List)) return unknown(`copy of ${typeName(v)}`);
    out.site = v.site;
    out.from = v.from;
    if ('most' in v && 'most' in out) Object.assign(out, { most: v.most });
    note(out);
    for (const x of v.items) out.items.push(inner(x));
    if (v.elements?.values.every((x, i) => x === v.items[i]))
      out.elements = { values: out.items.slice(0, v.elements.values.length), sites: v.elements.sites };
    return withAttributes(v, out, inner);
  }
  if (v instanceof PySet) {
    const out = new PySet([], v.type);
    note(out);
    for (const x of v.items.values()) out.add(inner(x));
    return withAttributes(v, out, inner);
  }
  if (v instanceof Tuple) {
    const items = v.items.map(inner);
    return items.every((x, i) => x === v.items[i]) ? v : withAttributes(v, new Tuple(items, v.from, v.type), inner);
  }
  if (v instanceof Slice) {
    const parts = [v.start, v.stop, v.step],
      made = parts.map(inner);
    return made.every((x, i) => x === parts[i]) ? v : new Slice(made[0] ?? null, made[1] ?? null, made[2] ?? null);
  }
  if (v instanceof BoundMethod) return new BoundMethod(v.fn, inner(v.self));
  if (v instanceof Instance && !v.type.make) {
    const out = new Instance(v.type);
    note(out);
    return withAttributes(v, out, inner);
  }
  return unknown(`copy of ${v instanceof Module ? 'a module' : typeName(v)}`);
}
function withAttributes(from: Obj, to: Obj, inner: Inner): Value {
  if (!from.attributes) return to;
  const state = from.type.custom
    ? (from.type.find('__getstate__') ?? from.type.find('__setstate__') ?? from.type.find('__reduce_ex__') ?? from.type.find('__reduce__'))
    : undefined;
  if (state instanceof PyFunction) return throughState(from, to, inner);
  const attributes = new Map<string, Value>();
  to.attributes = attributes;
  for (const [k, x] of from.attributes) attributes.set(k, inner(x));
  return to;
}
function throughState(from: Obj, to: Obj, inner: Inner): Value {
  const reduce = from.type.find('__reduce_ex__') ?? from.type.find('__reduce__');
  if (reduce instanceof PyFunction) return unknown(`copy of ${typeName(from)} by __reduce__`);
  const get = from.type.find('__getstate__'),
    set = from.type.find('__setstate__');
  const bare = new Dict();
  for (const [k, x] of from.attributes ?? []) bare.set(k, x);
  const state = inner(get instanceof PyFunction ? call(get, [from]) : bare);
  to.attributes = new Map();
  if (set instanceof PyFunction) call(set, [to, state]);
  else if (state instanceof Dict) for (const [k, e] of state.entries) to.attributes.set(String(k), e.value);
  else return unknown(`state of ${typeName(from)} that is no dict`);
  return to;
}

function own(v: Obj, name: string): Value | undefined {
  const member = v.type.find(name);
  return member instanceof PyFunction ? member : member === undefined ? undefined : v.type.custom ? findAttribute(v.type, name) : member;
}

function shallow(v: Value): Value {
  if (constant(v) || !(v instanceof Obj)) return v;
  const told = own(v, '__copy__');
  return told === undefined
    ? copied(
        v,
        x => x,
        () => {},
      )
    : call(told, [v]);
}

/** `memo` is the program's own dict, by `id()`: its `__deepcopy__` methods get it. */
export function deep(v: Value, memo: Dict): Value {
  if (constant(v) || !(v instanceof Obj)) return v;
  const known = memo.get(identity(v));
  if (known !== undefined) return known;
  const note = (made: Value): void => memo.set(identity(v), made);
  const told = own(v, '__deepcopy__');
  const made = told === undefined ? nested(' while copying', () => copied(v, x => deep(x, memo), note)) : call(told, [v, memo]);
  if (made !== v) {
    note(made);
  }
  return made;
}

export const copyModule = (): NativeModule =>
  nativeModule('copy', {
    copy: native('copy(x, /)', (x = null) => shallow(x)),
    deepcopy: native('deepcopy(x, /, memo=None)', (x = null, memo = null) => deep(x, memo instanceof Dict ? memo : new Dict())),
    Error: exceptionType('Exception'),
    error: exceptionType('Exception'),
  });
