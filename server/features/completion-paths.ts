/** What may be written in `_base_`: the files of a folder, relative to the config, and the folders on the way. */
import type { FolderEntry } from '../project/host.ts';

export interface BasePath {
  /** As it is written: `../_base_/default_runtime.py`; a folder ends in `/`. */
  readonly path: string;
  readonly folder: boolean;
}

/** `typed`: the text up to the cursor. `configsOf`: the folder of a package's configs, for `mmdet::`; null where there is none. */
export function basePaths(
  file: string,
  typed: string,
  list: (folder: string) => readonly FolderEntry[],
  configsOf: (library: string) => string | null = () => null,
): readonly BasePath[] {
  const library = /^(\w+)::/.exec(typed);
  const configs = library && configsOf(library[1] ?? '');
  if (library) {
    const [prefix] = library;
    if (configs === null) return [];
    const inside = basePaths(`${configs}/`, typed.slice(prefix.length), list);
    return inside.flatMap(({ path, folder }) => (path.startsWith('../') ? [] : [{ path: prefix + path, folder }]));
  }
  const from = file.slice(0, file.lastIndexOf('/'));
  const written = typed.slice(0, typed.lastIndexOf('/') + 1);
  const here = joined(from, written);
  const found = list(here).flatMap((entry): BasePath[] => {
    if (entry.name.startsWith('.') || `${here}/${entry.name}` === file) return [];
    if (entry.kind === 'folder') return entry.name === '__pycache__' ? [] : [{ path: `${written}${entry.name}/`, folder: true }];
    return /\.(?:py|json|ya?ml)$/.test(entry.name) && entry.name !== '__init__.py'
      ? [{ path: `${written}${entry.name}`, folder: false }]
      : [];
  });
  const up: readonly BasePath[] = /^(?:\.\.\/)*$/.test(written) ? [{ path: `${written}../`, folder: true }] : [];
  // Bases are gathered in folders of that name.
  const order = ({ path, folder }: BasePath): number => (/_base_\/$/.test(path) ? 0 : folder ? 2 : 1);
  return [...found.toSorted((a, b) => order(a) - order(b)), ...up];
}

function joined(folder: string, relative: string): string {
  const out = folder.split('/');
  for (const step of relative.split('/')) {
    if (step === '..') out.pop();
    else if (step !== '.' && step !== '') out.push(step);
  }
  return out.join('/');
}
