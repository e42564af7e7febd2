/** The arguments of a call or a class, and what is wrong with them. */
import type { Expressions } from './expressions.ts';
import { MAYBE_EQUAL, type Node } from './node.ts';

export class Arguments {
  readonly #parser: Expressions;
  constructor(parser: Expressions) {
    this.#parser = parser;
  }

  /** Whether there are any; goes up to the closing bracket. */
  read(): boolean {
    const p = this.#parser;
    const read = p.attempt(() => {
      const { args } = this.#args();
      if (!args) return null;
      p.take(',');
      return p.is(')') ? true : null;
    });
    if (read) return true;
    if (p.complaining) this.#invalidArguments();
    return false;
  }
  /** `args`: positional ones, then named ones, each with what may be among them. */
  #args(): { readonly args: Node | null; readonly mapping: boolean } {
    const p = this.#parser;
    const { token } = p;
    let count = 0,
      named = false,
      mapping = false;
    const one = (): boolean => {
      const pair = p.attempt(() => this.#keyword());
      if (pair) {
        named = true;
        mapping ||= pair.kind === '**';
        return true;
      }
      if (mapping) return false;
      if (p.starred(() => p.expression())) return true;
      if (named) return false;
      return (
        p.attempt(() => {
          const value = p.assignmentExpression() ?? p.unnamed();
          return value && !p.is('=') ? value : null;
        }) !== null
      );
    };
    for (;;) {
      const { pos } = p;
      if (count && !p.take(',')) break;
      if (!one()) {
        p.pos = pos;
        break;
      }
      count++;
    }
    return { args: count ? p.node('args', token) : null, mapping };
  }
  #keyword(): Node | null {
    const p = this.#parser;
    if (p.complaining) this.#invalidKeyword();
    const { token } = p;
    if (p.take('**')) return p.expression() && p.node('**', token);
    return p.name() && p.take('=') && p.expression() && p.node('=', token);
  }
  #invalidKeyword(): void {
    const p = this.#parser;
    p.ahead(() => {
      const word = p.take('True') ?? p.take('False') ?? p.take('None');
      if (word && p.take('=')) p.complain(`cannot assign to ${word.text}`, word);
    });
    this.#invalidName();
    if (p.ahead(() => p.name() && p.take('='))) return;
    p.ahead(() => {
      const a = p.is('**') || p.is('*') ? null : p.expression();
      if (a && p.take('=')) p.complain('expression cannot contain assignment, perhaps you meant "=="?', a);
    });
  }
  /** `name=… for …`. */
  #invalidName(): void {
    const p = this.#parser;
    p.ahead(() => {
      const { token } = p;
      if (!p.name() || !p.take('=')) return;
      const { end } = p.before;
      if (p.expression() && p.loops()) p.complain(MAYBE_EQUAL, { ...token, end });
    });
  }
  #invalidArguments(): void {
    const p = this.#parser;
    p.ahead(() => {
      if (this.#args().args && p.take(',') && p.take('*')) p.complainHere('iterable argument unpacking follows keyword argument unpacking');
    });
    const parenthesized = (a: Node): never => p.complain('Generator expression must be parenthesized', a);
    p.ahead(() => {
      const a = p.expression();
      if (!a || !p.loops() || !p.take(',')) return;
      p.attempt(() => this.#args().args ?? (p.expression() && p.loops()));
      parenthesized(a);
    });
    this.#invalidName();
    p.ahead(() => {
      const { pos } = p;
      if (!this.#args().args || !p.loops()) return;
      // The last argument, which is the generator's; one by itself needs no brackets.
      p.pos = pos;
      const given: Node[] = [];
      do given.push(...[p.starred(() => p.expression()) ?? p.attempt(() => p.expression())].filter(e => e !== null));
      while (p.take(','));
      const last = given.at(-1);
      if (last && given.length > 1) parenthesized(last);
    });
    p.ahead(() => {
      if (!this.#args().args || !p.take(',')) return;
      const a = p.expression();
      if (a && p.loops()) parenthesized(a);
    });
    p.ahead(() => {
      const { args, mapping } = this.#args();
      if (!args || !p.take(',') || !this.#args().args) return;
      p.complainHere(`positional argument follows keyword argument${mapping ? ' unpacking' : ''}`);
    });
  }
}
