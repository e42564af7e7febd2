/**
 * Which keys of the results a transform surely reads and which it may set, read from its source. What it needs is less than the truth, what it gives is more: so
 * what is missing by it is missing. Branches whose test hangs on the step's own arguments alone are decided.
 */
import type { Block, Expression, Statement } from '../../syntax/nodes.ts';
import type { ClassSource } from '../class-source.ts';
import { childrenOf } from './children.ts';
import { constructed } from './constructed.ts';
import { byChance, isStatic, leaves, locate, type Method, returnsIts } from './control.ts';
import { Frame } from './frame.ts';
import { type ClassFor, OPEN, type StepKeys } from './keys.ts';
import { evaluate, isSelf, type Known, truth, UNKNOWN } from './known.ts';

export function stepKeys(source: ClassSource, given: ReadonlyMap<string, Known>, classFor: ClassFor, depth = 0): StepKeys {
  const entry = source.isWhole ? locate(source, 'transform', 0) : null;
  if (!entry || depth > DEEPEST) return OPEN;
  const reading = new Reading(source, constructed(source, given), classFor, depth);
  reading.call(entry, 1);
  return reading.answer();
}
const DEEPEST = 4;

/** `certain`: it is reached whenever the step does what it is for. */
interface Flow {
  certain: boolean;
}

class Reading {
  readonly #source: ClassSource;
  readonly #own: ReadonlyMap<string, Known>;
  readonly #classFor: ClassFor;
  readonly #depth: number;
  readonly #needs = new Set<string>();
  readonly #asserts = new Set<string>();
  readonly #gives = new Set<string>();
  readonly #renews = new Set<string>();
  readonly #drops = new Set<string>();
  readonly #set = new Set<string>();
  readonly #guards = new Set<string>();
  readonly #others = new Map<string, Set<string>>();
  #replaced: ReadonlySet<string> | null = null;
  #returnsResults = false;
  #open = false;
  #calls = 0;

  constructor(source: ClassSource, own: ReadonlyMap<string, Known>, classFor: ClassFor, depth: number) {
    this.#source = source;
    this.#own = own;
    this.#classFor = classFor;
    this.#depth = depth;
  }

