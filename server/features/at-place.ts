/** A config as it is where the cursor stands, for what is bound or changed further down. */
import type { ResolvedConfig } from '../config/resolved.ts';
import { type UpTo, upTo } from '../config/up-to.ts';
import type { Project } from '../project/project.ts';
import type { Dict } from '../python/types/dict.ts';
import type { NameUse } from '../syntax/bindings.ts';
import { recover } from '../syntax/recover.ts';

/** As far as the questions about origins go: a value with where its parts were written. */
export type Placed = Pick<ResolvedConfig, 'file' | 'value'>;

/** What a name that is read stands for there: in a function, which runs later, what it is in the end. Null where that is not known. */
export function namesAt(project: Project, file: string, { span }: NameUse): Placed | null {
  const { body } = recover(project.configs.parse, project.host.read(file) ?? '');
  const statement = body.findLast(s => s.span.start <= span.start);
  const later = statement?.kind === 'function' || statement?.kind === 'class';
  return placed(file, later ? upTo(project.configs, file, Infinity, true) : upTo(project.configs, file, span.start, false), 'names');
}

/** What the bases are for an expression at a place. In braces they are filled in when all of the file has run. */
export function basesAt(project: Project, file: string, offset: number, braces: boolean): Placed | null {
  return placed(file, upTo(project.configs, file, braces ? Infinity : offset, braces), 'base');
}

/** The config as if it ended with the statement at a place. */
export const endingAt = (project: Project, file: string, offset: number): Placed | null =>
  placed(file, upTo(project.configs, file, offset, true), 'value');

function placed(file: string, at: UpTo | null, part: keyof UpTo): Placed | null {
  const value: Dict | null = at?.[part] ?? null;
  return value && { file, value };
}
