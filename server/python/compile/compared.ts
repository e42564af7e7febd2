/** What an assertion, or the condition of a `raise`, compared: evaluated once more when it has failed, for whoever tells of it. */
import type { Block, Expression, Statement } from '../../syntax/nodes.ts';
import { type Compared, Raised } from '../exception.ts';
import type { Frame, Step } from '../frame.ts';
import { truth } from '../operate.ts';
import type { Scope } from '../scope.ts';
import { expression } from './expression.ts';
import { block } from './statement.ts';

type Look = (f: Frame) => readonly Compared[];

/** Empty where nothing of the test may be evaluated twice. */
export function compared(test: Expression, scope: Scope): Look {
  const look = lookInto(test, scope);
  return f => {
    try {
      return look(f);
    } catch {
      // Only what is told suffers: the assertion itself has failed all the same.
      return [];
    }
  };
}

/** One of the ways of an `if`; where all that it does is to raise, the exception knows what was compared before. */
export function decidedBy({ test }: Statement<'if'>, way: Block, scope: Scope): Step {
  const step = block(way, scope),
    [only, ...more] = way;
  if (only?.kind !== 'raise' || !only.exception || more.length || scope.suspends) return step;
  const sides = compared(test, scope);
  return f => {
    try {
      return step(f);
    } catch (e) {
      if (e instanceof Raised && !e.exception.compared.length) e.exception.compared = sides(f);
      throw e;
    }
  };
}

function lookInto(test: Expression, scope: Scope): Look {
  if (test.kind === 'boolean') {
    const inside = (side: Expression): Look => (asksForNone(side) ? () => [] : lookInto(side, scope));
    const left = inside(test.left),
      right = inside(test.right);
    if (test.operator === 'or') return f => [...left(f), ...right(f)];
    // Of two that both must hold, the one that does not.
    const holds = isQuiet(test.left) ? expression(test.left, scope) : null;
    return f => (holds && truth(holds(f)) ? right(f) : left(f));
  }
  const sides = sidesOf(test)
    .filter(side => side.kind !== 'constant' && isQuiet(side))
    .map(side => ({ span: side.span, value: expression(side, scope) }));
  return f => sides.map(({ span, value }) => ({ span, value: value(f) }));
}

/** `x is None or …` says nothing of what was wrong with `x`. */
const asksForNone = (test: Expression): boolean =>
  test.kind === 'compare' && test.rest.some(({ operand }) => operand.kind === 'constant' && operand.value === null);

function sidesOf(test: Expression): readonly Expression[] {
  if (test.kind === 'compare') return [test.first, ...test.rest.map(({ operand }) => operand)];
  if (test.kind === 'unary' && test.operator === 'not') return sidesOf(test.operand);
  if (test.kind === 'call') {
    const [first, second] = test.args.flatMap(a => (a.kind === 'positional' ? [a.value] : []));
    if (!first) return [];
    if (test.callee.kind === 'name' && test.callee.name === 'hasattr') return second ? [second] : [];
    if (test.callee.kind === 'attribute' && TESTS.has(test.callee.name)) return [unwrapped(test.callee.object), unwrapped(first)];
    return test.callee.kind === 'name' && test.callee.name === 'isinstance' ? [first] : [];
  }
  return test.kind === 'name' || test.kind === 'attribute' || test.kind === 'subscript' ? [test] : [];
}
const TESTS = new Set(['issubset', 'issuperset', 'isdisjoint', 'startswith', 'endswith']);

/** `set(x)` → `x`, which is what was written. */
function unwrapped(node: Expression): Expression {
  const [only, ...more] = node.kind === 'call' ? node.args : [];
  const isSet = node.kind === 'call' && node.callee.kind === 'name' && node.callee.name === 'set';
  return isSet && only?.kind === 'positional' && !more.length ? only.value : node;
}

/** Names, attributes, entries, sums of them, and their lengths: what is asked a second time answers the same. */
function isQuiet(node: Expression): boolean {
  switch (node.kind) {
    case 'constant':
    case 'name':
      return true;
    case 'attribute':
      return isQuiet(node.object);
    case 'subscript':
      return isQuiet(node.object) && isQuiet(node.key);
    case 'unary':
      return isQuiet(node.operand);
    case 'binary':
    case 'boolean':
      return isQuiet(node.left) && isQuiet(node.right);
    case 'compare':
      return isQuiet(node.first) && node.rest.every(({ operand }) => isQuiet(operand));
    case 'tuple':
    case 'list':
      return node.items.every(isQuiet);
    case 'call': {
      const { callee } = node;
      const isKnown = callee.kind === 'name' ? QUIET.has(callee.name) : callee.kind === 'attribute' && METHODS.has(callee.name);
      return (
        isKnown &&
        (callee.kind !== 'attribute' || isQuiet(callee.object)) &&
        node.args.every(a => a.kind === 'positional' && isQuiet(a.value))
      );
    }
    default:
      return false;
  }
}
const QUIET = new Set(['len', 'type', 'max', 'min', 'sum', 'abs', 'int', 'set', 'range', 'tuple', 'list', 'sorted', 'isinstance']);
const METHODS = new Set(['keys', 'values', 'dim', 'size', 'numel']);