  answer(): StepKeys {
    const replaces = this.#replaced !== null && !this.#returnsResults;
    return {
      needs: [...this.#needs],
      asserts: this.#asserts,
      gives: replaces && this.#replaced ? this.#replaced : this.#gives,
      renews: this.#renews,
      drops: this.#drops,
      replaces,
      open: this.#open,
    };
  }

  /** `position` of the results among the arguments, `self` first. */
  call({ definition, at }: Method, position: number, flow: Flow = { certain: true }): void {
    const parameter = definition.parameters[position];
    if (!parameter || ++this.#calls > MOST_CALLS) {
      this.#open = true;
      return;
    }
    const frame = new Frame(parameter.name, at, this.#own);
    this.#block(definition.body, frame, { certain: flow.certain }, this.#calls === 1);
  }

  #block(block: Block, frame: Frame, flow: Flow, isEntry: boolean): void {
    for (const statement of block) this.#statement(statement, frame, flow, isEntry);
  }

  #statement(s: Statement, frame: Frame, flow: Flow, isEntry: boolean): void {
    switch (s.kind) {
      case 'expression':
        this.#read(s.value, frame, flow.certain);
        return;
      case 'assign':
        this.#read(s.value, frame, flow.certain);
        for (const target of s.targets) this.#assign(target, s.value, frame, flow.certain);
        return;
      case 'augment':
        this.#read(s.value, frame, flow.certain);
        this.#read(s.target, frame, flow.certain);
        return;
      case 'assert': {
        const key = frame.membership(s.test);
        if (key === null) this.#read(s.test, frame, flow.certain);
        else {
          if (!this.#needs.has(key)) this.#asserts.add(key);
          this.#need(key, flow.certain);
        }
        return;
      }
      case 'delete':
        for (const target of s.targets) this.#delete(target, frame, flow.certain);
        return;
      case 'return':
        if (s.value) this.#read(s.value, frame, flow.certain);
        if (isEntry && s.value) this.#returned(s.value, frame);
        // What comes after is reached where a branch did not return.
        flow.certain = false;
        return;
      case 'raise':
        flow.certain = false;
        return;
      case 'if':
        this.#branch(s, frame, flow, isEntry);
        return;
      case 'for':
        this.#read(s.iterable, frame, flow.certain);
        this.#loop(s, frame, flow, isEntry);
        return;
      case 'while':
        frame.within(() => this.#block(s.body, frame, { certain: false }, isEntry));
        return;
      case 'with':
        this.#read(s.manager, frame, flow.certain);
        this.#block(s.body, frame, flow, isEntry);
        return;
      case 'try':
        // A KeyError may be caught.
        frame.within(() => this.#block(s.body, frame, { certain: false }, isEntry));
        for (const { body } of s.handlers) frame.within(() => this.#block(body, frame, { certain: false }, isEntry));
        frame.within(() => this.#block(s.otherwise, frame, { certain: false }, isEntry));
        this.#block(s.last, frame, flow, isEntry);
        return;
      case 'pass':
      case 'declare':
      case 'import':
      case 'importFrom':
        return;
      case 'function':
        this.#block(s.body, frame, { certain: false }, false);
        return;
      case 'continue':
      case 'break':
        flow.certain = false;
        return;
      default:
        // Code of another kind may do anything.
        this.#open = true;
    }
  }

  #branch(s: Statement<'if'>, frame: Frame, flow: Flow, isEntry: boolean): void {
    const test = truth(evaluate(s.test, frame.names));
    if (test !== null) {
      this.#block(test ? s.body : s.otherwise, frame, flow, isEntry);
      return;
    }
    this.#read(s.test, frame, flow.certain);
    // By chance: now and then each of the two is taken.
    const isChance = flow.certain && byChance(s.test);
    const taken: Flow = { certain: isChance };
    const other: Flow = { certain: isChance && s.otherwise.length > 0 };
    const before = new Set(this.#set);
    // What is set where it is there already is nothing new.
    const guards = frame.presentIn(s.test).filter(key => !this.#guards.has(key));
    for (const key of guards) this.#guards.add(key);
    frame.within(() => this.#block(s.body, frame, taken, isEntry));
    for (const key of guards) this.#guards.delete(key);
    for (const key of [...this.#set]) if (!before.has(key)) this.#set.delete(key);
    frame.within(() => this.#block(s.otherwise, frame, other, isEntry));
    for (const key of [...this.#set]) if (!before.has(key)) this.#set.delete(key);
    if (!isChance && (leaves(s.body) || leaves(s.otherwise))) flow.certain = false;
  }

  #loop(s: Statement<'for'>, frame: Frame, flow: Flow, isEntry: boolean): void {
    const items = evaluate(s.iterable, frame.names);
    const { target } = s;
    const texts =
      items.kind === 'items' ? items.items.map(item => (item.kind === 'constant' && typeof item.value === 'string' ? item : null)) : null;
    if (target.kind === 'name' && texts?.length && texts.every(text => text !== null) && texts.length < MOST_TEXTS) {
      for (const text of texts) {
        frame.locals.set(target.name, text);
        const inner: Flow = { certain: flow.certain };
        this.#block(s.body, frame, inner, isEntry);
      }
      frame.locals.delete(target.name);
    } else {
      // Another key each time.
      if (target.kind === 'name') frame.lookedUp.delete(target.name);
      frame.within(() => this.#block(s.body, frame, { certain: false }, isEntry));
    }
    this.#block(s.otherwise, frame, { certain: false }, isEntry);
    if (leaves(s.body)) flow.certain = false;
  }

  #assign(target: Expression, value: Expression, frame: Frame, certain: boolean): void {
    if (target.kind === 'name') {
      frame.lookedUp.delete(target.name);
      const isResults = frame.isResults(value) || this.#handsOn(value, frame);
      if (isResults) frame.results.add(target.name);
      else if (target.name === frame.parameter) {
        // Something made of them goes on under their name.
        this.#open = true;
        return;
      } else if (frame.results.has(target.name)) {
        if (!certain) return;
        frame.results.delete(target.name);
      }
      frame.locals.set(target.name, certain || !frame.locals.has(target.name) ? evaluate(value, frame.names) : UNKNOWN);
      const entries = evaluate(value, frame.names);
      if (!isResults && entries.kind === 'entries') this.#others.set(target.name, new Set(entries.entries.keys()));
    } else if (target.kind === 'subscript') {
      this.#read(target.key, frame, certain);
      const keys = frame.textsOf(target.key);
      if (frame.isResults(target.object)) {
        if (!keys && !(target.key.kind === 'name' && frame.lookedUp.has(target.key.name))) this.#open = true;
        for (const key of keys ?? []) {
          if (!this.#guards.has(key)) this.#given(key, isRenewed(value, key, frame));
          this.#drops.delete(key);
          if (certain) this.#set.add(key);
        }
      } else {
        this.#read(target.object, frame, certain);
        if (target.object.kind === 'name') {
          const of = this.#others.get(target.object.name) ?? new Set();
          for (const key of keys ?? []) of.add(key);
          this.#others.set(target.object.name, of);
        }
      }
    } else if (target.kind === 'tuple' || target.kind === 'list') {
      const values = value.kind === 'tuple' || value.kind === 'list' ? value.items : null;
      for (const [i, item] of target.items.entries())
        this.#assign(item, values?.[i] ?? { kind: 'ellipsis', span: value.span }, frame, certain);
    } else if (target.kind === 'attribute') {
      // Kept for later: what is done with it there is not seen, but it is the same dict only within this call.
      this.#read(target.object, frame, certain);
    }
  }

  #given(key: string, isRenewed: boolean): void {
    if (!isRenewed) this.#renews.delete(key);
    else if (!this.#gives.has(key)) this.#renews.add(key);
    this.#gives.add(key);
  }

  #delete(target: Expression, frame: Frame, certain: boolean): void {
    const key = target.kind === 'subscript' && frame.isResults(target.object) ? frame.textsOf(target.key)?.[0] : undefined;
    if (key === undefined) return;
    this.#need(key, certain);
    if (certain) this.#drops.add(key);
  }

  #returned(value: Expression, frame: Frame): void {
    if (value.kind === 'constant' && value.value === null) return;
    if (frame.isResults(value) || this.#handsOn(value, frame)) this.#returnsResults = true;
    else if (value.kind === 'name' && this.#others.has(value.name)) this.#replaced = this.#others.get(value.name) ?? null;
    else if (value.kind === 'conditional') {
      this.#returned(value.chosen, frame);
      this.#returned(value.otherwise, frame);
    } else this.#open = true;
  }

  /** Reads an expression: each key of the results that it asks for, and what is done with them as a whole. */
  #read(of: Expression, frame: Frame, certain: boolean): void {
    if (of.kind === 'call') this.#called(of, frame, certain);
    else if (of.kind === 'subscript' && frame.isResults(of.object)) {
      for (const key of frame.textsOf(of.key) ?? []) this.#need(key, certain);
      if (of.key.kind === 'name') frame.lookedUp.add(of.key.name);
      this.#read(of.key, frame, certain);
    } else
      for (const { value, always } of childrenOf(of))
        if (always) this.#read(value, frame, certain);
        else frame.within(() => this.#read(value, frame, false));
  }

  #called(of: Expression<'call'>, frame: Frame, certain: boolean): void {
    const { callee, args } = of;
    if (callee.kind === 'attribute' && frame.isResults(callee.object)) {
      this.#methodOfResults(callee.name, of, frame, certain);
      return;
    }
    const position = args.findIndex(a => frame.isResults(a.value));
    for (const argument of args) if (!frame.isResults(argument.value)) this.#read(argument.value, frame, certain);
    if (position < 0) {
      this.#read(callee, frame, certain);
      // A method of its own may do with what it keeps; with the results it can do nothing.
      return;
    }
    const argument = args[position];
    if (argument?.kind === 'splat' || argument?.kind === 'mapping') return;
    const method = this.#methodCalled(callee, frame);
    if (method) {
      const index =
        argument?.kind === 'named'
          ? method.definition.parameters.findIndex(p => p.name === argument.name)
          : position + (isStatic(method.definition) ? 0 : 1);
      this.call(method, index, { certain });
    } else if (callee.kind === 'attribute' && isSelf(callee.object)) this.#built(this.#own.get(callee.name) ?? UNKNOWN, certain);
    else if (!(callee.kind === 'name' && HARMLESS.has(callee.name)) && !(callee.kind === 'attribute' && HARMLESS.has(callee.name)))
      this.#open = true;
  }

  #methodOfResults(name: string, { args }: Expression<'call'>, frame: Frame, certain: boolean): void {
    for (const argument of args) this.#read(argument.value, frame, certain);
    const keys = args[0]?.kind === 'positional' ? frame.textsOf(args[0].value) : null;
    if (name === 'pop') {
      for (const key of keys ?? []) {
        if (args.length === 1) this.#need(key, certain);
        if (certain) this.#drops.add(key);
      }
    } else if (name === 'setdefault') {
      if (!keys) this.#open = true;
      for (const key of keys ?? []) this.#given(key, false);
    } else if (name === 'update') {
      for (const argument of args) {
        const value = argument.kind === 'named' ? null : evaluate(argument.value, frame.names);
        if (argument.kind === 'named') this.#given(argument.name, false);
        else if (value?.kind === 'entries') {
          for (const key of value.entries.keys()) this.#given(key, false);
          if (!value.isWhole) this.#open = true;
        } else this.#open = true;
      }
    } else if (!READING.has(name)) this.#open = true;
  }

  /** `self.method`, or the next one's by `super()`. */
  #methodCalled(callee: Expression, frame: Frame): Method | null {
    if (callee.kind !== 'attribute') return null;
    if (isSelf(callee.object)) return locate(this.#source, callee.name, 0);
    const { object } = callee;
    return object.kind === 'call' && object.callee.kind === 'name' && object.callee.name === 'super'
      ? locate(this.#source, callee.name, frame.at + 1)
      : null;
  }

  /** Another transform that the constructor made. */
  #built(of: Known, certain: boolean): void {
    const from = of.kind === 'built' ? of.from : UNKNOWN;
    const type = from.kind === 'entries' ? from.entries.get('type') : undefined;
    const source = type?.kind === 'constant' && typeof type.value === 'string' ? this.#classFor(type.value) : null;
    if (!source || from.kind !== 'entries') {
      this.#open = true;
      return;
    }
    const inner = stepKeys(source, from.entries, this.#classFor, this.#depth + 1);
    for (const key of inner.needs) this.#need(key, certain);
    for (const key of inner.gives) this.#given(key, inner.renews.has(key));
    if (inner.open || inner.replaces) this.#open = true;
  }

  #need(key: string, certain: boolean): void {
    if (certain && !this.#open && !this.#set.has(key) && !this.#gives.has(key)) this.#needs.add(key);
  }

  /** A call that is given the results and whose answer is them, as far as methods of a transform go; a copy counts as well. */
  #handsOn(of: Expression, frame: Frame): boolean {
    if (of.kind !== 'call') return false;
    if (of.callee.kind === 'attribute' && of.callee.name === 'copy' && frame.isResults(of.callee.object)) return true;
    if (!of.args.some(a => frame.isResults(a.value))) return false;
    const { callee } = of;
    if ((callee.kind === 'name' || callee.kind === 'attribute') && callee.name === 'deepcopy') return true;
    const method = this.#methodCalled(callee, frame);
    return method
      ? returnsIts(method.definition)
      : callee.kind === 'attribute' && isSelf(callee.object) && this.#own.get(callee.name)?.kind === 'built';
  }
}

const MOST_CALLS = 60;
const MOST_TEXTS = 40;
const HARMLESS = new Set(['len', 'print', 'isinstance', 'deepcopy', 'copy', 'list', 'sorted', 'type', 'id', 'bool']);
const READING = new Set(['get', 'keys', 'values', 'items', 'copy']);

/** Whether a value is always made of what stands under the same key: `results['img'] = flipped(results['img'])`. */
function isRenewed(value: Expression, key: string, frame: Frame): boolean {
  if (value.kind === 'subscript' && frame.isResults(value.object) && frame.textsOf(value.key)?.[0] === key) return true;
  return childrenOf(value).some(({ value: inner, always }) => always && isRenewed(inner, key, frame));
}
