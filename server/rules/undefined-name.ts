/** A name that is defined nowhere before it is used. One that a base defines is reached as `_base_.name`. */
import { originAt } from '../config/origins.ts';
import type { ConfigProblem } from '../config/resolved.ts';
import { configProblem } from './config-problem.ts';
import type { ConfigContext } from './rule.ts';

export const undefinedName = configProblem('undefined-name', 'a name is used that nothing defines', {
  message(problem, context) {
    const base = inBase(problem, context);
    return base
      ? `\`${problem.subject}\` is defined in ${base}, and reached as \`_base_.${problem.subject}\`.\n${problem.message}`
      : problem.message;
  },
  fixes(problem, context) {
    const { file, start, end } = problem.site;
    if (!inBase(problem, context) || file !== context.config.file) return [];
    const text = `_base_.${problem.subject}`;
    return [{ title: `Change ${problem.subject} to ${text}`, edits: [{ file, start, end, text }], preferred: true }];
  },
});

/** Name of the file that defines it, where it is a base of this one. */
function inBase({ subject }: ConfigProblem, { config }: ConfigContext): string | null {
  if (subject === undefined || config.style !== 'text') return null;
  let origin = originAt(config, [subject]) ?? null;
  while (origin && origin.key.file === config.file) origin = origin.overrides;
  return origin?.key.file.slice(origin.key.file.lastIndexOf('/') + 1) ?? null;
}
