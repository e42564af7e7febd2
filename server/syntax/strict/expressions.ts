/** Expressions by CPython 3.11's grammar, with its rules for what is wrong in one (`invalid_…`), in their order. */
import { KEYWORDS } from '../keywords.ts';
import { Arguments } from './arguments.ts';
import { Atoms } from './atoms.ts';
import { invalidTarget, MAYBE_EQUAL, type Node } from './node.ts';
import { Peg, type Rule } from './peg.ts';

const COMPARISONS = ['==', '!=', '<=', '<', '>=', '>'];
const SOFT = new Set(['match', 'case', '_']);

export class Expressions extends Peg {
  readonly #arguments = new Arguments(this);
  readonly #atoms = new Atoms(this);

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
      return this.unnamed();
    });
  }
  /** One that is not given a name. */
  unnamed(): Node | null {
    return this.attempt(() => {
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
      if (a && this.take('=') && this.bitwiseOr() && ends()) this.complain(MAYBE_EQUAL, { ...a, end: this.before.end });
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

  atom(): Node | null {
    return this.#atoms.read();
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
    const alone = this.attempt(() => (this.is('(') ? this.#atoms.generator() : null));
    if (alone) return this.node('function call', from);
    this.take('(');
    this.arguments();
    return this.take(')') ? this.node('function call', from) : null;
  }
  /** What is between the brackets of a call; false: nothing, or nothing that can be. */
  arguments(): boolean {
    return this.#arguments.read();
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
    return this.starred(() => this.#target()) ?? this.#target();
  }
  #target(): Node | null {
    const found = this.attempt(() => this.primary());
    return found && !invalidTarget(found, 'star') ? found : null;
  }
}

const isOldStatement = (name: string): boolean => name === 'print' || name === 'exec';
