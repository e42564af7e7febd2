/** Where a config's own modules are found that are on no path: in folders above it, one of which its run is started in. */
import type { Host } from '../project/host.ts';
import type { Environment } from '../registry/environment.types.ts';
import { foldersOf } from '../registry/import-search.ts';
import { moduleIn, type Viewer } from '../registry/sight.ts';

/** Those that hold a module of `custom_imports` which no folder of the environment has, in the order of the imports. */
export function startedIn(host: Host, environment: Environment, { file, imports }: Viewer): readonly string[] {
  const found = new Set<string>();
  for (const name of imports) {
    const [top = ''] = name.split('.');
    if (top === '' || environment.mappings?.has(top) || environment.roots.some(root => hasTop(host, root, top))) continue;
    const folder = foldersOf(host, environment, file).find(above => moduleIn(host, [above], name) !== null);
    if (folder !== undefined) found.add(folder);
  }
  return [...found];
}

const hasTop = (host: Host, folder: string, top: string): boolean =>
  host.kind(`${folder}/${top}`) === 'folder' || host.kind(`${folder}/${top}.py`) === 'file';
