/** The disk, with open documents laid over it. */
import { readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import type { FolderEntry, Host } from './host.ts';

/** More than that is no source text. */
const LARGEST = 16 * 2 ** 20;

interface Overlay {
  readonly text: string;
  readonly version: string;
}

export class NodeHost implements Host {
  readonly #open = new Map<string, Overlay>();
  #opened = 0;

  /** An open document stands in for what is on disk, until it is closed with null. */
  overlay(path: string, text: string | null): void {
    if (text === null) this.#open.delete(path);
    else if (this.#open.get(path)?.text !== text) this.#open.set(path, { text, version: `open ${++this.#opened}` });
  }
  /** For a while: what is answered takes it away again, and what was there is as it was. */
  lay(path: string, text: string): () => void {
    const before = this.#open.get(path);
    this.overlay(path, text);
    return () => {
      if (before) this.#open.set(path, before);
      else this.#open.delete(path);
    };
  }

  read(path: string): string | null {
    const open = this.#open.get(path);
    if (open) return open.text;
    try {
      if (statSync(path).size > LARGEST) return null;
      // As Python reads source: a byte order mark is no part of the text.
      return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    } catch {
      return null;
    }
  }

  list(folder: string): readonly FolderEntry[] {
    const found = this.#listOnDisk(folder);
    const names = new Map(found.map(entry => [entry.name, entry] as const));
    // A document that was never saved is a file to us; so its folder is one.
    for (const path of this.#open.keys()) {
      if (!path.startsWith(`${folder}/`)) continue;
      const [name = '', ...below] = path.slice(folder.length + 1).split('/');
      if (!names.has(name)) names.set(name, { name, kind: below.length ? 'folder' : 'file' });
    }
    return byName([...names.values()]);
  }

  #listOnDisk(folder: string): readonly FolderEntry[] {
    try {
      const found: FolderEntry[] = [];
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const kind = entry.isFile()
          ? 'file'
          : entry.isDirectory()
            ? 'folder'
            : entry.isSymbolicLink()
              ? this.kind(`${folder}/${entry.name}`)
              : null;
        if (kind) found.push({ name: entry.name, kind });
      }
      return found;
    } catch {
      return [];
    }
  }

  kind(path: string): 'file' | 'folder' | null {
    if (this.#open.has(path)) return 'file';
    const stat = look(path);
    if (stat) return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : null;
    for (const open of this.#open.keys()) if (open.startsWith(`${path}/`)) return 'folder';
    return null;
  }

  version(path: string): string | null {
    const open = this.#open.get(path);
    if (open) return open.version;
    const stat = look(path);
    return stat?.isFile() ? `${stat.mtimeMs} ${stat.size}` : null;
  }
}

const byName = (entries: FolderEntry[]): readonly FolderEntry[] => entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // A folder that may not be read holds nothing for us.
    return undefined;
  }
}
