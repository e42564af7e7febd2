/** Expressions as modules have them: what configs seldom hold, and `plain.ts` leaves to the general parser, is read by hand here too. */
import { ASSIGN, CLOSE, COLON, COMMA, DOT, OPEN, SLASH, STAR } from './character-codes.ts';
import type { Clause, Expression, Parameter } from './nodes.ts';
import { PlainAssignments } from './plain-assignments.ts';
import { isTarget } from './plain-expressions.ts';
import { END, LINE, POWER, UNPLAIN } from './plain-tokens.ts';
import { classAround } from './private-names.ts';

export class SourceExpressions extends PlainAssignments {
  protected override expression(): Expression {
    return this.word('lambda') ? this.#lambda() : super.expression();
  }

  /** One, or several with commas between and no parentheses around. */
  protected override expressions(): Expression {
    const { start, line } = this.tokens;
    const first = this.expression();
    if (!this.is(COMMA)) return first;
    const items = [first];
    while (this.is(COMMA)) {
      this.advance();
      if (this.#ends()) break;
      items.push(this.expression());
    }
    return { kind: 'tuple', items, span: this.span(start, line) };
  }
  #ends(): boolean {
    const { kind } = this.tokens;
    return kind === LINE || kind === END || kind === ASSIGN || kind === COLON || kind === CLOSE;
  }

  #lambda(): Expression {
    const { start, line } = this.tokens;
    this.advance();
    const parameters = this.parameters(COLON);
    this.advance();
    const body = this.expression();
    return { kind: 'lambda', parameters, body, span: this.span(start, line) };
  }

  /** Up to the mark that ends them. */
  protected parameters(closing: typeof CLOSE | typeof COLON): readonly Parameter[] {
    const out: { name: string; kind: Parameter['kind']; fallback: Expression | null; annotation: Expression | null }[] = [];
    const annotated = closing === CLOSE;
    let kind: Parameter['kind'] = 'plain';
    let bare = false;
    while (!this.is(closing)) {
      if (out.at(-1)?.kind === 'kwargs') throw UNPLAIN;
      if (this.is(SLASH)) {
        if (!out.length || kind !== 'plain' || out.some(p => p.kind === 'positional')) throw UNPLAIN;
        for (const p of out) p.kind = 'positional';
        this.advance();
      } else if (this.is(STAR) || this.is(POWER)) {
        const isMapping = this.is(POWER);
        if (isMapping ? bare : kind === 'keyword') throw UNPLAIN;
        this.advance();
        if (!isMapping) kind = 'keyword';
        bare = !isMapping && this.is(COMMA);
        if (!bare)
          out.push({ name: this.name(), kind: isMapping ? 'kwargs' : 'args', fallback: null, annotation: this.#annotation(annotated) });
      } else {
        bare = false;
        const name = this.name();
        const annotation = this.#annotation(annotated);
        let fallback: Expression | null = null;
        if (this.is(ASSIGN)) {
          this.advance();
          fallback = this.expression();
        }
        out.push({ name, kind, fallback, annotation });
      }
      this.separator(closing);
    }
    if (bare || new Set(out.map(p => p.name)).size < out.length) throw UNPLAIN;
    return out;
  }
  #annotation(taken: boolean): Expression | null {
    if (!taken || !this.is(COLON)) return null;
    this.advance();
    return this.expression();
  }

  protected override atom(): Expression {
    const { start, line, source } = this.tokens;
    if (!this.is(DOT)) return super.atom();
    if (!source.startsWith('...', start)) throw UNPLAIN;
    for (let i = 0; i < 3; i++) this.advance();
    return { kind: 'ellipsis', span: this.span(start, line) };
  }

  protected override clauses(): readonly Clause[] {
    const clauses: Clause[] = [];
    for (;;) {
      if (this.word('for')) clauses.push(this.clause());
      else if (this.word('if')) {
        const { start, line } = this.tokens;
        this.advance();
        const test = this.either('or', null);
        clauses.push({ kind: 'if', test, span: this.span(start, line) });
      } else return clauses;
    }
  }
  protected override clause(): Clause {
    const { start, line } = this.tokens;
    this.advance();
    const target = this.target();
    if (!this.word('in')) throw UNPLAIN;
    this.advance();
    const iterable = this.either('or', null);
    return { kind: 'for', target, iterable, asynchronous: false, span: this.span(start, line) };
  }

  protected override isAssigned(e: Expression): boolean {
    return super.isAssigned(e) || (e.kind === 'tuple' && e.items.every(item => this.isAssigned(item)));
  }
  /** What a `for` binds. */
  protected target(): Expression {
    const { start, line } = this.tokens;
    const items = [this.#oneTarget()];
    const [only] = items;
    if (only && !this.is(COMMA)) return only;
    while (this.is(COMMA)) {
      this.advance();
      items.push(this.#oneTarget());
    }
    return { kind: 'tuple', items, span: this.span(start, line) };
  }
  #oneTarget(): Expression {
    const { start, line } = this.tokens;
    if (!this.is(OPEN)) {
      const target = this.primary();
      if (!isTarget(target)) throw UNPLAIN;
      return target;
    }
    this.open();
    const inner = this.target();
    if (inner.kind !== 'tuple') throw UNPLAIN;
    this.close(CLOSE);
    return { ...inner, span: this.span(start, line) };
  }

  /** What a class calls its own goes by another name: the general parser knows which. */
  override name(): string {
    const name = super.name();
    if (name.startsWith('__') && !name.endsWith('__') && classAround() !== null) throw UNPLAIN;
    return name;
  }
}
