/** Files by path, for tests that need no disk. */
import type { FolderEntry, Host } from '../../../server/project/host.ts';

export class MemoryHost implements Host {
  readonly #files: Map<string, string>;
  readonly #links: Readonly<Record<string, string>>;
  /** `links`: where a path leads. */
  constructor(files: Readonly<Record<string, string>>, links: Readonly<Record<string, string>> = {}) {
    this.#files = new Map(Object.entries(files));
    this.#links = links;
  }
  write(path: string, text: string): void {
    this.#files.set(path, text);
  }
  read(path: string): string | null {
    return this.#files.get(path) ?? null;
  }
  list(folder: string): readonly FolderEntry[] {
    const names = new Map<string, FolderEntry>();
    for (const path of this.#files.keys()) {
      if (!path.startsWith(`${folder}/`)) continue;
      const [name, ...rest] = path.slice(folder.length + 1).split('/');
      names.set(name!, { name: name!, kind: rest.length > 0 ? 'folder' : 'file' });
    }
    return [...names.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
  kind(path: string): 'file' | 'folder' | null {
    if (this.#files.has(path)) return 'file';
    return [...this.#files.keys()].some(file => file.startsWith(`${path}/`)) ? 'folder' : null;
  }
  real(path: string): string {
    return this.#links[path] ?? path;
  }
  version(path: string): string | null {
    return this.#files.get(path) ?? null;
  }
}
