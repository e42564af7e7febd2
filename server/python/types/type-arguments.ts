/** What `typing` refuses between its brackets. All else is taken, whether it is a type or not. Words of Python 3.11. */
import { raise } from '../exception.ts';
import { hash, repr } from '../operate.ts';
import { Type } from '../type.ts';
import { Obj, type Value } from '../value.ts';
import { GenericAlias, Union } from './generic-alias.ts';
import { ELLIPSIS } from './singleton.ts';
import { Tuple } from './tuple.ts';

const written = (names: string): ReadonlySet<string> => new Set(names.split(' ').map(name => `typing.${name}`));
/** Forms that stand for nothing without arguments of their own. */
const NEED_ARGUMENTS = written('Union Optional ClassVar Final Literal Concatenate Unpack Required NotRequired TypeGuard');
const NO_ARGUMENTS = written('NoReturn Never Self LiteralString TypeAlias');
/** How many arguments a generic class takes; those are left out that take another number since Python 3.13. */
const TAKES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    1: 'List Set FrozenSet Deque Counter Iterable Iterator Sequence MutableSequence AbstractSet MutableSet Collection Container Reversible KeysView ValuesView MappingView Awaitable AsyncIterable AsyncIterator Type Pattern Match',
    2: 'Dict DefaultDict OrderedDict ChainMap Mapping MutableMapping ItemsView',
  }).flatMap(([n, names]) => names.split(' ').map((name): [string, number] => [name, Number(n)])),
);
/** Other names for classes that are to be called by their own. */
const NOT_CALLED = new Set(['List', 'Dict', 'Set', 'FrozenSet', 'Tuple', 'Type']);

const isForm = (v: Value): boolean => v instanceof Obj && v.type.name === '_SpecialForm';
const isGeneric = (v: Value): boolean => v instanceof Type && v.module === 'typing' && (v.name === 'Generic' || v.name === 'Protocol');

/** `told`: what Python says of it before what it got. */
function check(v: Value, told: string): void {
  if (v instanceof GenericAlias && (isGeneric(v.origin) || (isForm(v.origin) && /^typing\.(ClassVar|Final)$/.test(repr(v.origin)))))
    throw raise('TypeError', `${repr(v)} is not valid as type argument`);
  if (isGeneric(v) || (isForm(v) && NEED_ARGUMENTS.has(repr(v))))
    throw raise('TypeError', `Plain ${repr(v)} is not valid as type argument`);
  if (v instanceof Tuple && v.type.name === 'tuple') throw raise('TypeError', `${told} Got ${repr(v).slice(0, 100)}.`);
}

/** `Union[…]`, and `|` where one side is a name of typing's. Texts are names still to come. */
export function unionByTyping(parts: readonly Value[]): Value {
  if (!parts.length) throw raise('TypeError', 'Cannot take a Union of no types.');
  for (const p of parts) check(p, 'Union[arg, ...]: each arg must be a type.');
  const flat = parts.flatMap(p => (p instanceof Union ? p.args : [p]));
  for (const p of flat) if (p instanceof Obj && !(p instanceof Union)) hash(p);
  return Union.of(flat, true);
}

/** Of a form without a class behind it, except `Union` and `Optional`, which make another type. */
export function checkFormArguments(form: Value, name: string, given: Value): void {
  const shown = repr(form);
  if (name === 'Any') throw raise('TypeError', "type 'Any' is not subscriptable");
  if (NO_ARGUMENTS.has(shown)) throw raise('TypeError', `${shown} is not subscriptable`);
  if (name === 'Optional') check(given, `${shown} requires a single type.`);
  if (/^(ClassVar|Final|Required|NotRequired|TypeGuard)$/.test(name)) check(given, `${shown} accepts only single type.`);
  if (name === 'Annotated' && !(given instanceof Tuple && given.items.length > 1))
    throw raise('TypeError', 'Annotated[...] should be used with at least two arguments (a type and an annotation).');
}

/** Of a name for a class: `List[int]`, `Callable[[int], str]`. */
export function checkClassArguments(name: string, given: Value): void {
  const args = given instanceof Tuple ? given.items : [given];
  if (name === 'Callable') {
    if (args.length !== 2 || !(given instanceof Tuple)) throw raise('TypeError', 'Callable must be used as Callable[[arg, ...], result].');
    check(args[1] ?? null, 'Callable[args, result]: result must be a type.');
    return;
  }
  if (name === 'Tuple') {
    const types = args.length === 2 && args[1] === ELLIPSIS ? args.slice(0, 1) : args;
    for (const arg of types) check(arg, 'Tuple[t0, t1, ...]: each t must be a type.');
    return;
  }
  for (const arg of args) check(arg, 'Parameters to generic types must be types.');
  const takes = TAKES.get(name);
  if (takes === undefined || takes === args.length || args.some(isSeveral)) return;
  throw raise(
    'TypeError',
    `Too ${args.length > takes ? 'many' : 'few'} arguments for typing.${name}; actual ${args.length}, expected ${takes}`,
  );
}
/** One that stands for any number of types. */
const isSeveral = (v: Value): boolean =>
  v instanceof Obj &&
  (v.type.name === 'TypeVarTuple' || (v instanceof GenericAlias && isForm(v.origin) && repr(v.origin) === 'typing.Unpack'));

/** `List()`. */
export function checkCalled(name: string, origin: string): void {
  if (NOT_CALLED.has(name)) throw raise('TypeError', `Type ${name} cannot be instantiated; use ${origin}() instead`);
}
