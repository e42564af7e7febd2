/** A step of a pipeline that needs what neither the data set nor a step before it gives: a `KeyError` at the first picture. */
import { itemsFrom } from '../config/from-value.ts';
import { formatPath } from '../config/path.ts';
import { isWhole } from '../config/whole.ts';
import { flowOf, type Passed, type Types } from '../recipe/keys/flow.ts';
import type { Part } from '../recipe/part.ts';
import { entryOf } from '../recipe/part-types.ts';
import type { Pipeline } from '../recipe/pipelines.ts';
import { type Recipe, recipeOf } from '../recipe/recipe.ts';
import { stepTypes } from '../recipe/step-types.ts';
import type { Fix } from './diagnostic.ts';
import { distinct } from './distinct.ts';
import { leftOut, packed } from './packed.ts';
import { isPack, pipelineFlows } from './pipeline-flows.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { indexIn, movedStep } from './step-edits.ts';

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
        [...missing(passed, flow), ...packed(context, recipe, pipeline, passed, flow), ...mixed(types, pipeline, flow, passed)].flatMap(
          told => finding(context, pipeline, passed, told, moved(context, pipeline, passed, flow)),
        ),
      ),
      ...flow.flatMap(passed => idle(context, pipeline, types, flow, passed)),
      ...unpacked(context, recipe, pipeline, flow),
      ...flow.flatMap(passed => (isPack(passed) ? leftOut(context, recipe, pipeline, passed) : [])),
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
  return first === undefined
    ? undefined
    : flow.slice(flow.indexOf(passed) + 1).find(one => one.keys.gives.has(first) && !one.keys.renews.has(first));
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
function mixed(types: Types, pipeline: Pipeline, flow: readonly Passed[], passed: Passed): readonly string[] {
  const { step } = passed;
  const entry = types.entryOf(step);
  const mixes = entry && types.registry.ancestry?.(entry)?.classes.some(({ name }) => name === 'BaseMixImageTransform');
  if (!mixes || step.flag('use_cached') === true || step.number('prob') === 0) return [];
  const isBare = step.presence('pre_transform') === 'absent' || step.presence('pre_transform') === 'none';
  if (isBare) return ["mixes in other pictures, and has no `pre_transform` that loads them\nKeyError: 'img'"];
  const asked = MIXED.get(entry.target);
  const loaded = asked && keysAfter(types, pipeline, step.parts('pre_transform'), itemsFrom(step.value('pre_transform'))?.length);
  const wanted = [...(asked ?? []), ...(entry.target.endsWith('.YOLOv5MixUp') && loadsMasks(flow, passed) ? ['gt_masks'] : [])];
  const [lacking] = loaded ? wanted.filter(key => !loaded.has(key)) : [];
  return lacking === undefined
    ? []
    : [
        `mixes in other pictures, and its \`pre_transform\` loads no \`${lacking}\` of them\n${lacking === 'gt_masks' ? "AssertionError: assert 'gt_masks' in retrieve_results" : `KeyError: '${lacking}'`}`,
      ];
}
/** What they look up in each picture that is mixed in (mmyolo 0.6.0). */
const OF_BOXES: readonly string[] = ['img', 'gt_bboxes', 'gt_bboxes_labels', 'gt_ignore_flags'];
const MIXED: ReadonlyMap<string, readonly string[]> = new Map(
  ['Mosaic', 'Mosaic9', 'YOLOv5MixUp', 'YOLOXMixUp'].map(name => [`mmyolo.datasets.transforms.mix_img_transforms.${name}`, OF_BOXES]),
);

/** Null where that is not known. */
function keysAfter(types: Types, pipeline: Pipeline, steps: readonly Part[], count: number | undefined): ReadonlySet<string> | null {
  if (!steps.length || steps.length !== count) return null;
  const last = flowOf(types, { ...pipeline, before: [], steps }).at(-1);
  if (!last?.before || last.keys.open) return null;
  return last.keys.replaces ? new Set(last.keys.gives) : new Set([...last.before, ...last.keys.needs, ...last.keys.gives]);
}

/** Steps of mmyolo 0.6.0 that work on masks where there are some, and say nothing where there are none. */
function idle(context: ConfigContext, { path }: Pipeline, types: Types, flow: readonly Passed[], passed: Passed): readonly Finding[] {
  const { step, before } = passed;
  // Most steps are others: their classes need not be looked up.
  const target = /YOLOv5(?:CopyPaste|RandomAffine)$/.test(step.type ?? '') ? types.entryOf(step)?.target : undefined;
  const asks =
    target === `${MMYOLO}YOLOv5CopyPaste` && step.number('prob') !== 0
      ? 'type'
      : target === `${MMYOLO}YOLOv5RandomAffine` && step.flag('use_mask_refine') === true
        ? 'use_mask_refine'
        : null;
  if (asks === null || !before || loadsMasks(flow, passed)) return [];
  const place = recipePlace(context, [step.at(asks), path]);
  const what = asks === 'type' ? 'does nothing' : 'refines no boxes by their masks';
  return place
    ? [
        {
          ...place,
          related: [],
          severity: 'warning',
          message: `\`${step.typeName}\` of \`${formatPath(path)}\` ${what}: no step before it loads masks`,
        },
      ]
    : [];
}
const MMYOLO = 'mmyolo.datasets.transforms.transforms.';

/** Whether a step before it does; what mixes pictures hands masks on where there are some. */
const loadsMasks = (flow: readonly Passed[], passed: Passed): boolean =>
  flow
    .slice(0, flow.indexOf(passed))
    .some(({ keys, step }) => keys.gives.has('gt_masks') && !/Mosaic|MixUp|CopyPaste/.test(step.typeName ?? ''));
