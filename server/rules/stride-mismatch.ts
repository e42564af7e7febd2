/** The head was told other strides than its maps have: boxes would be decoded at the wrong scale, and nothing fails. */
import { valueAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import { plain } from '../python/origin.ts';
import { placeOf } from './fit/blame.ts';
import { declaredStrides } from './fit/candidates.ts';
import { provenFixes } from './fit/proven.ts';
import { sideOf, told } from './fit/sides.ts';
import type { ModelRule } from './rule.ts';

export const strideMismatch: ModelRule = {
  code: 'stride-mismatch',
  severity: 'error',
  summary: 'the head is told other strides than its maps have',
  needs: 'model',
  check(context) {
    const { config, verdict } = context;
    const declared = declaredStrides(config);
    // A neck may turn the order of levels round, or make more of them: what it gives is known from its run alone.
    const neck = valueAt(config, ['model', 'neck']);
    const hasNeck = neck !== undefined && plain(neck) !== null;
    const giver = sideOf(verdict, hasNeck ? 'neck' : 'backbone');
    const fits = declared && giver && (giver.strides.length !== declared.strides.length || areNear(declared.strides, giver.strides));
    if (!declared || !giver || fits || verdict.mismatches.length) return [];
    // A map of a size that the stride does not divide is rounded, and its stride is not told by it.
    if (!giver.strides.every(stride => verdict.size.every(length => length % stride === 0))) return [];
    const indices = ['model', 'backbone', 'out_indices'];
    const place = placeOf(config, [indices, declared.path], [['model', 'backbone']]);
    return [
      {
        site: place.site,
        message: `\`${formatPath(declared.path.slice(1))}\` says ${declared.strides.join(', ')}; ${told(config, giver)} gives maps at strides ${giver.strides.join(', ')}.`,
        related: place.related,
        fixes: provenFixes(context),
      },
    ];
  },
};

/** A stride may be told as the picture's length over the map's (YOLACT's 550 / 69); a level too high or too low is off by two. */
const areNear = (told: readonly number[], real: readonly number[]): boolean =>
  told.every((stride, i) => Math.abs(stride / (real[i] ?? Number.NaN) - 1) < 0.25);
