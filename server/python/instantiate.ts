/** What calling a class does; and what `object` has for it, and native types show for it. */
import { call, callMethod } from './call.ts';
import { classmethod } from './descriptor.ts';
import { exceptionType, raise } from './exception.ts';
import { Native } from './native.ts';
import { SLOT_WRAPPER } from './native-object.ts';
import { abilities, typeName, typeOf } from './operate.ts';
import { OBJECT, TYPE, Type } from './type.ts';
import { UnknownValue } from './types/unknown.ts';
import { Instance, type Named, Obj, type Value } from './value.ts';

/** `C(…)`: `__new__`, then `__init__`. */
export function instantiate(type: Type, args: readonly Value[], named: Named | null): Value {
  if (type === TYPE && args.length === 1 && !named) return typeAsked(args[0] ?? null);
  const isMeta = type.isA(TYPE),
    maker = type.custom || isMeta ? type.find('__new__') : undefined;
  const made =
    maker === undefined || maker === OBJECT_NEW || (maker instanceof Native && NATIVE_NEW.has(maker))
      ? create(type, args, named)
      : call(abilities(maker).get?.(maker, undefined, type) ?? maker, [type, ...args], named);
  const actual = typeOf(made);
  if (actual !== type && !actual.isA(type)) return made;
  // What `__new__` gave may be of a class further down.
  const init = actual.find('__init__');
  if (
    init !== undefined &&
    init !== OBJECT_INIT &&
    (actual.custom || !actual.make || actual.initializes || actual.isA(BASE_EXCEPTION)) &&
    actual !== TYPE
  ) {
    const result = callMethod(init, made, args, named);
    if (result !== null) throw raise('TypeError', `__init__() should return None, not '${typeName(result)}'`);
  }
  return made;
}
/** `type(v)`. */
export const typeAsked = (v: Value): Value => (v instanceof UnknownValue ? v.derived() : typeOf(v));
const BASE_EXCEPTION = exceptionType('BaseException');

/** What `object.__new__` and that of a native type give. */
function create(type: Type, args: readonly Value[], named: Named | null): Value {
  const { make, abstract } = type;
  if (abstract.length)
    throw raise(
      'TypeError',
      `Can't instantiate abstract class ${type.name} with abstract method${abstract.length > 1 ? 's' : ''} ${abstract.join(', ')}`,
    );
  if (named?.size && !(type.custom && type.owner('__init__')?.custom)) refuseNames(type);
  if (!make && !type.custom && type.module === 'builtins' && UNMADE.has(type.name))
    throw raise('TypeError', `cannot create '${type.name}' instances`);
  const made = make ? make(type, args, named) : new Instance(type);
  if (!make && (args.length || named?.size) && type.find('__init__') === OBJECT_INIT)
    throw raise('TypeError', `${type.name}() takes no arguments`);
  if (type.custom && made instanceof Obj && !made.attributes) made.attributes = new Map();
  if (type === OBJECT && made instanceof Obj) made.attributes = null;
  return made;
}
/** Types whose values come of something else. */
const UNMADE: ReadonlySet<string> = new Set(
  (
    'dict_keys dict_values dict_items dict_keyiterator dict_valueiterator dict_itemiterator list_iterator list_reverseiterator tuple_iterator set_iterator str_iterator str_ascii_iterator ' +
    'range_iterator bytes_iterator bytearray_iterator generator coroutine async_generator builtin_function_or_method method_descriptor wrapper_descriptor method-wrapper frame getset_descriptor ' +
    'member_descriptor callable_iterator'
  ).split(' '),
);
/** A class made of one of these, without an `__init__` of its own, takes no names either. */
function refuseNames(type: Type): void {
  const owner = type.ancestors.find(t => !t.custom && NAMELESS.has(t.name) && t.module === 'builtins');
  if (owner) throw raise('TypeError', `${owner.name}() takes no keyword arguments`);
}
/** Native types that take their arguments by place alone. */
const NAMELESS = new Set(['list', 'tuple', 'set', 'frozenset', 'reversed', 'filter', 'range', 'slice', 'bool', 'float']);

