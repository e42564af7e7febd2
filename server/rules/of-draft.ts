/** What is said of a variable that nothing in its config builds: a run does not come to it, and a config that is made of this one may. */
import { recipeOf } from '../recipe/recipe.ts';
import { isUsed, type TypedPart } from '../recipe/typed-parts.ts';
import type { ConfigContext, Finding } from './rule.ts';

/** To be laid over a finding of the part. A preprocessor that stands beside a model without one is given to it (mmengine's runner 0.10.7). */
export function ofDraft({ config }: ConfigContext, part: TypedPart): Pick<Finding, 'severity'> {
  const recipe = recipeOf(config);
  if (isUsed(part) || (part.path[0] === 'data_preprocessor' && recipe.model?.presence('data_preprocessor') === 'absent')) return {};
  return { severity: recipe.isRun ? 'hint' : 'warning' };
}
