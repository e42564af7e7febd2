/** Texts by name in Necktie's cache, for this build of the program alone. What cannot be read or written is as if it had never been kept. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { threadId } from 'node:worker_threads';
import { cacheFolder, type Variables } from '../registry/environment.ts';
import { type OutlineStore, PROGRAM } from '../registry/scan/outlines.ts';

/** What no build has used for so long goes. */
const OLD = 14 * 24 * 3600 * 1000;

export class DiskStore implements OutlineStore {
  readonly #folder: string;
  readonly #waiting = new Map<string, () => string>();
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

  keep(name: string, make: () => string): void {
    if (this.#waiting.size === 0) setImmediate(() => this.flush());
    this.#waiting.set(name, make);
  }

  /** Several programs may write the same: each writes beside it and puts its own in place whole. */
  flush(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    if (waiting.length === 0) return;
    try {
      mkdirSync(this.#folder, { recursive: true });
      for (const [name, make] of waiting) {
        const draft = join(this.#folder, `${name}.${process.pid}.${threadId}`);
        try {
          writeFileSync(draft, make());
          renameSync(draft, join(this.#folder, name));
        } catch (e) {
          rmSync(draft, { force: true });
          throw e;
        }
      }
      this.#sweep();
    } catch {
      // A full disk or one that may only be read: it is all made again the next time.
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
export function outlineStore(env: Variables): DiskStore | null {
  const cache = cacheFolder(env);
  if (cache === null || PROGRAM.endsWith('.ts')) return null;
  const file = fileURLToPath(PROGRAM);
  const { size, mtimeMs } = statSync(file);
  const build = createHash('sha1')
    .update(`${basename(file)} ${size} ${mtimeMs}`)
    .digest('hex')
    .slice(0, 12);
  return new DiskStore(`${cache}/registry/${build}`);
}
