/**
 * What each config of a workspace rests on, and which words stand in it. Facts alone, no trees and no values: thousands of configs cost a few megabytes, and
 * who rests on a file is known without evaluating one of them. Every answer begins with a look at the versions of all files, so nothing has to tell the index
 * what changed.
 */
import { posix } from 'node:path';
import { walkConfigs } from './configs.ts';
import type { Host } from './host.ts';
import { namedBases } from './named-bases.ts';

export interface IndexSource {
  readonly host: Host;
  readonly roots: readonly string[];
  isConfig(path: string, text: string, root: string): boolean;
  /** The file that a `package::path` means, or a module with its package's name; null: none. */
  inPackage(written: string): string | null;
  /** Files that a config rests on, by evaluating it: where its text does not tell. */
  chain(path: string): readonly string[];
}

interface Facts {
  readonly version: string | null;
  readonly isConfig: boolean;
  readonly bases: readonly string[];
  /** Numbers of the words that stand in the text, sorted. */
  readonly words: Uint32Array;
}

export class ConfigIndex {
  readonly #with: IndexSource;
  readonly #facts: Map<string, Facts>;
  readonly #numbers: Map<string, number>;
  readonly #inPackages: Map<string, string | null>;
  #dependents: ReadonlyMap<string, readonly string[]> | null = null;

  /** `before`: one of the same workspace and settings, that is not asked any more; what it knows is taken over. */
  constructor(source: IndexSource, before: ConfigIndex | null = null) {
    this.#with = source;
    this.#facts = before ? before.#facts : new Map<string, Facts>();
    this.#numbers = before ? before.#numbers : new Map<string, number>();
    this.#inPackages = before ? before.#inPackages : new Map<string, string | null>();
  }

  /** Files that something is known of. */
  get size(): number {
    return this.#facts.size;
  }

  /** Looks at every file, and reads those that changed. To be run to its end; each step is one file. */
  *refresh(): Generator<undefined, void> {
    const present = new Set<string>();
    for (const root of this.#with.roots) {
      for (const path of walkConfigs(this.#with.host, root)) {
        if (!present.has(path)) this.#look(path, root);
        present.add(path);
        yield;
      }
    }
    // What the workspace's configs rest on outside of it belongs to the way from one to the other.
    const next = [...present];
    for (let path = next.pop(); path !== undefined; path = next.pop()) {
      for (const base of this.#facts.get(path)?.bases ?? []) {
        if (present.has(base)) continue;
        present.add(base);
        this.#look(base, posix.dirname(base));
        next.push(base);
        yield;
      }
    }
    for (const path of this.#facts.keys()) if (!present.has(path)) this.#forget(path);
  }

  /** Configs that rest on a file, near or far. As of the last `refresh`. */
  dependents(file: string): ReadonlySet<string> {
    this.#dependents ??= this.#children();
    const found = new Set<string>();
    const next = [file];
    for (let path = next.pop(); path !== undefined; path = next.pop()) {
      for (const child of this.#dependents.get(path) ?? []) {
        if (child === file || found.has(child)) continue;
        found.add(child);
        next.push(child);
      }
    }
    return found;
  }
  isBase(file: string): boolean {
    this.#dependents ??= this.#children();
    return (this.#dependents.get(file)?.length ?? 0) > 0;
  }
  isConfig(file: string): boolean {
    return this.#facts.get(file)?.isConfig ?? false;
  }
  bases(file: string): readonly string[] {
    return this.#facts.get(file)?.bases ?? [];
  }
  /** Configs in whose text a word stands. */
  saying(word: string): readonly string[] {
    return [...this.#facts].flatMap(([path, { isConfig }]) => (isConfig && this.says(path, word) ? [path] : [])).sort();
  }
  /** Whether a word stands in a file. Of a file that the index does not know: it may. */
  says(file: string, word: string): boolean {
    const facts = this.#facts.get(file);
    if (!facts) return true;
    const number = this.#numbers.get(word);
    return number !== undefined && has(facts.words, number);
  }

  #look(path: string, root: string): void {
    const { host } = this.#with;
    const version = host.version(path);
    const known = this.#facts.get(path);
    if (known && known.version === version) return;
    this.#dependents = null;
    const text = version === null ? null : host.read(path);
    if (text === null) this.#facts.set(path, { version, isConfig: false, bases: [], words: NO_WORDS });
    else {
      const isConfig = this.#with.isConfig(path, text, root);
      // A base may look like any other file: what it rests on counts all the same. But no more is kept of what is no config.
      this.#facts.set(path, { version, isConfig, bases: this.#bases(path, text), words: this.#words(text) });
    }
  }
  #forget(path: string): void {
    this.#facts.delete(path);
    this.#dependents = null;
  }

  #bases(path: string, text: string): readonly string[] {
    const named = namedBases(path, text);
    if (named.kind === 'computed') return this.#with.chain(path).filter(file => file !== path);
    const folder = posix.dirname(path);
    return named.written.flatMap(written => {
      if (named.kind === 'paths') {
        if (!written.includes('::')) return [posix.resolve(folder, written)];
      } else if (written.startsWith('.')) {
        const level = /^\.*/.exec(written)?.[0].length ?? 0;
        return [posix.join(folder, ...Array<string>(level - 1).fill('..'), `${written.slice(level).replaceAll('.', '/')}.py`)];
      }
      const file = this.#inPackage(written);
      return file === null ? [] : [file];
    });
  }
  #inPackage(written: string): string | null {
    let file = this.#inPackages.get(written);
    if (file === undefined) this.#inPackages.set(written, (file = this.#with.inPackage(written)));
    return file;
  }

  #words(text: string): Uint32Array {
    const numbers = new Set<number>();
    for (const [word] of text.matchAll(WORD)) {
      let number = this.#numbers.get(word);
      if (number === undefined) this.#numbers.set(detached(word), (number = this.#numbers.size));
      numbers.add(number);
    }
    return Uint32Array.from(numbers).sort();
  }

  /** Only a config makes of what it names a base. */
  #children(): ReadonlyMap<string, readonly string[]> {
    const configs = [...this.#facts].flatMap(([path, facts]) => (facts.isConfig ? [path] : []));
    const seen = new Set(configs);
    const children = new Map<string, string[]>();
    for (let path = configs.pop(); path !== undefined; path = configs.pop()) {
      for (const base of this.bases(path)) {
        const known = children.get(base);
        if (known) known.push(path);
        else children.set(base, [path]);
        if (seen.has(base)) continue;
        seen.add(base);
        configs.push(base);
      }
    }
    return children;
  }
}

const NO_WORDS = new Uint32Array();
const WORD = /[\p{L}_][\p{L}\p{N}_]*/gu;
/** A copy: a part of a text would keep all of it alive. */
const detached = (word: string): string => Buffer.from(word).toString();

function has(sorted: Uint32Array, number: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === number;
}