/** What native types show as their `__new__`. */
const NATIVE_NEW = new WeakSet<Native>();
export function showNew(type: Type): void {
  if (type.members.has('__new__')) return;
  const made = setStatic(type, '__new__', ([given, ...args], named) => {
    if (given === undefined) throw raise('TypeError', `${type.name}.__new__(): not enough arguments`);
    if (!(given instanceof Type)) throw raise('TypeError', `${type.name}.__new__(X): X is not a type object (${typeName(given)})`);
    if (!given.isA(type)) throw raise('TypeError', `${type.name}.__new__(${given.name}): ${given.name} is not a subtype of ${type.name}`);
    const inner = given.ancestors.find(t => !t.custom);
    if (inner && type.name === 'int' && inner.name === 'bool')
      throw raise('TypeError', `int.__new__(${given.name}) is not safe, use bool.__new__()`);
    return create(given, args, named);
  });
  NATIVE_NEW.add(made);
}

/** Puts a native `__new__` and its like into a type, which are bound to nothing. */
export const setStatic = (type: Type, name: string, run: Native['run']): Native => {
  const made = new Native(name, `${type.name}.${name}`, run);
  type.members.set(name, made);
  return made;
};
export const setMethod = (type: Type, name: string, run: Native['run']): Native => {
  const made = new Native(name, `${type.name}.${name}`, run, true);
  type.members.set(name, made);
  return made;
};

const OBJECT_NEW = setStatic(OBJECT, '__new__', ([type, ...args], named) => {
  if (type === undefined) throw raise('TypeError', 'object.__new__(): not enough arguments');
  if (!(type instanceof Type)) throw raise('TypeError', `object.__new__(X): X is not a type object (${typeName(type)})`);
  const owner = type.make && type.ancestors.find(t => !t.custom && t.make);
  if (owner && owner !== OBJECT) throw raise('TypeError', `object.__new__(${type.name}) is not safe, use ${owner.name}.__new__()`);
  if (!type.make && (args.length || named?.size)) {
    if (type.find('__new__') !== OBJECT_NEW)
      throw raise('TypeError', 'object.__new__() takes exactly one argument (the type to instantiate)');
    if (type.find('__init__') === OBJECT_INIT) throw raise('TypeError', `${type.name}() takes no arguments`);
  }
  return create(type, type.make ? args : [], type.make ? named : null);
});

const OBJECT_INIT = setMethod(OBJECT, '__init__', ([self = null, ...args], named) => {
  if (!args.length && !named?.size) return null;
  const type = typeOf(self);
  if (type.make) return null;
  if (type.find('__init__') !== OBJECT_INIT)
    throw raise('TypeError', 'object.__init__() takes exactly one argument (the instance to initialize)');
  throw raise('TypeError', `${type.name}.__init__() takes exactly one argument (the instance to initialize)`);
});
OBJECT_INIT.type = SLOT_WRAPPER;
OBJECT.abilities = { ...OBJECT.abilities, hash: self => self as Instance };
OBJECT.members.set(
  '__init_subclass__',
  classmethod(
    new Native('__init_subclass__', 'object.__init_subclass__', ([type = null, ...args], named) => {
      if (args.length)
        throw raise(
          'TypeError',
          `${type instanceof Type ? type.name : 'object'}.__init_subclass__() takes no arguments (${args.length} given)`,
        );
      if (named?.size)
        throw raise('TypeError', `${type instanceof Type ? type.name : 'object'}.__init_subclass__() takes no keyword arguments`);
      return null;
    }),
  ),
);
OBJECT.members.set('__subclasshook__', classmethod(new Native('__subclasshook__', 'object.__subclasshook__', () => null)));
