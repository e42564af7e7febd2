/** Classes that the annotation file on this disk does not name: a data set of COCO's kind looks its categories up by name, and leaves out in silence what it does not find. */
import { formatPath } from '../config/path.ts';
import { isWhole } from '../config/whole.ts';
import { joinPath } from '../recipe/data-path.ts';
import type { Part } from '../recipe/part.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import { dataStarts } from './data-start.ts';
import { distinct } from './distinct.ts';
import { type KnownSet, knownSets } from './known-sets.ts';
import { nearest } from './nearest.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, DataDisk, Finding } from './rule.ts';

export const annotationClasses: ConfigRule = {
  code: 'annotation-classes',
  severity: 'hint',
  summary: 'classes that the annotation file does not name',
  needs: 'config',
  check(context) {
    const { config, disk } = context;
    if (!disk?.folders.length || !isWhole(config)) return [];
    const { loaders } = recipeOf(config);
    return distinct(
      loaders.flatMap(({ phase, data }) =>
        (data?.leaves ?? []).flatMap((set, i) => finding(context, disk, set, () => knownSets(context, phase)[i])),
      ),
    );
  },
};

const NONE: readonly Finding[] = [];

function finding(context: ConfigContext, disk: DataDisk, set: Part, known: () => KnownSet | undefined): readonly Finding[] {
  const root = set.presence('data_root') === 'given' ? set.text('data_root') : '';
  const file = set.text('ann_file');
  if (root === undefined || !file?.endsWith('.json')) return NONE;
  const whole = joinPath(root, file);
  const start = dataStarts(disk, whole).find(one => disk.kind(one + whole) === 'file');
  // Mostly it is not here, and nothing else of the set need be known.
  const { entry = null, classes } = (start !== undefined && known()) || {};
  if (start === undefined || !classes?.names || !isOfCoco(context, entry?.target ?? '', entry)) return NONE;
  const found = start + whole;
  const categories = disk.categories(found);
  const lost = categories ? classes.names.filter(name => !categories.includes(name)) : [];
  const [first] = lost;
  if (!categories || first === undefined) return [];
  const place = recipePlace(context, [classes.path, set.at('ann_file'), set.at('data_root')]);
  if (!place) return [];
  const meant = categories.find(name => name.toLowerCase() === first.toLowerCase()) ?? nearest(first, categories);
  const listed = categories
    .slice(0, SHOWN)
    .map(name => `\`${name}\``)
    .join(', ');
  const told =
    lost.length === classes.count
      ? 'none of the classes'
      : lost.length === 1
        ? `no \`${first}\``
        : `no \`${first}\`, and ${lost.length - 1} more are missing`;
  return [
    {
      ...place,
      related: [],
      message:
        `\`${file}\` of \`${formatPath(set.path)}\` has ${told}${meant ? `; did you mean \`${meant}\`?` : ''} It has ${listed}${categories.length > SHOWN ? ', …' : ''}`.replace(
          /([a-z`])( It has)/,
          '$1.$2',
        ),
    },
  ];
}
const SHOWN = 4;

/** What reads its categories by `get_cat_ids(cat_names=…)`. */
function isOfCoco({ registry }: ConfigContext, target: string, entry: KnownSet['entry']): boolean {
  const classes = entry && registry.ancestry?.(entry)?.classes;
  return classes ? classes.some(({ name }) => name === 'CocoDataset') : isKnownFor('boxes', target) && target.endsWith('CocoDataset');
}
