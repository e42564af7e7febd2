/**
 * Most statements of a config only say what is: literals, `dict(…)`, names, `_base_.x`, and a sum of these. They run once, so to compile them first would be most of the
 * work; here they are evaluated from their nodes, with the same sites as the compiled code gives. Such an expression changes nothing, and so one that turns out to be
 * more than that (or to fail) is left as if nobody had begun it, for the compiler to do.
 */
import { getAttribute, setAttribute } from '../python/attribute.ts';
import { call } from '../python/call.ts';
import { meter } from '../python/meter.ts';
import type { Module } from '../python/module.ts';
import { binary, compare, getItem, setItem, traced, truth, unary } from '../python/operate.ts';
import { Box } from '../python/origin.ts';
import { DICT, Dict } from '../python/types/dict.ts';
import { FLOAT, Float } from '../python/types/float.ts';
import { BOOL, INT, NONE } from '../python/types/int.ts';
import { LIST, List } from '../python/types/list.ts';
import { Slice } from '../python/types/slice.ts';
import { STR } from '../python/types/str.ts';
import { TUPLE, Tuple } from '../python/types/tuple.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { EntrySite, Site, Value } from '../python/value.ts';
import type { Argument, Expression, Span, Statement } from '../syntax/nodes.ts';
import { CONFIG_DICT } from './config-dict.ts';

class NotPlain extends Error {}
const NOT_PLAIN = new NotPlain('not plain');

export class PlainStatements {
  readonly #file: string;
  /** Where names are looked up. Null: there are none. */
  readonly #module: Module | null;
  /** The name that a comprehension binds, while it runs. */
  #local: { readonly name: string; value: Value } | null = null;
  /** The last site that was made, and what it is of: a literal, its entry and its place in a list have the same. */
  #span: Span | null = null;
  #last: Site | null = null;

  constructor(file: string, module: Module | null) {
    this.#file = file;
    this.#module = module;
  }

  /** Whether it was run. */
  run(node: Statement): boolean {
    try {
      if (node.kind === 'assign') return this.#assign(node);
      return node.kind === 'expression' && node.value.kind === 'constant';
    } catch {
      // Whatever it was: done again, it comes again.
      this.#local = null;
      return false;
    }
  }

  /** Undefined where it is not plain. */
  value(node: Expression): Value | undefined {
    try {
      return this.#value(node);
    } catch {
      return undefined;
    }
  }

