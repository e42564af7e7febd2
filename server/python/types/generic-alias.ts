/** `list[int]`, `Generic[T]`, `int | None`: types as annotations write them. Calling one calls its origin. */
import type { BinaryOperator } from '../../syntax/nodes.ts';
import { findAttribute } from '../attribute.ts';
import { call } from '../call.ts';
import { raise } from '../exception.ts';
import { methods } from '../native.ts';
import { equal, hash, repr } from '../operate.ts';
import { plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import { nativeType, Type } from '../type.ts';
import { Obj, type Value } from '../value.ts';
import { keyText } from './key.ts';
import { List } from './list.ts';
import { ELLIPSIS } from './singleton.ts';
import { Tuple } from './tuple.ts';
import { checkCalled, unionByTyping } from './type-arguments.ts';

function shown(v: Value): string {
  if (v === null) return 'None';
  if (v === ELLIPSIS) return '...';
  if (v instanceof List) return `[${v.items.map(shown).join(', ')}]`;
  return v instanceof Type ? (v.module === 'builtins' ? v.qualname : `${v.module}.${v.qualname}`) : repr(v);
}
/** Where typing's own names are written, texts are names still to come. */
const shownByTyping = (v: Value): string => {
  const p = plain(v);
  return p === null
    ? 'NoneType'
    : typeof p === 'string'
      ? `ForwardRef(${repr(p)})`
      : v instanceof List
        ? `[${v.items.map(shownByTyping).join(', ')}]`
        : shown(v);
};

export class GenericAlias extends Obj {
  readonly origin: Value;
  readonly args: readonly Value[];
  /** `List`, where it is typing's name for the class. */
  readonly typing: string | null;
  constructor(origin: Value, args: readonly Value[], typing: string | null = null) {
    super(GENERIC_ALIAS);
    this.origin = origin;
    this.args = args;
    this.typing = typing;
  }
}
const VARIABLES: ReadonlySet<string> = new Set(['TypeVar', 'ParamSpec', 'TypeVarTuple']);
const isVariable = (v: Value, name?: string): boolean =>
  v instanceof Obj && v.type.module === 'typing' && (name === undefined ? VARIABLES.has(v.type.name) : v.type.name === name);
/** Type variables in the order in which they first come. */
function parametersIn(args: readonly Value[]): readonly Value[] {
  const all = args.flatMap((a): readonly Value[] =>
    isVariable(a)
      ? [a]
      : a instanceof GenericAlias || a instanceof Union
        ? parametersIn(a.args)
        : a instanceof List
          ? parametersIn(a.items)
          : [],
  );
  return [...new Set(all)];
}
function fillingOf(self: GenericAlias | Union, key: Value): ReadonlyMap<Value, Value> {
  const parameters = parametersIn(self.args),
    given = key instanceof Tuple ? key.items : [key];
  if (!parameters.length) throw raise('TypeError', `${repr(self)} is not a generic class`);
  if (parameters.length !== given.length || parameters.some(p => !isVariable(p, 'TypeVar')))
    return unknown('a generic type with other arguments');
  return new Map(parameters.map((p, i) => [p, given[i] ?? null]));
}
/** Of a class made of `Generic[T]`. */
export function parametersOf(type: Type): Value {
  const told = type.members.get('__orig_bases__'),
    bases = told instanceof Tuple ? told.items : [],
    generic = bases.find(b => b instanceof GenericAlias && b.origin instanceof Type && b.origin.name === 'Generic');
  return new Tuple(parametersIn(generic instanceof GenericAlias ? generic.args : bases));
}
function substituted(args: readonly Value[], filled: ReadonlyMap<Value, Value>): readonly Value[] {
  return args.map(a => {
    if (a instanceof GenericAlias) return new GenericAlias(a.origin, substituted(a.args, filled), a.typing);
    if (a instanceof Union) return unionOf(substituted(a.args, filled), a.typing) ?? unknown('a generic type with other arguments');
    return a instanceof List ? new List([...substituted(a.items, filled)]) : filled.has(a) ? (filled.get(a) ?? null) : a;
  });
}
/** `Callable[[int], str]` has its parameters and what it returns in one row. */
const flat = ({ args }: GenericAlias): readonly Value[] => {
  const [first, ...rest] = args;
  return first instanceof List ? [...first.items, ...rest] : args;
};
export const GENERIC_ALIAS: Type = nativeType<GenericAlias>(
  'GenericAlias',
  {
    repr(self) {
      const { typing, args } = self;
      return `${typing === null ? shown(self.origin) : `typing.${typing}`}[${args.length ? args.map(typing === null ? shown : shownByTyping).join(', ') : '()'}]`;
    },
    hash: self =>
      `\0g${self.typing ?? ''}${keyText(hash(self.origin))}[${flat(self)
        .map(a => keyText(hash(a)))
        .join()}]`,
    call(self, args, named) {
      if (self.typing !== null && self.origin instanceof Type) checkCalled(self.typing, self.origin.name);
      return call(self.origin, args, named);
    },
    item(self, key) {
      return new GenericAlias(self.origin, substituted(self.args, fillingOf(self, key)), self.typing);
    },
    binary: (self, operator, other, reflected) => either(self, operator, other, reflected, self.typing !== null),
    compare: (self, operator, other) => {
      if (!(other instanceof GenericAlias) || (operator !== '==' && operator !== '!=')) return undefined;
      return (
        (self.origin === other.origin &&
          self.typing === other.typing &&
          self.args.length === other.args.length &&
          self.args.every((a, i) => equal(a, other.args[i] ?? null))) ===
        (operator === '==')
      );
    },
    hasInstance(self) {
      throw raise(
        'TypeError',
        self.typing === null
          ? 'isinstance() argument 2 cannot be a parameterized generic'
          : 'Subscripted generics cannot be used with class and instance checks',
      );
    },
    attribute: (self, name) =>
      name === '__origin__'
        ? self.origin
        : name === '__args__'
          ? new Tuple(flat(self))
          : name === '__parameters__'
            ? new Tuple(parametersIn(self.args))
            : findAttribute(self.origin, name),
  },
  { module: 'types' },
);
methods<GenericAlias>(GENERIC_ALIAS, { '__mro_entries__(bases, /)': self => new Tuple([self.origin]) });

export class Union extends Obj {
  readonly args: readonly Value[];
  /** Written by typing's names. */
  readonly typing: boolean;
  constructor(args: readonly Value[], typing: boolean) {
    super(UNION);
    this.args = args;
    this.typing = typing;
  }
  /** Each once; of one it is that type itself. */
  static of(parts: readonly Value[], typing: boolean): Value {
    const unique = parts
      .map(p => (p === null ? NONE_TYPE.type : p))
      .filter((p, i, all) => all.findIndex(q => q === p || equal(p, q)) === i);
    return unique.length === 1
      ? (unique[0] ?? null)
      : new Union(
          unique.map(p => (p === NONE_TYPE.type ? null : p)),
          typing,
        );
  }
}
export const UNION: Type = nativeType<Union>(
  'UnionType',
  {
    repr(self) {
      if (!self.typing) return self.args.map(shown).join(' | ');
      const others = self.args.filter(a => a !== null),
        optional = others.length < self.args.length;
      return optional && others.length === 1
        ? `typing.Optional[${shownByTyping(others[0] ?? null)}]`
        : `typing.Union[${self.args.map(shownByTyping).join(', ')}]`;
    },
    hash: self =>
      `\0u${self.args
        .map(a => keyText(hash(a)))
        .sort()
        .join()}`,
    binary: (self, operator, other, reflected) => either(self, operator, other, reflected, self.typing),
    compare: (self, operator, other) => {
      if (!(other instanceof Union) || (operator !== '==' && operator !== '!=')) return undefined;
      return (self.args.length === other.args.length && self.args.every(a => other.args.some(b => equal(a, b)))) === (operator === '==');
    },
    item(self, key) {
      const filled = fillingOf(self, key);
      return unionOf(substituted(self.args, filled), self.typing) ?? unknown('a generic type with other arguments');
    },
    attribute: (self, name) =>
      name === '__args__' ? new Tuple(self.args) : name === '__parameters__' ? new Tuple(parametersIn(self.args)) : undefined,
  },
  { module: 'types' },
);

/** Undefined where one of them is no type. */
export function unionOf(parts: readonly Value[], typing = parts.some(p => p instanceof Union && p.typing)): Value | undefined {
  const flat = parts.flatMap(p => (p instanceof Union ? p.args : [p]));
  if (flat.some(p => p !== null && !(p instanceof Obj && TYPE_LIKE.has(p.type.name)) && !(p instanceof Type))) return undefined;
  return Union.of(flat, typing);
}
/** `|` of types: names of typing's go with anything. */
export function either(self: Value, operator: BinaryOperator, other: Value, reflected: boolean, typing: boolean): Value | undefined {
  if (operator !== '|') return undefined;
  const parts = reflected ? [other, self] : [self, other];
  return typing ? unionByTyping(parts) : unionOf(parts);
}
const TYPE_LIKE = new Set(['GenericAlias', 'UnionType', '_SpecialForm', 'TypeVar', 'type']);
/** The type of None, told when it is there. */
export const NONE_TYPE: { type: Type | null } = { type: null };
