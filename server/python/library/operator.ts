/** The operators as functions. */

import type { BinaryOperator, Comparison, UnaryOperator } from '../../syntax/nodes.ts';
import { getAttribute } from '../attribute.ts';
import { call } from '../call.ts';
import { raise } from '../exception.ts';
import { type NativeModule, nativeModule } from '../import/native-module.ts';
import { Native, native } from '../native.ts';
import {
  abilities,
  asIndex,
  augment,
  binary,
  compare,
  contains,
  deleteItem,
  getItem,
  identical,
  isA,
  length,
  setItem,
  toArray,
  truth,
  typeName,
  typeOf,
  unary,
} from '../operate.ts';
import { plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import { DICT } from '../types/dict.ts';
import { IteratorObject } from '../types/iterator.ts';
import { Tuple } from '../types/tuple.ts';
import type { Value } from '../value.ts';

const BINARY: Readonly<Record<string, BinaryOperator>> = {
  add: '+',
  sub: '-',
  mul: '*',
  truediv: '/',
  floordiv: '//',
  mod: '%',
  pow: '**',
  matmul: '@',
  lshift: '<<',
  rshift: '>>',
  and_: '&',
  or_: '|',
  xor: '^',
};
const COMPARE: Readonly<Record<string, Comparison>> = {
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  eq: '==',
  ne: '!=',
  is_: 'is',
  is_not: 'is not',
};
const UNARY: Readonly<Record<string, UnaryOperator>> = { neg: '-', pos: '+', invert: '~', inv: '~', not_: 'not' };
function joinable(v: Value): Value {
  if (!abilities(v).item || isA(v, DICT)) throw raise('TypeError', `'${typeName(v)}' object can't be concatenated`);
  return v;
}
const bare = (name: string): string => name.replace(/_$/, '');

/** A getter of several gives a tuple. */
function getter(name: string, keys: readonly Value[], get: (o: Value, key: Value) => Value): Native {
  if (!keys.length) throw raise('TypeError', `${name} expected at least 1 argument, got 0`);
  return new Native(name, `operator.${name}`, ([o = null]) =>
    keys.length === 1 ? get(o, keys[0] ?? null) : new Tuple(keys.map(k => get(o, k))),
  );
}
const dotted = (o: Value, path: Value): Value =>
  String(plain(path))
    .split('.')
    .reduce((v, name) => getAttribute(v, name), o);

export function operatorModule(): NativeModule {
  const members: Record<string, Value> = {};
  for (const [name, op] of Object.entries(BINARY)) {
    members[name] = native(`${name}(a, b, /)`, (a = null, b = null) => binary(op, a, b));
    members[`i${bare(name)}`] = native(`i${bare(name)}(a, b, /)`, (a = null, b = null) => augment(op, a, b));
    members[`__${bare(name)}__`] = members[name];
  }
  for (const [name, op] of Object.entries(COMPARE)) members[name] = native(`${name}(a, b, /)`, (a = null, b = null) => compare(op, a, b));
  for (const [name, op] of Object.entries(UNARY)) members[name] = native(`${name}(a, /)`, (a = null) => unary(op, a));
  const others: Record<string, Value> = {
    abs: native('abs(a, /)', (a = null) => {
      const own = typeOf(a).find('__abs__');
      if (own === undefined) throw raise('TypeError', `bad operand type for abs(): '${typeName(a)}'`);
      return call(own, [a]);
    }),
    concat: native('concat(a, b, /)', (a = null, b = null) => binary('+', joinable(a), joinable(b))),
    iconcat: native('iconcat(a, b, /)', (a = null, b = null) => augment('+', joinable(a), joinable(b))),
    indexOf: native('indexOf(a, b, /)', (a = null, b = null) => {
      const at = toArray(a).findIndex(x => identical(x, b) || truth(compare('==', x, b)));
      if (at < 0) throw raise('ValueError', 'sequence.index(x): x not in sequence');
      return at;
    }),
    length_hint: native('length_hint(obj, default=0, /)', (o = null, otherwise = 0) => {
      if (abilities(o).length) return length(o);
      const own = typeOf(o).find('__length_hint__');
      if (own !== undefined) return call(own, [o]);
      return o instanceof IteratorObject ? unknown('operator.length_hint of an iterator') : otherwise;
    }),
    truth: native('truth(a, /)', (a = null) => truth(a)),
    index: native('index(a, /)', (a = null) => asIndex(a)),
    contains: native('contains(a, b, /)', (a = null, b = null) => contains(a, b)),
    getitem: native('getitem(a, b, /)', (a = null, b = null) => getItem(a, b)),
    setitem: native('setitem(a, b, c, /)', (a = null, b = null, c = null) => (setItem(a, b, c), null)),
    delitem: native('delitem(a, b, /)', (a = null, b = null) => (deleteItem(a, b), null)),
    countOf: native(
      'countOf(a, b, /)',
      (a = null, b = null) => toArray(a).filter(x => identical(x, b) || truth(compare('==', x, b))).length,
    ),
    itemgetter: new Native('itemgetter', 'itemgetter', keys => getter('itemgetter', keys, getItem)),
    attrgetter: new Native('attrgetter', 'attrgetter', keys => getter('attrgetter', keys, dotted)),
    methodcaller: new Native(
      'methodcaller',
      'methodcaller',
      ([name = '', ...args], named) =>
        new Native('methodcaller', 'operator.methodcaller', ([o = null]) => call(getAttribute(o, String(plain(name))), args, named)),
    ),
  };
  const all = { ...members, ...others };
  // `operator.__lt__` is `operator.lt`, and so for all that has a special method.
  const special = Object.entries(all).flatMap(([name, fn]) =>
    UNSPECIAL.has(name) || name.startsWith('__') ? [] : [[`__${bare(name)}__`, fn] as const],
  );
  return nativeModule('operator', { ...Object.fromEntries(special), ...all });
}
const UNSPECIAL: ReadonlySet<string> = new Set([
  'length_hint',
  'truth',
  'countOf',
  'itemgetter',
  'attrgetter',
  'methodcaller',
  'is_',
  'is_not',
  'indexOf',
]);