  #assign({ targets, value: node, annotation }: Statement<'assign'>): boolean {
    const [target] = targets,
      module = this.#module;
    if (!target || annotation || !module) return false;
    if (targets.length === 1 && target.kind === 'name') {
      const value = this.#value(node);
      module.cell(target.name).value = value;
      return true;
    }
    if (targets.length > 1) {
      for (const { kind } of targets) if (kind !== 'name') return false;
      const value = this.#value(node);
      for (const t of targets) if (t.kind === 'name') module.cell(t.name).value = value;
      return true;
    }
    if (target.kind === 'attribute') {
      const value = this.#value(node),
        object = this.#value(target.object);
      // Of a base that is not there: nothing comes of it.
      if (object instanceof UnknownValue) return true;
      if (!(object instanceof Dict) || object.type !== CONFIG_DICT) return false;
      setAttribute(object, target.name, value, this.#entrySite(target.span, node));
      return true;
    }
    if (target.kind !== 'subscript') return false;
    const value = this.#value(node),
      object = this.#value(target.object),
      key = this.#value(target.key);
    if (!isContainer(object) || key instanceof Slice) return false;
    setItem(object, key, value, this.#entrySite(target.key.span, node));
    return true;
  }

  #value(node: Expression): Value {
    switch (node.kind) {
      case 'constant':
        return this.#constant(node);
      case 'name':
        return this.#name(node.name);
      case 'call':
        return this.#dictCall(node);
      case 'list': {
        const items = this.#items(node.items),
          list = new List(items);
        list.site = this.#site(node.span);
        list.elements = this.#elements(node.items, items);
        return list;
      }
      case 'tuple': {
        const items = this.#items(node.items),
          tuple = new Tuple(items);
        tuple.site = this.#site(node.span);
        tuple.elements = this.#elements(node.items, items);
        return tuple;
      }
      case 'dict':
        return this.#display(node);
      case 'comprehension':
        return this.#comprehension(node);
      case 'attribute': {
        const object = this.#value(node.object);
        if (!(object instanceof Dict) || object.type !== CONFIG_DICT) throw NOT_PLAIN;
        return getAttribute(object, node.name);
      }
      case 'subscript': {
        const object = this.#value(node.object),
          key = node.key.kind === 'constant' ? bare(node.key) : this.#value(node.key);
        if (!isContainer(object) && !isSequence(object) && !isScalar(object)) throw NOT_PLAIN;
        return getItem(object, key);
      }
      case 'slice':
        return new Slice(this.#part(node.start), this.#part(node.stop), this.#part(node.step));
      case 'unary':
        if (node.operator === 'not') return !truth(this.#simple(node.operand));
        if (node.operand.kind === 'constant') return traced(unary(node.operator, bare(node.operand)), [this.#site(node.span)]);
        return unary(node.operator, this.#scalar(node.operand));
      case 'binary': {
        const left = this.#simple(node.left),
          right = this.#simple(node.right);
        // A text is made of what it is filled with.
        if (node.operator === '%' && !isScalar(right) && !(right instanceof Tuple && right.items.every(isScalar))) throw NOT_PLAIN;
        return binary(node.operator, left, right);
      }
      case 'boolean': {
        const left = this.#simple(node.left);
        return truth(left) === (node.operator === 'and') ? this.#value(node.right) : left;
      }
      case 'conditional':
        return this.#value(truth(this.#simple(node.test)) ? node.chosen : node.otherwise);
      case 'compare': {
        const [only] = node.rest;
        if (!only || node.rest.length > 1) throw NOT_PLAIN;
        const left = this.#scalar(node.first);
        return compare(only.operator, left, this.#scalar(only.operand));
      }
      default:
        throw NOT_PLAIN;
    }
  }

  #constant({ value, span }: Expression<'constant'>): Value {
    const from = [this.#site(span)];
    switch (typeof value) {
      case 'string':
        return new Box(value, from, STR);
      case 'number':
      case 'bigint':
        return new Box(value, from, INT);
      case 'boolean':
        return new Box(value, from, BOOL);
      default:
        if (value === null) return new Box(null, from, NONE);
        if ('float' in value) return new Float(value.float, from);
        throw NOT_PLAIN;
    }
  }

  #name(name: string): Value {
    if (this.#local?.name === name) return this.#local.value;
    const cell = this.#module?.cells.get(name),
      value = cell?.value;
    if (value !== undefined) return value;
    const builtin = cell?.pending ? undefined : this.#module?.builtins.get(name);
    if (builtin === undefined) throw NOT_PLAIN;
    return builtin;
  }

  #dictCall({ callee, args, span }: Expression<'call'>): Value {
    if (callee.kind !== 'name') throw NOT_PLAIN;
    if (callee.name !== 'dict') return this.#builtinCall(callee.name, args);
    if (this.#name('dict') !== DICT) throw NOT_PLAIN;
    const dict = new Dict();
    // Not by an iterator: that makes an object for each turn until it is compiled, which is long after most configs are read.
    for (let i = 0; i < args.length; i++) {
      const argument = args[i];
      if (argument?.kind === 'named') this.#named(dict, argument);
      else if (argument?.kind === 'mapping') this.#mapping(dict, argument.value);
      else throw NOT_PLAIN;
    }
    dict.site = this.#site(span);
    return dict;
  }
  /** Of numbers and texts, some of Python's own functions only tell. */
  #builtinCall(name: string, args: readonly Argument[]): Value {
    const builtin = TELLING.has(name) ? this.#name(name) : undefined;
    if (builtin === undefined || builtin !== this.#module?.builtins.get(name)) throw NOT_PLAIN;
    const given = args.map(({ kind, value }) => {
      if (kind !== 'positional') throw NOT_PLAIN;
      return name === 'len' ? this.#simple(value) : this.#scalar(value);
    });
    return call(builtin, given);
  }
  #named({ entries }: Dict, { name, span, value: node }: Argument & { readonly kind: 'named' }): void {
    const { start, line } = span,
      value = this.#value(node);
    // Python refuses a name that comes twice.
    if (entries.has(name)) throw NOT_PLAIN;
    const written = { key: { file: this.#file, start, end: start + name.length, line }, value: this.#site(node.span), before: null };
    entries.set(name, { key: name, value, written });
  }
  #mapping({ entries }: Dict, node: Expression): void {
    const mapping = this.#value(node);
    if (!(mapping instanceof Dict) || (mapping.type !== DICT && mapping.type !== CONFIG_DICT)) throw NOT_PLAIN;
    for (const [k, e] of mapping.entries) {
      if (typeof k !== 'string' || k.charCodeAt(0) === 0 || entries.has(k)) throw NOT_PLAIN;
      entries.set(k, { key: k, value: getItem(mapping, e.key), written: e.written });
    }
  }

  #display({ pairs, span }: Expression<'dict'>): Value {
    const dict = new Dict();
    for (const { key: written, value: node } of pairs) {
      if (!written) throw NOT_PLAIN;
      const key = this.#value(written),
        value = this.#value(node);
      if (!isScalar(key)) throw NOT_PLAIN;
      dict.set(key, value, this.#entrySite(written.span, node));
    }
    dict.site = this.#site(span);
    return dict;
  }

  #items(nodes: readonly Expression[]): Value[] {
    const items: Value[] = [];
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i];
      if (!node) continue;
      if (node.kind !== 'starred') items.push(this.#value(node));
      else {
        const opened = this.#value(node.value);
        if (!isSequence(opened)) throw NOT_PLAIN;
        for (const item of opened.items) items.push(item);
      }
    }
    return items;
  }
  /** Not of a display with a star in it. */
  #elements(nodes: readonly Expression[], items: readonly Value[]): List['elements'] {
    const sites: Site[] = [];
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i];
      if (!node || node.kind === 'starred') return null;
      sites.push(this.#site(node.span));
    }
    return { values: items.slice(), sites };
  }

  /** A list of one thing for each of others. */
  #comprehension({ form, item, clauses: [clause, ...more], span }: Expression<'comprehension'>): Value {
    if (form !== 'list' || this.#local || clause?.kind !== 'for' || more.length || clause.target.kind !== 'name') throw NOT_PLAIN;
    const source = this.#value(clause.iterable);
    if (!isSequence(source)) throw NOT_PLAIN;
    const list = new List([]);
    list.site = this.#site(span);
    if (!source.items.length) return list;
    const site = this.#site(item.span),
      sites: Site[] = [];
    const local = { name: clause.target.name, value: source.items[0] ?? null };
    this.#local = local;
    for (const one of source.items) {
      meter.step();
      local.value = one;
      list.items.push(this.#value(item));
      sites.push(site);
    }
    this.#local = null;
    list.elements = { values: list.items.slice(), sites };
    return list;
  }

  #part(node: Expression | null): Value {
    return node ? this.#value(node) : null;
  }
  /** A number, a text, True, False or None. */
  #scalar(node: Expression): Value {
    const value = this.#value(node);
    if (!isScalar(value)) throw NOT_PLAIN;
    return value;
  }
  /** One of those, or a list or tuple. */
  #simple(node: Expression): Value {
    const value = this.#value(node);
    if (!isScalar(value) && !isSequence(value)) throw NOT_PLAIN;
    return value;
  }

