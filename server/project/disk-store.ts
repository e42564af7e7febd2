/** Texts by name in Necktie's cache, for this build of the program alone. What cannot be read or written is as if it had never been kept. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, type Variables } from '../registry/environment.ts';
import { digest } from '../text/digest.ts';
import type { TextStore } from './text-store.ts';
import { writeWhole } from './whole-file.ts';

/** What no build has used for so long goes. */
const OLD = 14 * 24 * 3600 * 1000;

export class DiskStore implements TextStore {
  readonly #folder: string;
  readonly #waiting = new Map<string, () => string | null>();
  #swept = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  read(name: string): string | null {
    try {
      return readFileSync(join(this.#folder, name), 'utf8');
    } catch {
      return null;
    }
  }

  bytes(name: string): Uint8Array | null {
    try {
      return readFileSync(join(this.#folder, name));
    } catch {
      return null;
    }
  }

  keep(name: string, make: () => string | null): void {
    if (this.#waiting.size === 0) setImmediate(() => this.#writeOne());
    this.#waiting.set(name, make);
  }

  /** All that waits, now. */
  flush(): void {
    for (const name of [...this.#waiting.keys()]) this.#write(name);
  }

  /** One at a time: what else there is to do goes before the next. */
  #writeOne(): void {
    for (const name of this.#waiting.keys()) {
      this.#write(name);
      break;
    }
    if (this.#waiting.size > 0) setImmediate(() => this.#writeOne());
  }

  #write(name: string): void {
    const text = this.#waiting.get(name)?.() ?? null;
    this.#waiting.delete(name);
    if (text === null) return;
    try {
      mkdirSync(this.#folder, { recursive: true });
      writeWhole(join(this.#folder, name), text);
      this.#sweep();
    } catch {
      // A full disk or one that may only be read: it is made again the next time.
    }
  }

  /** Other builds' folders, when they are old. */
  #sweep(): void {
    if (this.#swept) return;
    this.#swept = true;
    const parent = dirname(this.#folder);
    for (const name of readdirSync(parent)) {
      const other = join(parent, name);
      if (name !== basename(this.#folder) && Date.now() - statSync(other).mtimeMs > OLD) rmSync(other, { recursive: true, force: true });
    }
  }
}

/** Null where there is no home to keep it in, and for a program that runs from its sources: they change without a sign. */
export function diskStore(env: Variables, subject: 'registry' | 'sources'): DiskStore | null {
  const cache = cacheFolder(env),
    program = import.meta.url;
  return cache === null || program.endsWith('.ts')
    ? null
    : new DiskStore(`${cache}/${subject}/${buildOf(dirname(fileURLToPath(program)))}`);
}

/** What this build of the program is known by: its files. */
function buildOf(folder: string): string {
  const files = readdirSync(folder).filter(name => name.endsWith('.mjs'));
  const told = files.sort().map(name => {
    const { size, mtimeMs } = statSync(join(folder, name));
    return `${name} ${size} ${mtimeMs}`;
  });
  return digest('sha1', told.join('\n')).slice(0, 12);
}
