/** Plain expressions, read by hand: see `plain.ts`. */
import {
  ASSIGN,
  CLOSE,
  CLOSE_CURLY,
  CLOSE_SQUARE,
  COLON,
  COMMA,
  DOT,
  MINUS,
  OPEN,
  OPEN_CURLY,
  OPEN_SQUARE,
  PLUS,
  STAR,
  TILDE,
} from './character-codes.ts';
import type { Argument, Clause, Comparison, Expression, Span } from './nodes.ts';
import { PlainCursor } from './plain-cursor.ts';
import { COMPARING, COMPARISONS, CONSTANTS, ENDS, LEVELS, OPERATORS, TIGHTEST } from './plain-operators.ts';
import { NAME, NUMBER, POWER, STRING, UNPLAIN } from './plain-tokens.ts';

/** Deeper, the general parser's own limits count. */
const DEEPEST = 60;

type Form = Expression<'comprehension'>['form'];

/** The first operand of an expression, read before it was known what follows. */
interface Begun {
  readonly start: number;
  readonly line: number;
  readonly value: Expression;
}

export class PlainExpressions extends PlainCursor {
  #depth = 0;

  protected expression(): Expression {
    const { start, line, kind } = this.tokens;
    // Most are a literal and no more.
    const literal = kind === STRING || kind === NUMBER ? this.atom() : null;
    if (literal && ENDS[this.tokens.kind]) return literal;
    if (++this.#depth > DEEPEST) throw UNPLAIN;
    const first = literal ? this.power(this.trailers(literal, start, line), start, line) : this.word('not') ? null : this.unary();
    const chosen = first && ENDS[this.tokens.kind] ? first : this.either('or', first && { start, line, value: first });
    this.#depth--;
    if (!this.word('if')) return chosen;
    this.advance();
    const test = this.either('or', null);
    if (!this.word('else')) throw UNPLAIN;
    this.advance();
    const otherwise = this.expression();
    return { kind: 'conditional', test, chosen, otherwise, span: this.span(start, line) };
  }
  protected either(operator: 'or' | 'and', begun: Begun | null): Expression {
    const { start, line } = begun ?? this.tokens;
    const next = (from: Begun | null): Expression => (operator === 'or' ? this.either('and', from) : this.not(from));
    let left = next(begun);
    while (this.word(operator)) {
      this.advance();
      const right = next(null);
      left = { kind: 'boolean', operator, left, right, span: this.span(start, line) };
    }
    return left;
  }
  protected not(begun: Begun | null): Expression {
    const { start, line } = this.tokens;
    if (begun || !this.word('not')) return this.comparison(begun);
    this.advance();
    const operand = this.not(null);
    return { kind: 'unary', operator: 'not', operand, span: this.span(start, line) };
  }
  protected comparison(begun: Begun | null): Expression {
    const { start, line } = begun ?? this.tokens;
    const first = this.binary(0, begun);
    const rest: { operator: Comparison; operand: Expression }[] = [];
    for (let operator = this.comparisonSign(); operator; operator = this.comparisonSign())
      rest.push({ operator, operand: this.binary(0, null) });
    return rest.length ? { kind: 'compare', first, rest, span: this.span(start, line) } : first;
  }
  /** Taken, if it is next. */
  protected comparisonSign(): Comparison | null {
    const { kind, text } = this.tokens;
    const found = kind === NAME ? COMPARING.get(text) : COMPARISONS[kind];
    if (found === undefined) return null;
    this.advance();
    if (kind !== NAME) return found;
    if (text === 'is' && this.word('not')) {
      this.advance();
      return 'is not';
    }
    if (text !== 'not') return found;
    if (!this.word('in')) throw UNPLAIN;
    this.advance();
    return 'not in';
  }
  protected binary(level: number, begun: Begun | null): Expression {
    if (level > TIGHTEST) return begun?.value ?? this.unary();
    const { start, line } = begun ?? this.tokens;
    let left = this.binary(level + 1, begun);
    for (;;) {
      const { kind } = this.tokens;
      const operator = LEVELS[kind] === level ? OPERATORS[kind] : undefined;
      if (operator === undefined) return left;
      this.advance();
      const right = this.binary(level + 1, null);
      left = { kind: 'binary', operator, left, right, span: this.span(start, line) };
    }
  }
  protected unary(): Expression {
    const tokens = this.tokens;
    const { start, line, kind } = tokens;
    if (kind === MINUS || kind === PLUS || kind === TILDE) {
      this.advance();
      const operand = this.unary();
      const operator = kind === MINUS ? '-' : kind === PLUS ? '+' : '~';
      return { kind: 'unary', operator, operand, span: this.span(start, line) };
    }
    return this.power(this.primary(), start, line);
  }
  protected power(left: Expression, start: number, line: number): Expression {
    if (this.tokens.kind !== POWER) return left;
    this.advance();
    const right = this.unary();
    return { kind: 'binary', operator: '**', left, right, span: this.span(start, line) };
  }
  protected primary(): Expression {
    const { start, line } = this.tokens;
    return this.trailers(this.atom(), start, line);
  }
  /** What follows an atom and belongs to it: attributes, calls, subscripts. */
  protected trailers(atom: Expression, start: number, line: number): Expression {
    const tokens = this.tokens;
    let value = atom;
    for (;;) {
      switch (tokens.kind) {
        case DOT: {
          this.advance();
          const name = this.name();
          value = { kind: 'attribute', object: value, name, span: this.span(start, line) };
          break;
        }
        case OPEN: {
          const args = this.arguments();
          value = { kind: 'call', callee: value, args, span: this.span(start, line) };
          break;
        }
        case OPEN_SQUARE: {
          value = this.#subscript(value, start, line);
          break;
        }
        default:
          return value;
      }
    }
  }

  #subscript(object: Expression, start: number, line: number): Expression {
    this.open();
    const first = this.key();
    const items = this.is(COMMA) ? [first] : null;
    while (items && this.separator(CLOSE_SQUARE) && !this.is(CLOSE_SQUARE)) items.push(this.key());
    this.close(CLOSE_SQUARE);
    const span = this.span(start, line);
    return { kind: 'subscript', object, key: items ? { kind: 'tuple', items, span } : first, span };
  }
  /** One expression, or a slice. */
  protected key(): Expression {
    const { start, line } = this.tokens;
    const part = (): Expression | null => (this.is(COLON) || this.is(CLOSE_SQUARE) || this.is(COMMA) ? null : this.expression());
    const first = part();
    if (!this.is(COLON)) {
      if (!first) throw UNPLAIN;
      return first;
    }
    this.advance();
    const stop = part();
    let step: Expression | null = null;
    if (this.is(COLON)) {
      this.advance();
      step = part();
    }
    return { kind: 'slice', start: first, stop, step, span: this.span(start, line) };
  }

