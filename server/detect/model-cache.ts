/** Models made before, on disk: a run with the same config, sources and checkpoint interprets nothing and reads no weights. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Host } from '../project/host.ts';
import { removeDrafts, writeWhole } from '../project/whole-file.ts';

/** Of the program itself: what another build made is not used, as it may have made it otherwise. */
const BUILD = buildOf(fileURLToPath(import.meta.url));
/** Models that are kept, the last used: so many, and no more bytes than that together. */
const KEPT = 20;
const MOST_BYTES = 2 ** 30;

type Versions = readonly (readonly [file: string, version: string | null])[];

export class ModelCache {
  /** Null: nothing is kept on disk. */
  readonly #folder: string | null;
  /** The last that the disk would not take. */
  #unkept: { readonly key: string; readonly model: Uint8Array; readonly read: Versions } | null = null;
  constructor(folder: string | null) {
    this.#folder = folder;
  }

  key(...parts: readonly string[]): string {
    return createHash('sha256')
      .update(JSON.stringify([BUILD, ...parts]))
      .digest('hex')
      .slice(0, 32);
  }

  /** The model's file, or its bytes, if it was kept and none of the files it was made from has changed. */
  find(host: Host, key: string): string | Uint8Array | null {
    const unkept = this.#unkept;
    if (unkept?.key === key && isFresh(host, unkept.read)) return unkept.model;
    if (this.#folder === null) return null;
    const path = join(this.#folder, `${key}.onnx`);
    try {
      const read: unknown = JSON.parse(readFileSync(join(this.#folder, `${key}.json`), 'utf8'));
      if (!isFresh(host, read) || !existsSync(path)) return null;
      const now = new Date();
      utimesSync(path, now, now);
      return path;
    } catch {
      // None, or half of one: it is made again.
      return null;
    }
  }

  /** The file it lies in now; its bytes where the disk would not take it. `read`: files that it was made from. */
  keep(host: Host, key: string, model: Uint8Array, read: readonly string[]): string | Uint8Array {
    const versions: Versions = read.map(file => [file, host.version(file)]);
    try {
      if (this.#folder !== null) {
        mkdirSync(this.#folder, { recursive: true });
        writeWhole(join(this.#folder, `${key}.onnx`), model);
        writeWhole(join(this.#folder, `${key}.json`), JSON.stringify(versions));
        this.#prune();
        return join(this.#folder, `${key}.onnx`);
      }
    } catch {
      // A full or read-only disk costs time, not the result.
    }
    this.#unkept = { key, model, read: versions };
    return model;
  }

  /** What would not load is made again. */
  drop(key: string): void {
    if (this.#unkept?.key === key) this.#unkept = null;
    if (this.#folder === null) return;
    for (const ending of ['.onnx', '.json']) rmSync(join(this.#folder, `${key}${ending}`), { force: true });
  }

  #prune(): void {
    const folder = this.#folder ?? '';
    removeDrafts(folder);
    const models = readdirSync(folder).filter(name => name.endsWith('.onnx'));
    const byUse = models.map(name => ({ name, stat: statSync(join(folder, name)) })).toSorted((a, b) => b.stat.mtimeMs - a.stat.mtimeMs);
    let bytes = 0;
    for (const [i, { name, stat }] of byUse.entries()) {
      bytes += stat.size;
      // The newest is the one that is wanted now.
      if (i === 0 || (i < KEPT && bytes <= MOST_BYTES)) continue;
      rmSync(join(folder, name), { force: true });
      rmSync(join(folder, name.replace(/\.onnx$/, '.json')), { force: true });
    }
  }
}

const isFresh = (host: Host, read: unknown): boolean =>
  Array.isArray(read) && read.every(entry => Array.isArray(entry) && typeof entry[0] === 'string' && host.version(entry[0]) === entry[1]);

function buildOf(program: string): string {
  const { mtimeMs, size } = statSync(program);
  return `${mtimeMs} ${size}`;
}
