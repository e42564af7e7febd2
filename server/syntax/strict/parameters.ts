/** Parameters of a function or a lambda, and what is wrong with them. */
import type { Expressions } from './expressions.ts';
import type { Token } from './tokens.ts';

export class Parameters {
  readonly #parser: Expressions;
  readonly #close: ')' | ':';
  readonly #annotated: boolean;
  constructor(parser: Expressions, close: ')' | ':', annotated: boolean) {
    this.#parser = parser;
    this.#close = close;
    this.#annotated = annotated;
  }

  /** Up to the closing sign, or as far as they are right. */
  read(): undefined {
    const p = this.#parser;
    let positional = 0,
      slash = false,
      star = false,
      fallback = false;
    for (;;) {
      const { token } = p;
      if (p.is(this.#close)) return;
      if (p.take('/')) {
        if (slash) return this.#wrong('/ may appear only once', token);
        if (star) return this.#wrong('/ must be ahead of *', token);
        if (!positional) return this.#wrong('at least one argument must precede /', token);
        slash = true;
        if (p.is('*')) return this.#wrong('expected comma between / and *', p.token);
      } else if (p.take('**')) {
        this.#mapping();
        return;
      } else if (p.take('*')) {
        if (star) return this.#wrong('* argument may appear only once', token);
        star = true;
        if (!this.#several(token)) return;
      } else {
        if (p.is('(')) return this.#bracketed(token);
        if (!p.name()) return;
        if (!this.#annotation()) return;
        const own = this.#fallback();
        if (own === null) return;
        if (!own && fallback && !star) return this.#wrong('non-default argument follows default argument', token);
        fallback ||= own;
        positional++;
      }
      if (!p.take(',')) return;
    }
  }
  #wrong(message: string, at: Token): undefined {
    if (this.#parser.complaining) this.#parser.complain(message, at);
    this.#parser.pos--;
  }

  #annotation(): boolean {
    const p = this.#parser;
    return !(this.#annotated && p.take(':')) || p.expression() !== null;
  }
  /** Null: there is a sign for one, and no value. */
  #fallback(): boolean | null {
    const p = this.#parser;
    const sign = p.take('=');
    if (!sign) return false;
    if (p.attempt(() => p.expression())) return true;
    if (p.complaining && this.#annotated && (p.is(this.#close) || p.is(','))) p.complain('expected default value expression', sign);
    p.pos--;
    return null;
  }

  /** Behind `*`. */
  #several(star: Token): boolean {
    const p = this.#parser;
    if (p.is(this.#close) || (p.is(',') && p.ahead(() => p.take(',') && (p.is(this.#close) || p.is('**'))))) {
      if (p.complaining) {
        if (p.take(',')) void p.token;
        if (this.#annotated) p.complain('named arguments must follow bare *', star);
        p.complainHere('named arguments must follow bare *');
      }
      p.pos--;
      return false;
    }
    if (p.is(',')) return true;
    if (!p.name()) return false;
    if (this.#annotated && p.take(':') && !(p.starred(() => p.bitwiseOr()) ?? p.expression())) return false;
    return !this.#hasFallback('var-positional argument cannot have default value');
  }
  #mapping(): undefined {
    const p = this.#parser;
    if (!p.name() || !this.#annotation()) return;
    if (this.#hasFallback('var-keyword argument cannot have default value')) return;
    if (!p.complaining || !p.is(',')) {
      p.take(',');
      return;
    }
    p.take(',');
    const { token } = p;
    if (token.kind === 'name' || p.is('*') || p.is('**') || p.is('/')) p.complain('arguments cannot follow var-keyword argument', token);
  }
  #hasFallback(message: string): boolean {
    const p = this.#parser;
    if (!p.is('=')) return false;
    if (p.complaining) p.complain(message, p.token);
    return true;
  }
  #bracketed(from: Token): undefined {
    const p = this.#parser;
    if (!p.complaining) return;
    p.ahead(() => {
      p.take('(');
      let count = 0;
      while (p.name()) {
        count++;
        if (!p.take(',')) break;
      }
      if (count && p.take(')'))
        p.complain(`${this.#annotated ? 'Function' : 'Lambda expression'} parameters cannot be parenthesized`, {
          start: from.start,
          line: from.line,
          end: p.before.end,
        });
    });
  }
}
