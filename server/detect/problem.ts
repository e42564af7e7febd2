/** How detection ends when it does not end with boxes: thrown inside `server/detect`, answered as plain data. */
import type { DetectProblem } from '../protocol.ts';

export class DetectFailure extends Error {
  readonly problem: DetectProblem;
  constructor(code: DetectProblem['code'], title: string, text: string, details: DetectProblem['details'] = []) {
    super(`${title}. ${text}`);
    this.name = 'DetectFailure';
    this.problem = { kind: 'problem', code, title, text, details };
  }

  /** The same with more details. */
  with(details: DetectProblem['details']): DetectFailure {
    const { code, title, text } = this.problem;
    return new DetectFailure(code, title, text, [...this.problem.details, ...details]);
  }
}

/** What could not be followed in the sources, or is not there: nothing is wrong with the config, and a model that was exported may stand in. */
export class UnknownNetwork extends DetectFailure {}
