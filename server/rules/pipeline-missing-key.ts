/** A step of a pipeline that needs what neither the data set nor a step before it gives: a `KeyError` at the first picture. */
import { formatPath } from '../config/path.ts';
import type { Passed, Types } from '../recipe/keys/flow.ts';
import type { Part } from '../recipe/part.ts';
import type { Pipeline } from '../recipe/pipelines.ts';
import { type Recipe, recipeOf } from '../recipe/recipe.ts';
import type { Fix } from './diagnostic.ts';
import { isPack, pipelineFlows } from './pipeline-flows.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { indexIn, movedStep } from './step-edits.ts';
import { stepTypes } from './step-types.ts';
import { distinct, entryOf } from './typed-parts.ts';
import { isWhole } from './values-of.ts';

export const pipelineMissingKey: ConfigRule = {
  code: 'pipeline-missing-key',
  severity: 'error',
  summary: 'a step needs what no step before it gives',
  needs: 'config',
  check(context) {
    if (!isWhole(context.config)) return [];
    const types = stepTypes(context);
    const recipe = recipeOf(context.config);
    const found = pipelineFlows(context).flatMap(({ pipeline, flow }) => [
      ...flow.flatMap(passed =>
        [...missing(passed, flow), ...packed(recipe, pipeline, passed, flow), ...mixed(types, passed)].flatMap(told =>
          finding(context, pipeline, passed, told, moved(context, pipeline, passed, flow)),
        ),
      ),
      ...unpacked(context, recipe, pipeline, flow),
    ]);
    return distinct(found);
  },
};

function finding(context: ConfigContext, { path }: Pipeline, { step }: Passed, told: string, fixes: readonly Fix[]): readonly Finding[] {
  const place = recipePlace(context, [step.at('type'), path]);
  return place ? [{ ...place, related: [], message: `\`${step.typeName}\` of \`${formatPath(path)}\` ${told}`, fixes }] : [];
}

function missing(passed: Passed, flow: readonly Passed[]): readonly string[] {
  const { missing: keys, keys: own } = passed;
  const [first] = keys;
  if (first === undefined) return [];
  const listed = keys.map(key => `\`${key}\``).join(', ');
  const many = keys.length > 1;
  const later = giverOf(passed, flow);
  const pack = flow.slice(0, flow.indexOf(passed)).find(isPack);
  const where = later
    ? `: \`${later.step.typeName}\` gives ${many ? `\`${first}\`` : 'it'} later`
    : pack
      ? `: \`${pack.step.typeName}\` hands on ${[...pack.keys.gives].map(key => `\`${key}\``).join(' and ')} alone`
      : '';
  return [
    `needs ${listed}, and nothing before it gives ${many ? 'them' : 'that'}${where}\n${own.asserts.has(first) ? `AssertionError: assert '${first}' in results` : `KeyError: '${first}'`}`,
  ];
}

/** The first of those behind it that gives the first of what is missing. */
function giverOf(passed: Passed, flow: readonly Passed[]): Passed | undefined {
  const [first] = passed.missing;
  return first === undefined ? undefined : flow.slice(flow.indexOf(passed) + 1).find(one => one.keys.gives.has(first));
}

/** What gives it later goes before it; what packs too early, to the end. */
function moved(context: ConfigContext, pipeline: Pipeline, passed: Passed, flow: readonly Passed[]): readonly Fix[] {
  if (!passed.missing.length) return [];
  const later = giverOf(passed, flow);
  const pack = flow.slice(0, flow.indexOf(passed)).find(isPack);
  const edits = pack
    ? movedStep(context, pipeline, indexIn(pipeline, pack.step), 'end')
    : later
      ? movedStep(context, pipeline, indexIn(pipeline, later.step), indexIn(pipeline, passed.step))
      : [];
  const title = pack ? `Move ${pack.step.typeName} to the end` : `Move ${later?.step.typeName} before ${passed.step.typeName}`;
  return edits.length ? [{ title, edits, preferred: true }] : [];
}

/** What is packed is what the model is given: a picture, and in training what its heads learn from (mmdet 3.3.0 packs what is there). */
function packed({ model }: Recipe, { phase }: Pipeline, passed: Passed, flow: readonly Passed[]): readonly string[] {
  const { step, before } = passed;
  if (!before || !isPack(passed)) return [];
  if (!before.has('img')) return ['packs no picture, as no step before it loads one: the model is given no `inputs`'];
  // What is loaded behind it is told as an order that is wrong.
  const isLater = flow.slice(flow.indexOf(passed) + 1).some(({ keys }) => keys.gives.has('gt_bboxes') || keys.gives.has('gt_masks'));
  if (phase !== 'train' || step.typeName !== 'PackDetInputs' || isLater) return [];
  if ((model?.part('bbox_head') || model?.part('roi_head')) && !before.has('gt_bboxes'))
    return ['packs no boxes, as no step before it loads them: the heads have nothing to learn from'];
  return model?.part('roi_head')?.part('mask_head') && !before.has('gt_masks')
    ? ['packs no masks, as no step before it loads them: `mask_head` has nothing to learn from']
    : [];
}

/** Preprocessors that are given a batch's pictures under `inputs` (mmengine 0.10.7, mmpretrain 1.2.0). */
const BY_INPUTS = new Set(['ImgDataPreprocessor', 'ClsDataPreprocessor', 'SelfSupDataPreprocessor']);

/** Nothing makes of the results what the model is given. */
function unpacked(context: ConfigContext, { model, loaders }: Recipe, pipeline: Pipeline, flow: readonly Passed[]): readonly Finding[] {
  const last = flow.at(-1);
  const isOuter = pipeline.switchedBy !== null || loaders.some(({ data }) => data?.part.at('pipeline').join() === pipeline.path.join());
  const step = pipeline.steps.at(-1);
  if (!last?.before || last.keys.open || last.keys.replaces || !isOuter || last.step !== step) return [];
  if (flow.some(({ keys, missing: keysMissing }) => keys.replaces || keys.gives.has('inputs') || keysMissing.length)) return [];
  const preprocessor = model?.part('data_preprocessor');
  const entry = preprocessor ? entryOf(context, preprocessor) : null;
  // One of the user's own may take them under any other name.
  const takesInputs =
    entry &&
    context.registry.libraries.has(entry.scope) &&
    context.registry.ancestry?.(entry)?.classes.some(({ name }) => BY_INPUTS.has(name));
  const place =
    takesInputs && loaders.every(({ part }) => !part.isGiven('collate_fn') || isPlain(part))
      ? recipePlace(context, [step.at('type'), pipeline.path])
      : null;
  return place
    ? [
        {
          ...place,
          related: [],
          message: `\`${formatPath(pipeline.path)}\` ends with \`${step.typeName}\`, and nothing packs what it made: the model is given no \`inputs\`\nKeyError: 'inputs'`,
        },
      ]
    : [];
}
const isPlain = (loader: Part): boolean => /^(?:pseudo|default)_collate$/.test(loader.part('collate_fn')?.typeName ?? '');

/** Of mmyolo's, what takes other pictures from the data set: they come as bare records, and `pre_transform` loads them. */
function mixed(types: Types, { step }: Passed): readonly string[] {
  const entry = types.entryOf(step);
  const mixes = entry && types.registry.ancestry?.(entry)?.classes.some(({ name }) => name === 'BaseMixImageTransform');
  const isBare = step.presence('pre_transform') === 'absent' || step.presence('pre_transform') === 'none';
  return mixes && isBare && step.flag('use_cached') !== true
    ? ["mixes in other pictures, and has no `pre_transform` that loads them\nKeyError: 'img'"]
    : [];
}
