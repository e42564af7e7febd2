/** On a step of a pipeline: which keys of the results it needs and which it gives, and what is in them when it begins. */
import type { ConfigPath, ResolvedConfig } from '../config/resolved.ts';
import type { Project } from '../project/project.ts';
import { flowOf } from '../recipe/keys/flow.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { stepTypes } from '../recipe/step-types.ts';

/** `paths`: all that the text at the place is used as. Null: none of them is a step, or nothing is known of it. */
export function stepText(project: Project, config: ResolvedConfig, paths: readonly ConfigPath[]): string | null {
  const steps = new Set(paths.map(path => (path.at(-1) === 'type' ? path.slice(0, -1) : path).join('/')));
  const { pipelines } = recipeOf(config);
  const pipeline = pipelines.find(one => one.steps.some(step => steps.has(step.path.join('/'))));
  if (!pipeline) return null;
  const passed = flowOf(stepTypes(project.context(config)), pipeline).find(({ step }) => steps.has(step.path.join('/')));
  if (!passed || passed.keys.open) return null;
  const { needs, gives, drops, replaces } = passed.keys;
  const lines = [
    needs.length ? `needs ${listed(needs)}` : null,
    gives.size ? `${replaces ? 'hands on' : 'gives'} ${listed([...gives])}${replaces ? ' alone' : ''}` : null,
    drops.size ? `takes out ${listed([...drops].filter(key => !gives.has(key)))}` : null,
    passed.missing.length ? `**nothing before it gives ${listed(passed.missing)}**` : null,
  ];
  const told = lines.filter(line => line !== null && !line.endsWith(' '));
  return told.length ? told.map(line => `- ${line}`).join('\n') : null;
}

const listed = (keys: readonly string[]): string => keys.map(key => `\`${key}\``).join(', ');
