/**
 * An average of weights that is none: mmengine's `momentum` is the share of the new weights (0.10.7, `ExponentialMovingAverage`), where PyTorch's and most papers'
 * decay is that of the old. 0.9999 takes each step's weights as they are.
 */
import { formatPath } from '../config/path.ts';
import { isWhole } from '../config/whole.ts';
import { entryOf } from '../recipe/part-types.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { recipePlace } from './recipe-place.ts';
import { isAverage } from './refused-in-training.ts';
import type { ConfigRule, Finding } from './rule.ts';
import { settingFix } from './setting-fix.ts';

export const emaMomentum: ConfigRule = {
  code: 'ema-momentum',
  severity: 'warning',
  summary: 'an average of weights that takes the new ones nearly as they are',
  needs: 'config',
  check(context) {
    const recipe = recipeOf(context.config);
    if (!isWhole(context.config) || !recipe.runs('train')) return [];
    return recipe.hooks.flatMap((hook): Finding[] => {
      const momentum = hook.typeName === 'EMAHook' && isAverage(hook) ? hook.number('momentum') : undefined;
      // From 1 on it is refused; mmengine itself warns above one half.
      if (momentum === undefined || momentum <= 0.5 || momentum >= 1) return [];
      const path = hook.at('momentum');
      const place = /^(?:mmengine|mmpretrain|mmcls)\./.test(entryOf(context, hook)?.target ?? '') ? recipePlace(context, [path]) : null;
      if (!place) return [];
      const right = String(Number((1 - momentum).toPrecision(6)));
      return [
        {
          ...place,
          message: `\`${formatPath(path)}\` is the share of the new weights, not of the old: with ${momentum} nothing is averaged. ${right} is meant, mostly`,
          fixes: settingFix(context, [{ path, text: right }], `Set ${formatPath(path)} to ${right}`),
        },
      ];
    });
  },
};
