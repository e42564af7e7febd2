/** Configs of the workspace that rest on a file, near or far. */
import type { Project } from '../project/project.ts';

/** Only those whose text speaks of a file on the way are evaluated: of 2,700 configs, a handful. */
export function dependentsOf(project: Project, file: string): readonly string[] {
  const texts = new Map(
    project.roots
      .flatMap(root => project.configsIn(root))
      .flatMap(path => (path === file ? [] : [[path, project.host.read(path) ?? ''] as const])),
  );
  const likely = new Set<string>();
  const names = new Set<string>();
  const next = [stem(file)];
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    if (names.has(name)) continue;
    names.add(name);
    for (const [path, text] of texts) {
      if (likely.has(path) || !text.includes(name)) continue;
      likely.add(path);
      next.push(stem(path));
    }
  }
  return [...likely].filter(path => project.config(path).chain.includes(file)).sort();
}

const stem = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
