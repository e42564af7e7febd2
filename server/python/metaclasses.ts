/** The metaclasses: what `type` does with classes, and `abc.ABCMeta`. */
import { attributeName, findAttribute } from './attribute.ts';
import { call } from './call.ts';
import { ClassCell, metaclass, newClass } from './class.ts';
import { classmethod } from './descriptor.ts';
import { raise } from './exception.ts';
import { instantiate, setMethod, setStatic, typeAsked } from './instantiate.ts';
import { journal } from './journal.ts';
import { methods, Native } from './native.ts';
import { abilities, repr, toArray, typeName, typeOf } from './operate.ts';
import { plain } from './origin.ts';
import { abilitiesOf } from './special.ts';
import { unknown } from './stop.ts';
import { forgetAnswers, isSubclass } from './subclass.ts';
import { TYPE, Type } from './type.ts';
import { Dict } from './types/dict.ts';
import { GenericAlias, parametersOf, unionOf } from './types/generic-alias.ts';
import { List } from './types/list.ts';
import { Opaque } from './types/opaque.ts';
import { FROZENSET, PySet } from './types/set.ts';
import { Tuple } from './types/tuple.ts';
import type { Value } from './value.ts';

TYPE.abilities = {
  ...TYPE.abilities,
  repr: self => (self instanceof Type ? `<class '${self.module === 'builtins' ? '' : `${self.module}.`}${self.qualname}'>` : ''),
  hash: self => self as Type,
  call: (self, args, named) => instantiate(self as Type, args, named),
  attribute(self, name) {
    if (!(self instanceof Type)) return undefined;
    switch (name) {
      case '__name__':
        return self.name;
      case '__qualname__':
        return self.qualname;
      case '__module__':
        return self.module;
      case '__mro__':
        return new Tuple(self.ancestors);
      case '__bases__':
        return new Tuple(self.bases);
      case '__base__':
        return self.bases[0] ?? null;
      case '__doc__':
        return self.custom ? null : new Opaque(`${self.name}.__doc__`);
      case '__annotations__': {
        const made = new Dict();
        if (self.custom) self.setMember(name, made);
        return made;
      }
      case '__parameters__':
        return self.ancestors.some(t => t.name === 'Generic' && t.module === 'typing') ? parametersOf(self) : undefined;
      case '__abstractmethods__':
        return typeOf(self).isA(ABCMETA) ? new PySet(self.abstract, FROZENSET) : undefined;
      default:
        return undefined;
    }
  },
  item(self, key) {
    const type = self as Type,
      own = type.find('__class_getitem__');
    if (own === null) throw raise('TypeError', `type '${type.name}' is not subscriptable`);
    if (own !== undefined) return call(abilities(own).get?.(own, undefined, type) ?? own, [key]);
    if (type.ancestors.some(t => SUBSCRIPTABLE.has(t.name) && !t.custom))
      return new GenericAlias(type, key instanceof Tuple ? key.items : [key]);
    throw raise('TypeError', `type '${type.name}' is not subscriptable`);
  },
  binary: (self, operator, other, reflected) =>
    operator === '|' ? (reflected ? unionOf([other, self]) : unionOf([self, other])) : undefined,
  setAttribute(self, name, value) {
    const type = self as Type,
      { set } = abilities(typeOf(type).find(name) ?? null);
    if (set) return set(typeOf(type).find(name) ?? null, type, value);
    if (!type.custom) throw raise('TypeError', `cannot set '${name}' attribute of immutable type '${type.name}'`);
    type.touch();
    if (name === '__name__') {
      const told = plain(value);
      if (typeof told !== 'string') throw raise('TypeError', `can only assign string to ${type.name}.__name__, not '${typeName(value)}'`);
      return void (type.name = told);
    }
    if (name === '__qualname__') return void (type.qualname = String(plain(value)));
    if (name === '__bases__') return unknown(`other bases for ${type.name}`);
    type.setMember(name, value);
    if (name === '__abstractmethods__') type.abstract = toArray(value).map(v => String(plain(v)));
    else if (name.startsWith('__')) renewAbilities(type);
  },
  deleteAttribute(self, name) {
    const type = self as Type;
    if (!type.custom) throw raise('TypeError', `cannot delete '${name}' attribute of immutable type '${type.name}'`);
    if (!type.members.has(name)) throw raise('AttributeError', `type object '${type.name}' has no attribute '${name}'`);
    type.setMember(name, undefined);
    if (name.startsWith('__')) renewAbilities(type);
  },
};
function renewAbilities(changed: Type): void {
  for (const type of withChildren(changed)) {
    type.touch();
    type.abilities = abilitiesOf(type);
  }
}
const withChildren = (type: Type): Type[] => [type, ...type.children.flatMap(withChildren)];
const SUBSCRIPTABLE = new Set([
  'list',
  'dict',
  'tuple',
  'set',
  'frozenset',
  'type',
  'enumerate',
  'deque',
  'defaultdict',
  'OrderedDict',
  'Counter',
  'ChainMap',
  'partial',
  'BaseExceptionGroup',
  'ExceptionGroup',
]);

