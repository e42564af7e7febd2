/** The keys of the results on their way through a pipeline. */

import { itemsFrom } from '../../config/from-value.ts';
import { plain } from '../../python/origin.ts';
import { Dict } from '../../python/types/dict.ts';
import { Float } from '../../python/types/float.ts';
import type { Value } from '../../python/value.ts';
import type { Entry } from '../../registry/entry.ts';
import { type ClassSource, classSource, type Sources } from '../class-source.ts';
import type { Part } from '../part.ts';
import { partAt } from '../part.ts';
import type { Pipeline } from '../pipelines.ts';
import { type ClassFor, OPEN, type StepKeys } from './keys.ts';
import { knownOf } from './known.ts';
import { recordKeys } from './record-keys.ts';
import { STATED } from './stated.ts';
import { stepKeys } from './step-keys.ts';

/** What is asked of the registries: the type of a part, and one that a transform names itself. */
export interface Types extends Sources {
  entryOf(part: Part): Entry | null;
  entryFor(type: string, around: Part): Entry | null;
  scopeOf(part: Part): string;
}

export interface Passed {
  readonly step: Part;
  readonly keys: StepKeys;
  /** Keys that are there when the step begins; null: any may be. */
  readonly before: ReadonlySet<string> | null;
  /** Of what it needs, what is surely not there. */
  readonly missing: readonly string[];
}

/** Step by step; from one that cannot be read on, anything may be there. */
export function flowOf(types: Types, pipeline: Pipeline): readonly Passed[] {
  // A wrapper puts in what its own class does.
  const isClosed = pipeline.isWhole && !pipeline.wraps && pipeline.sources.length > 0;
  const sets = isClosed ? pipeline.sources.map(set => recordKeysOf(types, set)) : [];
  const isKnown = isClosed && sets.every(set => set !== null);
  const steps = pipeline.steps.map(step => identified(types, step));
  const plainSteps = steps.every(({ inner }) => inner === null);
  const from = (): Set<string> | null => (isKnown ? new Set(sets.flatMap(set => [...(set ?? [])])) : null);
  if (!plainSteps) return walk(types, steps, from()).passed;
  // Data sets by the dozen have one pipeline, and it is the same after the next edit.
  const first = steps.find(({ source }) => source)?.source;
  const told = `${isKnown ? sets.map(set => (set ? numberOf(set) : '')).join() : ''}|${steps.map(({ text }) => text).join('|')}`;
  const before = first && flows.get(first)?.get(told);
  if (before) return before.flatMap((passed, i) => (pipeline.steps[i] ? [{ ...passed, step: pipeline.steps[i] }] : []));
  const { passed } = walk(types, steps, from());
  // Without the steps, which would keep all of a config that is long gone.
  if (first)
    kept(flows, first).set(
      told,
      passed.map(({ keys, before, missing }) => ({ keys, before, missing })),
    );
  return passed;
}

/** Keys that a record may have that comes in, of sets that are alike; null where they are not known. */
export function recordsOf(types: Types, { sources }: Pick<Pipeline, 'sources'>): ReadonlySet<string> | null {
  const [first, ...others] = sources.map(set => recordKeysOf(types, set));
  return first && others.every(keys => keys === first) ? first : null;
}

function recordKeysOf(types: Types, set: Part): ReadonlySet<string> | null {
  const entry = types.entryOf(set);
  const source = entry && classSource(types, entry);
  return source ? recordKeys(source) : null;
}

/** A step with what its keys depend on. */
interface Identified {
  readonly step: Part;
  readonly inner: InnerSteps | null;
  readonly entry: Entry | null;
  readonly source: ClassSource | null;
  /** Its class and its arguments. */
  readonly text: string;
}

function identified(types: Types, step: Part): Identified {
  const entry = types.entryOf(step);
  const source = entry && classSource(types, entry);
  const text = `${source ? numberOf(source) : (entry?.target ?? '')} ${types.scopeOf(step)} ${textOf(step.dict)}`;
  return { step, entry, source, text, inner: innerSteps(types, step) };
}

