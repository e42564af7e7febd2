/** A text that is no Python. */
import type { ConfigProblem } from '../config/resolved.ts';
import { configProblem } from './config-problem.ts';

export const syntaxError = configProblem('syntax-error', 'the text is no Python', {
  message: problem => {
    const clearer = written(problem);
    return clearer === null ? problem.message || problem.errorType : `${clearer}\n${problem.message}`;
  },
});

/** What Python says of a file's bytes does not say what to do. */
function written({ errorType, message }: ConfigProblem): string | null {
  if (errorType === 'UnicodeDecodeError') return 'This file is not written in UTF-8, as mmengine reads it: save it in that encoding.';
  return message.includes('U+FEFF') || message.includes('UTF-8 BOM')
    ? 'This file begins with a byte order mark, which mmengine does not take: save it as UTF-8 without one.'
    : null;
}
