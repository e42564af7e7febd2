/** What a class's constructor takes: its own parameters, and through `super().__init__(**kwargs)` those of its bases, across modules and libraries. */

import type { Choices, Parameter } from '../entry.ts';
import type { Snapshot } from '../snapshot.ts';
import { choicesOf, passedAs, type Written } from './choices.ts';
import type { ClassOutline, RawParameter } from './definitions.ts';
import { type Docstring, NOTHING_TOLD } from './docstring.ts';
import type { Definition, Modules } from './modules.ts';
import type { PassedOn } from './passed-on.ts';

export interface Signature {
  readonly parameters: readonly Parameter[];
  readonly variadic: { readonly args: string | null; readonly kwargs: string | null };
  /** An unknown keyword gets through, or may. */
  readonly open: boolean;
  /** Null: every base was found. Else one that was not, so that more may be taken than is told here; empty where it is not even named. */
  readonly lacks: string | null;
}

/** One class of a method resolution order. `init` null: it has none of its own; undefined: nothing is known of it. */
interface Ancestor {
  readonly name: string;
  readonly init:
    | { readonly parameters: readonly RawParameter[]; readonly passed: PassedOn | null; readonly decorated?: boolean }
    | null
    | undefined;
  /** Read when it is asked for: most are not. */
  readonly doc: () => Docstring;
  /** Null where its source is not at hand. */
  readonly written: Written | null;
}

const MODULE_INIT: Ancestor['init'] = {
  parameters: [
    { name: 'args', kind: 'args', default: null, annotation: null },
    { name: 'kwargs', kind: 'kwargs', default: null, annotation: null },
  ],
  // torch refuses what reaches it here
  passed: { to: { base: 'super', after: null, given: 0, named: [], same: [] }, otherwise: false },
};
const UNKNOWN: Signature = { parameters: [], variadic: { args: null, kwargs: null }, open: true, lacks: '' };
const WITHOUT_INIT = new Set([
  'object',
  'abc.ABC',
  'ABC',
  'typing.Generic',
  'typing.Protocol',
  'torch.utils.data.Dataset',
  'torch.utils.data.dataset.Dataset',
]);

export function signatureOf(modules: Modules, facts: Snapshot, definition: Definition): Signature {
  if (definition.kind === 'function') {
    const { file, outline } = definition;
    const open = outline.decorated || outline.parameters.some(p => p.kind === 'kwargs');
    return own(outline.parameters, open, null, told(once(() => modules.docstring(file, outline))));
  }
  if (definition.kind !== 'class') return UNKNOWN;
  if (definition.outline.generated) return UNKNOWN;
  return ofOrder(modules, order(modules, facts, definition));
}

function ofOrder(modules: Modules, ancestors: readonly Ancestor[]): Signature {
  const at = ancestors.findIndex(ancestor => ancestor.init !== null);
  const init = ancestors[at]?.init;
  if (at < 0) return { ...UNKNOWN, open: false, lacks: null };
  if (!init) return { ...UNKNOWN, lacks: ancestors[at]!.name };
  const reached = gained(modules, ancestors, at, new Set());
  const base = own(init.parameters, reached.open || init.decorated === true, reached.lacks, tellerAt(modules, ancestors, at));
  return { ...base, parameters: [...base.parameters, ...reached.parameters] };
}

/** `from`: the base that takes it. */
type Teller = (parameter: RawParameter, from?: string) => Parameter;

/** Tells of the parameters of one constructor of an order. */
function tellerAt(modules: Modules, ancestors: readonly Ancestor[], at: number): Teller {
  const written = ancestors.map(ancestor => ancestor.written);
  return told(ancestors[at]!.doc, parameter => {
    const own = choicesOf(modules, written, at, parameter);
    const init = written[at]?.outline.init;
    if (own || !init) return own;
    const from = baseAt(ancestors, at);
    const base = from === null ? undefined : written[from]?.outline.init;
    const as = base ? passedAs(init, parameter.name, base) : null;
    return from !== null && as ? choicesOf(modules, written, from, { name: as.name, default: parameter.default }) : null;
  });
}

/** Parameters of the bases that the constructor at `at` hands its `**kwargs` to. */
function gained(
  modules: Modules,
  ancestors: readonly Ancestor[],
  at: number,
  taken: ReadonlySet<string>,
): Pick<Signature, 'parameters' | 'open' | 'lacks'> {
  const init = ancestors[at]!.init;
  if (init === undefined) return { parameters: [], open: true, lacks: ancestors[at]!.name };
  if (init === null || !init.parameters.some(parameter => parameter.kind === 'kwargs')) return { parameters: [], open: false, lacks: null };
  const to = init.passed?.to;
  if (!to) return { parameters: [], open: true, lacks: null };
  const open = init.passed?.otherwise ?? false;
  const from = baseAt(ancestors, at);
  if (from === null) return { parameters: [], open, lacks: null };
  const base = ancestors[from]!;
  if (!base.init) return { parameters: [], open: true, lacks: base.name };
  const hidden = new Set([...taken, ...to.named, ...init.parameters.map(parameter => parameter.name)]);
  const tell = tellerAt(modules, ancestors, from);
  const parameters = base.init.parameters.flatMap((parameter, position): Parameter[] => {
    const given = (parameter.kind === 'plain' || parameter.kind === 'positional') && position < to.given;
    if (given || parameter.kind === 'args' || parameter.kind === 'kwargs' || hidden.has(parameter.name)) return [];
    return [tell(parameter, base.name)];
  });
  const more = gained(modules, ancestors, from, new Set([...hidden, ...parameters.map(p => p.name)]));
  return { parameters: [...parameters, ...more.parameters], open: open || more.open, lacks: more.lacks };
}

