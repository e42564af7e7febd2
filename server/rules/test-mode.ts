/**
 * A data set of validation that is filtered as one of training: pictures without boxes, or with small ones, are left out, and the figures are those of the rest. The
 * other way round, nothing is filtered where `filter_cfg` asks for it (mmdet 3.3.0; of its kin alone, others have the argument for other ends).
 */
import { formatPath } from '../config/path.ts';
import { isWhole } from '../config/whole.ts';
import { entryOf } from '../recipe/part-types.ts';
import { recipeOf } from '../recipe/recipe.ts';
import type { Entry } from '../registry/entry.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import { distinct } from './distinct.ts';
import { randomInTest } from './random-in-test.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { settingFix } from './setting-fix.ts';

export const testMode: ConfigRule = {
  code: 'test-mode',
  severity: 'warning',
  summary: 'validation filters its data as training does, or the other way round',
  needs: 'config',
  check(context) {
    if (!isWhole(context.config)) return [];
    const told = recipeOf(context.config).loaders.flatMap(({ phase, data }) =>
      (data?.leaves ?? []).flatMap((set): readonly Finding[] => {
        if (!set.part('filter_cfg')?.dict.size) return [];
        const mode = set.presence('test_mode') === 'absent' ? false : set.flag('test_mode');
        if (mode === undefined || mode === (phase !== 'train')) return [];
        const place = isOfBoxes(context, entryOf(context, set))
          ? recipePlace(context, [set.at('test_mode'), set.at('filter_cfg'), set.path])
          : null;
        if (!place) return [];
        const path = set.at('test_mode');
        const told = mode
          ? 'is in test mode, where `filter_cfg` does nothing: pictures without objects are learned from'
          : 'is not in test mode, so `filter_cfg` leaves pictures out: the figures are those of the rest';
        const right = mode ? 'False' : 'True';
        const fixes = settingFix(context, [{ path, text: right }], `Set ${formatPath(path)} to ${right}`);
        return [{ ...place, related: [], message: `\`${formatPath(set.path)}\` ${told}`, fixes }];
      }),
    );
    return [...distinct(told), ...randomInTest(context)];
  },
};

/** By its sources; without them, by the library that has such sets. */
function isOfBoxes({ registry }: ConfigContext, entry: Entry | null): boolean {
  const classes = entry && registry.ancestry?.(entry)?.classes;
  return classes
    ? classes.some(({ name }) => name === 'BaseDetDataset')
    : isKnownFor('boxes', entry?.target) && /(?:Coco|VOC)Dataset$/.test(entry?.target ?? '');
}
