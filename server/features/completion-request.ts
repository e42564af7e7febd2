/** What a feature that works on text as it is typed needs to know of a file of a project. */
import { packageFolder } from '../config/base-path.ts';
import { upTo } from '../config/up-to.ts';
import { assets } from '../project/assets.ts';
import type { Project } from '../project/project.ts';
import type { Dict } from '../python/types/dict.ts';
import { loadUsage } from '../registry/usage.ts';
import { viewerOf } from '../registry/viewer.ts';
import { basesOf } from './base-values.ts';
import type { CompletionRequest } from './completion-surroundings.ts';
import { moduleFile } from './module-file.ts';

/** Null where there is no such file. */
export function completionRequest(project: Project, file: string, offset: number): CompletionRequest | null {
  const text = project.host.read(file);
  if (text === null) return null;
  const config = project.readable(file);
  let namesHere: Dict | null = null;
  return {
    text,
    offset,
    config,
    registry: project.registry,
    usage: project.habits.around(file, loadUsage(assets.facts)),
    viewer: viewerOf(config),
    bases: () => basesOf(project, file).map(base => project.config(base)),
    file,
    list: folder => project.host.list(folder),
    read: path => project.host.read(path),
    configsOf: library => project.configsOf(library),
    names: () => (namesHere ??= upTo(project.configs, file, offset, false)?.names ?? null),
    packageOf: name => packageFolder(project.configs, name),
    configOf(module) {
      const path = moduleFile(project, file, module);
      return path !== null && project.isConfig(path) ? project.config(path) : null;
    },
  };
}
