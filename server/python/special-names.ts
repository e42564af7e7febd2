/** Names of the special methods that operators call. */
import type { BinaryOperator, Ordering } from '../syntax/nodes.ts';

export const BINARY: Readonly<Record<BinaryOperator, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'truediv',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
  '@': 'matmul',
  '<<': 'lshift',
  '>>': 'rshift',
  '&': 'and',
  '|': 'or',
  '^': 'xor',
};
export const ORDER: Readonly<Record<Ordering, string>> = {
  '<': '__lt__',
  '<=': '__le__',
  '>': '__gt__',
  '>=': '__ge__',
  '==': '__eq__',
  '!=': '__ne__',
};
export const UNARY = { '-': '__neg__', '+': '__pos__', '~': '__invert__' } as const;
