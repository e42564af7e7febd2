/** `list[int]`, `Generic[T]`, `int | None`: types as annotations write them. Calling one calls its origin. */
import { findAttribute } from '../attribute.ts';
import { call } from '../call.ts';
import { raise } from '../exception.ts';
import { methods } from '../native.ts';
import { equal, hash, repr } from '../operate.ts';
import { nativeType, Type } from '../type.ts';
import { Obj, type Value } from '../value.ts';
import { keyText } from './key.ts';
import { ELLIPSIS } from './singleton.ts';
import { Tuple } from './tuple.ts';

const shown = (v: Value): string =>
  v === null ? 'None' : v instanceof Type ? (v.module === 'builtins' ? v.qualname : `${v.module}.${v.qualname}`) : repr(v);

export class GenericAlias extends Obj {
  readonly origin: Value;
  readonly args: readonly Value[];
  constructor(origin: Value, args: readonly Value[]) {
    super(GENERIC_ALIAS);
    this.origin = origin;
    this.args = args;
  }
}
export const GENERIC_ALIAS: Type = nativeType<GenericAlias>(
  'GenericAlias',
  {
    repr: self => `${shown(self.origin)}[${self.args.length ? self.args.map(a => (a === ELLIPSIS ? '...' : shown(a))).join(', ') : '()'}]`,
    hash: self => `\0g${keyText(hash(self.origin))}[${self.args.map(a => keyText(hash(a))).join()}]`,
    call: (self, args, named) => call(self.origin, args, named),
    item(self, key) {
      if (self.args.every(a => a instanceof Type || a === ELLIPSIS)) throw raise('TypeError', `${repr(self)} is not a generic class`);
      return new GenericAlias(self.origin, key instanceof Tuple ? key.items : [key]);
    },
    binary: (self, operator, other, reflected) =>
      operator === '|' ? (reflected ? unionOf([other, self]) : unionOf([self, other])) : undefined,
    compare: (self, operator, other) => {
      if (!(other instanceof GenericAlias) || (operator !== '==' && operator !== '!=')) return undefined;
      return (
        (self.origin === other.origin &&
          self.args.length === other.args.length &&
          self.args.every((a, i) => equal(a, other.args[i] ?? null))) ===
        (operator === '==')
      );
    },
    hasInstance: () => {
      throw raise('TypeError', 'isinstance() argument 2 cannot be a parameterized generic');
    },
    attribute: (self, name) =>
      name === '__origin__'
        ? self.origin
        : name === '__args__'
          ? new Tuple(self.args)
          : name === '__parameters__'
            ? new Tuple([])
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
}
export const UNION: Type = nativeType<Union>(
  'UnionType',
  {
    repr(self) {
      if (!self.typing) return self.args.map(shown).join(' | ');
      const others = self.args.filter(a => a !== null),
        optional = others.length < self.args.length;
      return optional && others.length === 1
        ? `typing.Optional[${shown(others[0] ?? null)}]`
        : `typing.Union[${self.args.map(a => (a === null ? 'NoneType' : shown(a))).join(', ')}]`;
    },
    hash: self =>
      `\0u${self.args
        .map(a => keyText(hash(a)))
        .sort()
        .join()}`,
    binary: (self, operator, other, reflected) =>
      operator === '|' ? (reflected ? unionOf([other, self]) : unionOf([self, other])) : undefined,
    compare: (self, operator, other) => {
      if (!(other instanceof Union) || (operator !== '==' && operator !== '!=')) return undefined;
      return (self.args.length === other.args.length && self.args.every(a => other.args.some(b => equal(a, b)))) === (operator === '==');
    },
    attribute: (self, name) => (name === '__args__' ? new Tuple(self.args) : undefined),
  },
  { module: 'types' },
);

/** Undefined where one of them is no type. */
export function unionOf(parts: readonly Value[], typing = parts.some(p => p instanceof Union && p.typing)): Value | undefined {
  const flat = parts.flatMap(p => (p instanceof Union ? p.args : [p]));
  if (flat.some(p => p !== null && !(p instanceof Obj && TYPE_LIKE.has(p.type.name)) && !(p instanceof Type))) return undefined;
  const unique = flat.map(p => (p === null ? NONE_TYPE.type : p)).filter((p, i, all) => all.findIndex(q => q === p || equal(p, q)) === i);
  return unique.length === 1
    ? unique[0]
    : new Union(
        unique.map(p => (p === NONE_TYPE.type ? null : p)),
        typing,
      );
}
const TYPE_LIKE = new Set(['GenericAlias', 'UnionType', '_SpecialForm', 'TypeVar', 'type']);
/** The type of None, told when it is there. */
export const NONE_TYPE: { type: Type | null } = { type: null };
