/** A config as it is when all of its bases are merged, as Python; each line knows where it comes from. */
import { linesOfConfig } from '../config/as-python.ts';
import { originAt } from '../config/origins.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
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
  const configs = bases ? basesOf(project, file).map(base => project.config(base)) : [project.config(file)];
  const parts = configs.map(textOf);
  return { text: parts.map(part => part.text).join(''), origins: parts.flatMap(part => part.origins) };
}

function textOf(config: ResolvedConfig): ResolvedText {
  const lines = linesOfConfig(config);
  return {
    text: lines.map(({ text }) => `${text}\n`).join(''),
    origins: lines.map(({ path }) => originAt(config, path)?.key ?? null),
  };
}
