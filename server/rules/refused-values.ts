/**
 * Values that a class of the libraries refuses as soon as it is first used, or that torch does, where no constructor says so that is built here: a table by class, from
 * their sources (torch 2, mmengine 0.10.7, mmcv 2, mmdet 3). Told by the rules of what each of them is: a kind, a choice, a number of the schedule.
 */
import { originAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { isWhole } from '../config/whole.ts';
import { classSource } from '../recipe/class-source.ts';
import { Part } from '../recipe/part.ts';
import { builtParts, entryOf } from '../recipe/part-types.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { isUsed } from '../recipe/typed-parts.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import { LIBRARIES } from '../registry/openmmlab-libraries.ts';
import { recipePlace } from './recipe-place.ts';
import type { Built, Check, RefusalCode } from './refused.ts';
import { refusedAround } from './refused-around.ts';
import { OPTIMIZERS, ofOptimizer } from './refused-by-optimizers.ts';
import { ofLossScale, ofOptLevel } from './refused-by-precision.ts';
import { ofBackends, ofLocalBackend } from './refused-by-visualizer.ts';
import { ofJoined, ofLoadedImage, ofRandomResize, ofResize, ofSet } from './refused-in-data.ts';
import { ofFigures, ofHalf, ofInterval, ofTimes } from './refused-in-hooks.ts';
import { ofCocoItems, ofMasks, ofRanks } from './refused-in-metrics.ts';
import { isAverage, ofAverage, ofLength, ofMilestones, ofMinimum, ofPriority, ofStart, ofWrapper } from './refused-in-training.ts';
import type { ConfigContext, Finding } from './rule.ts';
import { settingFix } from './setting-fix.ts';

/** Of one code, each at its place. */
export function refusedValues(context: ConfigContext, code: RefusalCode): readonly Finding[] {
  let all = known.get(context);
  if (!all) known.set(context, (all = find(context)));
  return all.filter(one => one.code === code).map(one => one.finding);
}
interface Told {
  readonly code: RefusalCode;
  readonly finding: Finding;
}
const known = new WeakMap<ConfigContext, readonly Told[]>();

function find(context: ConfigContext): readonly Told[] {
  const recipe = recipeOf(context.config);
  if (!isWhole(context.config) || !recipe.isRun || !recipe.isOfMmengine) return [];
  const of: Built = {
    targetOf: part => entryOf(context, part)?.target,
    sourceOf: part => {
      const entry = entryOf(context, part);
      return entry && classSource(context, entry);
    },
  };
  const built = builtParts(context).flatMap(({ part: typed, entry }) => {
    const checks = CHECKS.get(typed.type.slice(typed.type.lastIndexOf('.') + 1)) ?? [];
    const { registry } = typed.place;
    if ((!checks.length && !BY_PLACE.has(registry)) || !isUsed(typed)) return [];
    const part = new Part(typed.path, typed.dict);
    const own = checks.filter(({ of: module }) => entry.target.startsWith(module)).flatMap(({ check }) => check(part, recipe, of));
    const bySet = entry.registry === 'dataset' && isKnownFor('boxes', entry.target) ? ofSet(part) : [];
    // The libraries' visualizers are all mmengine's, and build their backends as it does.
    const isDrawing = registry === 'visualizer' && LIBRARIES.has(entry.target.slice(0, entry.target.indexOf('.')));
    const byPlace = registry === 'hook' ? ofPriority(part) : isDrawing ? ofBackends(part, recipe, of) : [];
    return [...own, ...bySet, ...byPlace].map(refused => ({ part, refused }));
  });
  const told = [...built, ...refusedAround(context, recipe)];
  const placed = told.flatMap(({ part, refused }) => {
    const path: ConfigPath = part.at(refused.key);
    // A value of the base's, and what was put beside it here: another type in its place, or what it does not go with.
    const place =
      recipePlace(context, [path]) ??
      recipePlace(context, [path, part.at('type')]) ??
      (refused.against ? recipePlace(context, [path, refused.against]) : null);
    return place ? [{ path, place, ...refused }] : [];
  });
  return placed.map(({ path, place, code, told: what, says, right }) => {
    const settings = right === undefined ? [] : [path, ...twinOf(context, path)].map(at => ({ path: at, text: right }));
    const fixes = settings.length
      ? settingFix(context, settings, `Set ${settings.map(({ path: at }) => formatPath(at)).join(' and ')} to ${right}`)
      : [];
    return { code, finding: { ...place, severity: 'error', message: `\`${formatPath(path)}\`: ${what}\n${says}`, fixes } };
  });
}

/** The test's, where a base says it in one text with the validation's: `test_evaluator = val_evaluator`. Of this file's own text the edit is one. */
function twinOf({ config }: ConfigContext, path: ConfigPath): readonly ConfigPath[] {
  const [first, ...rest] = path;
  if (typeof first !== 'string' || !first.startsWith('val_')) return [];
  const twin = [first.replace('val_', 'test_'), ...rest];
  const [one, other] = [path, twin].map(at => originAt(config, at)?.value);
  return one && other && one.file !== config.file && one.file === other.file && one.start === other.start ? [twin] : [];
}

/** Registries whose parts are looked at whatever their class is. */
const BY_PLACE = new Set(['hook', 'dataset', 'visualizer']);

/** By the type's name; `of`: where the class is defined, of which it is true. */
const CHECKS: ReadonlyMap<string, readonly { readonly of: string; readonly check: Check }[]> = table([
  [OPTIMIZERS, 'torch.optim.', ofOptimizer],
  ['OptimWrapper AmpOptimWrapper ApexOptimWrapper', 'mmengine.', ofWrapper],
  ['AmpOptimWrapper', 'mmengine.', ofLossScale],
  ['ApexOptimWrapper', 'mmengine.', ofOptLevel],
  ['LocalVisBackend', 'mmengine.', ofLocalBackend],
  ['EpochBasedTrainLoop', 'mmengine.', ofLength('max_epochs')],
  ['IterBasedTrainLoop', 'mmengine.', ofLength('max_iters')],
  ['CosineAnnealingLR CosineAnnealingMomentum CosineRestartLR CosineRestartMomentum', 'mmengine.', ofMinimum],
  ['MultiStepLR MultiStepMomentum', 'mmengine.', ofMilestones],
  ['LinearLR LinearMomentum', 'mmengine.', ofStart],
  ['EMAHook', 'mmengine.', ofAverage],
  ['EMAHook', 'mmpretrain.', ofAverage],
  ['EMAHook', 'mmcls.', ofAverage],
  ['LoadImageFromFile', 'mmcv.', ofLoadedImage],
  ['RandomResize', 'mmcv.', ofRandomResize],
  ['Resize', 'mmcv.', ofResize],
  ['Resize', 'mmdet.', ofResize],
  ['ConcatDataset', 'mmdet.', ofJoined],
  ['ConcatDataset', 'mmengine.', ofJoined],
  ['CocoMetric', 'mmdet.', ofCocoItems],
  ['CocoMetric', 'mmdet.', ofMasks],
  ['Accuracy', 'mmpretrain.', ofRanks],
  ['Accuracy', 'mmcls.', ofRanks],
  ['RepeatDataset', 'mmengine.', ofTimes],
  ['ValLoop TestLoop', 'mmengine.', ofHalf],
  ['LogProcessor', 'mmengine.', ofFigures],
  ['EMAHook', 'mmengine.', ofInterval((part, recipe) => recipe.runs('train') && isAverage(part))],
  // Of a test every picture is drawn.
  ['DetVisualizationHook', 'mmdet.', ofInterval((part, recipe) => recipe.runs('val') && part.flag('draw') === true)],
]);

function table(
  rows: readonly (readonly [names: string, of: string, check: Check])[],
): ReadonlyMap<string, readonly { readonly of: string; readonly check: Check }[]> {
  const made = new Map<string, { readonly of: string; readonly check: Check }[]>();
  for (const [names, of, check] of rows) for (const name of names.split(' ')) made.set(name, [...(made.get(name) ?? []), { of, check }]);
  return made;
}
