/** What a pipeline packs beside what the model makes of it: pictures and marks that heads learn from, and what boxes are brought back to a picture's own size by. */
import { itemsFrom, textFrom } from '../config/from-value.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { plain } from '../python/origin.ts';
import { type ClassSource, classSource } from '../recipe/class-source.ts';
import type { Passed } from '../recipe/keys/flow.ts';
import { reachedFrom } from '../recipe/keys/reached.ts';
import { mentions, speaksOf } from '../recipe/mentions.ts';
import type { Part } from '../recipe/part.ts';
import { entryOf } from '../recipe/part-types.ts';
import type { Pipeline } from '../recipe/pipelines.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import type { Severity } from './diagnostic.ts';
import { isPack } from './pipeline-flows.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, Finding } from './rule.ts';

/** What is packed is what the model is given: a picture, and in training what its heads learn from (mmdet 3.3.0 packs what is there). */
export function packed(
  context: ConfigContext,
  recipe: Recipe,
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
  const { boxes, labels, masks } = askedOf(context, recipe).learned;
  if (!before.has('gt_bboxes'))
    return boxes ? ['packs no boxes, as no step before it loads them: the heads have nothing to learn from'] : [];
  if (!before.has('gt_bboxes_labels') && labels)
    return [
      "packs no labels, as no step before it loads them: the heads have nothing to learn from\nAttributeError: 'InstanceData' object has no attribute 'labels'",
    ];
  return masks !== null && !before.has('gt_masks')
    ? [
        `packs no masks, as no step before it loads them: \`${masks}\` has nothing to learn from\nAttributeError: 'InstanceData' object has no attribute 'masks'`,
      ]
    : [];
}

/** What the heads learn from. */
interface Learned {
  readonly boxes: boolean;
  readonly labels: boolean;
  /** The head that does, by its key. */
  readonly masks: string | null;
}
const NOTHING: Learned = { boxes: false, labels: false, masks: null };

/** Of data sets by the dozen each has a pipeline, and what is asked of it is one: found out once. */
const known = new WeakMap<ConfigContext, Asked>();
interface Asked {
  readonly learned: Learned;
  readonly brings: Brings | null;
  /** Whether a metric of the phase finds the picture by its identifier. */
  readonly val: boolean;
  readonly test: boolean;
}
function askedOf(context: ConfigContext, recipe: Recipe): Asked {
  let found = known.get(context);
  if (!found) {
    const looksUp = (phase: 'val' | 'test'): boolean =>
      recipe
        .metrics(phase)
        .some(
          part =>
            part.typeName === 'CocoMetric' &&
            isKnownFor('boxes', entryOf(context, part)?.target) &&
            mentions(sourceOf(context, part), /^img_id$/),
        );
    const { model } = recipe;
    found = {
      learned: model ? learnedBy(context, model) : NOTHING,
      brings: bringsBack(context, recipe),
      val: looksUp('val'),
      test: looksUp('test'),
    };
    known.set(context, found);
  }
  return found;
}

function learnedBy(context: ConfigContext, model: Part): Learned {
  const heads = [model.part('bbox_head'), model.part('roi_head'), model.part('mask_head')].filter(head => head !== undefined);
  // A detector or head of somebody's own may learn from something else.
  if (!heads.length || ![model, ...heads].every(part => isKnownFor('boxes', entryOf(context, part)?.target))) return NOTHING;
  const sources = heads.map(head => sourceOf(context, head));
  const learnFrom = (word: RegExp): boolean => sources.every(source => mentions(source, word));
  return {
    boxes: learnFrom(/gt_(?:instances|bboxes)$|^bboxes_labels$/),
    labels: learnFrom(/labels$/),
    masks: learningFromMasks(context, model),
  };
}

