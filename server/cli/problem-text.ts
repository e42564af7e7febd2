/** A problem as the command line tells it: what disagrees, what to do, details. */
import type { DetectProblem } from '../protocol.ts';

export function problemText({ title, text, details }: DetectProblem): string {
  const lines = details.map(({ label, values }) => `  ${label}\n${values.map(v => `    ${v}\n`).join('')}`);
  return `${title}.\n${text}\n${lines.join('')}`;
}
