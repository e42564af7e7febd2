/** Statements by CPython 3.11's grammar, with its rules for what is wrong in one. */
import { KEYWORDS } from '../keywords.ts';
import { Expressions } from './expressions.ts';
import { invalidTarget, type Node } from './node.ts';
import { Parameters } from './parameters.ts';
import type { Token } from './tokens.ts';

const AUGMENTS = ['+=', '-=', '*=', '@=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>=', '**=', '//='];

export class Statements extends Expressions {
  /** All of the text, and nothing behind it. */
  file(): boolean {
    while (!this.isKind('end')) if (!this.#statement()) return false;
    return true;
  }
  override parameters(close: ')' | ':', annotated: boolean): void {
    new Parameters(this, close, annotated).read();
  }

  #statement(): boolean {
    const compound = this.#compound();
    if (compound !== null) return compound;
    for (;;) {
      if (!this.#simple()) return false;
      if (!this.take(';')) break;
      if (this.isKind('newline')) break;
    }
    return this.takeKind('newline') !== null;
  }

  #simple(): boolean {
    if (this.#expressionStatement()) return true;
    const { token } = this;
    switch (token.kind === 'name' ? token.text : '') {
      case 'return':
        this.pos++;
        this.attempt(() => this.starExpressions());
        return true;
      case 'import':
        this.pos++;
        return this.#several(() => this.#dotted() && this.#alias());
      case 'from':
        return this.#importFrom();
      case 'raise':
        this.pos++;
        if (this.attempt(() => this.expression())) this.attempt(() => (this.take('from') ? this.expression() : null));
        return true;
      case 'pass':
      case 'break':
      case 'continue':
        this.pos++;
        return true;
      case 'del':
        return this.#delete();
      case 'assert':
        this.pos++;
        if (!this.expression()) return false;
        this.attempt(() => (this.take(',') ? this.expression() : null));
        return true;
      case 'global':
      case 'nonlocal':
        this.pos++;
        return this.#several(() => this.name() !== null);
      default:
        return false;
    }
  }
  #several(one: () => boolean | null): boolean {
    if (!one()) return false;
    while (this.attempt(() => (this.take(',') && one() ? true : null)));
    return true;
  }
  #dotted(): boolean {
    if (!this.name()) return false;
    while (this.attempt(() => (this.take('.') ? this.name() : null)));
    return true;
  }
  #alias(): boolean {
    this.attempt(() => (this.take('as') ? this.name() : null));
    return true;
  }
  #importFrom(): boolean {
    this.take('from');
    let dots = false;
    while (this.take('.') || this.take('...')) dots = true;
    if (!this.attempt(() => this.#dotted() || null) && !dots) return false;
    if (!this.take('import')) return false;
    if (this.take('*')) return true;
    const names = (): boolean => this.#several(() => this.name() && this.#alias());
    if (this.attempt(() => (this.take('(') && names() && (this.take(',') ?? true) && this.take(')') ? true : null))) return true;
    const plain = this.attempt(() => (names() && !this.is(',') ? true : null));
    if (plain) return true;
    if (this.complaining)
      this.ahead(() => {
        if (names() && this.take(',') && this.isKind('newline'))
          this.complainHere('trailing comma not allowed without surrounding parentheses');
      });
    return false;
  }
  #delete(): boolean {
    const read = this.attempt(() => {
      this.take('del');
      const targets = this.listed(() => {
        const t = this.attempt(() => this.primary());
        return t && !invalidTarget(t, 'delete') ? t : null;
      });
      return targets.length && (this.is(';') || this.isKind('newline')) ? true : null;
    });
    if (read) return true;
    if (!this.complaining) return false;
    this.ahead(() => {
      const a = this.take('del') && this.starExpressions();
      const bad = a ? invalidTarget(a, 'delete') : null;
      if (bad) this.complain(`cannot delete ${bad.kind}`, bad);
    });
    return false;
  }

  /** An assignment of any kind, or an expression by itself. */
  #expressionStatement(): boolean {
    const { token } = this;
    if (token.kind === 'name' && KEYWORDS.has(token.text) && !BEGINS.has(token.text)) return false;
    if (this.attempt(() => this.#annotated())) return true;
    const assigned = this.attempt(() => {
      let count = 0;
      while (this.attempt(() => (this.starTargets() ? this.take('=') : null))) count++;
      return count && this.yieldOrStar() && !this.is('=') ? true : null;
    });
    if (assigned) return true;
    const augmented = this.attempt(() => {
      const target = this.attempt(() => this.primary());
      if (!target || !SINGLE.has(target.kind)) return null;
      return AUGMENTS.some(sign => this.take(sign)) ? 'augmented' : null;
    });
    // Behind the sign there is no way back.
    if (augmented) return this.yieldOrStar() !== null;
    if (this.complaining) this.#invalidAssignment();
    return this.attempt(() => this.yieldOrStar()) !== null;
  }
  #annotated(): true | null {
    const target = this.attempt(() => this.primary());
    if (!target || !SINGLE.has(target.kind) || !this.take(':') || !this.expression()) return null;
    this.attempt(() => (this.take('=') ? this.yieldOrStar() : null));
    return true;
  }
  #invalidAssignment(): void {
    const single = (what: string, a: Node): never => this.complain(`only single target (not ${what}) can be annotated`, a);
    this.ahead(() => {
      const a = this.attempt(() => this.atom());
      if ((a?.kind === 'list' || a?.kind === 'tuple') && this.take(':') && this.expression()) single(a.kind, a);
    });
    this.ahead(() => {
      const a = this.starNamedExpression();
      if (!a || !this.take(',')) return;
      this.listed(() => this.starNamedExpression());
      if (this.take(':') && this.expression()) single('tuple', a);
    });
    this.ahead(() => {
      const a = this.expression();
      if (a && this.take(':') && this.expression()) this.complain('illegal target for annotation', a);
    });
    const targets = (): void => {
      while (this.attempt(() => (this.starTargets() ? this.take('=') : null)));
    };
    this.ahead(() => {
      targets();
      const a = this.starExpressions();
      const bad = a && this.take('=') ? invalidTarget(a, 'star') : null;
      if (bad) this.complain(`cannot assign to ${bad.kind}`, bad);
    });
    this.ahead(() => {
      targets();
      const a = this.yieldExpression();
      if (a && this.take('=')) this.complain('assignment to yield expression not possible', a);
    });
    this.ahead(() => {
      const a = this.starExpressions();
      if (a && AUGMENTS.some(sign => this.take(sign)) && this.yieldOrStar())
        this.complain(`'${a.kind}' is an illegal expression for augmented assignment`, a);
    });
  }

  /** Null: none begins here. */
  #compound(): boolean | null {
    const { token } = this;
    if (token.kind === 'op') return token.text === '@' ? this.#decorated() : null;
    if (token.kind !== 'name') return null;
    switch (token.text) {
      case 'if':
        return this.#conditional('if');
      case 'while':
        this.pos++;
        return this.#headed('while', token, () => this.namedExpression()) && this.#otherwise();
      case 'for':
        return this.#for(token);
      case 'with':
        return this.#with(token);
      case 'try':
        return this.#try(token);
      case 'def':
        return this.#function(token);
      case 'class':
        return this.#class(token);
      case 'match':
        // Patterns are not read here.
        if (this.ahead(() => this.take('match') && this.starExpressions() && this.take(':') && this.isKind('newline'))) throw new NotRead();
        return null;
      case 'async':
        this.pos++;
        if (this.is('def')) return this.#function(this.token);
        if (this.is('for')) return this.#for(this.token);
        return this.is('with') ? this.#with(this.token) : false;
      default:
        return null;
    }
  }

  /** A line of its own ends where its colon should be. */
  #colon(): boolean {
    if (this.take(':')) return true;
    if (this.complaining && this.isKind('newline')) this.complainHere("expected ':'");
    return false;
  }
  #headed(word: string, head: Token, test: () => Node | null): boolean {
    return test() !== null && this.#colon() && this.#block(`'${word}' statement`, head);
  }
  #block(what: string, head: Token): boolean {
    if (!this.takeKind('newline')) return this.#simpleLine();
    if (!this.takeKind('indent')) {
      if (this.complaining) this.complain(`expected an indented block after ${what} on line ${head.line}`, this.last);
      return false;
    }
    do if (!this.#statement()) return false;
    while (!this.isKind('dedent') && !this.isKind('end'));
    this.takeKind('dedent');
    return true;
  }
  #simpleLine(): boolean {
    for (;;) {
      if (!this.#simple()) return false;
      if (!this.take(';') || this.isKind('newline')) break;
    }
    return this.takeKind('newline') !== null;
  }

  #conditional(word: 'if' | 'elif'): boolean {
    const head = this.take(word);
    if (!head || !this.#headed(word, head, () => this.namedExpression())) return false;
    return this.is('elif') ? this.#conditional('elif') : this.#otherwise();
  }
  #otherwise(): boolean {
    const word = this.take('else');
    if (!word) return true;
    this.force(':');
    return this.#block("'else' statement", word);
  }
  #for(word: Token): boolean {
    if (!this.forTargets() || !this.starExpressions()) return false;
    this.force(':');
    return this.#block("'for' statement", word) && this.#otherwise();
  }
  #with(word: Token): boolean {
    this.take('with');
    const bracketed = this.attempt(() => {
      if (!this.take('(')) return null;
      const items = this.listed(() => this.#item());
      return items.length && this.take(')') && this.is(':') ? true : null;
    });
    if (!bracketed && !this.#several(() => this.#item() !== null)) return false;
    if (this.complaining && this.is('as'))
      this.ahead(() => {
        if (this.take('as') && this.starTarget() && this.isKind('newline')) this.complainHere("expected ':'");
      });
    return this.#colon() && this.#block("'with' statement", word);
  }
  #item(): Node | null {
    const { token } = this;
    const ends = (): boolean => this.is(',') || this.is(')') || this.is(':');
    const named = this.attempt(() => (this.expression() && this.take('as') && this.starTarget() && ends() ? this.node('', token) : null));
    if (named) return named;
    if (this.complaining)
      this.ahead(() => {
        const a = this.expression() && this.take('as') && this.expression();
        const bad = a && ends() ? invalidTarget(a, 'star') : null;
        if (bad) this.complain(`cannot assign to ${bad.kind}`, bad);
      });
    return this.expression();
  }
  #try(word: Token): boolean {
    this.take('try');
    this.force(':');
    if (!this.#block("'try' statement", word)) return false;
    const kinds = new Set<boolean>();
    for (let head = this.take('except'); head; head = this.take('except')) {
      const groups = this.take('*') !== null;
      kinds.add(groups);
      if (!this.#except(head, groups)) return false;
      if (kinds.size > 1) {
        if (this.complaining) this.complain("cannot have both 'except' and 'except*' on the same 'try'", head);
        return false;
      }
    }
    if (kinds.size && !this.#otherwise()) return false;
    const last = this.take('finally');
    if (last) {
      this.force(':');
      return this.#block("'finally' statement", last);
    }
    if (kinds.size) return true;
    if (this.complaining) this.complainHere("expected 'except' or 'finally' block");
    return false;
  }
  #except(head: Token, groups: boolean): boolean {
    const what = groups ? "'except*' statement" : "'except' statement";
    if (groups && this.complaining && (this.isKind('newline') || this.is(':'))) this.complainHere('expected one or more exception types');
    if (this.is(':') && !groups) {
      this.pos++;
      return this.#block(what, head);
    }
    const a = this.attempt(() => this.expression());
    if (!a) return this.#colon() && false;
    if (this.complaining)
      this.ahead(() => {
        if (!this.take(',') || !this.expression()) return;
        while (this.take(',')) this.attempt(() => this.expression());
        this.#alias();
        if (this.take(':')) this.complain('multiple exception types must be parenthesized', { start: a.start, line: a.line });
      });
    this.#alias();
    return this.#colon() && this.#block(what, head);
  }
  #decorated(): boolean {
    while (this.take('@')) if (!this.namedExpression() || !this.takeKind('newline')) return false;
    this.take('async');
    if (this.is('def')) return this.#function(this.token);
    return this.is('class') && this.#class(this.token);
  }
  #function(word: Token): boolean {
    this.take('def');
    if (!this.name()) return false;
    this.force('(');
    this.parameters(')', true);
    if (!this.take(')')) return false;
    this.attempt(() => (this.take('->') ? this.expression() : null));
    this.force(':');
    return this.#block('function definition', word);
  }
  #class(word: Token): boolean {
    this.take('class');
    if (!this.name()) return false;
    if (this.take('(')) {
      this.arguments();
      if (!this.take(')')) return false;
    }
    return this.#colon() && this.#block('class definition', word);
  }
}

/** A statement that is not judged, and so nothing behind it. */
export class NotRead extends Error {}

/** Keywords that an expression may begin with. */
const BEGINS = new Set(['True', 'False', 'None', 'not', 'lambda', 'await', 'yield']);
/** What alone may be annotated and augmented. */
const SINGLE = new Set(['name', 'attribute', 'subscript']);