function walk(
  types: Types,
  steps: readonly Identified[],
  from: Set<string> | null,
): { readonly passed: readonly Passed[]; readonly keys: Set<string> | null } {
  let keys = from;
  const passed: Passed[] = [];
  for (const one of steps) {
    const { step, inner } = one;
    if (inner) {
      const branches = inner.steps.map(branch =>
        walk(
          types,
          branch.map(of => identified(types, of)),
          keys && new Set(keys),
        ),
      );
      passed.push(...branches.flatMap(branch => branch.passed));
      const after = branches.map(branch => branch.keys);
      keys = keys && after.every(end => end !== null) ? new Set([...keys, ...after.flatMap(end => [...(end ?? [])])]) : null;
      continue;
    }
    const own = keysOf(types, one);
    const before = keys;
    const missing = before ? own.needs.filter(key => !before.has(key)) : [];
    passed.push({ step, keys: own, before, missing });
    if (own.open) keys = null;
    else if (own.replaces) keys = new Set(own.gives);
    else if (keys) {
      // What was missing is not told again.
      const told: ReadonlySet<string> = new Set([...keys, ...own.needs]);
      keys = new Set([...told, ...[...own.gives].filter(key => told.has(key) || !own.renews.has(key))]);
      for (const key of own.drops) keys.delete(key);
    }
  }
  return { passed, keys };
}

export const keysOfStep = (types: Types, step: Part): StepKeys => keysOf(types, identified(types, step));

function keysOf(types: Types, { step, entry, source, text }: Identified): StepKeys {
  const stated = entry && STATED[entry.target];
  if (stated) return stated;
  if (!source) return OPEN;
  const byText = kept(known, source);
  let keys = byText.get(text);
  if (!keys) {
    const given = new Map(
      [...step.dict.entries.values()].flatMap(({ key, value }) => {
        const name = String(plain(key));
        return name === 'type' || name === '_scope_' ? [] : [[name, knownOf(value)] as const];
      }),
    );
    const classFor: ClassFor = type => {
      const found = types.entryFor(type, step);
      return found && classSource(types, found);
    };
    byText.set(text, (keys = stepKeys(source, given, classFor)));
  }
  return keys;
}

/** By the text of a step's arguments, and of a whole pipeline. A class's source is another object once a file of it was changed. */
const known = new WeakMap<ClassSource, Map<string, StepKeys>>();
const flows = new WeakMap<ClassSource, Map<string, readonly Omit<Passed, 'step'>[]>>();
const MOST = 100;

function kept<T>(all: WeakMap<ClassSource, Map<string, T>>, source: ClassSource): Map<string, T> {
  let of = all.get(source);
  if (!of) all.set(source, (of = new Map()));
  if (of.size > MOST) of.clear();
  return of;
}

const numbers = new WeakMap<object, number>();
let next = 0;
/** Tells one object from another. */
function numberOf(of: object): number {
  let number = numbers.get(of);
  if (number === undefined) numbers.set(of, (number = ++next));
  return number;
}

/** As much of a value as is known of it without running anything. */
function textOf(value: Value): string {
  const own = plain(value);
  if (typeof own === 'string') return JSON.stringify(own);
  if (own === null || typeof own === 'number' || typeof own === 'boolean') return String(own);
  if (own instanceof Float) return `${own.value}.`;
  if (own instanceof Dict) {
    let text = '{';
    for (const { key, value: inner } of own.entries.values()) text += `${String(plain(key))}:${textOf(inner)},`;
    return text;
  }
  const items = itemsFrom(own);
  return items ? `[${items.map(textOf).join()}]` : '?';
}

/** By the class's dotted name, and whether its steps are always taken: of a choice, one branch of them. */
const WRAPPING: Readonly<Record<string, { readonly holds: 'one' | 'choice'; readonly always: boolean }>> = {
  'mmcv.transforms.wrappers.Compose': { holds: 'one', always: true },
  'mmcv.transforms.wrappers.RandomApply': { holds: 'one', always: false },
  'mmcv.transforms.wrappers.RandomChoice': { holds: 'choice', always: true },
};

export interface InnerSteps {
  /** Of each branch. */
  readonly steps: readonly (readonly Part[])[];
  /** Whether one of the branches is surely taken. */
  readonly always: boolean;
}

/** Transforms inside of one that hands the results on to them as they are; null: it is none of those. */
export function innerSteps(types: Types, step: Part): InnerSteps | null {
  const how = WRAPPING[types.entryOf(step)?.target ?? ''];
  const items = how && itemsFrom(step.value('transforms'));
  if (!items) return null;
  const path = step.at('transforms');
  const { always } = how;
  if (how.holds === 'one') return { steps: [items.flatMap((item, i) => partAt(item, [...path, i]) ?? [])], always };
  const steps = items.map((item, i) => {
    const single = partAt(item, [...path, i]);
    return single ? [single] : (itemsFrom(item) ?? []).flatMap((one, j) => partAt(one, [...path, i, j]) ?? []);
  });
  return { steps, always };
}
