/** A step of a pipeline that needs what neither the data set nor a step before it gives: a `KeyError` at the first picture. */
import { itemsFrom, textFrom } from '../config/from-value.ts';
import { formatPath } from '../config/path.ts';
import { isWhole } from '../config/whole.ts';
import { plain } from '../python/origin.ts';
import { type ClassSource, classSource } from '../recipe/class-source.ts';
import type { Passed, Types } from '../recipe/keys/flow.ts';
import { mentions } from '../recipe/mentions.ts';
import type { Part } from '../recipe/part.ts';
import { entryOf } from '../recipe/part-types.ts';
import type { Pipeline } from '../recipe/pipelines.ts';
import { type Recipe, recipeOf } from '../recipe/recipe.ts';
import { stepTypes } from '../recipe/step-types.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import type { Fix, Severity } from './diagnostic.ts';
import { distinct } from './distinct.ts';
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
        [...missing(passed, flow), ...packed(context, recipe, pipeline, passed, flow), ...mixed(types, passed)].flatMap(told =>
          finding(context, pipeline, passed, told, moved(context, pipeline, passed, flow)),
        ),
      ),
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
function packed(
  context: ConfigContext,
  { model }: Recipe,
  { phase }: Pipeline,
  passed: Passed,
  flow: readonly Passed[],
): readonly string[] {
  const { step, before } = passed;
  if (!before || !isPack(passed)) return [];
  if (!before.has('img')) return ['packs no picture, as no step before it loads one: the model is given no `inputs`'];
  // What is loaded behind it is told as an order that is wrong.
  const isLater = flow.slice(flow.indexOf(passed) + 1).some(({ keys }) => keys.gives.has('gt_bboxes') || keys.gives.has('gt_masks'));
  if (phase !== 'train' || step.typeName !== 'PackDetInputs' || isLater) return [];
  const heads = [model?.part('bbox_head'), model?.part('roi_head')].filter(head => head !== undefined);
  // A detector or head of somebody's own may learn from something else.
  if (!model || !heads.length || ![model, ...heads].every(part => isKnownFor('boxes', entryOf(context, part)?.target))) return [];
  const sources = heads.map(head => sourceOf(context, head));
  const learnFrom = (word: RegExp): boolean => sources.every(source => mentions(source, word));
  if (!before.has('gt_bboxes'))
    return learnFrom(/gt_(?:instances|bboxes)$|^bboxes_labels$/)
      ? ['packs no boxes, as no step before it loads them: the heads have nothing to learn from']
      : [];
  if (!before.has('gt_bboxes_labels') && learnFrom(/labels$/))
    return [
      "packs no labels, as no step before it loads them: the heads have nothing to learn from\nAttributeError: 'InstanceData' object has no attribute 'labels'",
    ];
  const masks = model.part('roi_head')?.part('mask_head');
  return masks && !before.has('gt_masks') && mentions(sourceOf(context, masks), /masks$/)
    ? ['packs no masks, as no step before it loads them: `mask_head` has nothing to learn from']
    : [];
}

function sourceOf(context: ConfigContext, part: Part): ClassSource | null {
  const entry = entryOf(context, part);
  return entry && classSource(context, entry);
}

/** What is told of a picture in validation and test: by these boxes are brought to its own size, and found again in the annotations (mmdet 3.3.0). */
function leftOut(context: ConfigContext, recipe: Recipe, { phase, path, steps }: Pipeline, { step, before }: Passed): readonly Finding[] {
  const kept = phase === 'train' || step !== steps.at(-1) || step.typeName !== 'PackDetInputs' ? undefined : step.value('meta_keys');
  const names = (itemsFrom(kept) ?? []).map(item => textFrom(plain(item)));
  if (phase === 'train' || !recipe.runs(phase) || kept === undefined || names.some(name => name === undefined)) return [];
  const isOfBoxes = (part: Part | undefined): boolean => part !== undefined && isKnownFor('boxes', entryOf(context, part)?.target);
  const metrics = recipe.metrics(phase);
  const looksUp = metrics.find(part => part.typeName === 'CocoMetric' && isOfBoxes(part) && mentions(sourceOf(context, part), /^img_id$/));
  const brings = bringsBack(context, recipe);
  // mmyolo's head takes the border off where it is told of it, and else takes the boxes as they are. A picture that is stretched gets none.
  const head = recipe.model?.part('bbox_head');
  const isPadded = before?.has('pad_param') && steps.some(one => one.typeName === 'LetterResize' && one.flag('stretch_only') !== true);
  const takesOff = brings === BROUGHT_BY_MMYOLO && head && mentions(sourceOf(context, head), /^pad_param$/);
  const wanted: readonly Wanted[] = [
    ...(brings === null ? [] : [{ key: 'scale_factor', why: 'boxes are brought back to the size of the picture by it', says: brings }]),
    ...(looksUp ? [{ key: 'img_id', why: '`CocoMetric` finds the picture by it', says: "KeyError: 'img_id'" }] : []),
    ...(isPadded && takesOff
      ? [{ key: 'pad_param', why: 'boxes stay off by the border that a step before it adds', severity: 'warning' as const }]
      : []),
  ].filter(({ key }) => !names.includes(key));
  const place = wanted.length ? recipePlace(context, [step.at('meta_keys'), path]) : null;
  return place
    ? wanted.slice(0, 1).map(({ key, why, says, severity }) => ({
        ...place,
        related: [],
        ...(severity && { severity }),
        message: `\`${formatPath(step.at('meta_keys'))}\` leaves out \`${key}\`: ${why}${says === undefined ? '' : `\n${says}`}`,
      }))
    : [];
}
interface Wanted {
  readonly key: string;
  readonly why: string;
  readonly says?: string;
  readonly severity?: Severity;
}

/** How the run ends where boxes cannot be brought back by mmdet's dense heads' own code, or by mmyolo's; null where another does that: CornerNet's and CenterNet's go by the picture's border, a detector of somebody's own may not ask for it. */
function bringsBack(context: ConfigContext, { model }: Recipe): string | null {
  const head = model && isKnownFor('boxes', entryOf(context, model)?.target) ? model.part('bbox_head') : undefined;
  const source = head ? sourceOf(context, head) : null;
  const own = source?.classes.find(({ body }) => body.some(one => one.kind === 'function' && BRINGING.has(one.name)));
  return own && mentions({ classes: [own], isWhole: true }, /^scale_factor$/) ? (OF_HEADS.get(`${own.dotted}.${own.name}`) ?? null) : null;
}
const BRINGING = new Set(['predict', 'predict_by_feat', '_predict_by_feat_single', '_bbox_post_process']);
const BROUGHT_BY_MMYOLO = "KeyError: 'scale_factor'";
const OF_HEADS: ReadonlyMap<string, string> = new Map([
  ['mmdet.models.dense_heads.base_dense_head.BaseDenseHead', "AssertionError: assert img_meta.get('scale_factor') is not None"],
  ['mmyolo.models.dense_heads.yolov5_head.YOLOv5Head', BROUGHT_BY_MMYOLO],
]);

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
