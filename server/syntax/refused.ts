/** What the grammar takes and Python's compiler does not: `return` outside of a function, two parameters of one name. For programs that are run as they are; what a library holds has been compiled before. */
import { bound, captured } from './bound-names.ts';
import type { Argument, Block, Expression, Parameter, Pattern, Span, Statement } from './nodes.ts';

/** Where the first such thing stands; null where there is none. */
export function refused(body: Block, source: string): Span | null {
  try {
    for (const s of body) if (/^[ \t]+$/.test(source.slice(source.lastIndexOf('\n', s.span.start - 1) + 1, s.span.start))) return s.span;
    new Check(source).block(body, { kind: 'module', loop: false, names: new Set(), outer: null, used: new Set(), asynchronous: false });
    return null;
  } catch (e) {
    if (e instanceof Found) return e.span;
    throw e;
  }
}

class Found {
  readonly span: Span;
  constructor(span: Span) {
    this.span = span;
  }
}
interface Around {
  readonly kind: 'module' | 'class' | 'function';
  readonly loop: boolean;
  /** Of a function: what it binds. */
  readonly names: Set<string>;
  readonly outer: Around | null;
  /** What was read or bound so far: `global` may not come after. */
  readonly used: Set<string>;
  readonly asynchronous: boolean;
}
const refuse = (span: Span): never => {
  throw new Found(span);
};
const RESERVED = new Set(['None', 'True', 'False', '__debug__']);

class Check {
  readonly #source: string;
  constructor(source: string) {
    this.#source = source;
  }

  block(body: Block, around: Around): void {
    for (const s of body) this.#statement(s, around);
  }

