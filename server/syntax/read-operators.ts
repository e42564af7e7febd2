/** Where tree-sitter's grammar has another mind of operators than Python. */
import type { Node } from 'web-tree-sitter';
import { span } from './later.ts';
import type { BinaryOperator, Comparison, Expression, Span } from './nodes.ts';
import { expression, field, operatorText, unsupported } from './read-expressions.ts';

/** The grammar has `^` bind tighter than `&`; in Python it is the other way round. So a chain of both is taken apart, and put together anew. */
export function andAndXor(node: Node): Expression {
  let whole: Expression | null = null;
  let part: Expression | null = null;
  const over = (a: Expression | null, operator: BinaryOperator, b: Expression, from: Span): Expression =>
    a ? { kind: 'binary', operator, left: a, right: b, span: { ...from, end: lastEnd } } : b;
  const first = span(node);
  let partFrom = first;
  let lastEnd = first.start;
  const walk = (at: Node): void => {
    const operator = at.type === 'binary_operator' ? operatorText<BinaryOperator>(at) : null;
    if (operator !== '&' && operator !== '^') {
      const place = span(at);
      const operand = expression(at);
      if (!part) partFrom = place;
      lastEnd = place.end;
      part = over(part, '&', operand, partFrom);
      return;
    }
    const [left, right] = [field(at, 'left'), field(at, 'right')];
    if (left) walk(left);
    if (operator === '^' && part) {
      whole = over(whole, '^', part, first);
      part = null;
    }
    if (right) walk(right);
  };
  walk(node);
  return part ? over(whole, '^', part, first) : (whole ?? unsupported(node));
}

/** `a is b not in c`: an operator is what stands between two operands, of one word or two. */
export function comparison(node: Node): Expression {
  const operands: Expression[] = [];
  const operators: string[] = [];
  let words: string[] = [];
  for (const child of node.children) {
    if (!child || child.type === 'comment' || child.type === 'line_continuation') continue;
    if (!child.isNamed) words.push(child.text);
    else {
      if (operands.length) operators.push(words.join(' ').replace(/\s+/g, ' '));
      words = [];
      operands.push(expression(child));
    }
  }
  const [first = unsupported(node), ...others] = operands;
  const rest = others.map((operand, i) => ({ operator: COMPARISONS.find(c => c === operators[i]) ?? ('!=' as const), operand }));
  return { kind: 'compare', first, rest, span: span(node) };
}
const COMPARISONS: readonly Comparison[] = ['<', '<=', '>', '>=', '==', '!=', 'is', 'is not', 'in', 'not in'];
