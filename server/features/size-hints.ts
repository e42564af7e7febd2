/** Beside each step of a pipeline that decides on the picture's size, what it is then: `→ 640 × 640`. Where it may be several, nothing. */
import { originAt } from '../config/origins.ts';
import type { Project } from '../project/project.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { exactSize } from '../recipe/sizes/size-range.ts';
import { sizesOf } from '../recipe/sizes/sizes.ts';
import { stepTypes } from '../recipe/step-types.ts';
import type { Hint } from './hints.ts';

export function sizeHints(project: Project, file: string): readonly Hint[] {
  const config = project.config(file);
  const types = stepTypes(project.context(config));
  /** One text may be a step of several pipelines. */
  const told = new Map<number, string | null>();
  for (const pipeline of recipeOf(config).pipelines)
    for (const { step, after, decides } of sizesOf(types, pipeline)) {
      const site = originAt(config, step.path)?.value;
      if (!decides || site?.file !== file) continue;
      const size = exactSize(after);
      const text = size && `→ ${size.join(' × ')}`;
      told.set(site.end, !told.has(site.end) || told.get(site.end) === text ? text : null);
    }
  return [...told].flatMap(([at, text]) =>
    text === null ? [] : [{ at, text, tooltip: 'Width and height of the picture behind this step' }],
  );
}
