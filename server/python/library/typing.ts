/** `_typing`: special forms, type variables, Generic. They stand for types and do nothing. The rest of `typing` is in Python. */

import { findAttribute } from '../attribute.ts';
import { call } from '../call.ts';
import { classmethod } from '../descriptor.ts';
import { raise } from '../exception.ts';
import { type NativeModule, nativeModule } from '../import/native-module.ts';
import { methods, Native, native } from '../native.ts';
import { typeOf } from '../operate.ts';
import { plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import { isSubclass } from '../subclass.ts';
import { nativeType, OBJECT, Type } from '../type.ts';
import { either, GenericAlias } from '../types/generic-alias.ts';
import { NONE } from '../types/int.ts';
import { Tuple } from '../types/tuple.ts';
import { checkCalled, checkClassArguments, checkFormArguments, unionByTyping } from '../types/type-arguments.ts';
import { Obj, type Value } from '../value.ts';

const items = (key: Value): readonly Value[] => (key instanceof Tuple ? key.items : [key]);
/** `Any`, `Literal`, `List` … With an origin it stands for that class. */
class SpecialForm extends Obj {
  readonly name: string;
  readonly origin: Type | null;
  constructor(name: string, origin: Type | null = null) {
    super(SPECIAL_FORM);
    this.name = name;
    this.origin = origin;
  }
}
const SPECIAL_FORM: Type = nativeType<SpecialForm>(
  '_SpecialForm',
  {
    repr: self => `typing.${self.name}`,
    hash: self => `\0f${self.name}`,
    compare: (self, operator, other) =>
      operator === '==' || operator === '!='
        ? (other instanceof SpecialForm && other.name === self.name) === (operator === '==')
        : undefined,
    item(self, key) {
      if (self.origin) checkClassArguments(self.name, key);
      else checkFormArguments(self, self.name, key);
      if (self.name === 'Optional') return unionByTyping([key, null]);
      if (self.name === 'Union') return unionByTyping(items(key));
      return self.name === 'Annotated' || !self.origin
        ? new GenericAlias(self, items(key))
        : new GenericAlias(self.origin, items(key), self.name);
    },
    binary: (self, operator, other, reflected) => either(self, operator, other, reflected, self.name !== 'Any'),
    call(self, args, named) {
      if (self.origin) checkCalled(self.name, self.origin.name);
      if (self.origin) return call(self.origin, args, named);
      throw raise('TypeError', `Cannot instantiate typing.${self.name}`);
    },
    hasInstance(self, v) {
      if (self.origin) return isSubclass(typeOf(v), self.origin);
      throw raise('TypeError', `typing.${self.name} cannot be used with isinstance()`);
    },
    attribute: (self, name) =>
      name === '_name' || name === '__name__'
        ? self.name
        : name === '__origin__' && self.origin
          ? self.origin
          : name === '__module__'
            ? 'typing'
            : self.origin && !name.startsWith('__')
              ? findAttribute(self.origin, name)
              : undefined,
  },
  { module: 'typing' },
);
methods<SpecialForm>(SPECIAL_FORM, {
  '__mro_entries__(bases, /)': self => {
    if (self.origin) return new Tuple([self.origin]);
    throw raise('TypeError', `Cannot subclass typing.${self.name}`);
  },
});

class TypeVar extends Obj {
  readonly name: string;
  readonly told: ReadonlyMap<string, Value>;
  constructor(type: Type, name: string, told: ReadonlyMap<string, Value>) {
    super(type);
    this.name = name;
    this.told = told;
  }
}
const variable = (name: string, sign: string): Type =>
  nativeType<TypeVar>(
    name,
    {
      repr: self => `${self.told.get('covariant') === true ? '+' : self.told.get('contravariant') === true ? '-' : sign}${self.name}`,
      hash: self => self,
      binary: (self, operator, other, reflected) => either(self, operator, other, reflected, true),
      item: (self, key) => new GenericAlias(self, items(key)),
      attribute(self, wanted) {
        switch (wanted) {
          case '__name__':
            return self.name;
          case '__bound__':
            return self.told.get('bound') ?? null;
          case '__constraints__':
            return self.told.get('constraints') ?? new Tuple([]);
          case 'args':
          case 'kwargs':
            return new SpecialForm(`${self.name}.${wanted}`);
          default:
            return undefined;
        }
      },
    },
    {
      module: 'typing',
      make: (type, [given = '', ...constraints], named) =>
        new TypeVar(type, String(plain(given)), new Map([...(named ?? []), ['constraints', new Tuple(constraints)]])),
    },
  );
const TYPE_VAR = variable('TypeVar', '~'),
  PARAM_SPEC = variable('ParamSpec', '~'),
  TYPE_VAR_TUPLE = variable('TypeVarTuple', '');
TYPE_VAR_TUPLE.abilities.iterate = self => {
  let given = false;
  return { next: () => (given ? undefined : ((given = true), self)) };
};

/** A class that may be subscripted: Generic, Protocol. */
function subscriptable(name: string, bases: readonly Type[]): Type {
  const type = new Type({ name, module: 'typing', bases, meta: typeOf(bases[0] ?? OBJECT) });
  type.members.set(
    '__class_getitem__',
    classmethod(
      new Native('__class_getitem__', `${name}.__class_getitem__`, ([cls = null, key = null]) => new GenericAlias(cls, items(key))),
    ),
  );
  return type;
}

export const typingModule = (): NativeModule =>
  nativeModule('_typing', {
    TypeVar: TYPE_VAR,
    ParamSpec: PARAM_SPEC,
    TypeVarTuple: TYPE_VAR_TUPLE,
    Generic: subscriptable('Generic', [OBJECT]),
    NoneType: NONE,
    form: native('form(name, origin=None, /)', (name = '', origin = null) =>
      origin === null || origin instanceof Type
        ? new SpecialForm(String(plain(name)), origin)
        : unknown('what a form of typing stands for'),
    ),
    alias: native('alias(origin, item, /)', (origin = null, key = null) => new GenericAlias(origin, items(key))),
  });
