/** The learning rate is to be scaled by the size of a batch, and nothing tells for which size it was meant: the runner's own assertion (mmengine 0.10.7). */
import { recipeOf } from '../recipe/recipe.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigRule } from './rule.ts';
import { isWhole } from './values-of.ts';

export const autoScaleLr: ConfigRule = {
  code: 'auto-scale-lr',
  severity: 'error',
  summary: '`auto_scale_lr` without the batch size that the rate is meant for',
  needs: 'config',
  check(context) {
    const scaling = isWhole(context.config) ? recipeOf(context.config).top.part('auto_scale_lr') : undefined;
    const state = scaling?.presence('base_batch_size');
    if (scaling?.flag('enable') !== true || (state !== 'absent' && state !== 'none')) return [];
    const place = recipePlace(context, [scaling.at('base_batch_size'), scaling.at('enable')]);
    const says =
      state === 'absent'
        ? 'AssertionError: Lack of `base_batch_size` in `auto_scale_lr`.'
        : "TypeError: float() argument must be a string or a real number, not 'NoneType'";
    const message = `\`auto_scale_lr\` is enabled, and has no \`base_batch_size\`: the batch size that the learning rate was chosen for\n${says}`;
    return place ? [{ ...place, message }] : [];
  },
};
