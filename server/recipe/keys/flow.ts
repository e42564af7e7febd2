/** The keys of the results on their way through a pipeline. */

import { itemsFrom } from '../../config/from-value.ts';
import type { ConfigPath } from '../../config/resolved.ts';
import { plain } from '../../python/origin.ts';
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

/** What is asked of the registries: the type at a place, and one that a transform names itself. */
export interface Types extends Sources {
  entryAt(path: ConfigPath): Entry | null;
  entryFor(type: string, at: ConfigPath): Entry | null;
  scopeAt(path: ConfigPath): string;
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
  const sets = pipeline.sources.map(set => {
    const entry = types.entryAt(set.path);
    const source = entry && classSource(types, entry);
    return source ? recordKeys(source) : null;
  });
  let keys: Set<string> | null = sets.length && sets.every(set => set !== null) ? new Set(sets.flatMap(set => [...(set ?? [])])) : null;
  // A wrapper puts in what its own class does.
  if (pipeline.wraps) keys = null;
  return walk(types, pipeline.steps, keys).passed;
}

function walk(
  types: Types,
  steps: readonly Part[],
  from: Set<string> | null,
): { readonly passed: readonly Passed[]; readonly keys: Set<string> | null } {
  let keys = from;
  const passed: Passed[] = [];
  for (const step of steps) {
    const inner = innerSteps(types, step);
    if (inner) {
      const branches = inner.map(branch => walk(types, branch, keys && new Set(keys)));
      passed.push(...branches.flatMap(branch => branch.passed));
      const after = branches.map(branch => branch.keys);
      keys = keys && after.every(one => one !== null) ? new Set([...keys, ...after.flatMap(one => [...(one ?? [])])]) : null;
      continue;
    }
    const own = keysOfStep(types, step);
    const before = keys;
    const missing = before ? own.needs.filter(key => !before.has(key)) : [];
    passed.push({ step, keys: own, before, missing });
    if (own.open) keys = null;
    else if (own.replaces) keys = new Set(own.gives);
    else if (keys) {
      // What was missing is not told again.
      keys = new Set([...keys, ...own.needs, ...own.gives]);
      for (const key of own.drops) keys.delete(key);
    }
  }
  return { passed, keys };
}

export function keysOfStep(types: Types, step: Part): StepKeys {
  const entry = types.entryAt(step.path);
  const stated = entry && STATED[entry.target];
  if (stated) return stated;
  const source = entry && classSource(types, entry);
  if (!source) return OPEN;
  const given = new Map(
    [...step.dict.entries.values()].flatMap(({ key, value }) => {
      const name = String(plain(key));
      return name === 'type' || name === '_scope_' ? [] : [[name, knownOf(value)] as const];
    }),
  );
  const classFor: ClassFor = type => {
    const found = types.entryFor(type, step.path);
    return found && classSource(types, found);
  };
  const text = `${types.scopeAt(step.path)} ${JSON.stringify([...given], (_, value: unknown) => (value instanceof Map ? [...value] : value))}`;
  let byText = known.get(source);
  if (!byText) known.set(source, (byText = new Map()));
  let keys = byText.get(text);
  if (!keys) {
    if (byText.size > MOST) byText.clear();
    byText.set(text, (keys = stepKeys(source, given, classFor)));
  }
  return keys;
}
/** A class's source is another object once a file of it was changed. */
const known = new WeakMap<ClassSource, Map<string, StepKeys>>();
const MOST = 500;

const WRAPPING: Readonly<Record<string, 'one' | 'choice'>> = {
  'mmcv.transforms.wrappers.Compose': 'one',
  'mmcv.transforms.wrappers.RandomApply': 'one',
  'mmcv.transforms.wrappers.RandomChoice': 'choice',
};

/** Transforms inside of one that hands the results on to them as they are. */
function innerSteps(types: Types, step: Part): readonly (readonly Part[])[] | null {
  const how = WRAPPING[types.entryAt(step.path)?.target ?? ''];
  const items = how && itemsFrom(step.value('transforms'));
  if (!items) return null;
  const path = step.at('transforms');
  if (how === 'one') return [items.flatMap((item, i) => partAt(item, [...path, i]) ?? [])];
  return items.map((item, i) => {
    const single = partAt(item, [...path, i]);
    return single ? [single] : (itemsFrom(item) ?? []).flatMap((one, j) => partAt(one, [...path, i, j]) ?? []);
  });
}
