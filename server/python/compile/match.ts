/** `match`: each `case` is a branch, whose test binds names as far as it gets. */
import type { Pattern, Statement } from '../../syntax/nodes.ts';
import { suspends } from '../../syntax/suspends.ts';
import { findAttribute } from '../attribute.ts';
import { attributeOr, isInstance } from '../builtins/functions.ts';
import { call } from '../call.ts';
import { raise } from '../exception.ts';
import { type Frame, NEXT, type Step } from '../frame.ts';
import { equal, getItem, identical, isA, length, toArray, truth, typeOf } from '../operate.ts';
import { plain } from '../origin.ts';
import type { Scope } from '../scope.ts';
import { unknown } from '../stop.ts';
import { Type } from '../type.ts';
import { DICT, Dict } from '../types/dict.ts';
import { List } from '../types/list.ts';
import { ABSENT } from '../types/singleton.ts';
import { Tuple } from '../types/tuple.ts';
import { UnknownValue } from '../types/unknown.ts';
import type { Value } from '../value.ts';
import { branch, sequence } from './control.ts';
import { expression } from './expression.ts';
import { store } from './names.ts';
import { block } from './statement.ts';

type Test = (f: Frame, v: Value) => boolean;

export const matches = {
  match(node: Statement<'match'>, scope: Scope): Step {
    const subject = expression(node.subject, scope),
      slot = scope.temporary({ name: 'subject' }),
      { span } = node;
    const cases = node.cases.reduceRight<Step>(
      (otherwise, c) => {
        const test = testOf(c.pattern, scope),
          guard = c.guard && expression(c.guard, scope);
        const holds = (f: Frame): boolean => {
          f.at = span;
          return test(f, f.locals[slot] ?? null) && (!guard || truth(guard(f)));
        };
        return branch(scope, holds, block(c.body, scope), otherwise);
      },
      () => NEXT,
    );
    const read: Step = f => {
      f.locals[slot] = subject(f);
      return NEXT;
    };
    return sequence(scope, [
      { step: read, suspends: false },
      { step: cases, suspends: scope.suspends && suspends({ kind: 'pass', body: node.cases }) },
    ]);
  },
};

function testOf(pattern: Pattern, scope: Scope): Test {
  switch (pattern.kind) {
    case 'matchValue': {
      const value = expression(pattern.value, scope);
      return (f, v) => equal(v, value(f));
    }
    case 'matchIdentity': {
      const value = expression(pattern.value, scope);
      return (f, v) => identical(v, value(f));
    }
    case 'matchAs': {
      const inner = pattern.pattern && testOf(pattern.pattern, scope),
        set = pattern.name === null ? null : store(pattern.name, scope);
      return (f, v) => {
        if (inner && !inner(f, v)) return false;
        set?.(f, v);
        return true;
      };
    }
    case 'matchOr': {
      const tests = pattern.patterns.map(p => testOf(p, scope));
      return (f, v) => tests.some(t => t(f, v));
    }
    case 'matchSequence':
      return sequenceTest(pattern, scope);
    case 'matchMapping':
      return mappingTest(pattern, scope);
    case 'matchClass':
      return classTest(pattern, scope);
  }
}

const derives = (v: Value, name: string): boolean => typeOf(v).ancestors.some(t => t.name === name && t.module === 'collections.abc');
const isSequence = (v: Value): boolean =>
  ['list', 'tuple', 'range', 'deque', 'memoryview', 'array'].some(n => typeOf(v).ancestors.some(t => !t.custom && t.name === n)) ||
  derives(v, 'Sequence');
const isMapping = (v: Value): boolean => isA(v, DICT) || derives(v, 'Mapping');

function sequenceTest({ patterns, star, rest }: Extract<Pattern, { kind: 'matchSequence' }>, scope: Scope): Test {
  const tests = patterns.map(p => testOf(p, scope)),
    set = rest === null ? null : store(rest, scope);
  return (f, v) => {
    if (!isSequence(v)) return false;
    const size = Number(plain(length(v)));
    if (star === null ? size !== tests.length : size < tests.length) return false;
    const items = toArray(v),
      after = star === null ? 0 : tests.length - star,
      at = (i: number): Value => items[star === null || i < star ? i : size - tests.length + i] ?? null;
    if (!tests.every((t, i) => t(f, at(i)))) return false;
    if (star !== null) set?.(f, new List(items.slice(star, size - after)));
    return true;
  };
}

function mappingTest({ keys, patterns, rest }: Extract<Pattern, { kind: 'matchMapping' }>, scope: Scope): Test {
  const wanted = keys.map((k, i) => ({
      key: expression(k, scope),
      test: testOf(patterns[i] ?? { kind: 'matchAs', pattern: null, name: null }, scope),
    })),
    set = rest === null ? null : store(rest, scope);
  return (f, v) => {
    if (!isMapping(v)) return false;
    if (Number(plain(length(v))) < wanted.length) return false;
    const taken = wanted.map(({ key, test }) => ({ key: key(f), test }));
    const found = taken.map(({ key }) => (v instanceof Dict ? v.get(key) : read(v, key)));
    if (found.some(x => x === undefined)) return false;
    if (!taken.every(({ test }, i) => test(f, found[i] ?? null))) return false;
    if (set) {
      const left = new Dict();
      for (const k of toArray(v)) if (!taken.some(t => equal(t.key, k))) left.set(k, getItem(v, k));
      set(f, left);
    }
    return true;
  };
}
function read(v: Value, key: Value): Value | undefined {
  const got = call(findAttribute(v, 'get') ?? null, [key, ABSENT]);
  return got === ABSENT ? undefined : got;
}

/** Their one positional pattern is for the value itself. */
const ITSELF = new Set(['bool', 'bytearray', 'bytes', 'dict', 'float', 'frozenset', 'int', 'list', 'set', 'str', 'tuple']);
function classTest({ type, patterns, named }: Extract<Pattern, { kind: 'matchClass' }>, scope: Scope): Test {
  const cls = expression(type, scope),
    places = patterns.map(p => testOf(p, scope)),
    names = named.map(n => ({ name: n.name, test: testOf(n.pattern, scope) }));
  return (f, v) => {
    const t = cls(f);
    if (t instanceof UnknownValue) unknown(t.reason);
    if (!(t instanceof Type)) throw raise('TypeError', 'called match pattern must be a class');
    if (!isInstance(v, t)) return false;
    const told = places.length ? findAttribute(t, '__match_args__') : undefined;
    if (places.length && told === undefined && t.ancestors.some(a => !a.custom && ITSELF.has(a.name))) {
      if (places.length > 1) throw tooMany(t, 1, places.length);
      if (!places.every(test => test(f, v))) return false;
    } else if (places.length) {
      if (told !== undefined && !(told instanceof Tuple))
        throw raise('TypeError', `${t.name}.__match_args__ must be a tuple (got ${typeOf(told).name})`);
      const args = told instanceof Tuple ? told.items : [];
      if (args.length < places.length) throw tooMany(t, args.length, places.length);
      if (!places.every((test, i) => holds(f, v, String(plain(args[i] ?? '')), test))) return false;
    }
    return names.every(({ name, test }) => holds(f, v, name, test));
  };
}
function holds(f: Frame, v: Value, name: string, test: Test): boolean {
  const found = attributeOr(v, name);
  return found !== undefined && test(f, found);
}
const tooMany = (t: Type, takes: number, given: number): ReturnType<typeof raise> =>
  raise('TypeError', `${t.name}() accepts ${takes} positional sub-pattern${takes === 1 ? '' : 's'} (${given} given)`);
