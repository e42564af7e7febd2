/** On a step of a pipeline: which keys of the results it needs and which it gives, and what is in them when it begins. */
import { formatPath } from '../config/path.ts';
import type { ConfigPath, ResolvedConfig } from '../config/resolved.ts';
import type { Project } from '../project/project.ts';
import { flowOf, type Types } from '../recipe/keys/flow.ts';
import type { Part } from '../recipe/part.ts';
import type { Pipeline } from '../recipe/pipelines.ts';
import { recipeOf } from '../recipe/recipe.ts';
import type { RanSize } from '../recipe/sizes/ran-size.ts';
import { exactSize } from '../recipe/sizes/size-range.ts';
import { sizesOf } from '../recipe/sizes/sizes.ts';
import { stepTypes } from '../recipe/step-types.ts';

/** `paths`: all that the text at the place is used as. Null: none of them is a step, or nothing is known of it. */
export function stepText(project: Project, config: ResolvedConfig, paths: readonly ConfigPath[], ran: readonly RanSize[]): string | null {
  const steps = new Set(paths.map(path => (path.at(-1) === 'type' ? path.slice(0, -1) : path).join('/')));
  const { pipelines } = recipeOf(config);
  const pipeline = pipelines.find(one => one.steps.some(step => steps.has(step.path.join('/'))));
  if (!pipeline) return null;
  const types = stepTypes(project.context(config));
  const passed = flowOf(types, pipeline).find(({ step }) => steps.has(step.path.join('/')));
  if (!passed) return null;
  const { step, keys, missing } = passed;
  const size = sizeText(types, pipeline, step, ran);
  if (keys.open) return size && `- ${size}`;
  const { needs, gives, drops, replaces } = keys;
  const lines = [
    needs.length ? `needs ${listed(needs)}` : null,
    gives.size ? `${replaces ? 'hands on' : 'gives'} ${listed([...gives])}${replaces ? ' alone' : ''}` : null,
    drops.size ? `takes out ${listed([...drops].filter(key => !gives.has(key)))}` : null,
    missing.length ? `**nothing before it gives ${listed(missing)}**` : null,
    size,
  ];
  const told = lines.filter(line => line !== null && !line.endsWith(' '));
  return told.length ? told.map(line => `- ${line}`).join('\n') : null;
}

/** Where it is known, or what is known of it. */
function sizeText(types: Types, pipeline: Pipeline, step: Part, ran: readonly RanSize[]): string | null {
  const sized = sizesOf(types, pipeline).find(one => one.step.path.join('/') === step.path.join('/'));
  const found = ran.find(({ path, type }) => path === formatPath(step.path) && type === step.type);
  const size = (sized && exactSize(sized.after)) ?? found?.size ?? null;
  if (size) return `the picture is ${size.join(' × ')} behind it`;
  const most = sized?.decides && sized.after.most.every(Number.isFinite) ? sized.after.most : null;
  return most && `the picture is at most ${most.join(' × ')} behind it`;
}

const listed = (keys: readonly string[]): string => keys.map(key => `\`${key}\``).join(', ');
