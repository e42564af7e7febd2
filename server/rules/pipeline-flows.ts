/** Every pipeline of a config with the keys on their way through it. Several rules ask; it is found out once. */
import { flowOf, type Passed } from '../recipe/keys/flow.ts';
import type { Part } from '../recipe/part.ts';
import type { Pipeline } from '../recipe/pipelines.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { stepTypes } from '../recipe/step-types.ts';
import type { ConfigContext } from './rule.ts';

export interface PipelineFlow {
  readonly pipeline: Pipeline;
  readonly flow: readonly Passed[];
}

const known = new WeakMap<ConfigContext, readonly PipelineFlow[]>();

export function pipelineFlows(context: ConfigContext): readonly PipelineFlow[] {
  const before = known.get(context);
  if (before) return before;
  const types = stepTypes(context);
  const found = recipeOf(context.config).pipelines.map(pipeline => ({ pipeline, flow: flowOf(types, pipeline) }));
  known.set(context, found);
  return found;
}

/** What makes of the results what a model is given. */
export const isPack = ({ step, keys }: Passed): boolean => keys.replaces && isNamedPack(step);
/** The same by its name alone. */
export const isNamedPack = ({ typeName }: Part): boolean => /^Pack\w*Inputs$/.test(typeName ?? '');
