/** What is known of a value of a class's constructor without running it: constants and what they are gathered in. */

import { itemsFrom, numberFrom } from '../../config/from-value.ts';
import { plain } from '../../python/origin.ts';
import { Dict } from '../../python/types/dict.ts';
import { UnknownValue } from '../../python/types/unknown.ts';
import type { Value } from '../../python/value.ts';
import type { Expression } from '../../syntax/nodes.ts';

export type Known =
  | { readonly kind: 'constant'; readonly value: null | boolean | number | string }
  | { readonly kind: 'items'; readonly items: readonly Known[] }
  | { readonly kind: 'entries'; readonly entries: ReadonlyMap<string, Known>; readonly isWhole: boolean }
  /** What a registry made of such a dict. */
  | { readonly kind: 'built'; readonly from: Known }
  | { readonly kind: 'unknown' };

export const UNKNOWN: Known = { kind: 'unknown' };
export const constant = (value: null | boolean | number | string): Known => ({ kind: 'constant', value });

/** Of a value of the config. */
export function knownOf(value: Value): Known {
  const own = plain(value);
  if (own === null || typeof own === 'boolean' || typeof own === 'number' || typeof own === 'string') return constant(own);
  const number = numberFrom(own);
  if (number !== undefined) return constant(number);
  if (own instanceof UnknownValue) return UNKNOWN;
  if (own instanceof Dict) {
    const entries = [...own.entries.values()].map(({ key, value: inner }) => [String(plain(key)), knownOf(inner)] as const);
    return { kind: 'entries', entries: new Map(entries), isWhole: true };
  }
  const items = itemsFrom(own);
  return items ? { kind: 'items', items: items.map(knownOf) } : UNKNOWN;
}

export interface Names {
  /** Of a local variable or a parameter. */
  local(name: string): Known;
  /** Of an attribute of `self`. */
  own(name: string): Known;
}

/** Of an expression of the constructor, or a test in a method. */
export function evaluate(of: Expression, names: Names): Known {
  switch (of.kind) {
    case 'constant':
      return of.value === null || typeof of.value === 'boolean' || typeof of.value === 'number' || typeof of.value === 'string'
        ? constant(of.value)
        : typeof of.value === 'object' && 'float' in of.value
          ? constant(of.value.float)
          : UNKNOWN;
    case 'name':
      return names.local(of.name);
    case 'attribute':
      return isSelf(of.object) ? names.own(of.name) : UNKNOWN;
    case 'list':
    case 'tuple':
      return of.items.some(item => item.kind === 'starred')
        ? UNKNOWN
        : { kind: 'items', items: of.items.map(item => evaluate(item, names)) };
    case 'dict':
      return entriesOf(
        of.pairs.map(({ key, value }) => ({
          name: key?.kind === 'constant' && typeof key.value === 'string' ? key.value : null,
          isSpread: key === null,
          value,
        })),
        names,
      );
    case 'call':
      return called(of, names);
    case 'conditional': {
      const test = truth(evaluate(of.test, names));
      return test === null ? UNKNOWN : evaluate(test ? of.chosen : of.otherwise, names);
    }
    case 'unary': {
      const test = of.operator === 'not' ? truth(evaluate(of.operand, names)) : null;
      return test === null ? UNKNOWN : constant(!test);
    }
    case 'boolean': {
      const left = evaluate(of.left, names);
      const first = truth(left);
      if (first === null) {
        // Whatever the left is, `x and False` is no yes.
        const right = truth(evaluate(of.right, names));
        return right === (of.operator === 'or') && right !== null ? constant(right) : UNKNOWN;
      }
      return first === (of.operator === 'or') ? left : evaluate(of.right, names);
    }
    case 'compare':
      return compared(of, names);
    default:
      return UNKNOWN;
  }
}

/** Null: not known. */
export function truth(of: Known): boolean | null {
  if (of.kind === 'constant') return Boolean(of.value);
  if (of.kind === 'items') return of.items.length > 0;
  if (of.kind === 'entries') return of.entries.size > 0 || (of.isWhole ? false : null);
  return of.kind === 'built' ? true : null;
}

export const isSelf = (of: Expression): boolean => of.kind === 'name' && of.name === 'self';

function called(of: Expression<'call'>, names: Names): Known {
  const { callee, args } = of;
  if (callee.kind === 'name' && callee.name === 'dict' && args.every(a => a.kind !== 'positional' && a.kind !== 'splat'))
    return entriesOf(
      args.map(a => ({ name: a.kind === 'named' ? a.name : null, isSpread: a.kind === 'mapping', value: a.value })),
      names,
    );
  const [first] = args;
  if (callee.kind === 'attribute' && callee.name === 'build' && first?.kind === 'positional')
    return { kind: 'built', from: evaluate(first.value, names) };
  return UNKNOWN;
}

function entriesOf(
  pairs: readonly { readonly name: string | null; readonly isSpread: boolean; readonly value: Expression }[],
  names: Names,
): Known {
  const entries = new Map<string, Known>();
  let isWhole = true;
  for (const { name, isSpread, value } of pairs) {
    const known = evaluate(value, names);
    if (name !== null) entries.set(name, known);
    else if (isSpread && known.kind === 'entries') {
      for (const [key, inner] of known.entries) entries.set(key, inner);
      isWhole &&= known.isWhole;
    } else isWhole = false;
  }
  return { kind: 'entries', entries, isWhole };
}

function compared({ first, rest }: Expression<'compare'>, names: Names): Known {
  const [only, ...more] = rest;
  if (!only || more.length) return UNKNOWN;
  const left = evaluate(first, names);
  const right = evaluate(only.operand, names);
  const isSame =
    left.kind === 'constant' && right.kind === 'constant'
      ? left.value === right.value
      : left.kind === 'unknown' || right.kind === 'unknown' || (left.kind !== 'constant' && right.kind !== 'constant')
        ? null
        : false;
  if (isSame === null) return UNKNOWN;
  if (only.operator === 'is' || only.operator === '==') return constant(isSame);
  return only.operator === 'is not' || only.operator === '!=' ? constant(!isSame) : UNKNOWN;
}
