/** A base that is not there: `_base_` names a file or a package that cannot be found. */
import { posix } from 'node:path';
import type { ConfigProblem } from '../config/resolved.ts';
import { difference } from '../registry/near.ts';
import { configProblem } from './config-problem.ts';
import { isMissingLibrary } from './library-missing.ts';
import type { ConfigContext } from './rule.ts';

export const baseNotFound = configProblem('base-not-found', 'a base cannot be found', {
  message(problem, context) {
    const { subject, message } = problem;
    if (subject === undefined || subject.includes('::')) return message;
    const near = nearFile(problem, context);
    return `There is no \`${subject}\`${near === null ? '' : `. Did you mean \`${near}\`?`}\n${message}`;
  },
  fixes(problem, context) {
    const near = nearFile(problem, context);
    const { file, start, end } = problem.site;
    const written = context.text(file)?.slice(start, end) ?? '';
    const quote = /^['"]/.exec(written)?.[0];
    if (near === null || quote === undefined) return [];
    return [{ title: `Change to ${near}`, edits: [{ file, start, end, text: quote + near + quote }], preferred: true }];
  },
  when: problem => !isMissingLibrary(problem),
});

/** A file of that folder, or of the folders beside it, whose name is almost the same; as it must be written. */
function nearFile({ subject, site }: ConfigProblem, { names }: ConfigContext): string | null {
  if (subject === undefined || subject.includes('::') || posix.isAbsolute(subject)) return null;
  const wanted = posix.basename(subject);
  const folder = posix.dirname(subject);
  const nearest = names(posix.join(posix.dirname(site.file), folder))
    .filter(name => name.endsWith('.py'))
    .map(name => ({ name, cost: difference(wanted, name, Math.max(1, Math.floor(wanted.length / 4))) }))
    .filter(({ cost }) => cost !== null)
    .sort((a, b) => (a.cost ?? 0) - (b.cost ?? 0))[0];
  if (!nearest) return null;
  return `${folder === '.' && !subject.startsWith('./') ? '' : `${folder}/`}${nearest.name}`;
}
