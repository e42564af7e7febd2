/** A config of the one style with a base of the other: `_base_` and `read_base()` do not mix. */
import { configProblem } from './config-problem.ts';

export const baseMixedStyle = configProblem('base-mixed-style', 'a config and its base are of different styles');