  protected arguments(): readonly Argument[] {
    const tokens = this.tokens;
    const args: Argument[] = [];
    let named = false,
      mapping = false;
    /** Names that were given, once there are many. */
    let names: Set<string> | null = null;
    const opened = { start: tokens.start, line: tokens.line };
    this.open();
    while (!this.is(CLOSE)) {
      const { start, line, kind } = tokens;
      if (kind === STAR || kind === POWER) {
        // What Python's compiler refuses, it refuses in its own words.
        if (kind === STAR && mapping) throw UNPLAIN;
        if (kind === POWER) mapping = true;
        this.advance();
        args.push({ kind: kind === STAR ? 'splat' : 'mapping', value: this.expression() });
      } else {
        const value = this.expression();
        if (tokens.kind === ASSIGN) {
          // `(a)=1` is none.
          if (value.kind !== 'name' || kind !== NAME) throw UNPLAIN;
          const { name } = value;
          named = true;
          if (args.length < FEW) {
            for (let i = 0; i < args.length; i++) {
              const before = args[i];
              if (before?.kind === 'named' && before.name === name) throw UNPLAIN;
            }
          } else {
            names ??= new Set(args.flatMap(a => (a.kind === 'named' ? [a.name] : [])));
            if (names.has(name)) throw UNPLAIN;
            names.add(name);
          }
          this.advance();
          const given = this.expression();
          args.push({ kind: 'named', name, value: given, span: this.span(start, line) });
        } else {
          if (named || mapping) throw UNPLAIN;
          if (this.word('for')) return [{ kind: 'positional', value: this.#generated(value, args.length, opened) }];
          args.push({ kind: 'positional', value });
        }
      }
      this.separator(CLOSE);
    }
    this.close(CLOSE);
    return args;
  }

  protected atom(): Expression {
    const tokens = this.tokens;
    const { start, line, end } = tokens;
    switch (tokens.kind) {
      case NAME: {
        const { text } = tokens;
        const constant = CONSTANTS.get(text);
        if (constant === undefined) return { kind: 'name', name: this.name(), span: { start, end, line } };
        this.advance();
        return { kind: 'constant', value: constant, span: { start, end, line } };
      }
      case NUMBER: {
        const value = tokens.number;
        this.advance();
        return { kind: 'constant', value, span: { start, end, line } };
      }
      case STRING: {
        let value = tokens.string;
        this.advance();
        while (this.is(STRING)) {
          value += tokens.string;
          this.advance();
        }
        return { kind: 'constant', value, span: this.span(start, line) };
      }
      case OPEN:
        return this.parenthesis(start, line);
      case OPEN_SQUARE:
        return this.list(start, line);
      case OPEN_CURLY:
        return this.braces(start, line);
    }
    throw UNPLAIN;
  }
  protected parenthesis(start: number, line: number): Expression {
    this.open();
    const items: Expression[] = [];
    let comma = false;
    while (!this.is(CLOSE)) {
      items.push(this.expression());
      if (items.length === 1 && this.word('for')) return this.#comprehension('generator', items, { start, line });
      if (this.separator(CLOSE)) comma = true;
    }
    this.close(CLOSE);
    const [only] = items;
    return only && !comma ? only : { kind: 'tuple', items, span: this.span(start, line) };
  }
  protected list(start: number, line: number): Expression {
    this.open();
    const items: Expression[] = [];
    while (!this.is(CLOSE_SQUARE)) {
      items.push(this.is(STAR) ? this.starred() : this.expression());
      if (items.length === 1 && this.word('for')) return this.#comprehension('list', items, { start, line });
      this.separator(CLOSE_SQUARE);
    }
    this.close(CLOSE_SQUARE);
    // The general parser has places of its own for what is starred alone.
    const [only] = items;
    if (items.length === 1 && only?.kind === 'starred' && only.value.kind !== 'name') throw UNPLAIN;
    return { kind: 'list', items, span: this.span(start, line) };
  }
  /** Up to the closing bracket. `of`: the item, and in a dict its value. */
  #comprehension(
    form: Form,
    [item, value]: readonly Expression[],
    { start, line }: { readonly start: number; readonly line: number },
  ): Expression {
    if (!item || item.kind === 'starred') throw UNPLAIN;
    const clauses = this.clauses(form);
    this.close(form === 'list' ? CLOSE_SQUARE : form === 'generator' ? CLOSE : CLOSE_CURLY);
    return { kind: 'comprehension', form, item, value: value ?? null, clauses, span: this.span(start, line) };
  }
  /** A call's only argument, in the call's own parentheses. */
  #generated(item: Expression, before: number, opened: { readonly start: number; readonly line: number }): Expression {
    if (before > 0) throw UNPLAIN;
    return this.#comprehension('generator', [item], opened);
  }
  /** From `for` on. */
  protected clauses(form: Form): readonly Clause[] {
    if (form !== 'list') throw UNPLAIN;
    return [this.clause()];
  }
  protected starred(): Expression {
    const { start, line } = this.tokens;
    this.advance();
    const value = this.primary();
    return { kind: 'starred', value, span: this.span(start, line) };
  }
  /** `for x in y`. */
  protected clause(): Clause {
    const { start, line } = this.tokens;
    this.advance();
    const at = this.tokens,
      span: Span = { start: at.start, end: at.end, line: at.line };
    const target: Expression = { kind: 'name', name: this.name(), span };
    if (!this.word('in')) throw UNPLAIN;
    this.advance();
    const iterable = this.either('or', null);
    return { kind: 'for', target, iterable, asynchronous: false, span: this.span(start, line) };
  }
  protected braces(start: number, line: number): Expression {
    this.open();
    const pairs: { key: Expression | null; value: Expression }[] = [];
    const items: Expression[] = [];
    while (!this.is(CLOSE_CURLY)) {
      if (this.is(POWER)) {
        this.advance();
        pairs.push({ key: null, value: this.either('or', null) });
      } else {
        const key = this.expression();
        if (this.is(COLON)) {
          this.advance();
          const value = this.expression();
          if (!items.length && !pairs.length && this.word('for')) return this.#comprehension('dict', [key, value], { start, line });
          pairs.push({ key, value });
        } else {
          if (!items.length && !pairs.length && this.word('for')) return this.#comprehension('set', [key], { start, line });
          items.push(key);
        }
      }
      this.separator(CLOSE_CURLY);
    }
    this.close(CLOSE_CURLY);
    if (items.length && pairs.length) throw UNPLAIN;
    return items.length ? { kind: 'set', items, span: this.span(start, line) } : { kind: 'dict', pairs, span: this.span(start, line) };
  }
}

type Target = Expression<'name' | 'attribute' | 'subscript'>;
export const isTarget = (e: Expression): e is Target => e.kind === 'name' || e.kind === 'attribute' || e.kind === 'subscript';
/** So many names are looked through one by one. */
const FEW = 24;
