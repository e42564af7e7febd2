/**
 * Most configs are no more than assignments of plain expressions. Those are read here, by hand, in a tenth of the time that a general parser and the reading of
 * its tree take. Whatever else a text holds (a statement's keyword, a comprehension, an f-string, a fault), it is not for this reader, which says so with null;
 * what it does read is what `parse.ts` reads, node for node, and Python's compiler takes all of it.
 */
import {
  ASSIGN,
  CLOSE,
  CLOSE_CURLY,
  CLOSE_SQUARE,
  COLON,
  DOT,
  LF,
  MINUS,
  OPEN,
  OPEN_CURLY,
  OPEN_SQUARE,
  PLUS,
  STAR,
  TILDE,
} from './character-codes.ts';
import type { Argument, Block, Clause, Comparison, Expression, Span, Statement } from './nodes.ts';
import { PlainCursor } from './plain-cursor.ts';
import { COMPARING, COMPARISONS, CONSTANTS, ENDS, LEVELS, NO_BEGINNING, OPERATORS, TIGHTEST } from './plain-operators.ts';
import { AUGMENTED, END, LINE, NAME, NUMBER, POWER, STRING, UNPLAIN, Unplain } from './plain-tokens.ts';

export function readPlain(source: string): Block | null {
  try {
    return new PlainReader(source).module();
  } catch (e) {
    // A text of megabytes may be too much for a pattern.
    if (e instanceof Unplain || e instanceof RangeError) return null;
    throw e;
  }
}

/** Deeper, the general parser's own limits count. */
const DEEPEST = 60;

/** The first operand of an expression, read before it was known what follows. */
interface Begun {
  readonly start: number;
  readonly line: number;
  readonly value: Expression;
}

class PlainReader extends PlainCursor {
  #depth = 0;

  module(): Block {
    const tokens = this.tokens;
    const body: Statement[] = [];
    for (;;) {
      while (tokens.kind === LINE) this.advance();
      if (tokens.kind === END) return body;
      const { start } = tokens;
      if (start > 0 && this.tokens.source.charCodeAt(start - 1) !== LF) throw UNPLAIN;
      body.push(this.#statement());
      // What follows has another kind by now, which the compiler does not see.
      const after: number = tokens.kind;
      if (after !== LINE && after !== END) throw UNPLAIN;
    }
  }

  #statement(): Statement {
    const tokens = this.tokens;
    const { start, line, kind } = tokens;
    if (kind === NAME && NO_BEGINNING.has(tokens.text)) throw UNPLAIN;
    const first = this.#expression();
    if (tokens.kind > AUGMENTED) {
      const operator = OPERATORS[tokens.kind - AUGMENTED];
      if (operator === undefined || !isTarget(first)) throw UNPLAIN;
      this.advance();
      const value = this.#expression();
      return { kind: 'augment', target: first, operator, value, span: this.span(start, line) };
    }
    if (tokens.kind !== ASSIGN) return { kind: 'expression', value: first, span: this.span(start, line) };
    const targets: Expression[] = [];
    let value = first;
    while (tokens.kind === ASSIGN) {
      // Of what is in parentheses, the general parser knows which may be assigned to.
      if (!isTarget(value) || this.tokens.source.charCodeAt(this.end - 1) === CLOSE) throw UNPLAIN;
      targets.push(value);
      this.advance();
      value = this.#expression();
    }
    return { kind: 'assign', targets, value, span: this.span(start, line) };
  }

