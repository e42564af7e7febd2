/** A sampler that never ends, in a loop that waits for the end of the data: the first epoch would last for ever, without a word. */
import { formatPath } from '../config/path.ts';
import { isWhole } from '../config/whole.ts';
import { entryOf } from '../recipe/part-types.ts';
import { type Loader, type Recipe, recipeOf } from '../recipe/recipe.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import type { Fix } from './diagnostic.ts';
import { distinct } from './distinct.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';

/** mmengine 0.10.7's, and mmdet 3.3.0's that draw from several sources. */
const ENDLESS = new Set(['InfiniteSampler', 'MultiSourceSampler', 'GroupMultiSourceSampler']);

export const endlessEpoch: ConfigRule = {
  code: 'endless-epoch',
  severity: 'warning',
  summary: 'a sampler without end in a loop by epochs',
  needs: 'config',
  check(context) {
    if (!isWhole(context.config)) return [];
    const recipe = recipeOf(context.config);
    return distinct(recipe.loaders.flatMap(loader => loaderFinding(context, recipe, loader)));
  },
};

function loaderFinding(context: ConfigContext, recipe: Recipe, { phase, part, sampler }: Loader): readonly Finding[] {
  const type = sampler?.typeName;
  const loop = recipe.loopOf(phase);
  if (!sampler || type === undefined || !ENDLESS.has(type) || loop?.by !== 'epoch') return [];
  // Others have some of the same name that end.
  if (type !== 'InfiniteSampler' && !isKnownFor('samplers', entryOf(context, sampler)?.target)) return [];
  const place = recipePlace(context, [
    sampler.at('type'),
    ...(phase === 'train' ? [loop.part.at('type'), loop.part.at('by_epoch'), loop.part.path] : [loop.part.path]),
  ]);
  if (!place) return [];
  const counts =
    phase === 'train'
      ? 'the loop counts epochs: the first would never end'
      : `\`${phase}_cfg\` goes through the data once: it would never end`;
  return [
    { ...place, message: `\`${type}\` of \`${formatPath(part.path)}\` never ends, and ${counts}`, fixes: fixes(context, place.site, type) },
  ];
}

function fixes({ config, text }: ConfigContext, { file, start, end }: Finding['site'], type: string): readonly Fix[] {
  const written = text(file)?.slice(start, end) ?? '';
  const quote = written[0] ?? '';
  if (file !== config.file || type !== 'InfiniteSampler' || written !== `${quote}${type}${quote}`) return [];
  return [
    {
      title: 'Change InfiniteSampler to DefaultSampler',
      edits: [{ file, start, end, text: `${quote}DefaultSampler${quote}` }],
      preferred: true,
    },
  ];
}
