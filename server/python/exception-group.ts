/** Exceptions that hold others: `ExceptionGroup`, and how `except*` takes one apart. */
import { getAttribute, storeAttribute } from './attribute.ts';
import { call } from './call.ts';
import { EXCEPTIONS, Exception, exceptionType, raise } from './exception.ts';
import { meter } from './meter.ts';
import { methods } from './native.ts';
import { Native } from './native-object.ts';
import { abilities, isA, str, toArray, truth, typeName } from './operate.ts';
import { plain } from './origin.ts';
import { TYPE, Type } from './type.ts';
import { List } from './types/list.ts';
import { Tuple } from './types/tuple.ts';
import type { Value } from './value.ts';

const BASE = exceptionType('BaseException'),
  ORDINARY = exceptionType('Exception');

/** `BaseExceptionGroup(message, exceptions)`, or of a class that derives from it. */
export function groupOf(asked: Type, args: readonly Value[]): Exception {
  const [message = null, given = null] = args;
  if (args.length !== 2) throw raise('TypeError', `BaseExceptionGroup.__new__() takes exactly 2 arguments (${args.length} given)`);
  if (typeof plain(message) !== 'string')
    throw raise('TypeError', `BaseExceptionGroup.__new__() argument 1 must be str, not ${typeName(message)}`);
  const isSequence = abilities(given).item !== undefined && abilities(given).iterate !== undefined && typeName(given) !== 'dict';
  if (!isSequence) throw raise('TypeError', 'second argument (exceptions) must be a sequence');
  const items = toArray(given);
  if (!items.length) throw raise('ValueError', 'second argument (exceptions) must be a non-empty sequence');
  for (const [i, item] of items.entries())
    if (!(item instanceof Exception)) throw raise('ValueError', `Item ${i} of second argument (exceptions) is not an exception`);
  const bare = items.some(item => !isA(item, ORDINARY));
  let type = asked;
  if (asked === BASE_GROUP && !bare) type = GROUP;
  else if (bare && asked === GROUP) throw raise('TypeError', 'Cannot nest BaseExceptions in an ExceptionGroup');
  else if (bare && asked.isA(ORDINARY)) throw raise('TypeError', `Cannot nest BaseExceptions in '${asked.name}'`);
  const made = new Exception(type);
  made.args = args;
  made.details = new Map<string, Value>([
    ['message', message],
    ['exceptions', new Tuple(items)],
  ]);
  return made;
}

export const BASE_GROUP = new Type({ name: 'BaseExceptionGroup', bases: [BASE], abilities: BASE.abilities, make: groupOf, meta: TYPE });
const GROUP = new Type({ name: 'ExceptionGroup', bases: [BASE_GROUP, ORDINARY], make: groupOf, meta: TYPE });
for (const type of [BASE_GROUP, GROUP]) {
  type.abilities = {
    ...BASE.abilities,
    setAttribute(self, name, value) {
      if (name === 'message' || name === 'exceptions') throw raise('AttributeError', 'readonly attribute');
      if (BASE.abilities.setAttribute) BASE.abilities.setAttribute(self, name, value);
      else storeAttribute(self, name, value);
    },
    str: self => {
      const { length } = self instanceof Exception ? members(self) : [];
      return `${self instanceof Exception ? str(self.details?.get('message') ?? null) : ''} (${length} sub-exception${length === 1 ? '' : 's'})`;
    },
  };
  EXCEPTIONS.set(type.name, type);
}
BASE_GROUP.members.set(
  '__init__',
  new Native(
    '__init__',
    'BaseExceptionGroup.__init__',
    ([self, ...args], named) => {
      if (named?.size) throw raise('TypeError', `${typeName(self ?? null)}() takes no keyword arguments`);
      if (self instanceof Exception) self.args = args;
      return null;
    },
    true,
  ),
);

const members = (group: Exception): readonly Value[] => {
  const held = group.details?.get('exceptions');
  return held instanceof Tuple ? held.items : [];
};
export const isGroup = (e: Value): e is Exception => e instanceof Exception && e.type.isA(BASE_GROUP);

type Wanted = (e: Exception) => boolean;
export interface Halves {
  readonly match: Exception | null;
  readonly rest: Exception | null;
}

/** Those that are wanted, and those that are not, each in groups as they were. */
export function split(e: Exception, wanted: Wanted, depth = 0): Halves {
  if (depth > meter.limits.depth) throw raise('RecursionError', 'maximum recursion depth exceeded in exceptiongroup_split_recursive');
  if (wanted(e)) return { match: e, rest: null };
  if (!isGroup(e)) return { match: null, rest: e };
  const halves = members(e).flatMap(m => (m instanceof Exception ? [split(m, wanted, depth + 1)] : []));
  const half = (side: keyof Halves): Exception | null => {
    const found = halves.map(h => h[side]).filter(h => h !== null);
    return found.length ? derived(e, found) : null;
  };
  return { match: half('match'), rest: half('rest') };
}
function derived(from: Exception, found: readonly Exception[]): Exception {
  const made = call(getAttribute(from, 'derive'), [new List([...found])]);
  if (!isGroup(made)) throw raise('TypeError', 'derive must return an instance of BaseExceptionGroup');
  made.traceback = [...from.traceback];
  made.cause = from.cause;
  made.context = from.context;
  made.suppressContext = from.suppressContext;
  const notes = from.attributes.get('__notes__');
  if (notes instanceof List || notes instanceof Tuple) made.attributes.set('__notes__', new List(toArray(notes)));
  return made;
}

function wantedBy(given: Value): Wanted {
  const isKind = (v: Value): v is Type => v instanceof Type && v.isA(BASE);
  if (isKind(given)) return e => isA(e, given);
  if (given instanceof Tuple && given.items.every(isKind)) return e => given.items.some(t => t instanceof Type && isA(e, t));
  if (!(given instanceof Type) && abilities(given).call) return e => truth(call(given, [e]));
  throw raise('TypeError', 'expected a function, exception type or tuple of exception types');
}
methods<Exception>(BASE_GROUP, {
  'derive(excs, /)': (self, excs = null) => groupOf(BASE_GROUP, [self.details?.get('message') ?? null, excs]),
  'split(matcher_value, /)': (self, matcher = null) => {
    const { match, rest } = split(self, wantedBy(matcher));
    return new Tuple([match, rest]);
  },
  'subgroup(matcher_value, /)': (self, matcher = null) => split(self, wantedBy(matcher)).match,
});

/** One that is no group is handled as a group of one. */
export const wrapped = (e: Exception): Exception => (isGroup(e) ? e : groupOf(BASE_GROUP, ['', new Tuple([e])]));

/** Of a group the exceptions that also stand in one of several parts of it; null where there are none. */
export function projection(whole: Exception, parts: readonly Exception[]): Exception | null {
  const leaves = new Set(parts.flatMap(leavesOf));
  return leaves.size ? split(whole, e => !isGroup(e) && leaves.has(e)).match : null;
}
const leavesOf = (e: Exception): Exception[] => (isGroup(e) ? members(e).flatMap(m => (m instanceof Exception ? leavesOf(m) : [])) : [e]);
