/** Two bases say the same key, and mmengine refuses to choose. */
import type { ConfigProblem } from '../config/resolved.ts';
import { configProblem } from './config-problem.ts';

export const baseDuplicateKey = configProblem('base-duplicate-key', 'two bases say the same key', {
  message(problem) {
    const files = [...new Set(problem.related.map(r => r.site.file.slice(r.site.file.lastIndexOf('/') + 1)))];
    const keys = keysOf(problem);
    return files.length < 2 || keys === null
      ? problem.message
      : `${keys} ${keys.includes(',') ? 'are' : 'is'} defined in ${files.join(' and in ')}; only one base may.\n${problem.message}`;
  },
});

/** mmengine lists them as a set. */
function keysOf({ message }: ConfigProblem): string | null {
  const set = /Duplicate keys: \{(.*)\}/.exec(message)?.[1];
  return set === undefined ? null : set.replace(/'([^']*)'/g, '`$1`');
}
