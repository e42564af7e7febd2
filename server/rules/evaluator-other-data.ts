/** A metric that reads another annotation file than the data set that is evaluated: its figures are of other pictures, or it fails on an identifier that is not there. */
import { formatPath } from '../config/path.ts';
import { isWhole } from '../config/whole.ts';
import { joinPath, mayBeOneFile } from '../recipe/data-path.ts';
import type { Part } from '../recipe/part.ts';
import { entryOf } from '../recipe/part-types.ts';
import { type Recipe, recipeOf } from '../recipe/recipe.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { settingFix } from './setting-fix.ts';

export const evaluatorOtherData: ConfigRule = {
  code: 'evaluator-other-data',
  severity: 'warning',
  summary: 'the evaluator reads other annotations than the loader',
  needs: 'config',
  check(context) {
    const recipe = recipeOf(context.config);
    if (!isWhole(context.config)) return [];
    return (['val', 'test'] as const).flatMap(phase =>
      recipe.metrics(phase).flatMap(metric => metricFinding(context, recipe, phase, metric)),
    );
  },
};

function metricFinding(context: ConfigContext, recipe: Recipe, phase: 'val' | 'test', metric: Part): readonly Finding[] {
  const sets = recipe.loader(phase)?.data?.leaves ?? [];
  const [set] = sets;
  if (!set || sets.length > 1) return [];
  const own = metric.text('ann_file');
  const file = set.text('ann_file');
  if (own === undefined || file === undefined || file === '') return [];
  if (!isOfSet(metric, set) || !isKnownFor('boxes', entryOf(context, metric)?.target)) return [];
  const root = set.presence('data_root') === 'given' ? set.text('data_root') : '';
  if (root === undefined) return [];
  const wanted = joinPath(root, file);
  if (mayBeOneFile(own, wanted)) return [];
  const place = recipePlace(context, [metric.at('ann_file'), set.at('ann_file'), set.at('data_root')]);
  if (!place) return [];
  return [
    {
      ...place,
      message: `\`${formatPath(metric.path)}\` compares with \`${own}\`, and \`${formatPath(set.path)}\` reads \`${wanted}\``,
      fixes: settingFix(
        context,
        [{ path: metric.at('ann_file'), text: `'${wanted}'` }],
        `Set ${formatPath(metric.at('ann_file'))} to '${wanted}'`,
      ),
    },
  ];
}

/** Metrics that look a picture up in the file by the data set's own identifier (mmdet 3.3.0). Of captions, the two files differ on purpose. */
const BY_IDENTIFIER = /^(?:Fast)?Coco(?:Panoptic|OccludedSeparated|WholeBody)?Metric$|^LVISMetric$/;
/** A panoptic data set is evaluated for its things too, by their own file. */
const isOfSet = (metric: Part, set: Part | undefined): boolean =>
  BY_IDENTIFIER.test(metric.typeName ?? '') && /Panoptic/.test(metric.typeName ?? '') === /Panoptic/.test(set?.typeName ?? '');
