/**
 * Keeps a config's evaluation going. mmengine ends at the first error; an editor wants the rest: so an expression of the config's own code that fails, or that we
 * cannot evaluate, is an unknown value, and a statement that fails leaves unknown what it would have bound or changed. In loops, `try` and `with` it is the whole
 * statement that fails: what would happen after an error inside of them, nobody can say.
 */

import { getAttribute, setAttribute } from '../python/attribute.ts';
import { Raised } from '../python/exception.ts';
import { type Evaluate, type Frame, NEXT, type Step } from '../python/frame.ts';
import type { Module, Watch } from '../python/module.ts';
import { getItem, setItem } from '../python/operate.ts';
import type { Scope } from '../python/scope.ts';
import { Stop } from '../python/stop.ts';
import { Dict, type Written } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { PySet } from '../python/types/set.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Site, Value } from '../python/value.ts';
import { HOLE } from '../syntax/mend.ts';
import type { Block, Expression, Span, Statement } from '../syntax/nodes.ts';
import { PlainStatements } from './plain-statements.ts';
import { problemOf } from './problem.ts';
import type { ConfigProblem } from './resolved.ts';
import { UnrunModule } from './unrun-module.ts';

export class Recovery implements Watch {
  readonly problems: ConfigProblem[] = [];
  /** Where each name was bound, the latest first. */
  readonly written = new Map<string, Written>();
  /** Names in the order that they were first bound in: that of a config's keys. */
  readonly order = new Set<string>();
  /** Names may be missing, and nobody knows which. */
  lacking: string | null = null;
  readonly #file: string;
  /** A limit was reached: nothing more is run. */
  #over: string | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  expression(node: Expression, compiled: Evaluate): Evaluate {
    if (SURE.has(node.kind)) return compiled;
    return f => {
      try {
        return compiled(f);
      } catch (e) {
        const value = this.#recovered(e, node, f, false);
        // Half of what a method does to its object may be done.
        if (node.kind === 'call') this.#forgetObject(node, f, value);
        return value;
      }
    };
  }

  statement(node: Statement, scope: Scope, compile: () => Step): Step {
    const { module } = scope;
    return f => {
      if (this.#over !== null) {
        this.#forgetAll([node], f, new UnknownValue(this.#over, this.#site(node)));
        return NEXT;
      }
      if (this.runsPlainly(node, module)) return NEXT;
      const whole = node.kind === 'for' || node.kind === 'while' || node.kind === 'try' || node.kind === 'with';
      if (whole) scope.guarded++;
      const step = compiled(compile);
      if (whole) scope.guarded--;
      try {
        const ended = step(f);
        this.#bound(node, module);
        return ended;
      } catch (e) {
        this.#forgetAll([node], f, this.#recovered(e, node, f, true));
        this.#bound(node, module);
        return NEXT;
      }
    };
  }

  /** Whether the statement was one that only says what is, and so was run. */
  runsPlainly(node: Statement, module: Module): boolean {
    if (!this.#plain?.run(node)) return false;
    this.#bound(node, module);
    return true;
  }

  #site(node: Expression | Statement): Site {
    return { file: this.#file, ...node.span };
  }

  /** What stands for the part that failed. Cancelling is nobody's to recover from; a limit ends the statement that reached it. */
  #recovered(e: unknown, node: Expression | Statement, f: Frame, whole: boolean): UnknownValue {
    const site = this.#site(node);
    if (e instanceof Raised) {
      const at = { file: this.#file, ...f.at };
      const made = problemOf(e.exception, at.start >= site.start && at.end <= site.end ? at : site);
      // What is not written yet is no second fault.
      if (!made.message.includes(HOLE)) this.problems.push(made);
      return new UnknownValue(made.message, site);
    }
    if (e instanceof RangeError) return new UnknownValue(`more than Necktie can hold: ${e.message}`, site);
    if (!(e instanceof Stop) || e.reason.kind === 'cancelled') throw e;
    if (e.reason.kind === 'limit') {
      if (!whole) throw e;
      const reason = `more ${e.reason.what} than a config may use`;
      // One thing too large was not made; what took too long would go on.
      if (e.reason.what !== 'memory') this.#over = reason;
      return new UnknownValue(reason, site);
    }
    return new UnknownValue(e.reason.what, site);
  }

  /** Notes the sites of the names that a statement has bound. */
  #bound(node: Statement, module: Module): void {
    if (node.kind === 'expression') return;
    const note = (target: Expression, value: Expression): void => {
      if (target.kind === 'name') {
        // Of a block, not every statement may have run.
        if (module.cells.get(target.name)?.value === undefined) return;
        this.order.add(target.name);
        this.written.set(target.name, {
          key: siteOf(target.span, module.file),
          value: siteOf(value.span, module.file),
          before: this.written.get(target.name) ?? null,
        });
      } else if (target.kind === 'tuple' || target.kind === 'list') {
        const parts =
          (value.kind === 'tuple' || value.kind === 'list') &&
          value.items.length === target.items.length &&
          !value.items.some(i => i.kind === 'starred')
            ? value.items
            : null;
        for (const [i, t] of target.items.entries()) note(t.kind === 'starred' ? t.value : t, parts?.[i] ?? value);
      }
    };
    if (node.kind === 'assign') {
      for (const target of node.targets) note(target, node.value);
      return;
    }
    if (node.kind === 'augment') note(node.target, node.value);
    else if (node.kind === 'for') note(node.target, node.iterable);
    else if (node.kind === 'delete') for (const target of node.targets) if (target.kind === 'name') this.#unbound(target.name);
    for (const name of named(node)) if (module.cells.get(name)?.value !== undefined) this.order.add(name);
    for (const s of inside(node)) this.#bound(s, module);
  }

  #unbound(name: string): void {
    this.written.delete(name);
    this.order.delete(name);
  }

  /** Everything that statements would have bound or changed. */
  #forgetAll(body: Block, f: Frame, value: Value): void {
    for (const s of body) {
      switch (s.kind) {
        case 'assign':
          for (const t of s.targets) this.#forget(t, f, value);
          break;
        case 'augment':
          this.#forget(s.target, f, value);
          break;
        case 'for':
          this.#forget(s.target, f, value);
          this.#forgetAll([...s.body, ...s.otherwise], f, value);
          break;
        case 'while':
        case 'if':
          this.#forgetAll([...s.body, ...s.otherwise], f, value);
          break;
        case 'try':
          this.#forgetAll([...s.body, ...s.handlers.flatMap(h => h.body), ...s.otherwise, ...s.last], f, value);
          break;
        case 'with':
          if (s.target) this.#forget(s.target, f, value);
          this.#forgetAll(s.body, f, value);
          break;
        case 'import':
          this.#put(s.alias ?? s.module.split('.')[0] ?? '', new UnrunModule(s.alias === null ? (s.module.split('.')[0] ?? '') : s.module));
          break;
        case 'importFrom':
          for (const n of s.names) this.#put(n.alias, value);
          if (s.star) this.lacking ??= `all that ${s.module} has`;
          break;
        case 'function':
        case 'class':
          this.#put(s.name, value);
          break;
        case 'expression':
          if (s.value.kind === 'call') this.#forgetObject(s.value, f, value);
          break;
      }
    }
  }
  /** The container whose method may have been half done. */
  #forgetObject({ callee }: Expression<'call'>, f: Frame, value: Value): void {
    if (callee.kind === 'attribute' && CHANGES.has(callee.name) && isContainer(this.#read(callee.object)))
      this.#forget(callee.object, f, value);
  }
  #module: Module | null = null;
  #plain: PlainStatements | null = null;
  /** The module this watches, which is made with it. */
  watches(module: Module): void {
    this.#module = module;
    this.#plain = new PlainStatements(this.#file, module);
  }
  #put(name: string, value: Value): void {
    this.#module?.put(name, value);
  }
  /** A name, attribute or item is not known any more. What cannot be reached is left as it is. */
  #forget(target: Expression, f: Frame, value: Value): void {
    try {
      if (target.kind === 'name') this.#put(target.name, value);
      else if (target.kind === 'tuple' || target.kind === 'list') for (const t of target.items) this.#forget(t, f, value);
      else if (target.kind === 'starred') this.#forget(target.value, f, value);
      else if (target.kind === 'attribute') setAttribute(this.#read(target.object), target.name, value);
      else if (target.kind === 'subscript' && target.key.kind === 'constant') setItem(this.#read(target.object), key(target.key), value);
      else if (target.kind === 'subscript') this.#forget(target.object, f, value);
    } catch (e) {
      if (!(e instanceof Raised || e instanceof Stop)) throw e;
    }
  }
  /** The value of a plain path, `_base_.model['neck']`. */
  #read(e: Expression): Value {
    try {
      return this.#reached(e);
    } catch (error) {
      if (error instanceof Raised || error instanceof Stop) return new UnknownValue('');
      throw error;
    }
  }
  #reached(e: Expression): Value {
    if (e.kind === 'name') return this.#module?.member(e.name) ?? new UnknownValue(e.name);
    if (e.kind === 'attribute') return getAttribute(this.#read(e.object), e.name);
    if (e.kind === 'subscript' && e.key.kind === 'constant') return getItem(this.#read(e.object), key(e.key));
    return new UnknownValue('');
  }
}

