/** Heads that are built for another number of classes than the data has. */

import { numberFrom } from '../config/from-value.ts';
import { originAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { literalsOf, sameSite } from '../config/sites.ts';
import { isWhole } from '../config/whole.ts';
import type { Site } from '../python/value.ts';
import type { Classes } from '../recipe/classes.ts';
import type { Part } from '../recipe/part.ts';
import { readsText } from '../recipe/reads-text.ts';
import { PHASES, recipeOf } from '../recipe/recipe.ts';
import type { Entry } from '../registry/entry.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import { otherThanMixed } from './classes-mixed.ts';
import { computedAnew } from './computed-anew.ts';
import { commonClasses, knownSets } from './known-sets.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { settingFix } from './setting-fix.ts';
import { valuesOf } from './values-of.ts';

/** What `num_classes` counts the data's classes under; others count their own (proposals, stuff, words). */
const OF_DATA = new Set([
  'bbox_head',
  'head_module',
  'mask_head',
  'mask_iou_head',
  'glbctx_head',
  'decode_head',
  'head',
  'loss_cls',
  'assigner',
  'initial_assigner',
]);
/** A `head` alone may be that of any task; these classify. */
const CLASSIFIERS = new Set(['ImageClassifier']);
const INNER = /^(?:detector|roi_head|train_cfg)$/;

export const numClassesMismatch: ConfigRule = {
  code: 'num-classes-mismatch',
  severity: 'warning',
  summary: 'heads are built for another number of classes than the data has',
  needs: 'config',
  check(context) {
    const { config } = context;
    const { model } = recipeOf(config);
    if (!isWhole(config) || !model || readsText(model)) return [];
    return [...otherThanData(context, model), ...otherThanMixed(context, model), ...computedForOthers(context, model)];
  },
};

function otherThanData(context: ConfigContext, model: Part): readonly Finding[] {
  const phase = PHASES.find(one => knownSets(context, one).length > 0);
  const sets = phase ? knownSets(context, phase) : [];
  const classes = commonClasses(sets);
  // Types of test data bring more classes than are asked for: those of other moving things.
  if (phase !== 'train' && classes?.isOwn) return [];
  // A panoptic data set names its stuff as well, and its heads count apart.
  if (!classes || sets.some(({ set }) => /Panoptic/.test(set.type ?? ''))) return [];
  if (!sets.every(({ entry }) => countsAlike(context, entry))) return [];
  const wrong = headsOf(model).filter(({ count }) => count !== classes.count);
  return wrong.length ? finding(context, classes, wrong, model) : [];
}

/** What the base computed from its own number of classes, a loss weight mostly, and keeps where this file says another number. */
function computedForOthers(context: ConfigContext, model: Part): readonly Finding[] {
  const { config } = context;
  const heads = headsOf(model).filter(({ path }) => originAt(config, path)?.value.file === config.file);
  const [head] = heads;
  const variable = config.value.entries.get('num_classes');
  if (!head || !variable) return [];
  const written = [variable.written, variable.written?.before].find(one => one && one.value.file !== config.file);
  // A base may have it from its own base: `num_classes = _base_.num_classes`.
  const literal = written && numberAt(context, written.value) === null ? literalsOf(variable.value)[0] : written?.value;
  const before = literal && literal.file !== config.file ? numberAt(context, literal) : null;
  if (!literal || before === null || before === head.count) return [];
  const kept = valuesOf({ value: model.dict }).filter(
    ({ path, value }) =>
      path.at(-1) !== 'num_classes' && numberFrom(value) !== undefined && literalsOf(value).some(site => sameSite(site, literal)),
  );
  const [first] = kept;
  const place = first && recipePlace(context, [head.path]);
  if (!first || !place) return [];
  const more = kept.length > 1 ? ` (and ${kept.length - 1} more)` : '';
  return [
    {
      ...place,
      severity: 'hint',
      related: kept.slice(0, 3).flatMap(({ path }) => {
        const origin = originAt(config, [...model.path, ...path]);
        return origin ? [{ site: origin.value, message: `\`${formatPath([...model.path, ...path])}\` is computed here` }] : [];
      }),
      message: `\`${formatPath(head.path)}\` is ${head.count}, and \`${formatPath([...model.path, ...first.path])}\`${more} is what the base computed for its ${before} classes`,
      fixes: computedAnew(
        context,
        kept.map(({ path }) => [...model.path, ...path]),
        head.count,
      ),
    },
  ];
}

function numberAt({ text }: ConfigContext, { file, start, end }: Site): number | null {
  const written = text(file)?.slice(start, end) ?? '';
  return /^\d+$/.test(written) ? Number(written) : null;
}

interface Head {
  readonly path: ConfigPath;
  readonly count: number;
}

function headsOf(model: Part): readonly Head[] {
  const isClassifier = CLASSIFIERS.has(model.typeName ?? '');
  return valuesOf({ value: model.dict }).flatMap(({ path, value }): Head[] => {
    const count = path.at(-1) === 'num_classes' ? numberFrom(value) : undefined;
    const keys = path.slice(0, -1).filter(step => typeof step === 'string');
    const key = keys.at(-1);
    if (count === undefined || key === undefined || !OF_DATA.has(key)) return [];
    const isInPlace = keys.slice(0, -1).every(one => OF_DATA.has(one) || INNER.test(one));
    return isInPlace && (key !== 'head' || isClassifier) ? [{ path: [...model.path, ...path], count }] : [];
  });
}

function finding(context: ConfigContext, classes: Classes, wrong: readonly Head[], model: Part): readonly Finding[] {
  const place = recipePlace(context, [...wrong.map(({ path }) => path), classes.path]);
  const [first] = wrong;
  if (!place || !first) return [];
  const more = wrong.length > 1 ? ` (and ${wrong.length - 1} more)` : '';
  const data = formatPath(classes.path);
  const told = classes.isOwn ? `the classes of \`${data}\` are ${classes.count}` : `\`${data}\` names ${classes.count}`;
  return [
    {
      ...place,
      related: place.related.slice(0, 3),
      // What is named in so many words is read. Of a type's own classes the annotations may have fewer.
      ...(!classes.isOwn && wrong.some(({ count }) => fails(count, classes.count, model)) && { severity: 'error' as const }),
      message: `\`${formatPath(first.path)}\`${more} is ${first.count}, and ${told}`,
      // What a type counts by itself need not be what the user's annotations hold: offered, and not made unasked.
      fixes: settingFix(
        context,
        wrong.map(({ path }) => ({ path, text: String(classes.count) })),
        `Set ${wrong.length > 1 ? `num_classes of ${wrong.length} parts` : formatPath(first.path)} to ${classes.count}`,
      ).map(fix => ({ ...fix, preferred: !classes.isOwn })),
    },
  ];
}

/** A detector takes the number after its last class for background, and COCO's figures know no class beyond the data's (mmdet 3.3.0); a classifier has no background. */
function fails(head: number, data: number, model: Part): boolean {
  if (CLASSIFIERS.has(model.typeName ?? '')) return head < data;
  return head > data ? !isSifted(model) : head + 1 < data;
}

/** What no picture shows is hardly ever found: it stays below such a score, and its number is asked of nobody. */
function isSifted(model: Part): boolean {
  const settings = model.part('test_cfg');
  const least = settings?.number('score_thr') ?? settings?.part('rcnn')?.number('score_thr');
  return least !== undefined && least >= SIFTED;
}
/** Heads begin at a hundredth, softmax at one part of the classes. */
const SIFTED = 0.05;

/** Libraries whose heads count the data's classes as they are: those of point clouds and turned boxes have some that join or split them. */
function countsAlike({ registry }: ConfigContext, entry: Entry | null): boolean {
  const classes = entry && registry.ancestry?.(entry)?.classes;
  return (
    isKnownFor('classes', entry?.target) ||
    (classes?.some(({ module, name }) => isKnownFor('classes', module) && !name.startsWith('Base')) ?? false) ||
    (classes?.some(({ name }) => name === 'BaseDetDataset') ?? false)
  );
}