  #statement(s: Statement, around: Around): void {
    if ('body' in s && !s.body.length) refuse(s.span);
    switch (s.kind) {
      case 'expression':
        if (s.value.kind === 'starred') refuse(s.span);
        if (s.value.kind === 'named' && this.#source[s.span.start] !== '(') refuse(s.span);
        this.#expression(s.value, around);
        return;
      case 'assign':
        for (const t of s.targets) this.#target(t, around, true);
        if (s.annotation) {
          if (s.targets.length > 1 || s.targets[0]?.kind === 'tuple' || s.targets[0]?.kind === 'list') refuse(s.span);
          this.#expression(s.annotation, around);
        }
        if (s.value.kind === 'starred') refuse(s.value.span);
        this.#expression(s.value, around);
        return;
      case 'declare':
        if (!['name', 'attribute', 'subscript'].includes(s.target.kind)) refuse(s.target.span);
        this.#target(s.target, around, false);
        this.#expression(s.annotation, around);
        return;
      case 'augment':
        if (!['name', 'attribute', 'subscript'].includes(s.target.kind)) refuse(s.target.span);
        this.#target(s.target, around, false);
        this.#expression(s.value, around);
        return;
      case 'delete':
        for (const t of s.targets) this.#target(t, around, false);
        return;
      case 'return':
        if (around.kind !== 'function') refuse(s.span);
        if (s.value) this.#expression(s.value, around);
        return;
      case 'break':
      case 'continue':
        if (!around.loop) refuse(s.span);
        return;
      case 'if':
        this.#expression(s.test, around);
        this.block(s.body, around);
        this.block(s.otherwise, around);
        return;
      case 'while':
        this.#expression(s.test, around);
        this.block(s.body, { ...around, loop: true });
        this.block(s.otherwise, around);
        return;
      case 'for':
        this.#target(s.target, around, true);
        this.#expression(s.iterable, around);
        this.block(s.body, { ...around, loop: true });
        this.block(s.otherwise, around);
        return;
      case 'try':
        if (!s.handlers.length && !s.last.length) refuse(s.span);
        this.block(s.body, around);
        for (const [i, h] of s.handlers.entries()) {
          if (!h.type && i < s.handlers.length - 1) refuse(h.span);
          if (h.type) this.#expression(h.type, around);
          if (h.name !== null) this.#bind(h.name, around, h.span);
          this.block(h.body, around);
        }
        this.block(s.otherwise, around);
        this.block(s.last, around);
        return;
      case 'with':
        this.#expression(s.manager, around);
        if (s.target) this.#target(s.target, around, true);
        this.block(s.body, around);
        return;
      case 'match':
        this.#expression(s.subject, around);
        for (const [i, c] of s.cases.entries()) {
          const names = captured(c.pattern);
          if (new Set(names).size !== names.length) refuse(s.span);
          if (!c.guard && always(c.pattern) && i < s.cases.length - 1) refuse(s.span);
          for (const name of names) this.#bind(name, around, s.span);
          if (c.guard) this.#expression(c.guard, around);
          this.block(c.body, around);
        }
        return;
      case 'raise':
        if (s.cause && !s.exception) refuse(s.span);
        if (s.exception) this.#expression(s.exception, around);
        if (s.cause) this.#expression(s.cause, around);
        return;
      case 'assert':
        this.#expression(s.test, around);
        if (s.message) this.#expression(s.message, around);
        return;
      case 'global':
        for (const n of s.names) if (around.used.has(n) && around.kind !== 'module') refuse(s.span);
        if (around.kind === 'module') for (const n of s.names) if (around.used.has(n)) refuse(s.span);
        return;
      case 'nonlocal':
        if (around.kind === 'module') refuse(s.span);
        for (const n of s.names) {
          if (around.used.has(n)) refuse(s.span);
          let at = around.outer;
          while (at && !(at.kind === 'function' && at.names.has(n))) at = at.outer;
          if (!at) refuse(s.span);
        }
        return;
      case 'function':
        for (const d of s.decorators) this.#expression(d, around);
        if (s.returns) this.#expression(s.returns, around);
        this.#bind(s.name, around, s.span);
        this.#function(s.parameters, s.body, s.span, around);
        return;
      case 'class': {
        for (const d of s.decorators) this.#expression(d, around);
        this.#arguments(s.args, around, s.span);
        this.#bind(s.name, around, s.span);
        this.block(s.body, {
          kind: 'class',
          loop: false,
          names: new Set(),
          outer: around,
          used: new Set(),
          asynchronous: false,
        });
        return;
      }
      case 'importFrom':
        if (s.star && around.kind !== 'module') refuse(s.span);
        return;
      case 'unsupported':
        if (s.what === 'print statement' || s.what === 'exec statement') refuse(s.span);
        return;
      default:
        return;
    }
  }

