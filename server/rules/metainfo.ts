/** What data sets are told of their classes, and do not take or contradict: keys in capitals, one text in place of many, other classes in validation than in training. */

import { itemsFrom } from '../config/from-value.ts';
import { originAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import { isWhole } from '../config/whole.ts';
import type { DataPart } from '../recipe/data.ts';
import type { Part } from '../recipe/part.ts';
import { entryOf } from '../recipe/part-types.ts';
import { readsText } from '../recipe/reads-text.ts';
import { PHASES, recipeOf } from '../recipe/recipe.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import { LIBRARIES } from '../registry/openmmlab-libraries.ts';
import { distinct } from './distinct.ts';
import { commonClasses, isAlike, type KnownSet, knownSets } from './known-sets.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { settingFix } from './setting-fix.ts';

export const metainfo: ConfigRule = {
  code: 'metainfo',
  severity: 'warning',
  summary: 'classes of a data set that are not read as they are written',
  needs: 'config',
  check(context) {
    if (!isWhole(context.config)) return [];
    const recipe = recipeOf(context.config);
    const loaders = recipe.loaders.flatMap(({ data }) => data ?? []);
    return distinct([
      ...recipe.sets.flatMap(set =>
        set.part('metainfo') && readsNames(context, set)
          ? [...capitals(context, set), ...single(context, set), ...palette(context, set)]
          : [],
      ),
      ...loaders.flatMap(data => unequalParts(context, data)),
      ...otherInValidation(context),
    ]);
  },
};

/** Of a library's own data set, that library must be known to; one of the user's own is taken at its word. */
function readsNames(context: ConfigContext, set: Part): boolean {
  const scope = recipeOf(context.config).top.text('default_scope');
  const dotted = entryOf(context, set)?.target ?? (scope === undefined ? undefined : `${scope}.datasets`);
  return !LIBRARIES.has(dotted?.split('.')[0] ?? '') || isKnownFor('class names', dotted);
}

/** Version 2 wrote them in capitals; since then they are keys of `METAINFO`, in small letters. */
function capitals(context: ConfigContext, set: Part): readonly Finding[] {
  const info = set.part('metainfo');
  const keys = info ? [...info.dict.entries.keys()].map(String) : [];
  return keys.flatMap((key): Finding[] => {
    const small = key.toLowerCase();
    const isMeant = (small === 'classes' || small === 'palette') && key !== small;
    const origin = isMeant && info?.isGiven(key) && !info.isGiven(small) ? originAt(context.config, info.at(key)) : undefined;
    if (!origin || origin.key.file !== context.config.file) return [];
    const { key: site } = origin;
    const written = context.text(site.file)?.slice(site.start, site.end) ?? '';
    const edit = { file: site.file, start: site.start, end: site.end, text: written.replace(key, small) };
    return [
      {
        site,
        message: `Nothing reads \`${key}\` of \`metainfo\`: the data set looks for \`${small}\`, and keeps those of its type`,
        fixes: written.includes(key) ? [{ title: `Change ${key} to ${small}`, edits: [edit], preferred: true }] : [],
      },
    ];
  });
}

/** `('cat')` is a text; each of its letters would be a class. Of a file's name, its lines are. */
function single(context: ConfigContext, set: Part): readonly Finding[] {
  const info = set.part('metainfo');
  const name = info?.text('classes');
  if (!info || name === undefined || /[./\\]/.test(name)) return [];
  const place = recipePlace(context, [info.at('classes')]);
  if (!place) return [];
  return [
    {
      ...place,
      message: `\`${formatPath(info.at('classes'))}\` is the text '${name}', which is read as ${[...name].length} classes of a letter each; a tuple of one has a comma`,
      fixes: settingFix(context, [{ path: info.at('classes'), text: `('${name}', )` }], `Change it to ('${name}', )`),
    },
  ];
}

function palette(context: ConfigContext, set: Part): readonly Finding[] {
  const info = set.part('metainfo');
  const classes = itemsFrom(info?.value('classes'))?.length;
  const colors = itemsFrom(info?.value('palette'));
  if (!info || classes === undefined || !colors || !colors.every(color => itemsFrom(color)) || colors.length >= classes) return [];
  const place = recipePlace(context, [info.at('palette'), info.at('classes')]);
  if (!place) return [];
  return [
    {
      ...place,
      message: `The palette has ${colors.length} colour${colors.length === 1 ? '' : 's'}, and there are ${classes} classes: drawing them fails`,
    },
  ];
}

const MMDETS = 'mmdet.datasets.dataset_wrappers.ConcatDataset';

/** Of a model that is told its classes in words, or several heads that each take their part, the numbers are not the classes. */
const isOfWords = (context: ConfigContext, { inner }: DataPart): boolean =>
  readsText(recipeOf(context.config).model) ||
  inner.some(one =>
    one.leaves.some(
      leaf => leaf.isGiven('dataset_type') || leaf.isGiven('label_map_file') || leaf.part('metainfo')?.isGiven('task') === true,
    ),
  );

/** mmengine's own `ConcatDataset` refuses parts that differ (0.10.7); mmdet's holds each part's by itself. */
function unequalParts(context: ConfigContext, data: DataPart): readonly Finding[] {
  return allConcatenated(data).flatMap((concat): Finding[] => {
    const target = entryOf(context, concat.part)?.target;
    const isRefused = target === 'mmengine.dataset.dataset_wrapper.ConcatDataset';
    if (!(isRefused || target === MMDETS) || concat.part.isGiven('ignore_keys') || (!isRefused && isOfWords(context, concat))) return [];
    const sets = PHASES.flatMap(phase => knownSets(context, phase)).filter(({ set }) =>
      concat.inner.some(one => one.leaves.some(leaf => leaf.path.join() === set.path.join())),
    );
    const [first] = sets;
    const other = sets.find(({ classes }) => classes && first?.classes && !isAlike(classes, first.classes));
    const place = first?.classes && other?.classes ? recipePlace(context, [other.classes.path, first.classes.path]) : null;
    if (!place || !first?.classes || !other?.classes) return [];
    const joined = `\`${formatPath(concat.part.path)}\` joins data sets with different classes: ${told(first)}, ${told(other)}`;
    if (!isRefused) return [{ ...place, message: `${joined}. Their labels are numbers by now, and one number is learned as two things` }];
    return [
      {
        ...place,
        severity: 'error',
        message: `${joined}\nValueError: The meta information of the ${sets.indexOf(other) + 1}-th dataset does not match meta information of the first dataset`,
      },
    ];
  });
}
const allConcatenated = (data: DataPart): readonly DataPart[] =>
  // What wraps nothing joins nothing.
  data.inner.length ? [...(data.part.typeName === 'ConcatDataset' ? [data] : []), ...data.inner.flatMap(allConcatenated)] : [];

/** What is learned under one name would be judged under another. */
function otherInValidation(context: ConfigContext): readonly Finding[] {
  const trained = commonClasses(knownSets(context, 'train'));
  if (!trained || readsText(recipeOf(context.config).model)) return [];
  return (['val', 'test'] as const).flatMap((phase): Finding[] => {
    const sets = knownSets(context, phase);
    const judged = commonClasses(sets);
    // Of two types that bring their own, the pair was chosen; detectors that are told their classes in words learn some and are asked for others.
    const [set] = sets;
    const isSameType = set?.set.typeName === knownSets(context, 'train')[0]?.set.typeName;
    if (!judged || isAlike(trained, judged) || ((trained.isOwn || judged.isOwn) && !isSameType) || (trained.isOwn && judged.isOwn))
      return [];
    const place = recipePlace(context, judged.isOwn ? [trained.path, judged.path] : [judged.path, trained.path]);
    if (!place || !set) return [];
    const lacking = judged.isOwn ? `: \`${formatPath(set.set.path)}\` has no \`metainfo\`, and keeps those of \`${set.set.typeName}\`` : '';
    const source = trained.isOwn ? null : context.text(originAt(context.config, trained.path.slice(0, -1))?.value.file ?? '');
    const value = originAt(context.config, trained.path.slice(0, -1))?.value;
    const text = value && source ? source.slice(value.start, value.end) : '';
    // The name that training has it by is there for validation too.
    const fix =
      judged.isOwn && value?.file === context.config.file && /^\w+$/.test(text)
        ? settingFix(context, [{ path: set.set.at('metainfo'), text }], `Set ${formatPath(set.set.at('metainfo'))} to ${text}`)
        : [];
    return [
      {
        ...place,
        message: `Training has ${count(trained)}, and ${phase === 'val' ? 'validation' : 'the test'} has ${count(judged)}${lacking}`,
        fixes: fix,
      },
    ];
  });
}

const count = ({ count: n, names }: { readonly count: number; readonly names: readonly string[] | null }): string =>
  `${n} class${n === 1 ? '' : 'es'}${names?.length ? ` (${names.slice(0, 2).join(', ')}${names.length > 2 ? ', …' : ''})` : ''}`;
const told = ({ classes }: KnownSet): string => (classes ? count(classes) : '');
