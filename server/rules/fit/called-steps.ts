/** Steps of pipelines that refuse their own arguments once they are called, in the pipeline that they stand in. */
import { formatPath } from '../../config/path.ts';
import type { PartRefusal } from '../../model/parts.ts';
import type { PipelineRequest, StepAnswer, StepRequest } from '../../model/pipeline-run.ts';
import { keysOfStep, recordsOf, type Types } from '../../recipe/keys/flow.ts';
import type { Part } from '../../recipe/part.ts';
import { constructorOf } from '../../recipe/part-types.ts';
import type { Pipeline } from '../../recipe/pipelines.ts';
import { recipeOf } from '../../recipe/recipe.ts';
import type { RanSize } from '../../recipe/sizes/ran-size.ts';
import { stepTypes } from '../../recipe/step-types.ts';
import { type TypedPart, typedPartOf, typedParts } from '../../recipe/typed-parts.ts';
import { isKnownFor } from '../../registry/known-ways.ts';
import type { ModelContext } from '../rule.ts';
import { buildRequest } from './built-alone.ts';

export interface CalledStep {
  readonly part: TypedPart;
  readonly refusal: PartRefusal;
  /** Whether it hangs on the picture. */
  readonly isSome: boolean;
}

export const calledSteps = (context: ModelContext): readonly CalledStep[] =>
  ranPipelines(context).flatMap(({ steps }) =>
    steps.flatMap(({ part, answer: { refusal, doubt } }): readonly CalledStep[] => {
      if (refusal) return [{ part, refusal, isSome: false }];
      return doubt ? [{ part, refusal: doubt, isSome: true }] : [];
    }),
  );

export interface RanPipeline {
  readonly pipeline: Pipeline;
  /** As far as they were followed. */
  readonly steps: readonly { readonly part: TypedPart; readonly answer: StepAnswer }[];
}

const known = new WeakMap<NonNullable<ModelContext['ran']>, readonly RanPipeline[]>();

/** Of a recipe that is run, each pipeline as its loader runs it. */
export function ranPipelines(context: ModelContext): readonly RanPipeline[] {
  if (!context.ran) return [];
  let found = known.get(context.ran);
  if (!found) known.set(context.ran, (found = run(context, context.ran)));
  return found;
}

function run(context: ModelContext, ran: NonNullable<ModelContext['ran']>): readonly RanPipeline[] {
  const recipe = recipeOf(context.config);
  if (!recipe.isRun || !recipe.isOfMmengine) return [];
  const types = stepTypes(context);
  const asked = recipe.pipelines.flatMap(pipeline => {
    const request = recipe.runs(pipeline.phase) ? requestOf(context, types, pipeline) : null;
    return request ? [{ pipeline, request }] : [];
  });
  const answers = ran(asked.map(({ request }) => request.request));
  return asked.map(({ pipeline, request }, i) => ({
    pipeline,
    steps: request.parts.flatMap((part, at) => {
      const answer = answers[i]?.[at];
      return answer ? [{ part, answer }] : [];
    }),
  }));
}

/** Where they are known in both ways. */
export const ranSizes = (context: ModelContext): readonly RanSize[] =>
  ranPipelines(context).flatMap(({ steps }) =>
    steps.flatMap(({ part, answer }) => {
      const [height, width] = answer.size ?? [];
      return typeof height === 'number' && typeof width === 'number'
        ? [{ path: formatPath(part.path), type: part.type, size: [width, height] as const }]
        : [];
    }),
  );

interface Asked {
  readonly parts: readonly TypedPart[];
  readonly request: PipelineRequest;
}

/** Null where not even its first step could be called. */
function requestOf(context: ModelContext, types: Types, pipeline: Pipeline): Asked | null {
  const { before, steps, wraps, phase, isWhole, sources } = pipeline;
  if (!isWhole || (wraps && !isMixing(context, pipeline))) return null;
  const [early, own] = [before, steps].map(list => stepsOf(context, types, list));
  if (!early || !own?.length || early.length < before.length) return null;
  // Only those that come in shapes of their own are told them.
  const isShaped = sources.some(set => set.isGiven('batch_shapes_cfg'));
  const keys = recordsOf(types, pipeline);
  // How a set of the user's own calls its steps is its own affair.
  if (!keys && !sources.every(set => isKnownFor('records', types.entryOf(set)?.target ?? ''))) return null;
  return {
    parts: own.map(({ part }) => part),
    request: {
      steps: own.map(({ request }) => request),
      before: early.map(({ request }) => request),
      wraps,
      keys: keys && [...keys].filter(key => key !== 'batch_shape' || isShaped),
      isTraining: phase === 'train',
      // Turned ones are said in other ways.
      hasBoxes: sources.every(set => isKnownFor('boxes', types.entryOf(set)?.target ?? '')),
    },
  };
}

/** Of the sets that wrap another and have a pipeline of their own, the one whose way of calling it is known. */
function isMixing(context: ModelContext, { path }: Pipeline): boolean {
  const set = typedParts(context).find(part => part.path.length === path.length - 1 && part.path.every((step, i) => step === path[i]));
  return set !== undefined && constructorOf(context, set)?.target === 'mmdet.datasets.dataset_wrappers.MultiImageMixDataset';
}

/** Up to the first whose type is not known. */
function stepsOf(
  context: ModelContext,
  types: Types,
  steps: readonly Part[],
): readonly { readonly part: TypedPart; readonly request: StepRequest }[] {
  const found: { part: TypedPart; request: StepRequest }[] = [];
  for (const step of steps) {
    const part = typedPartOf(context, step);
    if (!part || !types.entryOf(step)) break;
    const { open, replaces, gives, drops } = keysOfStep(types, step);
    found.push({ part, request: { ...buildRequest(part), gives: open || replaces ? null : [...gives, ...drops] } });
  }
  return found;
}
