/** Expressions by CPython 3.11's grammar, with its rules for what is wrong in one (`invalid_…`), in their order. */
import { fStringFault } from './f-string.ts';
import { invalidTarget, type Node } from './node.ts';
import { Peg, type Rule } from './peg.ts';

export const KEYWORDS: ReadonlySet<string> = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);
const COMPARISONS = ['==', '!=', '<=', '<', '>=', '>'];
const SOFT = new Set(['match', 'case', '_']);

export class Expressions extends Peg {
  name(): Node | null {
    const { token } = this;
    if (token.kind !== 'name' || KEYWORDS.has(token.text)) return null;
    this.pos++;
    return this.node('name', token);
  }

  /** As many as there are, with commas between; a comma at the end is taken too. */
  listed(rule: Rule): Node[] {
    const items: Node[] = [];
    for (let one = this.attempt(rule); one; one = this.attempt(rule)) {
      items.push(one);
      if (!this.take(',')) break;
    }
    return items;
  }
  /** One, or a tuple of several. */
  #oneOrTuple(rule: Rule): Node | null {
    const { token } = this;
    const first = rule();
    if (!first) return null;
    if (!this.take(',')) return first;
    return this.node('tuple', token, { items: [first, ...this.listed(rule)] });
  }

  starExpressions(): Node | null {
    return this.remembered('star expressions', () => this.#oneOrTuple(() => this.starExpression()));
  }
  starExpression(): Node | null {
    return this.starred(() => this.bitwiseOr()) ?? this.expression();
  }
  starNamedExpression(): Node | null {
    return this.starred(() => this.bitwiseOr()) ?? this.namedExpression();
  }
  starred(rule: Rule): Node | null {
    return this.attempt(() => {
      const star = this.take('*');
      const value = star && rule();
      return star && value ? this.node('starred', star, { items: [value] }) : null;
    });
  }
  yieldOrStar(): Node | null {
    return this.yieldExpression() ?? this.starExpressions();
  }
  yieldExpression(): Node | null {
    const word = this.take('yield');
    if (!word) return null;
    const from = this.attempt(() => (this.take('from') ? this.expression() : null));
    if (!from) this.attempt(() => this.starExpressions());
    return this.node('yield expression', word);
  }

  assignmentExpression(): Node | null {
    return this.attempt(() => {
      const { token } = this;
      if (!this.name() || !this.take(':=')) return null;
      return this.expression() && this.node('named expression', token);
    });
  }
  namedExpression(): Node | null {
    return this.remembered('named', () => {
      const assigned = this.assignmentExpression();
      if (assigned) return assigned;
      if (this.complaining) this.#invalidNamed();
      const plain = this.expression();
      return plain && !this.is(':=') ? plain : null;
    });
  }
  #invalidNamed(): void {
    this.ahead(() => {
      const a = this.expression();
      if (a && this.take(':=') && this.expression()) this.complain(`cannot use assignment expressions with ${a.kind}`, a);
    });
    const ends = (): boolean => !this.is('=') && !this.is(':=');
    this.ahead(() => {
      const a = this.name();
      if (a && this.take('=') && this.bitwiseOr() && ends())
        this.complain("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", { ...a, end: this.before.end });
    });
    if (this.ahead(() => this.#display() ?? (this.is('True') || this.is('None') || this.is('False')))) return;
    this.ahead(() => {
      const a = this.bitwiseOr();
      if (a && this.take('=') && this.bitwiseOr() && ends())
        this.complain(`cannot assign to ${a.kind} here. Maybe you meant '==' instead of '='?`, a);
    });
  }
  /** `list | tuple | genexp`. */
  #display(): Node | null {
    const { token } = this;
    if (token.text !== '[' && token.text !== '(') return null;
    const atom = this.atom();
    return atom && (atom.kind === 'list' || atom.kind === 'tuple' || atom.kind === 'generator expression') && !atom.grouped ? atom : null;
  }

  expression(): Node | null {
    return this.remembered('expression', () => {
      if (this.complaining) this.#invalidExpression();
      return this.plainExpression();
    });
  }
  plainExpression(): Node | null {
    const { token } = this;
    if (this.is('lambda')) return this.lambda();
    const chosen = this.disjunction();
    if (!chosen) return null;
    const rest = this.attempt(() => (this.take('if') && this.disjunction() && this.take('else') ? this.expression() : null));
    return rest ? this.node('conditional expression', token) : chosen;
  }
  #invalidExpression(): void {
    const { token } = this;
    const words = this.ahead(() => this.name() && this.isKind('string')) || (token.kind === 'name' && SOFT.has(token.text));
    this.ahead(() => {
      const a = words ? null : this.disjunction();
      if (!a) return;
      const b = this.#withoutComplaints(() => this.plainExpression());
      if (!b || (a.kind === 'name' && isOldStatement(this.text(a))) || this.before.level === 0) return;
      this.complain('invalid syntax. Perhaps you forgot a comma?', { ...a, end: b.end });
    });
    this.ahead(() => {
      const a = this.disjunction();
      if (!a || !this.take('if') || !this.disjunction() || this.is('else') || this.is(':')) return;
      this.complain("expected 'else' after 'if' expression", { ...a, end: this.before.end });
    });
    this.ahead(() => {
      const a = this.name();
      if (!a || !isOldStatement(this.text(a)) || this.is('(')) return;
      const b = this.starExpressions();
      const name = this.text(a);
      if (b) this.complain(`Missing parentheses in call to '${name}'. Did you mean ${name}(...)?`, { ...a, end: b.end });
    });
  }
  #withoutComplaints(rule: Rule): Node | null {
    const { complaining } = this;
    this.complaining = false;
    try {
      return rule();
    } finally {
      this.complaining = complaining;
    }
  }
  text({ start, end }: Node): string {
    return this.source.slice(start, end);
  }

  lambda(): Node | null {
    const word = this.take('lambda');
    if (!word) return null;
    this.parameters(':', false);
    return this.take(':') && this.expression() ? this.node('lambda', word) : null;
  }
  /** Those of a function, with what is wrong in them, up to the closing sign, which stays. */
  parameters(_close: ')' | ':', _annotated: boolean): void {
    // In `Statements`, which knows what a default and an annotation are.
  }

  disjunction(): Node | null {
    return this.remembered('or', () => this.#chain('expression', ['or'], () => this.#conjunction()));
  }
  #conjunction(): Node | null {
    return this.#chain('expression', ['and'], () => this.#inversion());
  }
  #inversion(): Node | null {
    const not = this.take('not');
    if (!not) return this.#comparison();
    return this.#inversion() && this.node('expression', not);
  }
  #comparison(): Node | null {
    const { token } = this;
    const first = this.bitwiseOr();
    if (!first) return null;
    let operator: string | null = null;
    for (;;) {
      const more = this.attempt(() => {
        const one = this.#comparing();
        if (one === null || !this.bitwiseOr()) return null;
        operator ??= one;
        return one;
      });
      if (more === null) break;
    }
    return operator === null ? first : this.node('comparison', token, operator === 'in' ? { items: [first] } : {});
  }
  #comparing(): string | null {
    for (const sign of COMPARISONS) if (this.take(sign)) return sign;
    if (this.take('in')) return 'in';
    if (this.take('is')) return this.take('not') ? 'is not' : 'is';
    if (!this.is('not')) return null;
    this.pos++;
    return this.take('in') ? 'not in' : null;
  }
  #chain(kind: string, signs: readonly string[], rule: Rule): Node | null {
    const { token } = this;
    const first = rule();
    if (!first) return null;
    let several = false;
    const more = (): Node | null => (signs.some(sign => this.take(sign)) ? rule() : null);
    while (this.attempt(more)) several = true;
    return several ? this.node(kind, token) : first;
  }

  bitwiseOr(): Node | null {
    return this.remembered('|', () =>
      this.#chain('expression', ['|'], () =>
        this.#chain('expression', ['^'], () =>
          this.#chain('expression', ['&'], () =>
            this.#chain('expression', ['<<', '>>'], () =>
              this.#chain('expression', ['+', '-'], () => this.#chain('expression', ['*', '//', '/', '%', '@'], () => this.#factor())),
            ),
          ),
        ),
      ),
    );
  }
  #factor(): Node | null {
    const sign = this.take('+') ?? this.take('-') ?? this.take('~');
    if (sign) return this.#factor() && this.node('expression', sign);
    const { token } = this;
    const base = this.#awaited();
    if (!base) return null;
    return this.attempt(() => (this.take('**') ? this.#factor() : null)) ? this.node('expression', token) : base;
  }
  #awaited(): Node | null {
    const word = this.take('await');
    if (!word) return this.primary();
    return this.primary() && this.node('await expression', word);
  }

  primary(): Node | null {
    return this.remembered('primary', () => {
      const { token } = this;
      let at = this.atom();
      if (!at) return null;
      for (;;) {
        const more = this.attempt((): Node | null => {
          if (this.take('.')) return this.name() && this.node('attribute', token);
          if (this.is('(')) return this.#call(token);
          return this.take('[') && this.#slices() && this.take(']') ? this.node('subscript', token) : null;
        });
        if (!more) return at;
        at = more;
      }
    });
  }
  #call(from: Parameters<Peg['node']>[1]): Node | null {
    const alone = this.attempt(() => (this.is('(') ? this.#generator() : null));
    if (alone) return this.node('function call', from);
    this.take('(');
    this.arguments();
    return this.take(')') ? this.node('function call', from) : null;
  }
  #slices(): Node | null {
    return this.#oneOrTuple(() => this.#slice());
  }
  #slice(): Node | null {
    const { token } = this;
    const sliced = this.attempt(() => {
      this.attempt(() => this.expression());
      if (!this.take(':')) return null;
      this.attempt(() => this.expression());
      if (this.take(':')) this.attempt(() => this.expression());
      return this.node('slice', token);
    });
    return sliced ?? this.starred(() => this.bitwiseOr()) ?? this.namedExpression();
  }

  /** What is between the brackets of a call. Null: nothing, or nothing that can be. */
  arguments(): boolean {
    const read = this.attempt(() => {
      const { args } = this.#args();
      if (!args) return null;
      this.take(',');
      return this.is(')') ? true : null;
    });
    if (read) return true;
    if (this.complaining) this.#invalidArguments();
    return false;
  }
  /** `args`: positional ones, then named ones, each with what may be among them. */
  #args(): { readonly args: Node | null; readonly mapping: boolean } {
    const { token } = this;
    let count = 0,
      named = false,
      mapping = false;
    const one = (): boolean => {
      const pair = this.attempt(() => this.#keyword());
      if (pair) {
        named = true;
        mapping ||= pair.kind === '**';
        return true;
      }
      if (mapping) return false;
      if (this.starred(() => this.expression())) return true;
      if (named) return false;
      return (
        this.attempt(() => {
          const value =
            this.assignmentExpression() ?? this.attempt(() => (this.expression() && !this.is(':=') ? this.node('', token) : null));
          return value && !this.is('=') ? value : null;
        }) !== null
      );
    };
    for (;;) {
      const { pos } = this;
      if (count && !this.take(',')) break;
      if (!one()) {
        this.pos = pos;
        break;
      }
      count++;
    }
    return { args: count ? this.node('args', token) : null, mapping };
  }
  #keyword(): Node | null {
    if (this.complaining) this.#invalidKeyword();
    const { token } = this;
    if (this.take('**')) return this.expression() && this.node('**', token);
    return this.name() && this.take('=') && this.expression() && this.node('=', token);
  }
  #invalidKeyword(): void {
    const { token } = this;
    this.ahead(() => {
      const word = this.take('True') ?? this.take('False') ?? this.take('None');
      if (word && this.take('=')) this.complain(`cannot assign to ${word.text}`, word);
    });
    this.ahead(() => {
      if (!this.name() || !this.take('=')) return;
      const { end } = this.before;
      if (this.expression() && this.loops()) this.#maybeEqual({ ...token, end });
    });
    if (this.ahead(() => this.name() && this.take('='))) return;
    this.ahead(() => {
      const a = this.is('**') || this.is('*') ? null : this.expression();
      if (a && this.take('=')) this.complain('expression cannot contain assignment, perhaps you meant "=="?', a);
    });
  }
  #maybeEqual(at: { readonly start: number; readonly line: number; readonly end: number }): never {
    return this.complain("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", at);
  }
  #invalidArguments(): void {
    this.ahead(() => {
      if (this.#args().args && this.take(',') && this.take('*'))
        this.complainHere('iterable argument unpacking follows keyword argument unpacking');
    });
    const parenthesized = (a: Node): never => this.complain('Generator expression must be parenthesized', a);
    this.ahead(() => {
      const a = this.expression();
      if (!a || !this.loops() || !this.take(',')) return;
      this.attempt(() => this.#args().args ?? (this.expression() && this.loops()));
      parenthesized(a);
    });
    this.ahead(() => {
      const { token } = this;
      if (!this.name() || !this.take('=')) return;
      const { end } = this.before;
      if (this.expression() && this.loops()) this.#maybeEqual({ ...token, end });
    });
    this.ahead(() => {
      const { pos } = this;
      if (!this.#args().args || !this.loops()) return;
      // The last argument, which is the generator's; one by itself needs no brackets.
      this.pos = pos;
      const given: Node[] = [];
      do given.push(...[this.starred(() => this.expression()) ?? this.attempt(() => this.expression())].filter(e => e !== null));
      while (this.take(','));
      const last = given.at(-1);
      if (last && given.length > 1) parenthesized(last);
    });
    this.ahead(() => {
      if (!this.#args().args || !this.take(',')) return;
      const a = this.expression();
      if (a && this.loops()) parenthesized(a);
    });
    this.ahead(() => {
      const { args, mapping } = this.#args();
      if (!args || !this.take(',') || !this.#args().args) return;
      this.complainHere(`positional argument follows keyword argument${mapping ? ' unpacking' : ''}`);
    });
  }

  /** `for … in … if …`, once or more. */
  loops(): Node | null {
    const { token } = this;
    let count = 0;
    const one = (): Node | null => {
      this.take('async');
      if (!this.is('for') || !this.forTargets() || !this.disjunction()) return null;
      while (this.attempt(() => (this.take('if') ? this.disjunction() : null)));
      return this.node('for', token);
    };
    while (this.attempt(one)) count++;
    return count ? this.node('for', token) : null;
  }
  /** `for … in`. */
  forTargets(): boolean {
    const read = this.attempt(() => this.take('for') && this.starTargets() && this.take('in'));
    if (read) return true;
    if (this.complaining) this.#invalidForTarget();
    // How far it is right.
    this.take('for');
    return false;
  }
  #invalidForTarget(): void {
    this.ahead(() => {
      const a = this.take('for') && this.starExpressions();
      const bad = a ? invalidTarget(a, 'for') : null;
      if (bad) this.complain(`cannot assign to ${bad.kind}`, bad);
    });
  }
  /** What may be assigned to. */
  starTargets(): Node | null {
    return this.attempt(() => this.#oneOrTuple(() => this.#starTarget()));
  }
  starTarget(): Node | null {
    return this.attempt(() => this.#starTarget());
  }
  #starTarget(): Node | null {
    const read = this.starred(() => this.#target()) ?? this.#target();
    return read;
  }
  #target(): Node | null {
    const found = this.attempt(() => this.primary());
    return found && !invalidTarget(found, 'star') ? found : null;
  }

  atom(): Node | null {
    return this.remembered('atom', () => {
      const { token } = this;
      switch (token.kind) {
        case 'number':
          this.pos++;
          return this.node('literal', token);
        case 'string':
          return this.#strings();
        case 'name':
          if (token.text === 'True' || token.text === 'False' || token.text === 'None') {
            this.pos++;
            return this.node(token.text, token);
          }
          return this.name();
        default:
          if (this.take('...')) return this.node('ellipsis', token);
          if (this.is('(')) return this.#round();
          if (this.is('[')) return this.#square();
          return this.is('{') ? this.#curly() : null;
      }
    });
  }
  #strings(): Node {
    const first = this.token;
    const pieces = [];
    for (let piece = this.takeKind('string'); piece; piece = this.takeKind('string')) pieces.push(piece);
    const bytes = pieces.map(({ text }) => /^[rR]?[bB]/.test(text));
    if (bytes.some(is => is !== bytes[0])) this.complainHere('cannot mix bytes and nonbytes literals');
    for (const piece of pieces) {
      if (bytes[0] && /[^\0-\x7f]/.test(piece.text)) this.complain('bytes can only contain ASCII literal characters', piece);
      const fault = fStringFault(piece.text, this.inField);
      if (fault !== null) this.complainHere(fault);
    }
    return this.node(pieces.some(({ text }) => /^[rR]?[fF]/.test(text)) ? 'f-string expression' : 'literal', first);
  }
  #round(): Node | null {
    const { token } = this;
    const tuple = this.attempt(() => {
      this.take('(');
      if (this.take(')')) return this.node('tuple', token, { items: [] });
      const first = this.starNamedExpression();
      if (!first || !this.take(',')) return null;
      const items = [first, ...this.listed(() => this.starNamedExpression())];
      return this.take(')') ? this.node('tuple', token, { items }) : null;
    });
    if (tuple) return tuple;
    const group = this.attempt(() => {
      this.take('(');
      const inner = this.yieldExpression() ?? this.namedExpression();
      return inner && this.take(')') ? { ...inner, grouped: true } : null;
    });
    if (group) return group;
    if (this.complaining)
      this.ahead(() => {
        this.take('(');
        const starred = this.starred(() => this.expression());
        if (starred && this.take(')')) this.complain('cannot use starred expression here', starred);
        const { token: stars } = this;
        if (!starred && this.take('**') && this.expression() && this.take(')'))
          this.complain('cannot use double starred expression here', stars);
      });
    return this.#generator();
  }
  #generator(): Node | null {
    const { token } = this;
    const read = this.attempt(() => {
      if (!this.take('(')) return null;
      const item = this.assignmentExpression() ?? this.attempt(() => (this.expression() && !this.is(':=') ? this.node('', token) : null));
      return item && this.loops() && this.take(')') ? this.node('generator expression', token) : null;
    });
    if (!read && this.complaining) this.#invalidComprehension();
    return read;
  }
  #square(): Node | null {
    const { token } = this;
    const list = this.attempt(() => {
      this.take('[');
      const items = this.listed(() => this.starNamedExpression());
      return this.take(']') ? this.node('list', token, { items }) : null;
    });
    if (list) return list;
    const comprehension = this.attempt(() => {
      this.take('[');
      return this.namedExpression() && this.loops() && this.take(']') ? this.node('list comprehension', token) : null;
    });
    if (!comprehension && this.complaining) this.#invalidComprehension();
    return comprehension;
  }
  #curly(): Node | null {
    const { token } = this;
    const dict = this.attempt(() => {
      this.take('{');
      this.listed(() => this.#pair());
      return this.take('}') ? this.node('dict literal', token) : null;
    });
    if (dict) return dict;
    if (this.complaining) this.#invalidPairs();
    const set = this.attempt(() => {
      this.take('{');
      return this.listed(() => this.starNamedExpression()).length && this.take('}') ? this.node('set display', token) : null;
    });
    if (set) return set;
    const ofPairs = this.attempt(() => {
      this.take('{');
      return this.#keyed() && this.loops() && this.take('}') ? this.node('dict comprehension', token) : null;
    });
    if (ofPairs) return ofPairs;
    if (this.complaining)
      this.ahead(() => {
        this.take('{');
        const { token: stars } = this;
        if (this.take('**') && this.bitwiseOr() && this.loops() && this.take('}'))
          this.complain('dict unpacking cannot be used in dict comprehension', stars);
      });
    const ofItems = this.attempt(() => {
      this.take('{');
      return this.namedExpression() && this.loops() && this.take('}') ? this.node('set comprehension', token) : null;
    });
    if (!ofItems && this.complaining) this.#invalidComprehension();
    return ofItems;
  }
  #pair(): Node | null {
    const { token } = this;
    if (this.take('**')) return this.bitwiseOr() && this.node('**', token);
    return this.#keyed();
  }
  #keyed(): Node | null {
    const { token } = this;
    return this.expression() && this.take(':') && this.expression() && this.node('pair', token);
  }
  #invalidPairs(): void {
    const starredValue = (): void => {
      const { token } = this;
      if (this.ahead(() => this.take('*') && this.bitwiseOr()))
        this.complain('cannot use a starred expression in a dictionary value', token);
    };
    const noValue = (): void => {
      const colon = this.before;
      if (this.is('}') || this.is(',')) this.complain("expression expected after dictionary key and ':'", colon);
    };
    this.ahead(() => {
      this.take('{');
      let count = 0;
      while (this.attempt(() => this.#pair())) {
        count++;
        if (!this.take(',')) return;
      }
      if (!count) return;
      const a = this.attempt(() => this.expression());
      if (!a) return;
      if (!this.is(':')) this.complain("':' expected after dictionary key", { start: a.end - 1, line: this.before.line });
      this.take(':');
      starredValue();
      noValue();
    });
    this.ahead(() => {
      this.take('{');
      if (!this.expression() || !this.take(':')) return;
      starredValue();
      noValue();
    });
  }
  #invalidComprehension(): void {
    this.ahead(() => {
      this.pos++;
      const a = this.starred(() => this.expression());
      if (a && this.loops()) this.complain('iterable unpacking cannot be used in comprehension', a);
    });
    if (this.is('(')) return;
    this.ahead(() => {
      this.pos++;
      const a = this.starNamedExpression();
      if (!a || !this.take(',')) return;
      const comma = this.before;
      const more = this.listed(() => this.starNamedExpression());
      if (this.loops())
        this.complain('did you forget parentheses around the comprehension target?', { ...a, end: more.at(-1)?.end ?? comma.end });
    });
  }
}

const isOldStatement = (name: string): boolean => name === 'print' || name === 'exec';
