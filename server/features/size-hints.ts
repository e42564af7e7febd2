/** Beside each step of a pipeline that decides on the picture's size, what it is then: `→ 640 × 640`. Where it may be several, nothing. */
import { originAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import type { Project } from '../project/project.ts';
import { recipeOf } from '../recipe/recipe.ts';
import type { RanSize } from '../recipe/sizes/ran-size.ts';
import { exactSize } from '../recipe/sizes/size-range.ts';
import { sizesOf } from '../recipe/sizes/sizes.ts';
import { stepTypes } from '../recipe/step-types.ts';
import type { Hint } from './hints.ts';

/** `ran`: of steps whose kind is not known, what calling them has shown. */
export function sizeHints(project: Project, file: string, ran: readonly RanSize[]): readonly Hint[] {
  const config = project.config(file);
  const types = stepTypes(project.context(config));
  /** One text may be a step of several pipelines. */
  const told = new Map<number, string | null>();
  const found = new Map(ran.map(one => [`${one.path} ${one.type}`, one.size]));
  for (const pipeline of recipeOf(config).pipelines) {
    let before: string | null = null;
    for (const { step, after, decides } of sizesOf(types, pipeline)) {
      const site = originAt(config, step.path)?.value;
      const size = exactSize(after) ?? found.get(`${formatPath(step.path)} ${step.type}`) ?? null;
      // Whether a step decides on it is not known of those that were called: one that leaves the size as it was says nothing new.
      const isNew = size !== null && size.join() !== before;
      before = size?.join() ?? null;
      if ((!decides && !isNew) || site?.file !== file || (!decides && exactSize(after))) continue;
      const text = size && `→ ${size.join(' × ')}`;
      told.set(site.end, !told.has(site.end) || told.get(site.end) === text ? text : null);
    }
  }
  return [...told].flatMap(([at, text]) =>
    text === null ? [] : [{ at, text, tooltip: 'Width and height of the picture behind this step' }],
  );
}
