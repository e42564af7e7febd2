/**
 * Most configs are no more than assignments of plain expressions. Those are read here, by hand, in a tenth of the time that a general parser and the reading of
 * its tree take. Whatever else a text holds (a statement's keyword, a comprehension, an f-string, a fault), it is not for this reader, which says so with null;
 * what it does read is what `parse.ts` reads, node for node.
 */
import type { Argument, BinaryOperator, Block, Clause, Comparison, Expression, Span, Statement } from './nodes.ts';
import { numberOf, PlainTokens, type Token, textOf, UNPLAIN, Unplain } from './plain-tokens.ts';

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

class PlainReader {
  readonly #source: string;
  readonly #tokens: PlainTokens;
  #depth = 0;
  /** The token that is next, and where the last one ended. */
  #token: Token;
  #end = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = new PlainTokens(source);
    this.#token = this.#tokens.next();
  }

  module(): Block {
    const body: Statement[] = [];
    for (;;) {
      while (this.#next('line')) this.#advance();
      if (this.#next('end')) return body;
      const { start } = this.#token;
      if (start > 0 && this.#source.charAt(start - 1) !== '\n') throw UNPLAIN;
      body.push(this.#statement());
      if (!this.#next('line') && !this.#next('end')) throw UNPLAIN;
    }
  }

  #statement(): Statement {
    const { start, line, text, kind } = this.#token;
    if (kind === 'name' && NO_BEGINNING.has(text)) throw UNPLAIN;
    const first = this.#expression();
    const operator = this.#token.kind === 'mark' ? AUGMENTS.get(this.#token.text) : undefined;
    if (operator !== undefined) {
      this.#advance();
      if (first.kind !== 'name' && first.kind !== 'attribute' && first.kind !== 'subscript') throw UNPLAIN;
      const value = this.#expression();
      return { kind: 'augment', target: first, operator, value, span: this.#span(start, line) };
    }
    if (!this.#is('=')) return { kind: 'expression', value: first, span: this.#span(start, line) };
    const targets: Expression[] = [];
    let value = first;
    while (this.#is('=')) {
      // Of what is in parentheses, the general parser knows which may be assigned to.
      if ((value.kind !== 'name' && value.kind !== 'attribute' && value.kind !== 'subscript') || this.#source.charAt(this.#end - 1) === ')')
        throw UNPLAIN;
      targets.push(value);
      this.#advance();
      value = this.#expression();
    }
    return { kind: 'assign', targets, value, span: this.#span(start, line) };
  }

  #expression(): Expression {
    if (++this.#depth > DEEPEST) throw UNPLAIN;
    const { start, line } = this.#token;
    const begun = this.#word('not') ? null : { start, line, value: this.#unary() };
    const chosen = begun && this.#ends() ? begun.value : this.#either('or', begun);
    this.#depth--;
    if (!this.#word('if')) return chosen;
    this.#advance();
    const test = this.#either('or', null);
    if (!this.#word('else')) throw UNPLAIN;
    this.#advance();
    const otherwise = this.#expression();
    return { kind: 'conditional', test, chosen, otherwise, span: this.#span(start, line) };
  }
  /** Whether what is next ends an expression: so does most that is written in configs. */
  #ends(): boolean {
    const { kind, text } = this.#token;
    return kind === 'mark' ? ENDS.has(text) : kind !== 'name';
  }
  #either(operator: 'or' | 'and', begun: Begun | null): Expression {
    const { start, line } = begun ?? this.#token;
    const next = (from: Begun | null): Expression => (operator === 'or' ? this.#either('and', from) : this.#not(from));
    let left = next(begun);
    while (this.#word(operator)) {
      this.#advance();
      const right = next(null);
      left = { kind: 'boolean', operator, left, right, span: this.#span(start, line) };
    }
    return left;
  }
  #not(begun: Begun | null): Expression {
    const { start, line } = this.#token;
    if (begun || !this.#word('not')) return this.#comparison(begun);
    this.#advance();
    const operand = this.#not(null);
    return { kind: 'unary', operator: 'not', operand, span: this.#span(start, line) };
  }
  #comparison(begun: Begun | null): Expression {
    const { start, line } = begun ?? this.#token;
    const first = this.#binary(0, begun);
    const rest: { operator: Comparison; operand: Expression }[] = [];
    for (let operator = this.#comparisonSign(); operator; operator = this.#comparisonSign())
      rest.push({ operator, operand: this.#binary(0, null) });
    return rest.length ? { kind: 'compare', first, rest, span: this.#span(start, line) } : first;
  }
  /** Taken, if it is next. */
  #comparisonSign(): Comparison | null {
    const { kind, text } = this.#token;
    const found = kind === 'mark' || kind === 'name' ? COMPARISONS.get(text) : undefined;
    if (found === undefined) return null;
    this.#advance();
    if (text === 'is' && this.#word('not')) {
      this.#advance();
      return 'is not';
    }
    if (text !== 'not') return found;
    if (!this.#word('in')) throw UNPLAIN;
    this.#advance();
    return 'not in';
  }
  #binary(level: number, begun: Begun | null): Expression {
    const operators = LEVELS[level];
    if (!operators) return begun?.value ?? this.#unary();
    const { start, line } = begun ?? this.#token;
    let left = this.#binary(level + 1, begun);
    for (;;) {
      const operator = this.#token.kind === 'mark' ? operators.get(this.#token.text) : undefined;
      if (operator === undefined) return left;
      this.#advance();
      const right = this.#binary(level + 1, null);
      left = { kind: 'binary', operator, left, right, span: this.#span(start, line) };
    }
  }
  #unary(): Expression {
    const { start, line, kind, text } = this.#token;
    if (kind === 'mark' && (text === '-' || text === '+' || text === '~')) {
      this.#advance();
      const operand = this.#unary();
      return { kind: 'unary', operator: text, operand, span: this.#span(start, line) };
    }
    const left = this.#primary();
    if (!this.#is('**')) return left;
    this.#advance();
    const right = this.#unary();
    return { kind: 'binary', operator: '**', left, right, span: this.#span(start, line) };
  }
  #primary(): Expression {
    const { start, line } = this.#token;
    let value = this.#atom();
    for (;;) {
      if (this.#is('.')) {
        this.#advance();
        const name = this.#name();
        value = { kind: 'attribute', object: value, name, span: this.#span(start, line) };
      } else if (this.#is('(')) {
        const args = this.#arguments();
        value = { kind: 'call', callee: value, args, span: this.#span(start, line) };
      } else if (this.#is('[')) {
        this.#open();
        const key = this.#key();
        this.#close(']');
        value = { kind: 'subscript', object: value, key, span: this.#span(start, line) };
      } else return value;
    }
  }

  /** What stands between the brackets of a subscript: one expression, or a slice. */
  #key(): Expression {
    const { start, line } = this.#token;
    const part = (): Expression | null => (this.#is(':') || this.#is(']') ? null : this.#expression());
    const first = part();
    if (!this.#is(':')) {
      if (!first) throw UNPLAIN;
      return first;
    }
    this.#advance();
    const stop = part();
    let step: Expression | null = null;
    if (this.#is(':')) {
      this.#advance();
      step = part();
    }
    return { kind: 'slice', start: first, stop, step, span: this.#span(start, line) };
  }

  #arguments(): readonly Argument[] {
    const args: Argument[] = [];
    this.#open();
    while (!this.#is(')')) {
      const { start, line, kind, text } = this.#token;
      if (kind === 'mark' && (text === '*' || text === '**')) {
        this.#advance();
        args.push({ kind: text === '*' ? 'splat' : 'mapping', value: this.#expression() });
      } else {
        const value = this.#expression();
        if (this.#is('=')) {
          // `(a)=1` is none.
          if (value.kind !== 'name' || kind !== 'name') throw UNPLAIN;
          this.#advance();
          args.push({ kind: 'named', name: value.name, value: this.#expression(), span: this.#span(start, line) });
        } else {
          if (args.some(a => a.kind === 'named' || a.kind === 'mapping')) throw UNPLAIN;
          args.push({ kind: 'positional', value });
        }
      }
      this.#separator(')');
    }
    this.#close(')');
    return args;
  }

  #atom(): Expression {
    const { kind, text, start, line, end } = this.#token;
    switch (kind) {
      case 'name': {
        if (CONSTANTS.has(text)) {
          this.#advance();
          return { kind: 'constant', value: CONSTANTS.get(text) ?? null, span: this.#span(start, line) };
        }
        return { kind: 'name', name: this.#name(), span: { start, end, line } };
      }
      case 'number':
        this.#advance();
        return { kind: 'constant', value: numberOf(text), span: { start, end, line } };
      case 'string': {
        let value = '';
        while (this.#token.kind === 'string') {
          value += textOf(this.#token.text);
          this.#advance();
        }
        return { kind: 'constant', value, span: this.#span(start, line) };
      }
      case 'mark':
        if (text === '(') return this.#parenthesis(start, line);
        if (text === '[') return this.#list(start, line);
        if (text === '{') return this.#braces(start, line);
    }
    throw UNPLAIN;
  }
  #parenthesis(start: number, line: number): Expression {
    this.#open();
    const items: Expression[] = [];
    let comma = false;
    while (!this.#is(')')) {
      items.push(this.#expression());
      if (this.#separator(')')) comma = true;
    }
    this.#close(')');
    const [only] = items;
    return only && !comma ? only : { kind: 'tuple', items, span: this.#span(start, line) };
  }
  #list(start: number, line: number): Expression {
    this.#open();
    const items: Expression[] = [];
    while (!this.#is(']')) {
      items.push(this.#is('*') ? this.#starred() : this.#expression());
      const [item] = items;
      if (item && items.length === 1 && item.kind !== 'starred' && this.#word('for')) {
        const clauses = [this.#clause()];
        this.#close(']');
        return { kind: 'comprehension', form: 'list', item, value: null, clauses, span: this.#span(start, line) };
      }
      this.#separator(']');
    }
    this.#close(']');
    // The general parser has places of its own for what is starred alone.
    const [only] = items;
    if (items.length === 1 && only?.kind === 'starred' && only.value.kind !== 'name') throw UNPLAIN;
    return { kind: 'list', items, span: this.#span(start, line) };
  }
  #starred(): Expression {
    const { start, line } = this.#token;
    this.#advance();
    const value = this.#primary();
    return { kind: 'starred', value, span: this.#span(start, line) };
  }
  /** `for x in y`. */
  #clause(): Clause {
    const { start, line } = this.#token;
    this.#advance();
    const at = this.#token;
    const target: Expression = { kind: 'name', name: this.#name(), span: { start: at.start, end: at.end, line: at.line } };
    if (!this.#word('in')) throw UNPLAIN;
    this.#advance();
    const iterable = this.#either('or', null);
    return { kind: 'for', target, iterable, asynchronous: false, span: this.#span(start, line) };
  }
  #braces(start: number, line: number): Expression {
    this.#open();
    const pairs: { key: Expression | null; value: Expression }[] = [];
    const items: Expression[] = [];
    while (!this.#is('}')) {
      if (this.#is('**')) {
        this.#advance();
        pairs.push({ key: null, value: this.#either('or', null) });
      } else {
        const key = this.#expression();
        if (this.#is(':')) {
          this.#advance();
          pairs.push({ key, value: this.#expression() });
        } else items.push(key);
      }
      this.#separator('}');
    }
    this.#close('}');
    if (items.length && pairs.length) throw UNPLAIN;
    return items.length ? { kind: 'set', items, span: this.#span(start, line) } : { kind: 'dict', pairs, span: this.#span(start, line) };
  }

  /** Whether there was a comma. */
  #separator(closing: string): boolean {
    if (this.#is(closing)) return false;
    if (!this.#is(',')) throw UNPLAIN;
    this.#advance();
    return true;
  }
  #open(): void {
    this.#tokens.brackets++;
    this.#advance();
  }
  #close(text: string): void {
    if (!this.#is(text)) throw UNPLAIN;
    this.#tokens.brackets--;
    this.#advance();
  }
  #name(): string {
    const { kind, text } = this.#token;
    if (kind !== 'name' || KEYWORDS.has(text)) throw UNPLAIN;
    this.#advance();
    return text;
  }
  #next(kind: Token['kind']): boolean {
    return this.#token.kind === kind;
  }
  #is(text: string): boolean {
    return this.#token.kind === 'mark' && this.#token.text === text;
  }
  #word(text: string): boolean {
    return this.#token.kind === 'name' && this.#token.text === text;
  }
  #span(start: number, line: number): Span {
    return { start, end: this.#end, line };
  }
  #advance(): void {
    this.#end = this.#token.end;
    this.#token = this.#tokens.next();
  }
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
/** What may stand after an expression and is no part of it. */
const ENDS = words(', ) ] } = :');
const KEYWORDS = words(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield',
);
/** Words that mean something else at the beginning of a line, in some version of Python. */
const NO_BEGINNING = words('print exec match case type');
const CONSTANTS = new Map<string, boolean | null>([
  ['True', true],
  ['False', false],
  ['None', null],
]);
const operators = (...all: BinaryOperator[]): ReadonlyMap<string, BinaryOperator> => new Map(all.map(one => [one, one]));
/** From the loosest to the tightest. */
const LEVELS = [
  operators('|'),
  operators('^'),
  operators('&'),
  operators('<<', '>>'),
  operators('+', '-'),
  operators('*', '/', '//', '%', '@'),
];
const AUGMENTS: ReadonlyMap<string, BinaryOperator> = new Map(
  LEVELS.flatMap(level => [...level.values()])
    .concat('**')
    .map(one => [`${one}=`, one]),
);
const COMPARISONS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ...(['<', '<=', '>', '>=', '==', '!=', 'is', 'in'] as const).map(one => [one, one] as const),
  ['not', 'not in'],
]);
