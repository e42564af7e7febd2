/** What of a config detection needs beside the network: how a picture is prepared, how the head's numbers become boxes, what the classes are called. */
import {
  type DetectorHead,
  type DetectorRecipe,
  multiple,
  type Normalization,
  type Size,
  type SoftSuppression,
  sizeAfter,
  type TestSettings,
} from '../../runtime/index.ts';
import { at, type Data, isList, isRecord, numberOf, numbersOf, textOf, typeOf } from './data.ts';
import { classesOfDataset } from './dataset-classes.ts';
import { headOf } from './head.ts';
import { fixedSizeOf, pipelineOf, transformsOf } from './pipeline.ts';
import { DetectFailure } from './problem.ts';

/**
 * From a resolved config, as `dataOf` gives it. `picture`: the size of the picture that it is for, which counts where the test pipeline makes pictures of
 * changing sizes; null: as large as the config allows. Throws `DetectFailure` where the config asks for what is not supported: nothing is guessed.
 */
export function recipeOf(config: Data, picture: Size | null = null): DetectorRecipe {
  const model = at(config, 'model');
  if (!isRecord(model))
    throw new DetectFailure(
      'unsupported-head',
      'There is no model in this config',
      'Open the config of a detector: one with `model = dict(…)`, itself or in its bases.',
    );
  const head = headOf(model, at(config, 'default_scope'));
  const dataset = datasetOf(at(config, 'test_dataloader', 'dataset'));
  const transforms = transformsOf(pipelineOf(config, dataset));
  const { classes, palette } = metainfoOf(dataset, head.classes);
  return {
    size: networkSize(config, picture),
    transforms,
    normalization: normalizationOf(at(model, 'data_preprocessor')),
    head,
    test: testOf(at(model, 'test_cfg'), head),
    classes,
    palette,
  };
}

/** Whether the network's input depends on the picture. Throws `DetectFailure` as `recipeOf` does. */
export function dependsOnPicture(config: Data): boolean {
  return fixedSizeOf(stepsOf(config)) === null;
}

/** The same for an input of another size, rounded up as `data_preprocessor` pads. Throws `DetectFailure` where the test pipeline makes every picture of one size. */
export function resizedRecipe(recipe: DetectorRecipe, config: Data, [width, height]: Size): DetectorRecipe {
  const fixed = fixedSizeOf(stepsOf(config));
  if (fixed)
    throw new DetectFailure(
      'network',
      `The test pipeline makes ${fixed[0]} × ${fixed[1]} of every picture`,
      'Another size is for pipelines that keep to none. Change the `scale` of the resizing steps in the config, or export it as it is.',
    );
  return { ...recipe, size: padded([width, height], config) };
}

/** What the network takes: what the test pipeline makes of a picture, and what `data_preprocessor` pads that to. Throws `DetectFailure` where it has no such steps. */
export function networkSize(config: Data, picture: Size | null): Size {
  const steps = stepsOf(config);
  const scale = steps.find(step => 'scale' in step);
  const largest = picture ?? (scale && 'scale' in scale ? scale.scale : null);
  const size = fixedSizeOf(steps) ?? (largest && sizeAfter(largest, steps));
  if (!size)
    throw new DetectFailure(
      'unsupported-head',
      'The test pipeline leaves pictures as they are',
      'There is no Resize or LetterResize in it, so that there is no size to build the network for. Give it one.',
    );
  return padded(size, config);
}

function padded([width, height]: Size, config: Data): Size {
  const divisor = numberOf(at(config, 'model', 'data_preprocessor', 'pad_size_divisor')) ?? 1;
  return [multiple(width, divisor), multiple(height, divisor)];
}

const stepsOf = (config: Data): ReturnType<typeof transformsOf> =>
  transformsOf(pipelineOf(config, datasetOf(at(config, 'test_dataloader', 'dataset'))));

/** The dataset itself, within whatever wraps it. */
export function datasetOf(data: Data): Data {
  const inner = at(data, 'pipeline') === undefined ? (at(data, 'dataset') ?? at(data, 'datasets', 0)) : undefined;
  return inner === undefined ? data : datasetOf(inner);
}

