/** What Python itself would fail with when the config is read; and mmengine, for a name that it keeps for itself. */
import { configProblem } from './config-problem.ts';

export const evaluationError = configProblem('evaluation-error', 'Python fails when it reads the config', {
  message({ message, errorType, subject }) {
    if (subject !== undefined && message.includes('is reserved for config file'))
      return `mmengine keeps \`${subject}\` for itself: a config cannot set it. Name it otherwise.\n${message}`;
    return message || errorType;
  },
});
