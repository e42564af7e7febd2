/** A schedule that training ends before: the number of epochs (or iterations) was changed, and what was made for the old one was not. */

import { itemsFrom, numberFrom } from '../config/from-value.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { isWhole } from '../config/whole.ts';
import type { Loop } from '../recipe/loop.ts';
import type { Part } from '../recipe/part.ts';
import { type Recipe, recipeOf } from '../recipe/recipe.ts';
import type { Severity } from './diagnostic.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { settingFix } from './setting-fix.ts';

export const schedulePastEnd: ConfigRule = {
  code: 'schedule-past-end',
  severity: 'warning',
  summary: 'a schedule that goes on when training is over',
  needs: 'config',
  check(context) {
    const recipe = recipeOf(context.config);
    const loop = recipe.training;
    if (!isWhole(context.config) || !loop || loop.length === null) return [];
    const length = loop.length;
    return [
      ...recipe.schedulers.flatMap(s => ofScheduler(recipe, s, loop, length)),
      ...recipe.hooks.flatMap(hook => ofHook(hook, loop, length)),
      ...ofLoop(recipe, loop, length),
    ].flatMap(late => finding(context, recipe, loop, late));
  },
};

interface Late {
  readonly path: ConfigPath;
  readonly told: string;
  readonly severity?: Severity;
  /** Told of what this file says alone: what is left of a longer training in a base does no harm. */
  readonly isOwn?: boolean;
  /** What is to stand there. */
  readonly right?: number;
}

function ofScheduler(recipe: Recipe, part: Part, loop: Loop, length: number): readonly Late[] {
  const counts = (part.flag('by_epoch') ?? true) ? 'epoch' : 'iteration';
  if (
    part.typeName === undefined ||
    part.presence('by_epoch') === 'unknown' ||
    counts !== loop.by ||
    part.typeName.startsWith('ReduceOnPlateau')
  )
    return [];
  const begin = part.number('begin') ?? 0;
  const end = part.number('end');
  // Without an end of its own, or with one before it, a run ends at once: `schedule-refused`.
  if (begin >= length && (end ?? length) <= begin && recipe.runs('train')) return [];
  if (begin >= length) return [{ path: part.at('begin'), told: `begins at ${begin}: never` }];
  if (end !== undefined && end > length) return [{ path: part.at('end'), told: `ends at ${end}`, right: length }];
  const period = /^CosineAnnealing(?:LR|Momentum|ParamScheduler)$/.test(part.typeName ?? '') ? part.number('T_max') : undefined;
  if (period !== undefined && begin + period > length)
    return [{ path: part.at('T_max'), told: `takes ${period} from ${begin} on to come down`, right: length - begin, severity: 'hint' }];
  const milestones = itemsFrom(part.value('milestones'))?.map(numberFrom);
  return milestones?.length && milestones.every(m => m !== undefined && m >= length)
    ? [{ path: part.at('milestones'), told: `has its first milestone at ${milestones[0]}`, severity: 'hint' }]
    : [];
}

/** Validations that are never, or once: when it is over (mmengine 0.10.7, `EpochBasedTrainLoop.run`; older ones leave that out as well). */
function ofLoop(recipe: Recipe, { part }: Loop, length: number): readonly Late[] {
  if (!recipe.runs('val')) return [];
  const [first, interval] = [part.number('val_begin'), part.number('val_interval')];
  const turns = (itemsFrom(part.value('dynamic_intervals')) ?? []).map(item => numberFrom(itemsFrom(item)?.[0]));
  const late = turns.find(turn => turn !== undefined && turn >= length);
  return [
    // One beyond the last is how to say never.
    ...(first !== undefined && first > length + 1 ? [{ path: part.at('val_begin'), told: `validates from ${first} on: never` }] : []),
    ...(interval !== undefined && interval > length + 1
      ? [
          {
            path: part.at('val_interval'),
            told: `validates every ${interval}: once at most, at the end`,
            severity: 'hint' as const,
            isOwn: true,
          },
        ]
      : []),
    ...(late === undefined
      ? []
      : [
          {
            path: part.at('dynamic_intervals'),
            told: `has another interval from ${late} on: never`,
            severity: 'hint' as const,
            isOwn: true,
          },
        ]),
  ];
}

/** Hooks that have the length of the training written into them. */
function ofHook(hook: Part, loop: Loop, length: number): readonly Late[] {
  if (loop.by !== 'epoch') return [];
  const own = hook.typeName === 'YOLOv5ParamSchedulerHook' ? hook.number('max_epochs') : undefined;
  if (own !== undefined && own > length) return [{ path: hook.at('max_epochs'), told: `is made for ${own}`, right: length }];
  const turn = /PipelineSwitchHook$/.test(hook.typeName ?? '') ? hook.number('switch_epoch') : undefined;
  return turn !== undefined && turn >= length
    ? [{ path: hook.at('switch_epoch'), told: `switches at ${turn}: never`, severity: 'hint' }]
    : [];
}

function finding(context: ConfigContext, recipe: Recipe, loop: Loop, { path, told, severity, right, isOwn }: Late): readonly Finding[] {
  const place = recipePlace(context, isOwn ? [path] : [path, loop.lengthAt]);
  if (!place) return [];
  const unit = loop.by === 'epoch' ? 'epochs' : 'iterations';
  const part = formatPath(path.slice(0, -1));
  const fix =
    right === undefined || right <= 0 ? [] : settingFix(context, [{ path, text: String(right) }], `Set ${formatPath(path)} to ${right}`);
  return [
    {
      ...place,
      message: `Training is over after ${loop.length} ${unit}, and \`${part}\` (${typeAt(recipe, path)}) ${told}`,
      ...(severity && { severity }),
      fixes: fix,
    },
  ];
}

const typeAt = (recipe: Recipe, path: ConfigPath): string =>
  path[0] === 'train_cfg' ? 'the loop' : (partAbove(recipe, path)?.typeName ?? 'a schedule');
const partAbove = (recipe: Recipe, path: ConfigPath): Part | undefined =>
  [...recipe.schedulers, ...recipe.hooks].find(
    part => part.path.length === path.length - 1 && part.path.every((step, i) => step === path[i]),
  );
