/** What only worker processes have is asked for, and there are none: torch's `DataLoader` refuses (torch 2.x). */
import { formatPath } from '../config/path.ts';
import { isWhole } from '../config/whole.ts';
import type { Part } from '../recipe/part.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { distinct } from './distinct.ts';
import { mayBeCompleted } from './may-be-completed.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { settingFix } from './setting-fix.ts';

export const persistentWorkers: ConfigRule = {
  code: 'persistent-workers',
  severity: 'error',
  summary: '`persistent_workers` or `prefetch_factor` with no workers',
  needs: 'config',
  check(context) {
    if (!isWhole(context.config)) return [];
    const told = recipeOf(context.config).loaders.flatMap(({ part }) => {
      const isAbsent = part.presence('num_workers') === 'absent';
      if (!isAbsent && part.number('num_workers') !== 0) return [];
      const found = [...persistent(context, part), ...prefetched(context, part)];
      // A base may leave the number to whoever rests on it.
      return found.length && isAbsent && mayBeCompleted(context) ? [] : found;
    });
    return distinct(told);
  },
};

function persistent(context: ConfigContext, part: Part): readonly Finding[] {
  if (part.flag('persistent_workers') !== true) return [];
  const place = recipePlace(context, [part.at('persistent_workers'), part.at('num_workers')]);
  if (!place) return [];
  return [
    {
      ...place,
      message: `\`${formatPath(part.path)}\` keeps its workers between epochs, and ${none(part)}\nValueError: persistent_workers option needs num_workers > 0`,
      fixes: settingFix(context, [{ path: part.at('persistent_workers'), text: 'False' }], 'Set persistent_workers to False'),
    },
  ];
}

function prefetched(context: ConfigContext, part: Part): readonly Finding[] {
  const place = part.isGiven('prefetch_factor') ? recipePlace(context, [part.at('prefetch_factor'), part.at('num_workers')]) : null;
  if (!place) return [];
  return [
    {
      ...place,
      message: `\`${formatPath(part.path)}\` lets its workers read ahead, and ${none(part)}\nValueError: prefetch_factor option could only be specified in multiprocessing.let num_workers > 0 to enable multiprocessing, otherwise set prefetch_factor to None.`,
      fixes: settingFix(context, [{ path: part.at('prefetch_factor'), text: 'None' }], 'Set prefetch_factor to None'),
    },
  ];
}

const none = (part: Part): string =>
  part.isGiven('num_workers') ? 'has none: `num_workers` is 0' : 'says no `num_workers`, so it has none';
