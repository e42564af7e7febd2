/** A text that is no Python. */
import { configProblem } from './config-problem.ts';

export const syntaxError = configProblem('syntax-error', 'the text is no Python');
