/** A config's statements and its style. Where the text has faults of syntax, what can be read of it is. */
import { syntaxErrorClass } from '../syntax/complaint.ts';
import type { Block, Span } from '../syntax/nodes.ts';
import { recover } from '../syntax/recover.ts';
import type { ConfigContext } from './context.ts';
import { problem } from './problem.ts';
import type { ConfigProblem } from './resolved.ts';
import { styleOf } from './style.ts';

export interface PythonSource {
  readonly body: Block;
  readonly style: 'text' | 'lazy';
  readonly faults: readonly ConfigProblem[];
  /** Statements that could be read in part only. */
  readonly mended: readonly Span[];
}

export function readPython(context: ConfigContext, file: string, text: string): PythonSource {
  const { body, errors, mended } = recover(context.parse, text);
  const faults = errors.map(error => problem('syntax-error', syntaxErrorClass(error.message), error.message, { file, ...error.span }));
  const style = styleOf(body, context.pythonMinor);
  if (style.kind !== 'error') return { body, style: style.kind, faults, mended };
  return {
    body,
    style: 'text',
    mended,
    faults: [...faults, problem('evaluation-error', style.errorType, style.message, { file, ...style.at.span })],
  };
}
