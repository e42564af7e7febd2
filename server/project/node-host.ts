/** The disk, with open documents laid over it. */
import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readdirSync, readFileSync, readSync, realpathSync, type Stats, statSync } from 'node:fs';
import type { Flaw, FolderEntry, Host } from './host.ts';
import { undecodable } from './undecodable.ts';

/** More than that is no source text. */
const LARGEST = 16 * 2 ** 20;
/** U+FEFF. */
const MARK = 0xfeff;

interface Overlay {
  readonly text: string;
  readonly version: string;
}

export class NodeHost implements Host {
  readonly #open = new Map<string, Overlay>();
  /** Of files that were read, those that Python would not take as they are. */
  readonly #flaws = new Map<string, Flaw>();
  /** Of open documents: the version on the disk that their flaw is of. */
  readonly #seen = new Map<string, string | null>();
  /** Of files whose version was asked for, as they were then. */
  readonly #sizes = new Map<string, number>();
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
    return this.#readDisk(path);
  }

  #readDisk(path: string): string | null {
    const flaw = (found: Flaw): void => void this.#flaws.set(path, found);
    this.#flaws.delete(path);
    try {
      const size = this.#sizes.get(path) ?? statSync(path).size;
      if (size > LARGEST) {
        flaw({ kind: 'too large', reason: `a file of ${Math.round(size / 2 ** 20)} MB: more than ${LARGEST / 2 ** 20} MB are not read` });
        return null;
      }
      const text = readFileSync(path, 'utf8');
      // What stands for bytes that are no text may have been written so.
      const bytes = text.includes('\uFFFD') ? readFileSync(path) : null;
      const isText = !bytes || isUtf8(bytes);
      if (bytes && !isText) flaw(undecodable(bytes));
      if (text.charCodeAt(0) !== MARK) return text;
      if (isText) flaw({ kind: 'byte order mark' });
      // As Python reads source: a byte order mark is no part of the text.
      return text.slice(1);
    } catch (e) {
      const told = e instanceof Error && 'code' in e ? REFUSALS[String(e.code)] : undefined;
      if (told) flaw({ kind: 'error', errorType: told[0], message: `${told[1]}: '${path}'`, at: null });
      return null;
    }
  }

  flaw(path: string): Flaw | null {
    const open = this.#open.get(path);
    if (!open) return this.#flaws.get(path) ?? null;
    // What an editor shows does not tell how the file is written on the disk.
    const onDisk = versionOf(look(path));
    if (this.#seen.get(path) !== onDisk) {
      this.#seen.set(path, onDisk);
      this.#readDisk(path);
    }
    const flaw = this.#flaws.get(path);
    if (flaw?.kind === 'byte order mark') return flaw;
    return flaw?.kind === 'error' && flaw.at !== null && open.text.includes('\uFFFD') ? flaw : null;
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
              ? this.#kindOfLink(folder, entry.name)
              : null;
        if (kind) found.push({ name: entry.name, kind });
      }
      return found;
    } catch {
      return [];
    }
  }

  /** A link that leads back to a folder on the way to it would be walked for ever: there is nothing in it that is not elsewhere. */
  #kindOfLink(folder: string, name: string): FolderEntry['kind'] | null {
    const kind = this.kind(`${folder}/${name}`);
    if (kind !== 'folder') return kind;
    const target = realpathSync(`${folder}/${name}`);
    for (let above = folder; above; above = above.slice(0, above.lastIndexOf('/'))) if (realpathSync(above) === target) return null;
    return kind;
  }

  kind(path: string): 'file' | 'folder' | null {
    if (this.#open.has(path)) return 'file';
    const stat = look(path);
    if (stat) return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : null;
    for (const open of this.#open.keys()) if (open.startsWith(`${path}/`)) return 'folder';
    return null;
  }

  ends(path: string, most: number): { readonly head: string; readonly tail: string; readonly size: number } | null {
    const open = this.#open.get(path);
    if (open) return { head: open.text.slice(0, most), tail: open.text.slice(-most), size: open.text.length };
    try {
      const { size } = statSync(path);
      const file = openSync(path, 'r');
      try {
        const at = (from: number): string => {
          const bytes = Buffer.alloc(Math.min(most, size));
          return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, from));
        };
        return { head: at(0), tail: at(Math.max(0, size - most)), size };
      } finally {
        closeSync(file);
      }
    } catch {
      return null;
    }
  }

  head(path: string, most: number): Uint8Array | null {
    try {
      const file = openSync(path, 'r');
      try {
        const bytes = Buffer.alloc(most);
        return bytes.subarray(0, readSync(file, bytes, 0, most, 0));
      } finally {
        closeSync(file);
      }
    } catch {
      return null;
    }
  }

  stamp(path: string): { readonly milliseconds: number; readonly bytes: number } | null {
    const stat = this.#open.has(path) ? undefined : look(path);
    return stat?.isFile() ? { milliseconds: stat.mtimeMs, bytes: stat.size } : null;
  }

  real(path: string): string {
    try {
      return realpathSync(path);
    } catch {
      return path;
    }
  }

  changed(folder: string): number | null {
    const stat = look(folder);
    return stat?.isDirectory() ? stat.mtimeMs : null;
  }

  version(path: string): string | null {
    const open = this.#open.get(path);
    if (open) return open.version;
    const stat = look(path);
    if (stat) this.#sizes.set(path, stat.size);
    else this.#sizes.delete(path);
    return versionOf(stat);
  }
}

const versionOf = (stat: Stats | undefined): string | null => (stat?.isFile() ? `${stat.mtimeMs} ${stat.size}` : null);

/** What Python says where the system refuses to read. */
const REFUSALS: Readonly<Record<string, readonly [type: string, message: string]>> = {
  EACCES: ['PermissionError', '[Errno 13] Permission denied'],
  EPERM: ['PermissionError', '[Errno 1] Operation not permitted'],
  ELOOP: ['OSError', '[Errno 40] Too many levels of symbolic links'],
  ENAMETOOLONG: ['OSError', '[Errno 36] File name too long'],
  EISDIR: ['IsADirectoryError', '[Errno 21] Is a directory'],
  ENOTDIR: ['NotADirectoryError', '[Errno 20] Not a directory'],
  EIO: ['OSError', '[Errno 5] Input/output error'],
};

const byName = (entries: FolderEntry[]): readonly FolderEntry[] => entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // A folder that may not be read holds nothing for us.
    return undefined;
  }
}
