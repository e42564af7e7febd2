/** Native types show their abilities as special methods: for `super().__len__()`, and whoever asks for one by its name. */
import type { BinaryOperator, Ordering } from '../syntax/nodes.ts';
import { attributeName, noAttribute, ordinaryAttribute, removeAttribute, storeAttribute } from './attribute.ts';
import { call } from './call.ts';
import { isForeign, isListed } from './cpython-names.ts';
import { raise } from './exception.ts';
import { format } from './format.ts';
import { hashNumber } from './hash.ts';
import { Native } from './native.ts';
import { SLOT_WRAPPER } from './native-object.ts';
import { bareRepr, iterate, repr, str, truth, typeName, typeOf } from './operate.ts';
import { plain } from './origin.ts';
import { answer, special } from './special-method.ts';
import { BINARY, ORDER } from './special-names.ts';
import { unknown } from './stop.ts';
import { declared, OBJECT, shows, TYPE, Type } from './type.ts';
import { COMPLEX } from './types/complex.ts';
import { FLOAT, Float } from './types/float.ts';
import { INT } from './types/int.ts';
import { IteratorObject, iteratorType } from './types/iterator.ts';
import { identity } from './types/key.ts';
import { NOT_IMPLEMENTED } from './types/singleton.ts';
import { STR } from './types/str.ts';
import { Obj, type Value } from './value.ts';

/** Native types show their abilities. Called once, when all are declared. */
export function showAbilities(): void {
  shows.show = show;
  declared.forEach(show);
  method(OBJECT, '__repr__', bareRepr);
  method(OBJECT, '__str__', self => repr(self));
  method(OBJECT, '__eq__', (self, other = null) => self === other || NOT_IMPLEMENTED);
  method(OBJECT, '__hash__', self => (self instanceof Obj ? identity(self) : 0));
  method(OBJECT, '__reduce_ex__', self => unknown(`${typeName(self)}.__reduce_ex__`));
  method(OBJECT, '__ne__', (self, other = null) => {
    const same = answer(special(self, '__eq__', other));
    return same === undefined ? NOT_IMPLEMENTED : !truth(same);
  });
  for (const name of ['__lt__', '__le__', '__gt__', '__ge__']) method(OBJECT, name, () => NOT_IMPLEMENTED);
  method(OBJECT, '__getattribute__', (self, name = '') => {
    const wanted = attributeName(name),
      value = ordinaryAttribute(self, wanted);
    if (value === undefined) throw noAttribute(self, wanted);
    return value;
  });
  method(OBJECT, '__format__', (self, spec = '') => {
    if (plain(spec) !== '') throw raise('TypeError', `unsupported format string passed to ${typeName(self)}.__format__`);
    return str(self);
  });
  // These have a way of their own, which what derives from them asks for by `super()`.
  for (const type of [INT, STR, COMPLEX]) method(type, '__format__', (self, spec = '') => format(plain(self), String(plain(spec))), 1);
  method(FLOAT, '__format__', (self, spec = '') => format(self instanceof Float ? new Float(self.value) : self, String(plain(spec))), 1);
  method(OBJECT, '__setattr__', (self, name = '', value = null) => (storeAttribute(self, attributeName(name), value), null));
  method(OBJECT, '__delattr__', (self, name = '') => (removeAttribute(self, attributeName(name)), null));
}

const method = (type: Type, name: string, run: (self: Value, ...args: Value[]) => Value | undefined, least = 0): void => {
  if (type.members.has(name) || isForeign(type, name)) return;
  const wrapper = new Native(
    name,
    `${type.name}.${name}`,
    args => {
      const [self, ...rest] = args;
      if (self === undefined) throw raise('TypeError', `descriptor '${name}' of '${type.name}' object needs an argument`);
      const given = typeOf(self);
      if (given !== type && !given.isA(type))
        throw raise('TypeError', `descriptor '${name}' requires a '${type.name}' object but received a '${typeName(self)}'`);
      if (rest.length < least) throw raise('TypeError', `expected ${least} argument${least === 1 ? '' : 's'}, got ${rest.length}`);
      return run(self, ...rest) ?? null;
    },
    true,
  );
  if (type.module === 'builtins') wrapper.type = SLOT_WRAPPER;
  type.members.set(name, wrapper);
};
/** One that is declared later shows them at once. */
function show(type: Type): void {
  const a = type.abilities;
  if (a.repr) method(type, '__repr__', self => a.repr?.(self));
  if (a.length) method(type, '__len__', self => a.length?.(self));
  if (a.item) method(type, '__getitem__', (self, key = null) => a.item?.(self, key), 1);
  if (a.setItem) method(type, '__setitem__', (self, key = null, value = null) => (a.setItem?.(self, key, value), null), 2);
  if (a.deleteItem) method(type, '__delitem__', (self, key = null) => (a.deleteItem?.(self, key), null), 1);
  if (a.contains) method(type, '__contains__', (self, item = null) => a.contains?.(self, item), 1);
  if (a.iterate)
    method(type, '__iter__', self =>
      a.next ? self : new IteratorObject(a.iterate?.(self) ?? iterate(self), iteratorType(type.name, self)),
    );
  if (a.next)
    method(type, '__next__', self => {
      const v = a.next?.(self);
      if (v === undefined) throw raise('StopIteration');
      return v;
    });
  if (a.call && type !== TYPE)
    type.members.set(
      '__call__',
      type.members.get('__call__') ??
        new Native('__call__', `${type.name}.__call__`, ([self = null, ...args], named) => call(self, args, named), true),
    );
  if (a.hash && type !== OBJECT) method(type, '__hash__', self => hashNumber(self));
  if (a.truth) method(type, '__bool__', self => a.truth?.(self));
  if (a.str) method(type, '__str__', self => a.str?.(self));
  if (a.get)
    method(type, '__get__', (self, instance = null, owner = null) =>
      a.get?.(self, instance === null ? undefined : instance, owner instanceof Type ? owner : typeOf(instance)),
    );
  if (a.compare)
    for (const [operator, name] of Object.entries(ORDER))
      method(type, name, (self, other = null) => a.compare?.(self, operator as Ordering, other) ?? NOT_IMPLEMENTED, 1);
  if (a.binary)
    for (const [operator, name] of Object.entries(BINARY))
      method(type, `__${name}__`, (self, other = null) => told(a.binary?.(self, operator as BinaryOperator, other, false)), 1);
  if (isListed(type)) showMore(type);
  // What can be compared by value and has no hash of its own has none.
  if (!a.hash && type !== OBJECT && type !== TYPE && !type.members.has('__hash__')) type.members.set('__hash__', null);
}
/** Of types whose attributes we know to be CPython's: the other side of operators, and those in place. */
function showMore(type: Type): void {
  const a = type.abilities;
  if (a.binary)
    for (const [operator, name] of Object.entries(BINARY))
      method(type, `__r${name}__`, (self, other = null) => told(a.binary?.(self, operator as BinaryOperator, other, true)));
  if (a.augment)
    for (const [operator, name] of Object.entries(BINARY))
      method(type, `__i${name}__`, (self, other = null) => told(a.augment?.(self, operator as BinaryOperator, other)));
}
const told = (v: Value | undefined): Value => (v === undefined ? NOT_IMPLEMENTED : v);
