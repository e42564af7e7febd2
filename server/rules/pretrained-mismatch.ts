/** Weights whose name tells of another network than the config builds: what fits in neither name nor shape is left as it was, with a warning in the log. */
import { formatPath } from '../config/path.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { isWhole } from '../config/whole.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { namedBy, namedIn } from './pretrained.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigRule, Finding } from './rule.ts';

export const pretrainedMismatch: ConfigRule = {
  code: 'pretrained-mismatch',
  severity: 'hint',
  summary: 'weights are named after another depth or size than the backbone has',
  needs: 'config',
  check(context) {
    const recipe = recipeOf(context.config);
    const backbone = isWhole(context.config) ? recipe.model?.part('backbone') : undefined;
    const own = backbone && namedBy(backbone);
    if (!backbone || !own) return [];
    const initial = backbone.part('init_cfg');
    const named: readonly (readonly [ConfigPath, string | undefined])[] = [
      [[...backbone.at('init_cfg'), 'checkpoint'], initial?.text('checkpoint')],
      [['load_from'], recipe.top.text('load_from')],
    ];
    return named.flatMap(([path, checkpoint]): Finding[] => {
      const said = checkpoint ? namedIn(checkpoint) : null;
      if (!said || said.family !== own.family || said.size === own.size) return [];
      const place = recipePlace(context, [path, backbone.at(own.key)]);
      if (!place) return [];
      return [
        {
          ...place,
          message: `\`${formatPath(path)}\` is named after ${said.family} ${said.size}, and \`${formatPath(backbone.at(own.key))}\` is ${own.value}${own.key === 'widen_factor' ? `, that of ${own.size}` : ''}: what does not fit is not loaded`,
        },
      ];
    });
  },
};