/** The head that is given masks, by its key; null: there is none, or it makes them itself. */
function learningFromMasks(context: ConfigContext, model: Part): string | null {
  const ofRegions = model.part('roi_head')?.part('mask_head');
  if (ofRegions) return mentions(sourceOf(context, ofRegions), /masks$/) ? 'mask_head' : null;
  // BoxInst's makes them of boxes.
  if (!/^(?:mmdet\.)?DetDataPreprocessor$/.test(model.part('data_preprocessor')?.typeName ?? '')) return null;
  const [whole, box] = [model.part('mask_head'), model.part('bbox_head')];
  const isKnown = (part: Part): boolean => isKnownFor('boxes', entryOf(context, part)?.target);
  if (whole) return isKnown(whole) && mentions(sourceOf(context, whole), /^masks$/) ? 'mask_head' : null;
  const source = box && isKnown(box) ? sourceOf(context, box) : null;
  return source?.classes.some(({ dotted, name }) => `${dotted}.${name}` === WITH_MASKS) ? 'bbox_head' : null;
}
/** A dense head of boxes that learns masks as well (mmdet 3.3.0). */
const WITH_MASKS = 'mmdet.models.dense_heads.rtmdet_ins_head.RTMDetInsHead';

function sourceOf(context: ConfigContext, part: Part): ClassSource | null {
  const entry = entryOf(context, part);
  return entry && classSource(context, entry);
}

/** What is told of a picture in validation and test: by these boxes are brought to its own size, and found again in the annotations (mmdet 3.3.0). */
export function leftOut(
  context: ConfigContext,
  recipe: Recipe,
  { phase, path, steps }: Pipeline,
  { step, before }: Passed,
): readonly Finding[] {
  if (phase === 'train' || !recipe.runs(phase) || step !== steps.at(-1) || step.typeName !== 'PackDetInputs') return [];
  const names = itemsFrom(step.value('meta_keys'))?.map(item => textFrom(plain(item)));
  if (names?.some(name => name === undefined) || (!names && step.presence('meta_keys') !== 'absent')) return [];
  const { brings, [phase]: looksUp } = askedOf(context, recipe);
  // mmyolo's head takes the border off where it is told of it, and else takes the boxes as they are. A picture that is stretched gets none.
  const head = recipe.model?.part('bbox_head');
  const isPadded = before?.has('pad_param') && steps.some(one => one.typeName === 'LetterResize' && one.flag('stretch_only') !== true);
  const takesOff = brings?.says === BROUGHT_BY_MMYOLO && head && mentions(sourceOf(context, head), /^pad_param$/);
  const scale: readonly Wanted[] =
    brings === null ? [] : [{ key: 'scale_factor', why: 'boxes are brought back to the size of the picture by it', ...brings }];
  const wanted = [
    ...scale,
    ...(looksUp ? [{ key: 'img_id', why: '`CocoMetric` finds the picture by it', says: "KeyError: 'img_id'" }] : []),
    ...(isPadded && takesOff
      ? [{ key: 'pad_param', why: 'boxes stay off by the border that a step before it adds', severity: 'warning' as const }]
      : []),
  ].filter(({ key }) => names && !names.includes(key));
  // What is asked for and not there is packed by neither name: mmdet's packs what it finds.
  const isLost = before && !before.has('scale_factor') && (names?.includes('scale_factor') ?? true) && packsWhatIsThere(context, step);
  return [
    ...wanted
      .slice(0, 1)
      .flatMap(one =>
        told(context, [step.at('meta_keys'), path], one, `\`${formatPath(step.at('meta_keys'))}\` leaves out \`${one.key}\``),
      ),
    ...(isLost ? scale : []).flatMap(one =>
      told(
        context,
        [step.at('type'), path],
        one,
        `\`${step.typeName}\` of \`${formatPath(path)}\` packs no \`scale_factor\`, as no step before it (\`Resize\`) gives it`,
      ),
    ),
  ];
}
type Brings = Pick<Wanted, 'says' | 'severity'>;
interface Wanted {
  readonly key: string;
  readonly why: string;
  readonly says?: string;
  readonly severity?: Severity;
}

