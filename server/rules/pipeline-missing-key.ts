/** A step of a pipeline that needs what neither the data set nor a step before it gives: a `KeyError` at the first picture. */
import { formatPath } from '../config/path.ts';
import { flowOf, type Passed, type Types } from '../recipe/keys/flow.ts';
import type { Pipeline } from '../recipe/pipelines.ts';
import { type Recipe, recipeOf } from '../recipe/recipe.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { stepTypes } from './step-types.ts';
import { distinct } from './typed-parts.ts';
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
    const found = recipe.pipelines.flatMap(pipeline => {
      const flow = flowOf(types, pipeline);
      return flow.flatMap(passed =>
        [...missing(passed, flow), ...packed(recipe, pipeline, passed), ...mixed(types, passed)].flatMap(told =>
          finding(context, pipeline, passed, told),
        ),
      );
    });
    return distinct(found);
  },
};

function finding(context: ConfigContext, { path }: Pipeline, { step }: Passed, told: string): readonly Finding[] {
  const place = recipePlace(context, [step.at('type'), path]);
  return place ? [{ ...place, related: [], message: `\`${step.typeName}\` of \`${formatPath(path)}\` ${told}` }] : [];
}

function missing({ step, missing: keys, keys: own }: Passed, flow: readonly Passed[]): readonly string[] {
  const [first] = keys;
  if (first === undefined) return [];
  const later = flow.slice(flow.findIndex(one => one.step === step) + 1).find(one => one.keys.gives.has(first));
  const listed = keys.map(key => `\`${key}\``).join(', ');
  const where = later ? `: \`${later.step.typeName}\` gives ${keys.length > 1 ? `\`${first}\`` : 'it'} later` : '';
  return [
    `needs ${listed}, and nothing before it gives ${keys.length > 1 ? 'them' : 'that'}${where}\n${own.asserts.has(first) ? `AssertionError: assert '${first}' in results` : `KeyError: '${first}'`}`,
  ];
}

/** What is packed is what the model is given: a picture, and in training what its heads learn from (mmdet 3.3.0 packs what is there). */
function packed({ model }: Recipe, { phase }: Pipeline, { step, keys, before }: Passed): readonly string[] {
  if (!before || !keys.replaces || !/^Pack\w*Inputs$/.test(step.typeName ?? '')) return [];
  if (!before.has('img')) return ['packs no picture, as no step before it loads one: the model is given no `inputs`'];
  if (phase !== 'train' || step.typeName !== 'PackDetInputs') return [];
  if ((model?.part('bbox_head') || model?.part('roi_head')) && !before.has('gt_bboxes'))
    return ['packs no boxes, as no step before it loads them: the heads have nothing to learn from'];
  return model?.part('roi_head')?.part('mask_head') && !before.has('gt_masks')
    ? ['packs no masks, as no step before it loads them: `mask_head` has nothing to learn from']
    : [];
}

/** Of mmyolo's, what takes other pictures from the data set: they come as bare records, and `pre_transform` loads them. */
function mixed(types: Types, { step }: Passed): readonly string[] {
  const entry = types.entryAt(step.path);
  const mixes = entry && types.registry.ancestry?.(entry)?.classes.some(({ name }) => name === 'BaseMixImageTransform');
  const isBare = step.presence('pre_transform') === 'absent' || step.presence('pre_transform') === 'none';
  return mixes && isBare && step.flag('use_cached') !== true
    ? ["mixes in other pictures, and has no `pre_transform` that loads them\nKeyError: 'img'"]
    : [];
}
