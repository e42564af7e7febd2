/** Types that a key names alone, without a dict to build: the constructor of an optimizer's wrapper (mmengine 0.10.7). The default scope counts, whatever is around. */
import { textFrom } from '../config/from-value.ts';
import { originAt, valueAt } from '../config/origins.ts';
import { recipeOf } from '../recipe/recipe.ts';
import type { TypedPart } from '../recipe/typed-parts.ts';
import type { ConfigContext } from './rule.ts';

const NAMED = [{ path: ['optim_wrapper', 'constructor'], registry: 'optimizer wrapper constructor' }] as const;

export function namedTypes({ config }: Pick<ConfigContext, 'config'>): readonly TypedPart[] {
  const scope = textFrom(config.value.get('default_scope'));
  return NAMED.flatMap(({ path, registry }): TypedPart[] => {
    const type = scope === undefined ? undefined : textFrom(valueAt(config, path));
    const origin = type === undefined ? undefined : originAt(config, path);
    const dict = recipeOf(config).partAt(path.slice(0, -1))?.dict;
    return type !== undefined && scope !== undefined && origin && dict
      ? [{ path, type, scope, defaultScope: scope, place: { registry, role: null }, dict, origin, site: origin.value }]
      : [];
  });
}