function told(context: ConfigContext, at: readonly ConfigPath[], { why, says, severity }: Wanted, what: string): readonly Finding[] {
  const place = recipePlace(context, at);
  return place
    ? [{ ...place, related: [], ...(severity && { severity }), message: `${what}: ${why}${says === undefined ? '' : `\n${says}`}` }]
    : [];
}

const packsWhatIsThere = (context: ConfigContext, step: Part): boolean =>
  entryOf(context, step)?.target === 'mmdet.datasets.transforms.formatting.PackDetInputs';

/**
 * How the run ends where boxes cannot be brought back by mmdet's own heads, or by mmyolo's; null where another code does that: CornerNet's and CenterNet's go by the
 * picture's border, a detector of somebody's own may not ask for it.
 */
function bringsBack(context: ConfigContext, { model }: Recipe): Brings | null {
  if (!model || !isKnownFor('boxes', entryOf(context, model)?.target)) return null;
  const dense = model.part('bbox_head'),
    regions = model.part('roi_head');
  if (!regions) return dense ? broughtBy(sourceOf(context, dense), 'predict') : null;
  const bbox = regions.part('bbox_head') ?? regions.parts('bbox_head').at(-1);
  const source = sourceOf(context, regions);
  // A head that brings its boxes back by itself asks nobody else to.
  if (!bbox || !source || !handsOn(source)) return null;
  const found = broughtBy(sourceOf(context, bbox), 'predict_by_feat');
  // With masks those bring them back, once there are some.
  return found && regions.isGiven('mask_head') ? { says: BROUGHT_BY_MMYOLO, severity: 'warning' } : found;
}
const handsOn = (source: ClassSource): boolean =>
  reachedFrom(source, 'predict_bbox').some(({ definition }) => speaksOf(definition, /^predict_by_feat$/)) &&
  !reachedFrom(source, 'predict_bbox').some(({ definition }) => speaksOf(definition, /^scale_factor$/));

/** The first method that it comes to and that speaks of it. Of a class whose sources stay as they are it is found out once. */
function broughtBy(source: ClassSource | null, from: string): Pick<Wanted, 'says'> | null {
  if (!source) return null;
  const ofSource = brought.get(source) ?? new Map<string, Pick<Wanted, 'says'> | null>();
  brought.set(source, ofSource);
  let found = ofSource.get(from);
  if (found === undefined) {
    const first = reachedFrom(source, from).find(({ definition }) => speaksOf(definition, /^scale_factor$/));
    const says = first && BROUGHT_BY.get(`${first.owner}.${first.name}`);
    ofSource.set(from, (found = says === undefined ? null : { says }));
  }
  return found;
}
const brought = new WeakMap<ClassSource, Map<string, Pick<Wanted, 'says'> | null>>();
const ASSERTED = "AssertionError: assert img_meta.get('scale_factor') is not None";
const BROUGHT_BY_MMYOLO = "KeyError: 'scale_factor'";
const BROUGHT_BY: ReadonlyMap<string, string> = new Map([
  ['mmdet.models.dense_heads.base_dense_head.BaseDenseHead._bbox_post_process', ASSERTED],
  ['mmdet.models.dense_heads.yolox_head.YOLOXHead._bbox_post_process', ASSERTED],
  ['mmdet.models.dense_heads.rtmdet_ins_head.RTMDetInsHead._bbox_mask_post_process', ASSERTED],
  ['mmdet.models.dense_heads.detr_head.DETRHead._predict_by_feat_single', ASSERTED],
  ['mmdet.models.dense_heads.grounding_dino_head.GroundingDINOHead._predict_by_feat_single', ASSERTED],
  ['mmdet.models.roi_heads.bbox_heads.bbox_head.BBoxHead._predict_by_feat_single', ASSERTED],
  ['mmyolo.models.dense_heads.yolov5_head.YOLOv5Head.predict_by_feat', BROUGHT_BY_MMYOLO],
]);
