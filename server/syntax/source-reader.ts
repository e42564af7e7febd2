/**
 * Modules of libraries, read by hand: what `parse.ts` reads, node for node, in a part of the time. A statement that is none of the common ones is left to the general
 * parser, alone. Bodies of functions are looked at when they are first asked for, as few of them are. So a module that Python refuses for what stands in one may be read:
 * whether it does is found out by who reads it (`ParsedSources`). What someone may be writing is read whole (`isWritten`), by the general parser.
 */
import { AT, CLOSE, COLON, COMMA, MINUS, MORE, OPEN } from './character-codes.ts';
import { type LogicalLine, logicalLines } from './logical-lines.ts';
import type { Block, Expression, Handler, Statement } from './nodes.ts';
import { isTarget } from './plain-expressions.ts';
import { END, LINE, NAME, UNPLAIN, Unplain } from './plain-tokens.ts';
import { classAround, inClass, nameFrom } from './private-names.ts';
import { SimpleStatements } from './simple-statements.ts';

/** The general parser, for a part of a source; null where it cannot be read. */
export type ReadPart = (source: string, start: number, end: number, line: number, indented: boolean) => Block | null;

/** `again`: the same source when a body is asked for, as it is not kept until then; null where it cannot be had any more. */
export function readSource(source: string, part: ReadPart, again: () => string | null): Block | null {
  try {
    return new SourceReader(source, part, again).whole();
  } catch (e) {
    if (e instanceof Unplain || e instanceof RangeError) return null;
    throw e;
  }
}

/** Clauses that go on with the statement before them. */
const CLAUSES = /^(?:elif|else|except|finally)\b/;
const UNREADABLE = 'a function that cannot be read alone';
/** A body that cannot be read any more. */
export const CHANGED = 'a function of a file that has changed since it was imported';

class SourceReader extends SimpleStatements {
  readonly #part: ReadPart;
  readonly #again: () => string | null;
  #lines: readonly LogicalLine[] = [];
  /** The line that is next. */
  #next = 0;
  constructor(source: string, part: ReadPart, again: () => string | null) {
    super(source);
    this.#part = part;
    this.#again = again;
  }

  whole(): Block {
    const { lines, sound } = logicalLines(this.tokens.source);
    if (!sound || (lines[0]?.indent ?? 0) !== 0) throw UNPLAIN;
    return this.#all(lines);
  }
  /** A function's body, from its first line on. */
  body(first: LogicalLine, end: number): Block {
    return this.#all(logicalLines(this.tokens.source, this.#beginning(first), end, first.line).lines);
  }
  #all(lines: readonly LogicalLine[]): Block {
    this.#lines = lines;
    this.#next = 0;
    const block = this.#block(lines[0]?.indent ?? 0);
    if (this.#next < lines.length) throw UNPLAIN;
    return block;
  }

  /** Statements that stand at a column, up to one that stands further left. */
  #block(indent: number): Block {
    const out: Statement[] = [];
    for (let line = this.#lines[this.#next]; line && line.indent >= indent; line = this.#lines[this.#next]) {
      if (line.indent > indent) throw UNPLAIN;
      const at = this.#next;
      try {
        this.#one(line, out);
      } catch (e) {
        if (!(e instanceof Unplain)) throw e;
        this.#next = at;
        out.push(...this.#alone(line));
      }
    }
    return out;
  }

  #one(line: LogicalLine, out: Statement[]): void {
    this.#go(line);
    const { tokens } = this;
    if (tokens.kind === AT) {
      out.push(this.#decorated(line));
      return;
    }
    const read = tokens.kind === NAME ? COMPOUND.get(tokens.text) : undefined;
    if (read) {
      out.push(this.#compound(read, line));
      return;
    }
    this.#next++;
    this.simple(out);
    this.#ended();
  }
  /** A statement whose end is that of its last line. */
  #compound(read: Compound, line: LogicalLine): Statement {
    switch (read) {
      case 'def':
        return this.#function(line, []);
      case 'class':
        return this.#class(line, []);
      case 'if':
        return this.#if(line);
      case 'for':
        return this.#for(line);
      case 'while':
        return this.#while(line);
      case 'try':
        return this.#try(line);
      case 'with':
        return this.#with(line);
    }
  }

