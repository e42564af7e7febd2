/** What a config's bases say, before the config itself has its say. */
import { valueAt } from '../config/origins.ts';
import type { ConfigPath, ResolvedConfig } from '../config/resolved.ts';
import type { Project } from '../project/project.ts';
import { linksIn } from './links.ts';

/** The bases that a config names, in order. */
export const basesOf = (project: Project, file: string): readonly string[] => [...new Set(linksIn(project, file).map(link => link.target))];

/** The base that has a value at a path. No two have one key. */
export function baseWith(project: Project, file: string, path: ConfigPath): ResolvedConfig | null {
  for (const base of basesOf(project, file)) {
    const config = project.config(base);
    if (valueAt(config, path) !== undefined) return config;
  }
  return null;
}
