/** A figure that decides which checkpoint is the best, or when to stop, and that no metric of the validation gives: a `KeyError` after the first validation. */

import { itemsFrom, textFrom } from '../config/from-value.ts';
import { originAt, valueAt } from '../config/origins.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { isWhole } from '../config/whole.ts';
import { type Figures, figuresOf } from '../recipe/figures.ts';
import { entryOf } from '../recipe/part-types.ts';
import { type Recipe, recipeOf } from '../recipe/recipe.ts';
import { difference } from '../registry/near.ts';
import type { Fix, Severity } from './diagnostic.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';

export const saveBestUnknown: ConfigRule = {
  code: 'save-best-unknown',
  severity: 'error',
  summary: 'the best checkpoint is chosen by a figure that there is not',
  needs: 'config',
  check(context) {
    const recipe = recipeOf(context.config);
    const wanted = isWhole(context.config) ? chosenBy(recipe) : [];
    if (!wanted.length || recipe.presence('val_evaluator') !== 'given') return [];
    // Another loop may name the figures otherwise: one for each direction of a retrieval.
    if (!/^(?:mmengine\.)?ValLoop$/.test(textFrom(valueAt(context.config, ['val_cfg', 'type'])) ?? 'ValLoop')) return [];
    // Another evaluator than mmengine's names its figures as it likes.
    const evaluator = recipe.top.part('val_evaluator');
    if (evaluator?.isGiven('metrics') && evaluator.type !== undefined && evaluator.typeName !== 'Evaluator') return [];
    const metrics = recipe.metrics('val');
    const figures = metrics.map(metric => figuresOf(context, metric, entryOf(context, metric)));
    const known = figures.filter(f => f !== null);
    // One that is not known may give anything.
    if (!metrics.length || known.length < metrics.length || metrics.some(metric => metric.flag('format_only'))) return [];
    return wanted.filter(({ name }) => !known.some(f => gives(f, name))).flatMap(one => finding(context, recipe, one, known));
  },
};

interface Wanted {
  readonly path: ConfigPath;
  readonly name: string;
  readonly severity: Severity;
  readonly outcome: string;
}

function chosenBy(recipe: Recipe): readonly Wanted[] {
  return recipe.hooks.flatMap((hook): Wanted[] => {
    if (hook.typeName === 'EarlyStoppingHook') {
      const name = hook.text('monitor');
      const strict = hook.flag('strict') === true;
      return name === undefined
        ? []
        : [
            {
              path: hook.at('monitor'),
              name,
              severity: strict ? 'error' : 'warning',
              outcome: strict ? 'training stops with a RuntimeError' : 'training never stops early',
            },
          ];
    }
    if (hook.typeName !== 'CheckpointHook') return [];
    const path = hook.at('save_best');
    const outcome = 'the first validation ends in a KeyError';
    const single = hook.text('save_best');
    const all =
      single !== undefined
        ? [{ name: single, at: path }]
        : (itemsFrom(hook.value('save_best')) ?? []).flatMap((item, i) => ({ name: textFrom(item) ?? 'auto', at: [...path, i] }));
    return all.filter(({ name }) => name !== 'auto').map(({ name, at }) => ({ path: at, name, severity: 'error', outcome }));
  });
}

/** Where a metric's figures are not known one by one, whatever has its prefix. */
function gives({ prefix, names, more }: Figures, wanted: string): boolean {
  const before = prefix === null ? '' : `${prefix}/`;
  if (!wanted.startsWith(before)) return false;
  const name = wanted.slice(before.length);
  return !names || names.includes(name) || (more?.test(name) ?? false);
}

function finding(
  context: ConfigContext,
  recipe: Recipe,
  { path, name, severity, outcome }: Wanted,
  figures: readonly Figures[],
): readonly Finding[] {
  const metrics = recipe.metrics('val').flatMap(metric => [metric.at('metric'), metric.at('prefix'), metric.at('type')]);
  const place = recipePlace(context, [path, ...metrics]);
  if (!place) return [];
  const all = figures.flatMap(({ prefix, names }) => (names ?? []).map(one => (prefix === null ? one : `${prefix}/${one}`)));
  const meant = nearest(name, all);
  const listed = all.length
    ? `: it gives ${all
        .slice(0, 3)
        .map(one => `\`${one}\``)
        .join(', ')}${all.length > 3 ? ', …' : ''}`
    : `: its figures begin with ${figures.map(({ prefix }) => `\`${prefix ?? ''}/\``).join(', ')}`;
  return [
    {
      ...place,
      related: [],
      severity,
      message: `Validation gives no \`${name}\`${listed}; ${outcome}\nKeyError: '${name}'`,
      fixes: meant === null ? [] : rename(context, path, name, meant),
    },
  ];
}

/** The one that ends alike comes first: `bbox_mAP` is `coco/bbox_mAP`, `mAP` is its first. */
function nearest(name: string, all: readonly string[]): string | null {
  const last = name.slice(name.lastIndexOf('/') + 1);
  const isMeant = (one: string): boolean => one.endsWith(`/${last}`) || one.endsWith(`_${last}`);
  const [best] = all
    .flatMap(one => {
      const cost = isMeant(one) ? 0 : difference(name, one, Math.max(2, Math.floor(name.length / 3)));
      return cost === null ? [] : [{ one, cost }];
    })
    .sort((a, b) => a.cost - b.cost);
  return best?.one ?? null;
}

function rename({ config, text }: ConfigContext, path: ConfigPath, name: string, meant: string): readonly Fix[] {
  const origin = originAt(config, path);
  const sites = origin ? [origin.value, ...origin.literals] : [];
  const site = sites.find(s => s.file === config.file && /^(['"]).*\1$/.test(text(s.file)?.slice(s.start, s.end) ?? ''));
  const written = site ? (text(site.file)?.slice(site.start, site.end) ?? '') : '';
  if (!site || written.slice(1, -1) !== name) return [];
  const quote = written[0] ?? "'";
  return [
    {
      title: `Change ${name} to ${meant}`,
      edits: [{ file: site.file, start: site.start, end: site.end, text: `${quote}${meant}${quote}` }],
      preferred: true,
    },
  ];
}