/** The next class of the order whose constructor the one at `at` calls; null where none is left. */
function baseAt(ancestors: readonly Ancestor[], at: number): number | null {
  const to = ancestors[at]!.init?.passed?.to;
  if (!to) return null;
  const named = (name: string): number =>
    ancestors.findIndex((ancestor, i) => i >= at && ancestor.name.split('.').at(-1) === name.split('.').at(-1));
  let from = at + 1;
  if (to.base !== 'super') from = Math.max(from, named(to.base));
  // `super(Base, self)` passes over what stands before Base's own bases.
  else if (to.after !== null) from = Math.max(from, named(to.after) + 1);
  while (from < ancestors.length && ancestors[from]!.init === null) from++;
  return from < ancestors.length ? from : null;
}

function own(parameters: readonly RawParameter[], open: boolean, lacks: string | null, tell: Teller): Signature {
  const name = (kind: RawParameter['kind']) => parameters.find(parameter => parameter.kind === kind)?.name ?? null;
  return {
    parameters: parameters.filter(parameter => parameter.kind !== 'args' && parameter.kind !== 'kwargs').map(parameter => tell(parameter)),
    variadic: { args: name('args'), kwargs: name('kwargs') },
    open,
    lacks,
  };
}

const told =
  (doc: () => Docstring, choices: (parameter: RawParameter) => Choices | null = () => null): Teller =>
  (parameter, from) => {
    const among = choices(parameter);
    return {
      name: parameter.name,
      required: parameter.default === null,
      default: parameter.default,
      annotation: parameter.annotation,
      get description() {
        return doc().arguments.get(parameter.name);
      },
      ...(from !== undefined && { from }),
      ...(among && { choices: among }),
    };
  };

/** A class tells of its arguments itself, or its constructor does. */
function docOf(modules: Modules, { file, outline }: Definition & { kind: 'class' }): Docstring {
  const own = modules.docstring(file, outline);
  return own.arguments.size > 0 || !outline.init?.doc ? own : { ...modules.docstring(file, outline.init), summary: own.summary };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

/** The method resolution order, the class itself first: C3, as Python has it. */
function order(modules: Modules, facts: Snapshot, definition: Definition & { kind: 'class' }, seen: readonly string[] = []): Ancestor[] {
  const name = `${definition.module}.${definition.outline.name}`;
  const self: Ancestor = {
    name,
    init: withoutSelf(definition.outline),
    doc: once(() => docOf(modules, definition)),
    written: definition,
  };
  if (seen.includes(name)) return [self];
  const bases = definition.outline.bases.map(text => {
    const written = text.replace(/\[[\s\S]*$/, '').trim();
    const base = /^[\w.]+$/.test(written) ? modules.resolve(definition.module, written) : null;
    if (base?.kind === 'class') return order(modules, facts, base, [...seen, name]);
    return external(base?.kind === 'external' ? base.name : written, base === null, facts);
  });
  return [self, ...merge([...bases, bases.map(base => base[0]!)])];
}

function external(name: string, unresolved: boolean, facts: Snapshot): Ancestor[] {
  const known = { name, doc: () => NOTHING_TOLD };
  // What has no constructor has no tables either.
  if (WITHOUT_INIT.has(name)) return [{ ...known, init: null, written: { module: name, outline: NOTHING_WRITTEN } }];
  if (name === 'torch.nn.Module' || name === 'torch.nn.modules.module.Module' || name === 'torch.nn.modules.Module')
    return [{ ...known, init: MODULE_INIT, written: { module: name, outline: NOTHING_WRITTEN } }];
  if (unresolved) return [{ ...known, init: undefined, written: null }];
  const parameters = facts.external(name);
  return [{ ...known, init: parameters ? { parameters, passed: null } : undefined, written: null }];
}

const NOTHING_WRITTEN: ClassOutline = { kind: 'class', name: '', line: 0, bases: [], init: null, doc: null, generated: false, tables: [] };

function withoutSelf(outline: ClassOutline): Ancestor['init'] {
  if (outline.generated) return undefined;
  return outline.init && { ...outline.init, parameters: outline.init.parameters.slice(1) };
}

function merge(lists: readonly (readonly Ancestor[])[]): Ancestor[] {
  const out: Ancestor[] = [];
  let rest = lists.filter(list => list.length > 0);
  while (rest.length > 0) {
    const heads = rest.map(list => list[0]!);
    // A hierarchy that has no order is Python's error at import; here the first head serves.
    const next = heads.find(head => rest.every(list => !list.slice(1).some(ancestor => ancestor.name === head.name))) ?? heads[0]!;
    out.push(next);
    rest = rest.map(list => list.filter(ancestor => ancestor.name !== next.name)).filter(list => list.length > 0);
  }
  return out;
}