  #go(line: LogicalLine): void {
    this.tokens.go(line.start, line.line);
    this.end = line.start;
  }
  #ended(): void {
    const { kind } = this.tokens;
    if (kind !== LINE && kind !== END) throw UNPLAIN;
  }
  /** From a header's colon on: its block, that stands in the lines below. */
  #suite(of: LogicalLine): Block {
    if (!this.is(COLON)) throw UNPLAIN;
    this.advance();
    this.#ended();
    this.#next++;
    const first = this.#lines[this.#next];
    if (!first || first.indent <= of.indent) throw UNPLAIN;
    return this.#block(first.indent);
  }
  #until(line: LogicalLine): { readonly start: number; readonly end: number; readonly line: number } {
    return { start: line.start, end: this.#lines[this.#next - 1]?.end ?? line.end, line: line.line };
  }
  /** The clause of that word that goes on with a statement, if it is next; its first word is taken. */
  #clauseOf(of: LogicalLine, word: string): LogicalLine | null {
    const line = this.#lines[this.#next];
    if (line?.indent !== of.indent || !this.tokens.source.startsWith(word, line.start)) return null;
    this.#go(line);
    if (!this.word(word)) return null;
    this.advance();
    return line;
  }
  #otherwise(of: LogicalLine, word = 'else'): Block {
    const line = this.#clauseOf(of, word);
    return line ? this.#suite(line) : [];
  }

  #decorated(line: LogicalLine): Statement {
    const decorators: Expression[] = [];
    while (this.is(AT)) {
      this.advance();
      decorators.push(this.expression());
      this.#ended();
      const next = this.#lines[++this.#next];
      if (next?.indent !== line.indent) throw UNPLAIN;
      this.#go(next);
    }
    const next = this.#lines[this.#next];
    if (next && this.word('def')) return this.#function(next, decorators);
    if (next && this.word('class')) return this.#class(next, decorators);
    throw UNPLAIN;
  }
  /** What is defined, and the name that it is bound to where that is another. */
  #defined(): { readonly name: string; readonly binding?: string } {
    const { kind, text } = this.tokens;
    if (kind !== NAME) throw UNPLAIN;
    const binding = nameFrom(text);
    if (binding === text) this.name();
    else this.advance();
    return binding === text ? { name: text } : { name: text, binding };
  }
  #class(line: LogicalLine, decorators: readonly Expression[]): Statement {
    this.advance();
    const defined = this.#defined();
    const args = this.is(OPEN) ? this.arguments() : [];
    const body = inClass(defined.name, () => this.#suite(line));
    return { kind: 'class', ...defined, args, body, decorators, span: this.#until(line) };
  }
  #function(line: LogicalLine, decorators: readonly Expression[]): Statement {
    this.advance();
    const defined = this.#defined();
    this.open();
    const parameters = this.parameters(CLOSE);
    this.close(CLOSE);
    let returns: Expression | null = null;
    if (this.is(MINUS)) {
      this.advance();
      if (!this.is(MORE) || this.tokens.start !== this.end) throw UNPLAIN;
      this.advance();
      returns = this.expression();
    }
    if (!this.is(COLON)) throw UNPLAIN;
    this.advance();
    this.#ended();
    const first = this.#lines[++this.#next];
    if (!first || first.indent <= line.indent) throw UNPLAIN;
    let below = this.#lines[this.#next];
    while (below && below.indent > line.indent) below = this.#lines[++this.#next];
    const span = this.#until(line);
    const later = this.#bodyLater(first, span.end);
    return {
      kind: 'function',
      ...defined,
      parameters,
      get body() {
        return later();
      },
      decorators,
      returns,
      asynchronous: false,
      span,
    };
  }
  #bodyLater(first: LogicalLine, end: number): () => Block {
    return bodyLater({ first, end, owner: classAround(), part: this.#part, again: this.#again });
  }
  /** Where the text's own line begins. */
  #beginning(line: LogicalLine): number {
    return this.tokens.source.lastIndexOf('\n', line.start - 1) + 1;
  }

  #if(line: LogicalLine): Statement {
    this.advance();
    const test = this.expression();
    const body = this.#suite(line);
    // A branch below ends with its own block.
    const own = this.#until(line);
    const next = this.#clauseOf(line, 'elif');
    const otherwise = next ? [this.#elif(line, next)] : this.#otherwise(line);
    return { kind: 'if', test, body, otherwise, span: { ...own, end: this.#until(line).end } };
  }
  #elif(of: LogicalLine, line: LogicalLine): Statement {
    const test = this.expression();
    const body = this.#suite(line);
    const span = this.#until(line);
    const next = this.#clauseOf(of, 'elif');
    return { kind: 'if', test, body, otherwise: next ? [this.#elif(of, next)] : this.#otherwise(of), span };
  }
  #while(line: LogicalLine): Statement {
    this.advance();
    const test = this.expression();
    const body = this.#suite(line);
    const otherwise = this.#otherwise(line);
    return { kind: 'while', test, body, otherwise, span: this.#until(line) };
  }
  #for(line: LogicalLine): Statement {
    this.advance();
    const target = this.target();
    this.take('in');
    const iterable = this.expressions();
    const body = this.#suite(line);
    const otherwise = this.#otherwise(line);
    return { kind: 'for', target, iterable, body, otherwise, asynchronous: false, span: this.#until(line) };
  }
  #try(line: LogicalLine): Statement {
    this.advance();
    const body = this.#suite(line);
    const handlers: Handler[] = [];
    for (let next = this.#clauseOf(line, 'except'); next; next = this.#clauseOf(line, 'except')) {
      const type = this.is(COLON) ? null : this.expression();
      let name: string | null = null;
      if (type && this.word('as')) {
        this.advance();
        name = this.name();
      }
      const body = this.#suite(next);
      handlers.push({ type, name, body, span: this.#until(next) });
    }
    const otherwise = handlers.length ? this.#otherwise(line) : [];
    const last = this.#otherwise(line, 'finally');
    if (!handlers.length && !last.length) throw UNPLAIN;
    return { kind: 'try', body, handlers, otherwise, last, groups: false, span: this.#until(line) };
  }
  #with(line: LogicalLine): Statement {
    this.advance();
    const items: Pick<Statement<'with'>, 'manager' | 'target' | 'span'>[] = [];
    for (;;) {
      const { start, line } = this.tokens;
      const manager = this.expression();
      let target: Expression | null = null;
      if (this.word('as')) {
        this.advance();
        target = this.primary();
        if (!isTarget(target)) throw UNPLAIN;
      }
      items.push({ manager, target, span: this.span(start, line) });
      if (!this.is(COMMA)) break;
      this.advance();
    }
    const body = this.#suite(line);
    const [first, ...others] = items;
    if (!first) throw UNPLAIN;
    const inner = others.reduceRight<Block>((within, item) => [{ kind: 'with', ...item, body: within, asynchronous: false }], body);
    return { kind: 'with', ...first, body: inner, asynchronous: false };
  }

  /** By the general parser: the statement with all that belongs to it. */
  #alone(line: LogicalLine): Block {
    const { source } = this.tokens;
    const begins = this.#next;
    const isBelow = (at: LogicalLine | undefined): boolean => at !== undefined && at.indent > line.indent;
    const past = (): void => {
      this.#next++;
      while (isBelow(this.#lines[this.#next])) this.#next++;
    };
    while (source.charCodeAt(this.#lines[this.#next]?.start ?? 0) === AT && this.#lines[this.#next]?.indent === line.indent) past();
    if (this.#next < this.#lines.length) past();
    for (let next = this.#lines[this.#next]; next?.indent === line.indent; next = this.#lines[this.#next]) {
      if (!CLAUSES.test(source.slice(next.start, next.start + 8))) break;
      past();
    }
    const last = this.#lines[this.#next - 1] ?? line;
    const isIndented = line.indent > 0;
    const from = isIndented ? this.#beginning(line) : line.start;
    const block = begins < this.#next ? this.#part(source, from, last.end, line.line, isIndented) : null;
    if (!block) throw UNPLAIN;
    return block;
  }
}

interface Unread {
  readonly first: LogicalLine;
  readonly end: number;
  /** The class that it stands in. */
  readonly owner: string | null;
  readonly part: ReadPart;
  readonly again: () => string | null;
}
/** Not a method: a reader holds its source. What a body was compiled to lives on without it, and it can be read once more. */
function bodyLater(unread: Unread): () => Block {
  let body: WeakRef<Block> | null = null;
  return () => {
    let known = body?.deref();
    if (!known) body = new WeakRef((known = readBody(unread)));
    return known;
  };
}
function readBody({ first, end, owner, part, again }: Unread): Block {
  const source = again(),
    unsupported = (what: string): Block => [{ kind: 'unsupported', what, span: { start: first.start, end, line: first.line } }];
  if (source === null) return unsupported(CHANGED);
  try {
    return inClass(owner, () => new SourceReader(source, part, again).body(first, end));
  } catch (e) {
    if (e instanceof Unplain || e instanceof RangeError) return unsupported(UNREADABLE);
    throw e;
  }
}

type Compound = 'def' | 'class' | 'if' | 'for' | 'while' | 'try' | 'with';
const COMPOUND: ReadonlyMap<string, Compound> = new Map(
  (['def', 'class', 'if', 'for', 'while', 'try', 'with'] as const).map(word => [word, word]),
);
