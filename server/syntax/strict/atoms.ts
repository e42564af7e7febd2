/** What an expression is made of: names, literals, and what stands in brackets, with what is wrong in these. */
import type { Expressions } from './expressions.ts';
import { fStringFault } from './f-string.ts';
import type { Node } from './node.ts';
import type { Rule } from './peg.ts';

export class Atoms {
  readonly #parser: Expressions;
  constructor(parser: Expressions) {
    this.#parser = parser;
  }

  read(): Node | null {
    const p = this.#parser;
    return p.remembered('atom', () => {
      const { token } = p;
      switch (token.kind) {
        case 'number':
          p.pos++;
          return p.node('literal', token);
        case 'string':
          return this.#strings();
        case 'name':
          if (token.text === 'True' || token.text === 'False' || token.text === 'None') {
            p.pos++;
            return p.node(token.text, token);
          }
          return p.name();
        default:
          if (p.take('...')) return p.node('ellipsis', token);
          if (p.is('(')) return this.#round();
          if (p.is('[')) return this.#square();
          return p.is('{') ? this.#curly() : null;
      }
    });
  }
  #strings(): Node {
    const p = this.#parser;
    const first = p.token;
    const pieces = [];
    for (let piece = p.takeKind('string'); piece; piece = p.takeKind('string')) pieces.push(piece);
    const bytes = pieces.map(({ text }) => /^[rR]?[bB]/.test(text));
    if (bytes.some(is => is !== bytes[0])) p.complainHere('cannot mix bytes and nonbytes literals');
    for (const piece of pieces) {
      if (bytes[0] && /[^\0-\x7f]/.test(piece.text)) p.complain('bytes can only contain ASCII literal characters', piece);
      const fault = fStringFault(piece.text, p.inField);
      if (fault !== null) p.complainHere(fault);
    }
    return p.node(pieces.some(({ text }) => /^[rR]?[fF]/.test(text)) ? 'f-string expression' : 'literal', first);
  }
  #round(): Node | null {
    const p = this.#parser;
    const { token } = p;
    const tuple = p.attempt(() => {
      p.take('(');
      if (p.take(')')) return p.node('tuple', token, { items: [] });
      const first = p.starNamedExpression();
      if (!first || !p.take(',')) return null;
      const items = [first, ...p.listed(() => p.starNamedExpression())];
      return p.take(')') ? p.node('tuple', token, { items }) : null;
    });
    if (tuple) return tuple;
    const group = p.attempt(() => {
      p.take('(');
      const inner = p.yieldExpression() ?? p.namedExpression();
      return inner && p.take(')') ? { ...inner, grouped: true } : null;
    });
    if (group) return group;
    if (p.complaining)
      p.ahead(() => {
        p.take('(');
        const starred = p.starred(() => p.expression());
        if (starred && p.take(')')) p.complain('cannot use starred expression here', starred);
        const { token: stars } = p;
        if (!starred && p.take('**') && p.expression() && p.take(')')) p.complain('cannot use double starred expression here', stars);
      });
    return this.generator();
  }
  /** `(… for …)`. */
  generator(): Node | null {
    const p = this.#parser;
    const read = this.#comprehension('generator expression', '(', () => p.assignmentExpression() ?? p.unnamed(), ')');
    if (!read && p.complaining) this.#invalidComprehension();
    return read;
  }
  #square(): Node | null {
    const p = this.#parser;
    const { token } = p;
    const list = p.attempt(() => {
      p.take('[');
      const items = p.listed(() => p.starNamedExpression());
      return p.take(']') ? p.node('list', token, { items }) : null;
    });
    if (list) return list;
    const comprehension = this.#comprehension('list comprehension', '[', () => p.namedExpression(), ']');
    if (!comprehension && p.complaining) this.#invalidComprehension();
    return comprehension;
  }
  #curly(): Node | null {
    const p = this.#parser;
    const { token } = p;
    const dict = p.attempt(() => {
      p.take('{');
      p.listed(() => this.#pair());
      return p.take('}') ? p.node('dict literal', token) : null;
    });
    if (dict) return dict;
    if (p.complaining) this.#invalidPairs();
    const set = p.attempt(() => {
      p.take('{');
      return p.listed(() => p.starNamedExpression()).length && p.take('}') ? p.node('set display', token) : null;
    });
    if (set) return set;
    const ofPairs = this.#comprehension('dict comprehension', '{', () => this.#keyed(), '}');
    if (ofPairs) return ofPairs;
    if (p.complaining)
      p.ahead(() => {
        p.take('{');
        const { token: stars } = p;
        if (p.take('**') && p.bitwiseOr() && p.loops() && p.take('}'))
          p.complain('dict unpacking cannot be used in dict comprehension', stars);
      });
    const ofItems = this.#comprehension('set comprehension', '{', () => p.namedExpression(), '}');
    if (!ofItems && p.complaining) this.#invalidComprehension();
    return ofItems;
  }
  #pair(): Node | null {
    const p = this.#parser;
    const { token } = p;
    if (p.take('**')) return p.bitwiseOr() && p.node('**', token);
    return this.#keyed();
  }
  #keyed(): Node | null {
    const p = this.#parser;
    const { token } = p;
    return p.expression() && p.take(':') && p.expression() && p.node('pair', token);
  }
  #invalidPairs(): void {
    const p = this.#parser;
    const starredValue = (): void => {
      const { token } = p;
      if (p.ahead(() => p.take('*') && p.bitwiseOr())) p.complain('cannot use a starred expression in a dictionary value', token);
    };
    const noValue = (): void => {
      const colon = p.before;
      if (p.is('}') || p.is(',')) p.complain("expression expected after dictionary key and ':'", colon);
    };
    p.ahead(() => {
      p.take('{');
      let count = 0;
      while (p.attempt(() => this.#pair())) {
        count++;
        if (!p.take(',')) return;
      }
      if (!count) return;
      const a = p.attempt(() => p.expression());
      if (!a) return;
      if (!p.is(':')) p.complain("':' expected after dictionary key", { start: a.end - 1, line: p.before.line });
      p.take(':');
      starredValue();
      noValue();
    });
    p.ahead(() => {
      p.take('{');
      if (!p.expression() || !p.take(':')) return;
      starredValue();
      noValue();
    });
  }
  #comprehension(kind: string, open: string, item: Rule, close: string): Node | null {
    const p = this.#parser;
    const { token } = p;
    return p.attempt(() => (p.take(open) && item() && p.loops() && p.take(close) ? p.node(kind, token) : null));
  }
  #invalidComprehension(): void {
    const p = this.#parser;
    p.ahead(() => {
      p.pos++;
      const a = p.starred(() => p.expression());
      if (a && p.loops()) p.complain('iterable unpacking cannot be used in comprehension', a);
    });
    if (p.is('(')) return;
    p.ahead(() => {
      p.pos++;
      const a = p.starNamedExpression();
      if (!a || !p.take(',')) return;
      const comma = p.before;
      const more = p.listed(() => p.starNamedExpression());
      if (p.loops())
        p.complain('did you forget parentheses around the comprehension target?', { ...a, end: more.at(-1)?.end ?? comma.end });
    });
  }
}
