/** What a class's constructor takes: its own parameters, and through `super().__init__(**kwargs)` those of its bases, across modules and libraries. */

import type { Parameter } from '../entry.ts';
import type { Snapshot } from '../snapshot.ts';
import { type Docstring, NOTHING_TOLD, readDocstring } from './docstring.ts';
import type { Definition, Modules } from './modules.ts';
import type { ClassOutline, RawParameter } from './outline.ts';
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
  readonly doc: Docstring;
}

const MODULE_INIT: Ancestor['init'] = {
  parameters: [
    { name: 'args', kind: 'args', default: null, annotation: null },
    { name: 'kwargs', kind: 'kwargs', default: null, annotation: null },
  ],
  // torch refuses what reaches it here
  passed: { to: { base: 'super', after: null, given: 0, named: [] }, otherwise: false },
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
  if (definition.kind === 'function')
    return own(
      definition.outline.parameters,
      definition.outline.parameters.some(p => p.kind === 'kwargs'),
      null,
      readDocstring(definition.outline.doc),
    );
  if (definition.kind !== 'class') return UNKNOWN;
  if (definition.outline.generated) return UNKNOWN;
  return ofOrder(order(modules, facts, definition));
}

function ofOrder(ancestors: readonly Ancestor[]): Signature {
  const at = ancestors.findIndex(ancestor => ancestor.init !== null);
  const init = ancestors[at]?.init;
  if (at < 0) return { ...UNKNOWN, open: false, lacks: null };
  if (!init) return { ...UNKNOWN, lacks: ancestors[at]!.name };
  const reached = gained(ancestors, at, new Set());
  const base = own(init.parameters, reached.open || init.decorated === true, reached.lacks, ancestors[at]!.doc);
  return { ...base, parameters: [...base.parameters, ...reached.parameters] };
}

/** Parameters of the bases that the constructor at `at` hands its `**kwargs` to. */
function gained(ancestors: readonly Ancestor[], at: number, taken: ReadonlySet<string>): Pick<Signature, 'parameters' | 'open' | 'lacks'> {
  const init = ancestors[at]!.init;
  if (init === undefined) return { parameters: [], open: true, lacks: ancestors[at]!.name };
  if (init === null || !init.parameters.some(parameter => parameter.kind === 'kwargs')) return { parameters: [], open: false, lacks: null };
  const to = init.passed?.to;
  if (!to) return { parameters: [], open: true, lacks: null };
  const open = init.passed?.otherwise ?? false;
  const named = (name: string): number =>
    ancestors.findIndex((ancestor, i) => i >= at && ancestor.name.split('.').at(-1) === name.split('.').at(-1));
  let from = at + 1;
  if (to.base !== 'super') from = Math.max(from, named(to.base));
  // `super(Base, self)` passes over what stands before Base's own bases.
  else if (to.after !== null) from = Math.max(from, named(to.after) + 1);
  while (from < ancestors.length && ancestors[from]!.init === null) from++;
  const base = ancestors[from];
  if (!base) return { parameters: [], open, lacks: null };
  if (!base.init) return { parameters: [], open: true, lacks: base.name };
  const hidden = new Set([...taken, ...to.named, ...init.parameters.map(parameter => parameter.name)]);
  const parameters = base.init.parameters.flatMap((parameter, position): Parameter[] => {
    const given = (parameter.kind === 'plain' || parameter.kind === 'positional') && position < to.given;
    if (given || parameter.kind === 'args' || parameter.kind === 'kwargs' || hidden.has(parameter.name)) return [];
    return [{ ...told(parameter, base.doc), from: base.name }];
  });
  const more = gained(
    ancestors,
    from,
    new Set([...taken, ...to.named, ...init.parameters.map(p => p.name), ...parameters.map(p => p.name)]),
  );
  return { parameters: [...parameters, ...more.parameters], open: open || more.open, lacks: more.lacks };
}

function own(parameters: readonly RawParameter[], open: boolean, lacks: string | null, doc: Docstring): Signature {
  const name = (kind: RawParameter['kind']) => parameters.find(parameter => parameter.kind === kind)?.name ?? null;
  return {
    parameters: parameters
      .filter(parameter => parameter.kind !== 'args' && parameter.kind !== 'kwargs')
      .map(parameter => told(parameter, doc)),
    variadic: { args: name('args'), kwargs: name('kwargs') },
    open,
    lacks,
  };
}

const told = (parameter: RawParameter, doc: Docstring): Parameter => ({
  name: parameter.name,
  required: parameter.default === null,
  default: parameter.default,
  annotation: parameter.annotation,
  ...(doc.arguments.get(parameter.name) ? { description: doc.arguments.get(parameter.name)! } : {}),
});

/** A class tells of its arguments itself, or its constructor does. */
function docOf({ doc, init }: ClassOutline): Docstring {
  const own = readDocstring(doc);
  return own.arguments.size > 0 || !init?.doc ? own : { ...readDocstring(init.doc), summary: own.summary };
}

/** The method resolution order, the class itself first: C3, as Python has it. */
function order(modules: Modules, facts: Snapshot, definition: Definition & { kind: 'class' }, seen: readonly string[] = []): Ancestor[] {
  const name = `${definition.module}.${definition.outline.name}`;
  const self: Ancestor = { name, init: withoutSelf(definition.outline), doc: docOf(definition.outline) };
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
  if (WITHOUT_INIT.has(name)) return [{ name, init: null, doc: NOTHING_TOLD }];
  if (name === 'torch.nn.Module' || name === 'torch.nn.modules.module.Module' || name === 'torch.nn.modules.Module')
    return [{ name, init: MODULE_INIT, doc: NOTHING_TOLD }];
  if (unresolved) return [{ name, init: undefined, doc: NOTHING_TOLD }];
  const parameters = facts.external(name);
  return [{ name, init: parameters ? { parameters, passed: null } : undefined, doc: NOTHING_TOLD }];
}

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