  #site(span: Span): Site {
    if (this.#span === span && this.#last) return this.#last;
    const { start, end, line } = span;
    this.#span = span;
    return (this.#last = { file: this.#file, start, end, line });
  }
  #entrySite(key: Span, { span }: Expression): EntrySite {
    return { key: this.#site(key), value: this.#site(span) };
  }
}

const TELLING: ReadonlySet<string> = new Set(['len', 'int', 'float', 'round', 'min', 'max', 'abs']);
const isSequence = (v: Value): v is List | Tuple => (v instanceof List && v.type === LIST) || (v instanceof Tuple && v.type === TUPLE);
/** What can be put into. */
const isContainer = (v: Value): boolean =>
  (v instanceof Dict && (v.type === CONFIG_DICT || v.type === DICT)) || (v instanceof List && v.type === LIST);
const isScalar = (v: Value): boolean =>
  v instanceof Box ? !v.type.custom : typeof v !== 'object' || v === null || (v instanceof Float && v.type === FLOAT);

/** Of a constant that only chooses, such as the key in `d['a']`: what is chosen does not come from it. */
function bare({ value }: Expression<'constant'>): Value {
  if (typeof value !== 'object' || value === null) return value;
  if ('float' in value) return new Float(value.float);
  throw NOT_PLAIN;
}