methods<Type>(TYPE, {
  'mro()': self => new List([...self.ancestors]),
  '__subclasses__()': self => (self.custom ? new List([...self.children]) : unknown(`${self.name}.__subclasses__()`)),
  '__instancecheck__(instance, /)': (self, v = null) => isSubclass(typeOf(v), self),
  '__subclasscheck__(subclass, /)': (self, v = null) => v instanceof Type && isSubclass(v, self),
});
setMethod(TYPE, '__call__', ([self = null, ...args], named) =>
  self instanceof Type ? instantiate(self, args, named) : unknown('type.__call__ of what is no class'),
);
setMethod(TYPE, '__init__', () => null);
const [setMember, deleteMember] = [TYPE.abilities.setAttribute, TYPE.abilities.deleteAttribute];
setMethod(TYPE, '__setattr__', ([self = null, name = '', value = null]) => {
  setMember?.(self, attributeName(name), value);
  return null;
});
setMethod(TYPE, '__delattr__', ([self = null, name = '']) => (deleteMember?.(self, String(plain(name))), null));
TYPE.members.set('__prepare__', classmethod(new Native('__prepare__', 'type.__prepare__', () => new Dict())));
const TYPE_NEW: Native = setStatic(TYPE, '__new__', ([meta = null, ...args], named) => {
  if (!(meta instanceof Type)) return unknown('type.__new__ of what is no class');
  const [name, bases, space] = args;
  if (args.length === 1 && meta === TYPE) return typeAsked(args[0] ?? null);
  if (args.length !== 3 && meta === TYPE) throw raise('TypeError', 'type() takes 1 or 3 arguments');
  if (args.length !== 3) throw raise('TypeError', `type.__new__() takes exactly 3 arguments (${args.length} given)`);
  const names = plain(name ?? null);
  const misfit = (place: number, wanted: string, v: Value): never => {
    throw raise('TypeError', `type.__new__() argument ${place} must be ${wanted}, not ${typeName(v)}`);
  };
  if (typeof names !== 'string') return misfit(1, 'str', name ?? null);
  if (!(bases instanceof Tuple)) return misfit(2, 'tuple', bases ?? null);
  if (!(space instanceof Dict)) return misfit(3, 'dict', space ?? null);
  const members = new Map<string, Value>();
  for (const [k, e] of space.entries) members.set(String(k), e.value);
  const cell = members.get('__classcell__');
  members.delete('__classcell__');
  const stranger = bases.items.find(
    b => !(b instanceof Type) && !(b instanceof Opaque) && findAttribute(b, '__mro_entries__') !== undefined,
  );
  if (stranger !== undefined) throw raise('TypeError', "type() doesn't support MRO entry resolution; use types.new_class()");
  const derived = metaclass(bases.items, meta),
    own = derived === meta ? undefined : derived.find('__new__');
  // A base's metaclass that is more than this one makes it in its own way.
  if (own !== undefined && own !== TYPE_NEW) return call(abilities(own).get?.(own, undefined, derived) ?? own, [derived, ...args], named);
  if (cell !== undefined && !(cell instanceof ClassCell))
    throw raise('TypeError', `type.__new__(): __classcell__ must be a nonlocal cell, not ${repr(typeOf(cell))}`);
  return newClass(derived, names, bases.items, members, named, type => cell?.set(type));
});

/** `abc.ABCMeta`. */
export const ABCMETA: Type = new Type({ name: 'ABCMeta', module: 'abc', bases: [TYPE], abilities: TYPE.abilities, meta: TYPE });
methods<Type>(ABCMETA, {
  'register(subclass, /)': (self, subclass = null) => {
    if (!(subclass instanceof Type)) throw raise('TypeError', 'Can only register classes');
    const registered = (self.registered ??= new WeakSet());
    if (!registered.has(subclass))
      journal?.note({}, () => () => {
        registered.delete(subclass);
        forgetAnswers();
      });
    registered.add(subclass);
    forgetAnswers();
    return subclass;
  },
});
