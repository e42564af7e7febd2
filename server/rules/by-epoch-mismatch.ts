/**
 * Parts that count epochs under a loop that counts iterations: to such a loop the whole training is one epoch (mmengine 0.10.7, `IterBasedTrainLoop`), so they act
 * once, at its end. The other way round is common and right: a warm-up by iterations, a checkpoint every so many.
 */
import { originAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import { isWhole } from '../config/whole.ts';
import type { Loop } from '../recipe/loop.ts';
import type { Part } from '../recipe/part.ts';
import { recipeOf } from '../recipe/recipe.ts';
import type { Fix } from './diagnostic.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { settingFix } from './setting-fix.ts';

export const byEpochMismatch: ConfigRule = {
  code: 'by-epoch-mismatch',
  severity: 'warning',
  summary: 'a schedule or a hook by epochs in a loop by iterations',
  needs: 'config',
  check(context) {
    const recipe = recipeOf(context.config);
    const loop = recipe.training;
    if (!isWhole(context.config) || loop?.by !== 'iteration') return [];
    const checkpoint = recipe.defaultHook('checkpoint');
    return [
      ...recipe.schedulers
        .filter(s => !s.typeName?.startsWith('ReduceOnPlateau') && s.flag('convert_to_iter_based') !== true)
        .flatMap(s => finding(context, loop, s, 'it would step once, when training is over')),
      ...(checkpoint?.typeName === 'CheckpointHook'
        ? finding(context, loop, checkpoint, 'no checkpoint is saved before training is over')
        : []),
    ];
  },
};

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
