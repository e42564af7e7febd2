/** Exceptions of mmengine's and of a config's own code, as problems at their place. */
import type { Exception } from '../python/exception.ts';
import { str } from '../python/operate.ts';
import type { Site } from '../python/value.ts';
import type { ConfigProblem, ConfigProblemKind } from './resolved.ts';

export interface Told {
  readonly related?: ConfigProblem['related'];
  readonly subject?: string;
}

export function problem(kind: ConfigProblemKind, errorType: string, message: string, site: Site, told: Told = {}): ConfigProblem {
  return { kind, errorType, message, site, related: told.related ?? [], ...(told.subject !== undefined && { subject: told.subject }) };
}

/** `at`: where the config's own code was, if the traceback does not lead to a line of the file. */
export function problemOf(exception: Exception, at: Site): ConfigProblem {
  const line = exception.traceback.find(t => t.file === at.file);
  const site = line ? { file: at.file, ...line.span } : at;
  const message = str(exception);
  const name = exception.type.name === 'NameError' ? /^name '(.*)' is not defined$/.exec(message)?.[1] : undefined;
  return problem(
    name === undefined ? 'evaluation-error' : 'undefined-name',
    exception.type.name,
    message,
    site,
    name === undefined ? {} : { subject: name },
  );
}

/** The whole of a file, where there is no better place: its first character. */
export const topOf = (file: string): Site => ({ file, start: 0, end: 0, line: 1 });

/** A message of mmengine's own, as it stands in the exception: `KeyError` writes its argument with quotes. */
export function textOfKeyError(argument: string): string {
  return argument.includes("'") && !argument.includes('"') ? `"${argument}"` : `'${argument.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
}
