/** Plain assignments, read by hand: see `plain.ts`. */
import { ASSIGN, CLOSE } from './character-codes.ts';
import type { Expression, Statement } from './nodes.ts';
import { isTarget, PlainExpressions } from './plain-expressions.ts';
import { OPERATORS } from './plain-operators.ts';
import { AUGMENTED, UNPLAIN } from './plain-tokens.ts';

export class PlainAssignments extends PlainExpressions {
  /** From a statement's first expression on: what it is assigned, or nothing. */
  protected assignment(first: Expression, start: number, line: number): Statement {
    const { tokens } = this;
    if (tokens.kind > AUGMENTED) {
      const operator = OPERATORS[tokens.kind - AUGMENTED];
      if (operator === undefined || !isTarget(first)) throw UNPLAIN;
      this.advance();
      const value = this.expressions();
      return { kind: 'augment', target: first, operator, value, span: this.span(start, line) };
    }
    if (tokens.kind !== ASSIGN) return { kind: 'expression', value: first, span: this.span(start, line) };
    const targets: Expression[] = [];
    let value = first;
    while (tokens.kind === ASSIGN) {
      if (!this.isAssigned(value) || this.isClosed()) throw UNPLAIN;
      targets.push(value);
      this.advance();
      value = this.expressions();
    }
    return { kind: 'assign', targets, value, span: this.span(start, line) };
  }
  protected isAssigned(e: Expression): boolean {
    return isTarget(e);
  }
  /** Of what is in parentheses, the general parser knows which may be assigned to. */
  protected isClosed(): boolean {
    return this.tokens.source.charCodeAt(this.end - 1) === CLOSE;
  }
  /** What is assigned: one alone is plain. */
  protected expressions(): Expression {
    return this.expression();
  }
}
