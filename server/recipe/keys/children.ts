/** What is evaluated for an expression: its parts, and whether each of them always is. */
import type { Expression } from '../../syntax/nodes.ts';

export interface Child {
  readonly value: Expression;
  readonly always: boolean;
}

export function childrenOf(of: Expression): readonly Child[] {
  switch (of.kind) {
    case 'subscript':
      return always(of.object, of.key);
    case 'call':
      return always(of.callee, ...of.args.map(argument => argument.value));
    case 'boolean':
      return [...always(of.left), ...perhaps(of.right)];
    case 'conditional':
      return [...always(of.test), ...perhaps(of.chosen, of.otherwise)];
    case 'compare':
      return always(of.first, ...of.rest.map(({ operand }) => operand));
    case 'comprehension': {
      const [first, ...clauses] = of.clauses.flatMap(clause => (clause.kind === 'for' ? [clause.iterable] : []));
      return [...(first ? always(first) : []), ...perhaps(...clauses, of.item, ...(of.value ? [of.value] : []))];
    }
    case 'lambda':
      return perhaps(of.body);
    case 'attribute':
      return always(of.object);
    case 'unary':
      return always(of.operand);
    case 'binary':
      return always(of.left, of.right);
    case 'starred':
    case 'named':
      return always(of.value);
    case 'list':
    case 'tuple':
    case 'set':
      return always(...of.items);
    case 'dict':
      return always(...of.pairs.flatMap(({ key, value }) => (key ? [key, value] : [value])));
    case 'joined':
      return always(...of.parts.flatMap(part => (typeof part === 'string' ? [] : [part.value])));
    case 'slice':
      return always(...[of.start, of.stop, of.step].filter(part => part !== null));
    default:
      return [];
  }
}
const always = (...values: readonly Expression[]): readonly Child[] => values.map(value => ({ value, always: true }));
const perhaps = (...values: readonly Expression[]): readonly Child[] => values.map(value => ({ value, always: false }));