  #expression(): Expression {
    if (++this.#depth > DEEPEST) throw UNPLAIN;
    const { start, line } = this.tokens;
    const first = this.word('not') ? null : this.#unary();
    const chosen = first && ENDS[this.tokens.kind] ? first : this.#either('or', first && { start, line, value: first });
    this.#depth--;
    if (!this.word('if')) return chosen;
    this.advance();
    const test = this.#either('or', null);
    if (!this.word('else')) throw UNPLAIN;
    this.advance();
    const otherwise = this.#expression();
    return { kind: 'conditional', test, chosen, otherwise, span: this.span(start, line) };
  }
  #either(operator: 'or' | 'and', begun: Begun | null): Expression {
    const { start, line } = begun ?? this.tokens;
    const next = (from: Begun | null): Expression => (operator === 'or' ? this.#either('and', from) : this.#not(from));
    let left = next(begun);
    while (this.word(operator)) {
      this.advance();
      const right = next(null);
      left = { kind: 'boolean', operator, left, right, span: this.span(start, line) };
    }
    return left;
  }
  #not(begun: Begun | null): Expression {
    const { start, line } = this.tokens;
    if (begun || !this.word('not')) return this.#comparison(begun);
    this.advance();
    const operand = this.#not(null);
    return { kind: 'unary', operator: 'not', operand, span: this.span(start, line) };
  }
  #comparison(begun: Begun | null): Expression {
    const { start, line } = begun ?? this.tokens;
    const first = this.#binary(0, begun);
    const rest: { operator: Comparison; operand: Expression }[] = [];
    for (let operator = this.#comparisonSign(); operator; operator = this.#comparisonSign())
      rest.push({ operator, operand: this.#binary(0, null) });
    return rest.length ? { kind: 'compare', first, rest, span: this.span(start, line) } : first;
  }
  /** Taken, if it is next. */
  #comparisonSign(): Comparison | null {
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
  #binary(level: number, begun: Begun | null): Expression {
    if (level > TIGHTEST) return begun?.value ?? this.#unary();
    const { start, line } = begun ?? this.tokens;
    let left = this.#binary(level + 1, begun);
    for (;;) {
      const { kind } = this.tokens;
      const operator = LEVELS[kind] === level ? OPERATORS[kind] : undefined;
      if (operator === undefined) return left;
      this.advance();
      const right = this.#binary(level + 1, null);
      left = { kind: 'binary', operator, left, right, span: this.span(start, line) };
    }
  }
  #unary(): Expression {
    const tokens = this.tokens;
    const { start, line, kind } = tokens;
    if (kind === MINUS || kind === PLUS || kind === TILDE) {
      this.advance();
      const operand = this.#unary();
      const operator = kind === MINUS ? '-' : kind === PLUS ? '+' : '~';
      return { kind: 'unary', operator, operand, span: this.span(start, line) };
    }
    const left = this.#primary();
    if (tokens.kind !== POWER) return left;
    this.advance();
    const right = this.#unary();
    return { kind: 'binary', operator: '**', left, right, span: this.span(start, line) };
  }
  #primary(): Expression {
    const tokens = this.tokens;
    const { start, line } = tokens;
    let value = this.#atom();
    for (;;) {
      switch (tokens.kind) {
        case DOT: {
          this.advance();
          const name = this.name();
          value = { kind: 'attribute', object: value, name, span: this.span(start, line) };
          break;
        }
        case OPEN: {
          const args = this.#arguments();
          value = { kind: 'call', callee: value, args, span: this.span(start, line) };
          break;
        }
        case OPEN_SQUARE: {
          this.open();
          const key = this.#key();
          this.close(CLOSE_SQUARE);
          value = { kind: 'subscript', object: value, key, span: this.span(start, line) };
          break;
        }
        default:
          return value;
      }
    }
  }

  /** What stands between the brackets of a subscript: one expression, or a slice. */
  #key(): Expression {
    const { start, line } = this.tokens;
    const part = (): Expression | null => (this.is(COLON) || this.is(CLOSE_SQUARE) ? null : this.#expression());
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

  #arguments(): readonly Argument[] {
    const tokens = this.tokens;
    const args: Argument[] = [];
    let named = false,
      mapping = false;
    /** Names that were given, once there are many. */
    let names: Set<string> | null = null;
    this.open();
    while (!this.is(CLOSE)) {
      const { start, line, kind } = tokens;
      if (kind === STAR || kind === POWER) {
        // What Python's compiler refuses, it refuses in its own words.
        if (kind === STAR && mapping) throw UNPLAIN;
        if (kind === POWER) mapping = true;
        this.advance();
        args.push({ kind: kind === STAR ? 'splat' : 'mapping', value: this.#expression() });
      } else {
        const value = this.#expression();
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
          const given = this.#expression();
          args.push({ kind: 'named', name, value: given, span: this.span(start, line) });
        } else {
          if (named || mapping) throw UNPLAIN;
          args.push({ kind: 'positional', value });
        }
      }
      this.separator(CLOSE);
    }
    this.close(CLOSE);
    return args;
  }

  #atom(): Expression {
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
        return this.#parenthesis(start, line);
      case OPEN_SQUARE:
        return this.#list(start, line);
      case OPEN_CURLY:
        return this.#braces(start, line);
    }
    throw UNPLAIN;
  }
  #parenthesis(start: number, line: number): Expression {
    this.open();
    const items: Expression[] = [];
    let comma = false;
    while (!this.is(CLOSE)) {
      items.push(this.#expression());
      if (this.separator(CLOSE)) comma = true;
    }
    this.close(CLOSE);
    const [only] = items;
    return only && !comma ? only : { kind: 'tuple', items, span: this.span(start, line) };
  }
  #list(start: number, line: number): Expression {
    this.open();
    const items: Expression[] = [];
    while (!this.is(CLOSE_SQUARE)) {
      items.push(this.is(STAR) ? this.#starred() : this.#expression());
      if (items.length === 1 && this.word('for')) {
        const [item] = items;
        if (item && item.kind !== 'starred') {
          const clauses = [this.#clause()];
          this.close(CLOSE_SQUARE);
          return { kind: 'comprehension', form: 'list', item, value: null, clauses, span: this.span(start, line) };
        }
      }
      this.separator(CLOSE_SQUARE);
    }
    this.close(CLOSE_SQUARE);
    // The general parser has places of its own for what is starred alone.
    const [only] = items;
    if (items.length === 1 && only?.kind === 'starred' && only.value.kind !== 'name') throw UNPLAIN;
    return { kind: 'list', items, span: this.span(start, line) };
  }
  #starred(): Expression {
    const { start, line } = this.tokens;
    this.advance();
    const value = this.#primary();
    return { kind: 'starred', value, span: this.span(start, line) };
  }
  /** `for x in y`. */
  #clause(): Clause {
    const { start, line } = this.tokens;
    this.advance();
    const at = this.tokens,
      span: Span = { start: at.start, end: at.end, line: at.line };
    const target: Expression = { kind: 'name', name: this.name(), span };
    if (!this.word('in')) throw UNPLAIN;
    this.advance();
    const iterable = this.#either('or', null);
    return { kind: 'for', target, iterable, asynchronous: false, span: this.span(start, line) };
  }
  #braces(start: number, line: number): Expression {
    this.open();
    const pairs: { key: Expression | null; value: Expression }[] = [];
    const items: Expression[] = [];
    while (!this.is(CLOSE_CURLY)) {
      if (this.is(POWER)) {
        this.advance();
        pairs.push({ key: null, value: this.#either('or', null) });
      } else {
        const key = this.#expression();
        if (this.is(COLON)) {
          this.advance();
          pairs.push({ key, value: this.#expression() });
        } else items.push(key);
      }
      this.separator(CLOSE_CURLY);
    }
    this.close(CLOSE_CURLY);
    if (items.length && pairs.length) throw UNPLAIN;
    return items.length ? { kind: 'set', items, span: this.span(start, line) } : { kind: 'dict', pairs, span: this.span(start, line) };
  }
}

type Target = Expression<'name' | 'attribute' | 'subscript'>;
const isTarget = (e: Expression): e is Target => e.kind === 'name' || e.kind === 'attribute' || e.kind === 'subscript';
/** So many names are looked through one by one. */
const FEW = 24;
