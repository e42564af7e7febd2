/**
 * Dicts that the runner hands to a registry as they are, so that each must say its `type` (mmengine 0.10.7: `Runner` and what it builds, `Compose`, the data-set
 * wrappers). What a class of a library builds by itself is not among them, nor what has a type by default: loops of evaluation, the log processor, an evaluator.
 */
import { type Holder, isHolder } from '../config/alike.ts';
import { isDict, itemsFrom } from '../config/from-value.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { plain } from '../python/origin.ts';
import type { Value } from '../python/value.ts';
import type { DataPart } from './data.ts';
import { buildsOneOptimizer } from './optimizer-constructors.ts';
import { type Part, partsIn } from './part.ts';
import type { Recipe } from './recipe.ts';

export interface Built {
  readonly part: Part;
  /** What belongs there: `a hook`. */
  readonly what: string;
}

/** Those that say none, each once: what one text has made may stand at many places. */
export function typelessParts(recipe: Recipe): readonly Built[] {
  return [
    ...modelParts(recipe),
    ...loaderParts(recipe),
    ...evaluatorParts(recipe),
    ...optimizerParts(recipe),
    ...hookParts(recipe),
    ...lookParts(recipe),
  ].filter(({ part }) => part.presence('type') === 'absent');
}

const some = (part: Part | undefined, what: string): readonly Built[] => (part ? [{ part, what }] : []);

/** Of the model itself; what is in it, its own class builds. */
const modelParts = ({ model }: Recipe): readonly Built[] => some(model, 'a model');

function loaderParts(recipe: Recipe): readonly Built[] {
  const seen = new Set<Holder>();
  const isFirst = (value: Value | undefined): boolean => {
    if (value === undefined || !isHolder(value)) return false;
    const first = recipe.alike.first(value);
    return !seen.has(first) && !!seen.add(first);
  };
  return recipe.loaders.flatMap(({ part, data, sampler }) => [
    ...(data ? dataParts(data, isFirst) : []),
    ...some(sampler, 'a sampler'),
    ...some(part.part('batch_sampler'), 'a batch sampler'),
    ...some(part.part('collate_fn'), 'a function'),
  ]);
}

/** Wrappers that build what they wrap, and give a pipeline of their own to `Compose` where they have one. */
const WRAPPERS = new Set(['ConcatDataset', 'RepeatDataset', 'ClassBalancedDataset', 'MultiImageMixDataset']);

function dataParts({ part, inner }: DataPart, isFirst: (value: Value | undefined) => boolean): readonly Built[] {
  if (!isFirst(part.dict)) return [];
  const name = part.typeName;
  const isWrapper = name !== undefined && WRAPPERS.has(name);
  return [
    { part, what: 'a data set' },
    ...(isWrapper ? inner.flatMap(one => dataParts(one, isFirst)) : []),
    ...((isWrapper || inner.length === 0) && isFirst(part.value('pipeline')) ? part.parts('pipeline').flatMap(stepParts) : []),
  ];
}

/** mmcv 2's transforms of transforms, and what mixes pictures with others that have a pipeline of their own. */
const OF_STEPS = new Set(['RandomChoice', 'RandomApply', 'Compose', 'TestTimeAug', 'TransformBroadcaster', 'KeyMapper']);

function stepParts(step: Part): readonly Built[] {
  const isOfSteps = OF_STEPS.has(step.typeName ?? '');
  const inner = [...(isOfSteps ? nested(step.value('transforms'), step.at('transforms')) : []), ...step.parts('pre_transform')];
  return [{ part: step, what: 'a transform' }, ...(step.path.length > DEEPEST ? [] : inner.flatMap(stepParts))];
}
const DEEPEST = 40;

/** A list of steps, or of lists of them. */
const nested = (value: Value | undefined, path: ConfigPath): readonly Part[] =>
  isDict(value)
    ? partsIn(value, path)
    : (itemsFrom(value) ?? []).flatMap((item, i) =>
        isDict(plain(item)) ? partsIn(item, [...path, i]) : nested(plain(item), [...path, i]),
      );

const evaluatorParts = (recipe: Recipe): readonly Built[] =>
  (['val', 'test'] as const).flatMap(phase => recipe.metrics(phase).map(part => ({ part, what: 'a metric' })));

function optimizerParts({ optimWrapper, top, schedulers }: Recipe): readonly Built[] {
  const optimizer = optimWrapper && buildsOneOptimizer(optimWrapper) ? optimWrapper.part('optimizer') : undefined;
  const single = top.part('param_scheduler');
  // A dict without a type may hold a list for each optimizer.
  const values = [...(single?.dict.entries.values() ?? [])].map(({ value }) => plain(value));
  const isSeveral = single?.presence('type') === 'absent' && values.every(value => isDict(value) || itemsFrom(value));
  const all = single && !isSeveral ? [single] : schedulers;
  return [...some(optimizer, 'an optimizer'), ...all.map(part => ({ part, what: 'a scheduler' }))];
}

const hookParts = ({ hooks }: Recipe): readonly Built[] => hooks.map(part => ({ part, what: 'a hook' }));

function lookParts({ top }: Recipe): readonly Built[] {
  const visualizer = top.part('visualizer');
  return [
    ...some(visualizer, 'a visualizer'),
    ...(visualizer?.parts('vis_backends') ?? []).map(part => ({ part, what: 'a backend of the visualizer' })),
  ];
}
