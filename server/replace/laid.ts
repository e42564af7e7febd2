/** With a text laid over a file, or where none is, as an open document would be. */
import type { ResolvedConfig } from '../config/resolved.ts';
import type { Project } from '../project/project.ts';

export function laid<T>(project: Project, file: string, text: string, use: (config: ResolvedConfig) => T): T {
  const restore = project.host.lay(file, text);
  try {
    return use(project.config(file));
  } finally {
    restore();
  }
}
