/** What an assertion without words compared: evaluated once more when it has failed, for whoever tells of it. */
import type { Expression } from '../../syntax/nodes.ts';
import type { Compared } from '../exception.ts';
import type { Frame } from '../frame.ts';
import type { Scope } from '../scope.ts';
import { expression } from './expression.ts';

/** Empty where the test is no comparison, or one whose sides must not be evaluated twice. */
export function compared(test: Expression, scope: Scope): (f: Frame) => readonly Compared[] {
  const sides = test.kind === 'compare' ? [test.first, ...test.rest.map(({ operand }) => operand)].filter(isQuiet) : [];
  const compiled = sides.filter(side => side.kind !== 'constant').map(side => ({ span: side.span, value: expression(side, scope) }));
  return f => {
    try {
      return compiled.map(({ span, value }) => ({ span, value: value(f) }));
    } catch {
      // Only what is told suffers: the assertion itself has failed all the same.
      return [];
    }
  };
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
      return isQuiet(node.left) && isQuiet(node.right);
    case 'call':
      return (
        node.callee.kind === 'name' && QUIET.has(node.callee.name) && node.args.every(a => a.kind === 'positional' && isQuiet(a.value))
      );
    default:
      return false;
  }
}
const QUIET = new Set(['len', 'type', 'max', 'min', 'sum']);