  #function(parameters: readonly Parameter[], body: Block, span: Span, around: Around): void {
    const seen = new Set<string>();
    let fallback = false;
    for (const [i, p] of parameters.entries()) {
      if (seen.has(p.name) || RESERVED.has(p.name)) refuse(span);
      seen.add(p.name);
      if (p.kind === 'kwargs' && i < parameters.length - 1) refuse(span);
      if ((p.kind === 'plain' || p.kind === 'positional') && fallback && !p.fallback) refuse(span);
      if ((p.kind === 'plain' || p.kind === 'positional') && p.fallback) fallback = true;
      if (p.fallback) this.#expression(p.fallback, around);
      if (p.annotation) this.#expression(p.annotation, around);
    }
    if (parameters.filter(p => p.kind === 'args').length > 1) refuse(span);
    const names = new Set(seen);
    for (const s of body) bound(s, names);
    this.block(body, { kind: 'function', loop: false, names, outer: around, used: new Set(seen), asynchronous: false });
  }

  #bind(name: string, around: Around, span: Span): void {
    if (RESERVED.has(name)) refuse(span);
    around.used.add(name);
  }

  #target(t: Expression, around: Around, several: boolean): void {
    switch (t.kind) {
      case 'name':
        this.#bind(t.name, around, t.span);
        return;
      case 'attribute':
        if (RESERVED.has(t.name)) refuse(t.span);
        this.#expression(t.object, around);
        return;
      case 'subscript':
        this.#expression(t.object, around);
        this.#expression(t.key, around);
        return;
      case 'tuple':
      case 'list':
        if (t.items.filter(i => i.kind === 'starred').length > 1) refuse(t.span);
        for (const i of t.items) this.#target(i.kind === 'starred' ? i.value : i, around, several);
        return;
      case 'temporary':
      case 'unsupported':
        return;
      default:
        refuse(t.span);
        return;
    }
  }

  #arguments(args: readonly Argument[], around: Around, span: Span): void {
    const names = new Set<string>();
    let named = false,
      mapping = false;
    for (const a of args) {
      if (a.kind === 'positional' && (named || mapping)) refuse(span);
      if (a.kind === 'splat' && mapping) refuse(span);
      if (a.kind === 'named') {
        if (names.has(a.name) || RESERVED.has(a.name)) refuse(a.span);
        names.add(a.name);
        named = true;
      }
      if (a.kind === 'mapping') mapping = true;
      if (a.kind === 'positional' && a.value.kind === 'comprehension' && a.value.form === 'generator' && args.length > 1)
        if (this.#source[a.value.span.start] !== '(') refuse(span);
      this.#expression(a.value, around);
    }
  }

  #expression(e: Expression, around: Around): void {
    switch (e.kind) {
      case 'name':
        around.used.add(e.name);
        return;
      case 'yield':
      case 'yieldFrom':
        if (around.kind !== 'function') refuse(e.span);
        if (e.value) this.#expression(e.value, around);
        return;
      case 'call':
        this.#expression(e.callee, around);
        this.#arguments(e.args, around, e.span);
        return;
      case 'lambda':
        this.#function(e.parameters, [{ kind: 'return', value: e.body, span: e.span }], e.span, around);
        return;
      case 'named':
        this.#bind(e.name, around, e.span);
        this.#expression(e.value, around);
        return;
      case 'tuple':
      case 'list':
      case 'set':
        for (const i of e.items) this.#expression(i.kind === 'starred' ? i.value : i, around);
        return;
      case 'starred':
        refuse(e.span);
        return;
      case 'comprehension': {
        const inner: Around = { ...around, used: new Set(), kind: around.kind };
        for (const c of e.clauses)
          if (c.kind === 'for') {
            this.#target(c.target, inner, true);
            this.#expression(c.iterable, inner);
          } else this.#expression(c.test, inner);
        if (e.item.kind === 'starred') refuse(e.item.span);
        this.#expression(e.item, inner);
        if (e.value) this.#expression(e.value, inner);
        return;
      }
      case 'subscript':
        this.#expression(e.object, around);
        if (e.key.kind !== 'starred') this.#expression(e.key, around);
        return;
      case 'constant': {
        const text = this.#source.slice(e.span.start, e.span.end);
        if (/^[\d.]/.test(text) && /__|_$|_[.eEjJ]|[.eE]_/.test(text.replace(/^0x.*/i, ''))) refuse(e.span);
        return;
      }
      case 'unsupported':
        if (e.what === 'this number' || e.what === 'augmented_assignment') refuse(e.span);
        if (e.what.startsWith('await') && around.kind !== 'function') refuse(e.span);
        return;
      default:
        for (const child of children(e)) this.#expression(child, around);
    }
  }
}

/** Expressions right below one. */
function children(e: Expression): Expression[] {
  switch (e.kind) {
    case 'attribute':
      return [e.object];
    case 'slice':
      return [e.start, e.stop, e.step].filter(x => x !== null);
    case 'unary':
      return [e.operand];
    case 'binary':
    case 'boolean':
      return [e.left, e.right];
    case 'compare':
      return [e.first, ...e.rest.map(r => r.operand)];
    case 'conditional':
      return [e.test, e.chosen, e.otherwise];
    case 'dict':
      return e.pairs.flatMap(p => (p.key ? [p.key, p.value] : [p.value]));
    case 'joined':
      return e.parts.flatMap(p => (typeof p === 'string' ? [] : [p.value, ...(p.spec ? [p.spec] : [])]));
    default:
      return [];
  }
}

const always = (p: Pattern): boolean => p.kind === 'matchAs' && (p.pattern === null || always(p.pattern));
