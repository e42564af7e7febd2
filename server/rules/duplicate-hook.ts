/** The same hook twice: both act. A schedule that is stepped twice runs out at half time, and two averages of the weights take turns. */
import { formatPath } from '../config/path.ts';
import { isWhole } from '../config/whole.ts';
import { equal } from '../python/operate.ts';
import type { Part } from '../recipe/part.ts';
import { type Recipe, recipeOf } from '../recipe/recipe.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigRule, Finding } from './rule.ts';

/** What the runner registers by itself, and the name under which it is switched off (mmengine 0.10.7, `Runner.register_default_hooks`). */
const BY_ITSELF: Readonly<Record<string, string>> = {
  RuntimeInfoHook: 'runtime_info',
  IterTimerHook: 'timer',
  DistSamplerSeedHook: 'sampler_seed',
  ParamSchedulerHook: 'param_scheduler',
};
/** What must be there once. Others may be there for two ends: a checkpoint by epochs and one by iterations. */
const ONCE = new Set([
  'EMAHook',
  'ParamSchedulerHook',
  'YOLOv5ParamSchedulerHook',
  'IterTimerHook',
  'RuntimeInfoHook',
  'DistSamplerSeedHook',
  'SyncBuffersHook',
]);

export const duplicateHook: ConfigRule = {
  code: 'duplicate-hook',
  severity: 'warning',
  summary: 'a hook that is there twice',
  needs: 'config',
  check(context) {
    if (!isWhole(context.config)) return [];
    const recipe = recipeOf(context.config);
    const { hooks } = recipe;
    return hooks.flatMap((hook, i): Finding[] => {
      const first = hooks.slice(0, i).find(other => isSame(other, hook));
      const byRunner = first ? undefined : BY_ITSELF[hook.typeName ?? ''];
      const place =
        first || isOn(recipe, hook, byRunner) ? recipePlace(context, [hook.at('type'), ...(first ? [first.at('type')] : [])]) : null;
      if (!place) return [];
      if (!first)
        return [
          { ...place, message: `\`${hook.typeName}\` is there already: the runner has one as \`default_hooks.${byRunner}\`, and both act` },
        ];
      return [
        {
          ...place,
          message: `\`${hook.typeName}\` is there twice, as \`${formatPath(first.path)}\` and as \`${formatPath(hook.path)}\`: both act`,
        },
      ];
    });
  },
};

function isOn(recipe: Recipe, hook: Part, name: string | undefined): boolean {
  const defaults = recipe.top.part('default_hooks');
  return (
    name !== undefined && hook.path[0] === 'custom_hooks' && recipe.training !== null && (defaults?.presence(name) ?? 'absent') === 'absent'
  );
}

function isSame(a: Part, b: Part): boolean {
  if (a.type === undefined || a.typeName !== b.typeName) return false;
  return ONCE.has(a.typeName ?? '') || isForOneEnd(a, b) || isEqual(a, b);
}

/** What may be there for two ends, and is for the same: a log that goes elsewhere, a stop by another figure. */
function isForOneEnd(a: Part, b: Part): boolean {
  const monitor = a.text('monitor');
  const haveNone = (keys: readonly string[]): boolean => [a, b].every(part => keys.every(key => part.presence(key) === 'absent'));
  // Of two patiences the lesser alone counts; but two may be for a figure that is reached and for one that stands still.
  if (a.typeName === 'EarlyStoppingHook') return monitor !== undefined && monitor === b.text('monitor') && haveNone(OTHER_STOPS);
  return a.typeName === 'LoggerHook' && haveNone(OTHER_LOGS);
}
const OTHER_STOPS = ['rule', 'min_delta', 'strict', 'check_finite', 'stopping_threshold'];
const OTHER_LOGS = ['out_dir', 'out_suffix'];
function isEqual(a: Part, b: Part): boolean {
  try {
    return equal(a.dict, b.dict);
  } catch {
    return false;
  }
}
