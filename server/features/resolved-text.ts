/** A config as it is when all of its bases are merged, as Python; each line knows where it comes from. */
import { linesOfConfig } from '../config/as-python.ts';
import { originAt } from '../config/origins.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import { upTo } from '../config/up-to.ts';
import type { Project } from '../project/project.ts';
import type { Site } from '../python/value.ts';
import { basesOf } from './base-values.ts';

export interface ResolvedText {
  readonly text: string;
  /** One for each line: the key that it begins with; null where it was made and not written. */
  readonly origins: readonly (Site | null)[];
}

/** `bases`: what the bases say, without the config's own part. Null: the file is no config. */
export function resolvedText(project: Project, file: string, bases: boolean): ResolvedText | null {
  if (!project.isConfig(file)) return null;
  const parts = (bases ? asBases(project, file) : [project.config(file)]).map(textOf);
  return { text: parts.map(part => part.text).join(''), origins: parts.flatMap(part => part.origins) };
}

/** As the config finds them: merged, those of another package with its scope. In other forms than text-style Python, one by one. */
function asBases(project: Project, file: string): readonly Whole[] {
  const base = upTo(project.configs, file, 0, false)?.base;
  return base ? [{ value: base }] : basesOf(project, file).map(one => project.config(one));
}
type Whole = Pick<ResolvedConfig, 'value'>;

function textOf(config: Whole): ResolvedText {
  const lines = linesOfConfig(config);
  return {
    text: lines.map(({ text }) => `${text}\n`).join(''),
    origins: lines.map(({ path }) => originAt(config, path)?.key ?? null),
  };
}
