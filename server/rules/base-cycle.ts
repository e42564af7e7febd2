/** Bases that lead back to the config itself. */
import { configProblem } from './config-problem.ts';

export const baseCycle = configProblem('base-cycle', 'bases lead back to the config itself', {
  message: problem => `This base leads back to the config itself.\n${problem.message}`,
});
