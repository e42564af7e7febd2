/**
 * Parts that count epochs under a loop that counts iterations: to such a loop the whole training is one epoch (mmengine 0.10.7, `IterBasedTrainLoop`), so they act
 * once, at its end. The other way round is common and right (a warm-up by iterations, a checkpoint every so many), unless the numbers are plainly epochs.
 */
import { itemsFrom, numberFrom } from '../config/from-value.ts';
import { originAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import { isWhole } from '../config/whole.ts';
import type { Loop } from '../recipe/loop.ts';
import type { Part } from '../recipe/part.ts';
import { type Recipe, recipeOf } from '../recipe/recipe.ts';
import type { Fix } from './diagnostic.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { settingFix } from './setting-fix.ts';

export const byEpochMismatch: ConfigRule = {
  code: 'by-epoch-mismatch',
  severity: 'warning',
  summary: 'a schedule or a hook by epochs in a loop by iterations, or the other way round',
  needs: 'config',
  check(context) {
    const recipe = recipeOf(context.config);
    const loop = recipe.training;
    if (!isWhole(context.config) || !loop) return [];
    if (loop.by === 'epoch') return inIterations(context, recipe, loop);
    const checkpoint = recipe.defaultHook('checkpoint');
    return [
      ...recipe.schedulers
        .filter(s => !s.typeName?.startsWith('ReduceOnPlateau') && s.flag('convert_to_iter_based') !== true)
        .flatMap(s => finding(context, loop, s, 'it would step once, when training is over')),
      ...(checkpoint?.typeName === 'CheckpointHook'
        ? finding(context, loop, checkpoint, 'no checkpoint is saved before training is over')
        : []),
      ...ofLog(context, recipe, loop),
    ];
  },
};

/** The log tells of epochs that there are not; what is learned is the same, so it is told where the one or the other is written, and of no two bases. */
function ofLog(context: ConfigContext, { top }: Recipe, loop: Loop): readonly Finding[] {
  const { config } = context;
  const log = top.part('log_processor');
  const isPlain = log !== undefined && (log.presence('type') === 'absent' || log.typeName === 'LogProcessor');
  const isOwn = [log, loop.part].some(part => part && originAt(config, part.path)?.value.file === config.file);
  return isPlain && isOwn ? finding(context, loop, log, 'the log tells of one epoch alone').map(one => ({ ...one, severity: 'hint' })) : [];
}

/** By iterations, of numbers that are epochs: all is over within the first of them. */
function inIterations(context: ConfigContext, recipe: Recipe, loop: Loop): readonly Finding[] {
  const { length } = loop;
  if (length === null) return [];
  const checkpoint = recipe.defaultHook('checkpoint');
  const every = checkpoint?.typeName === 'CheckpointHook' ? checkpoint.number('interval') : undefined;
  return [
    ...recipe.schedulers.flatMap(part => {
      const last = lastOf(part);
      return part.flag('by_epoch') === false && last !== undefined && last > 1 && last <= length
        ? counted(context, part, `it is over after ${last} of them, and training takes ${length} epochs`)
        : [];
    }),
    ...(checkpoint?.flag('by_epoch') === false && every !== undefined && every > 0 && every <= Math.min(length, MOST_BETWEEN)
      ? counted(
          context,
          checkpoint,
          every === 1 ? 'a checkpoint is saved after each of them' : `a checkpoint is saved every ${every} of them`,
        )
      : []),
  ];
}

/** More of them may be a short while between two checkpoints, and meant. */
const MOST_BETWEEN = 10;

/** When it has brought the rate to its end; of a warm-up, which is often by iterations, nothing is told. */
function lastOf(part: Part): number | undefined {
  if (/^MultiStep/.test(part.typeName ?? '')) return (itemsFrom(part.value('milestones')) ?? []).map(numberFrom).at(-1);
  return /^CosineAnnealing/.test(part.typeName ?? '') ? part.number('T_max') : undefined;
}

function counted(context: ConfigContext, part: Part, outcome: string): readonly Finding[] {
  const path = part.at('by_epoch');
  const place = recipePlace(context, [path]);
  return place
    ? [
        {
          ...place,
          message: `\`${formatPath(part.path)}\` counts iterations, and the loop counts epochs: ${outcome}`,
          fixes: settingFix(context, [{ path, text: 'True' }], `Set ${formatPath(path)} to True`),
        },
      ]
    : [];
}

/** Absent, `by_epoch` is True. */
function finding(context: ConfigContext, loop: Loop, part: Part, outcome: string): readonly Finding[] {
  const path = part.at('by_epoch');
  const counts = part.presence('by_epoch') === 'absent' || part.flag('by_epoch') === true;
  const place = counts
    ? recipePlace(context, [path, part.at('type'), part.path, loop.part.at('type'), loop.part.at('by_epoch'), loop.part.path])
    : null;
  if (!place) return [];
  return [
    {
      ...place,
      message: `\`${formatPath(part.path)}\` counts epochs, and the loop counts iterations: ${outcome}`,
      fixes: fixes(context, part),
    },
  ];
}

/** In place, as an override, or in a list beside the type. */
function fixes(context: ConfigContext, part: Part): readonly Fix[] {
  const path = part.at('by_epoch');
  const title = `Set ${formatPath(path)} to False`;
  const set = settingFix(context, [{ path, text: 'False' }], title);
  const type = set.length ? undefined : originAt(context.config, part.at('type'));
  if (type?.key.file !== context.config.file || context.text(type.key.file)?.slice(type.key.start, type.key.end) !== 'type') return set;
  const { file, end } = type.value;
  return [{ title, edits: [{ file, start: end, end, text: ', by_epoch=False' }], preferred: true }];
}