/** A statement too deep to be compiled fails when it is run, as those do that are too deep to be run. */
function compiled(compile: () => Step): Step {
  try {
    return compile();
  } catch (e) {
    if (!(e instanceof RangeError)) throw e;
    return () => {
      throw e;
    };
  }
}

const siteOf = ({ start, end, line }: Span, file: string): Site => ({ file, start, end, line });

/** Names that a statement binds to what has no place of its own. */
function named(s: Statement): readonly string[] {
  switch (s.kind) {
    case 'import':
      return [s.alias ?? s.module.split('.')[0] ?? ''];
    case 'importFrom':
      return s.names.map(n => n.alias);
    case 'function':
    case 'class':
      return [s.name];
    default:
      return [];
  }
}
/** Statements that are not watched one by one. */
function inside(s: Statement): Block {
  switch (s.kind) {
    case 'for':
    case 'while':
      return [...s.body, ...s.otherwise];
    case 'with':
      return s.body;
    case 'try':
      return [...s.body, ...s.handlers.flatMap(h => h.body), ...s.otherwise, ...s.last];
    default:
      return [];
  }
}
const key = ({ value }: Expression<'constant'>): Value => (typeof value === 'object' ? null : value);
const isContainer = (v: Value): boolean => v instanceof Dict || v instanceof List || v instanceof PySet;
/** Methods that change their container. */
const CHANGES = new Set(
  'update merge pop popitem clear setdefault append extend insert remove sort reverse add discard freeze unfreeze'.split(' '),
);
/** Kinds of expressions that cannot fail of themselves. */
const SURE = new Set<Expression['kind']>(['constant', 'ellipsis', 'lambda', 'slice', 'temporary', 'fresh', 'starred']);