function metainfoOf(dataset: Data, count: number): Pick<DetectorRecipe, 'classes' | 'palette'> {
  const given = at(dataset, 'metainfo');
  const [classes, palette] = [at(given, 'classes') ?? at(given, 'CLASSES'), at(given, 'palette') ?? at(given, 'PALETTE')];
  const named =
    typeof classes === 'string' ? [classes] : isList(classes) ? classes.map(c => textOf(c) ?? '') : classesOfDataset(typeOf(dataset));
  const numbered = Array.from({ length: count }, (_, i) => named?.[i] ?? `class ${i}`);
  const colours = isList(palette) ? palette.map(colourOf) : [];
  return { classes: numbered, palette: colours.length && colours.every(c => c !== null) ? colours : null };
}

function colourOf(data: Data): readonly [number, number, number] | null {
  const [r, g, b] = numbersOf(data) ?? [];
  return r !== undefined && g !== undefined && b !== undefined ? [r, g, b] : null;
}

function normalizationOf(data: Data): Normalization {
  return {
    mean: numbersOf(at(data, 'mean')) ?? [0, 0, 0],
    std: numbersOf(at(data, 'std')) ?? [1, 1, 1],
    bgrToRgb: at(data, 'bgr_to_rgb') === true || at(data, 'rgb_to_bgr') === true,
    behind: numberOf(at(data, 'pad_value')) ?? 0,
  };
}

/** Settings of a head, with the defaults that mmyolo's code gives, and mmdet's for its dense heads. */
function testOf(test: Data, head: DetectorHead): TestSettings {
  const { kind, classes } = head;
  const nms = at(test, 'nms');
  const dense = kind === 'dense';
  const product = at(test, 'yolox_style') === true || (kind === 'points' && head.unclamped === true);
  const soft = softOf(nms);
  const [split, least, offset] = [
    numberOf(at(nms, 'split_thr')),
    numberOf(at(nms, 'score_threshold')) ?? 0,
    numberOf(at(nms, 'offset')) ?? 0,
  ];
  // YOLOX as mmyolo has it: no cap, and no threshold on the objectness alone.
  const caps = [product ? 0 : (numberOf(at(test, 'max_per_img')) ?? 0), numberOf(at(nms, 'max_num')) ?? 0].filter(most => most > 0);
  return {
    scoreThreshold: numberOf(at(test, 'score_thr')) ?? (dense ? 0 : -1),
    // `nms=None`: no box falls out.
    nmsIouThreshold: nms === null ? 1 : (numberOf(at(nms, 'iou_threshold') ?? at(nms, 'iou_thr')) ?? (soft ? 0.3 : 0.5)),
    nmsPre: numberOf(at(test, 'nms_pre')) ?? (dense ? -1 : 100_000),
    maxPerImage: caps.length ? Math.min(...caps) : 0,
    productOnly: product,
    multiLabel: at(test, 'multi_label') === true && classes > 1,
    classAgnostic: at(nms, 'class_agnostic') === true,
    minSize: numberOf(at(test, 'min_bbox_size')) ?? -1,
    ...(split === undefined ? {} : { split }),
    ...(least > 0 ? { nmsScoreThreshold: least } : {}),
    ...(offset === 0 ? {} : { nmsOffset: offset }),
    ...(soft ? { soft } : {}),
  };
}

/** Null where boxes fall out and lose no score. */
function softOf(nms: Data): SoftSuppression | null {
  const type = typeOf(nms) || 'nms';
  const offset = numberOf(at(nms, 'offset')) ?? 0;
  if (offset !== 0 && offset !== 1)
    throw new DetectFailure('unsupported-head', `Suppression with an offset of ${offset} is not supported`, 'mmcv takes 0 and 1.');
  if (type === 'nms') return null;
  const unknown = ['score_threshold', 'max_num'].find(key => at(nms, key) !== undefined);
  if (type === 'soft_nms' && unknown)
    throw new DetectFailure('unsupported-head', `mmcv's soft_nms takes no \`${unknown}\``, 'Leave it out of `nms` in `model.test_cfg`.');
  const method = textOf(at(nms, 'method')) ?? 'linear';
  if (type === 'soft_nms' && (method === 'linear' || method === 'gaussian' || method === 'naive'))
    return { method, sigma: numberOf(at(nms, 'sigma')) ?? 0.5, minScore: numberOf(at(nms, 'min_score')) ?? 1e-3 };
  throw new DetectFailure(
    'unsupported-head',
    `Suppression by ${type === 'soft_nms' ? `soft_nms, ${method},` : type} is not supported`,
    "Detection here knows `nms=dict(type='nms', iou_threshold=…)` and `soft_nms` in `model.test_cfg`.",
  );
}
