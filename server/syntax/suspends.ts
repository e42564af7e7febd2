/** Which nodes suspend the function that they are in. */
import { someChild } from './children.ts';
import type { Expression } from './nodes.ts';

/** Has a `yield` or `await` of its own. */
export const suspends = (node: object): boolean => holds(node, SUSPENDING);
/** Has an `await`, an `async for` or an `async with` of its own. */
export const awaits = (node: object): boolean => holds(node, AWAITING);
/** Has a `yield` of its own. */
export const yields = (node: object): boolean => holds(node, YIELDING);

const YIELDING: ReadonlySet<unknown> = new Set(['yield', 'yieldFrom']),
  AWAITING: ReadonlySet<unknown> = new Set(['await']),
  SUSPENDING: ReadonlySet<unknown> = new Set([...YIELDING, ...AWAITING, 'suspend']);
const APART: ReadonlySet<unknown> = new Set(['lambda', 'function', 'class']);

function holds(node: object, kinds: ReadonlySet<unknown>): boolean {
  if ('kind' in node) {
    const { kind } = node;
    if (kinds.has(kind)) return true;
    if (APART.has(kind)) return false;
    if (kinds !== YIELDING && 'asynchronous' in node && node.asynchronous === true) return true;
    // A comprehension is a function of its own, but for what it goes over; where it awaits, the function around awaits it.
    if (isComprehension(node)) {
      const [first, ...rest] = node.clauses;
      if (first?.kind === 'for' && holds(first.iterable, kinds)) return true;
      return kinds !== YIELDING && node.form !== 'generator' && awaitsInside(node, rest);
    }
  }
  return someChild(node, child => holds(child, kinds));
}
const isComprehension = (node: object): node is Expression<'comprehension'> => 'kind' in node && node.kind === 'comprehension';

const awaitsInside = ({ item, value, clauses: [first] }: Expression<'comprehension'>, rest: readonly object[]): boolean =>
  (first?.kind === 'for' && first.asynchronous) || [item, ...(value ? [value] : []), ...rest].some(awaits);
/** Whether a comprehension's own code awaits. */
export const isAsynchronous = (node: Expression<'comprehension'>): boolean => awaitsInside(node, node.clauses.slice(1));
