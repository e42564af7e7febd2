/** Every pipeline that runs, with what its steps are given: the records of a data set, or what the pipeline of the set that it wraps has made. */
import type { ConfigPath } from '../config/resolved.ts';
import { type DataPart, leavesOf } from './data.ts';
import type { Part } from './part.ts';
import type { Phase, Recipe } from './recipe.ts';

export interface Pipeline {
  readonly phase: Phase;
  readonly path: ConfigPath;
  /** Steps of an inner pipeline first: what comes here went through them. */
  readonly before: readonly Part[];
  readonly steps: readonly Part[];
  /** Data sets whose records come in. */
  readonly sources: readonly Part[];
  /** Whether the set that has it is a wrapper: its own class decides how its steps are called. */
  readonly wraps: boolean;
}

export function pipelinesOf({ loaders }: Pick<Recipe, 'loaders'>): readonly Pipeline[] {
  return loaders.flatMap(({ phase, data }) => (data ? below(phase, data) : []));
}

function below(phase: Phase, data: DataPart): readonly Pipeline[] {
  const inner = data.inner.flatMap(one => below(phase, one));
  const steps = data.part.parts('pipeline');
  if (!steps.length) return inner;
  const before = data.inner.length === 1 ? inner.flatMap(pipeline => pipeline.steps) : [];
  const wraps = data.inner.length > 0;
  return [...inner, { phase, path: data.part.at('pipeline'), before, steps, sources: leavesOf(data), wraps }];
}
