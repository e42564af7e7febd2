/** Statements of one line, as modules have them. */
import { ASSIGN, CLOSE, COLON, COMMA, DOT, OPEN, STAR } from './character-codes.ts';
import type { Expression, Statement } from './nodes.ts';
import { isTarget } from './plain-expressions.ts';
import { NO_BEGINNING } from './plain-operators.ts';
import { END, LINE, NAME, UNPLAIN } from './plain-tokens.ts';
import { SourceExpressions } from './source-expressions.ts';

export class SimpleStatements extends SourceExpressions {
  /** A statement of one line. */
  protected simple(out: Statement[]): void {
    const { start, line, kind, text } = this.tokens;
    const read = kind === NAME ? SIMPLE.get(text) : undefined;
    const span = () => this.span(start, line);
    if (!read) {
      out.push(this.#assignment());
      return;
    }
    this.advance();
    const isLast = this.is(LINE) || this.is(END);
    switch (read) {
      case 'import':
        this.#import(out, span);
        return;
      case 'from':
        out.push(this.#from(span));
        return;
      case 'return': {
        const value = isLast ? null : this.expressions();
        out.push({ kind: 'return', value, span: span() });
        return;
      }
      case 'raise': {
        const exception = isLast ? null : this.expression();
        let cause: Expression | null = null;
        if (exception && this.word('from')) {
          this.advance();
          cause = this.expression();
        }
        out.push({ kind: 'raise', exception, cause, span: span() });
        return;
      }
      case 'assert': {
        const test = this.expression();
        let message: Expression | null = null;
        if (this.is(COMMA)) {
          this.advance();
          message = this.expression();
        }
        out.push({ kind: 'assert', test, message, span: span() });
        return;
      }
      case 'pass':
      case 'break':
      case 'continue':
        out.push({ kind: read, span: span() });
        return;
      case 'global':
      case 'nonlocal': {
        const names = [this.name()];
        while (this.is(COMMA)) {
          this.advance();
          names.push(this.name());
        }
        out.push({ kind: read, names, span: span() });
      }
    }
  }
  #dotted(): string {
    let name = this.name();
    while (this.is(DOT)) {
      this.advance();
      name += `.${this.name()}`;
    }
    return name;
  }
  #alias(): string | null {
    if (!this.word('as')) return null;
    this.advance();
    return this.name();
  }
  #import(out: Statement[], span: () => Statement['span']): void {
    const found: { readonly module: string; readonly alias: string | null }[] = [];
    for (;;) {
      const module = this.#dotted();
      found.push({ module, alias: this.#alias() });
      if (!this.is(COMMA)) break;
      this.advance();
    }
    const place = span();
    for (const one of found) out.push({ kind: 'import', ...one, span: place });
  }
  #from(span: () => Statement['span']): Statement {
    let module = '';
    while (this.is(DOT)) {
      module += '.';
      this.advance();
    }
    if (!module || !this.word('import')) module += this.#dotted();
    this.take('import');
    if (this.is(STAR)) {
      this.advance();
      return { kind: 'importFrom', module, names: [], star: true, span: span() };
    }
    const names: { readonly name: string; readonly alias: string }[] = [];
    const isOpen = this.is(OPEN);
    if (isOpen) this.open();
    for (;;) {
      const name = this.name();
      names.push({ name, alias: this.#alias() ?? name });
      if (!this.is(COMMA)) break;
      this.advance();
      if (isOpen && this.is(CLOSE)) break;
    }
    if (isOpen) this.close(CLOSE);
    if (module === '__future__') return { kind: 'future', names: names.map(({ name }) => name), span: span() };
    return { kind: 'importFrom', module, names, star: false, span: span() };
  }

  /** An expression, or what is assigned. */
  #assignment(): Statement {
    const { start, line, kind, text } = this.tokens;
    if (kind === NAME && NO_BEGINNING.has(text)) throw UNPLAIN;
    const first = this.expressions();
    if (!this.is(COLON)) return this.assignment(first, start, line);
    if (!isTarget(first) || this.isClosed()) throw UNPLAIN;
    this.advance();
    const annotation = this.expression();
    if (!this.is(ASSIGN)) return { kind: 'declare', target: first, annotation, span: this.span(start, line) };
    this.advance();
    const value = this.expressions();
    return { kind: 'assign', targets: [first], value, span: this.span(start, line), annotation };
  }
  protected take(word: string): void {
    if (!this.word(word)) throw UNPLAIN;
    this.advance();
  }
}

type Simple = 'import' | 'from' | 'return' | 'raise' | 'assert' | 'pass' | 'break' | 'continue' | 'global' | 'nonlocal';
const SIMPLE: ReadonlyMap<string, Simple> = new Map(
  (['import', 'from', 'return', 'raise', 'assert', 'pass', 'break', 'continue', 'global', 'nonlocal'] as const).map(word => [word, word]),
);
