/** Which of a workspace's files are configs: by what they say, by what they rest on, and by what rests on them. */
import type { ResolvedConfig } from '../config/resolved.ts';
import type { ConfigIndex } from './config-index.ts';
import { isConfig } from './configs.ts';
import { isDataFile } from './data-config.ts';
import { namedBases } from './named-bases.ts';
import type { NodeHost } from './node-host.ts';
import type { Settings } from './settings.ts';

export interface KnownConfigsOptions {
  readonly host: NodeHost;
  /** Workspace folders, absolute. */
  readonly roots: readonly string[];
  readonly patterns: Settings['configFiles'];
  /** The file that an entry of `_base_` means; null where there is none. */
  readonly baseOf: (file: string, written: string) => string | null;
  /** A config and what it rests on. */
  readonly chain: (file: string) => readonly string[];
  /** Made after this one. */
  readonly index: () => ConfigIndex;
}

export class KnownConfigs {
  readonly #of: KnownConfigsOptions;
  /** Of files that a config was seen to rest on, such a config. */
  readonly #resting = new Map<string, string>();
  /** Data files that were seen to rest on a config. */
  readonly #inheriting = new Set<string>();

  constructor(of: KnownConfigsOptions) {
    this.#of = of;
  }

  isConfig(file: string): boolean {
    const text = this.#of.host.read(file);
    return text !== null && (this.saysSo(file, text) || this.#isBase(file));
  }
  /** By its own text and those of its bases. */
  saysSo(file: string, text: string, root = this.#rootOf(file)): boolean {
    return isConfig(file, text, this.#of.patterns, root) || this.#inherits(file, text);
  }
  /** Where the index was never asked for, as on the command line, it is made now. */
  isBaseOfAny(file: string): boolean {
    const index = this.#of.index();
    if (!index.size) for (const _ of index.refresh());
    return this.#isBase(file);
  }
  saw({ file, chain }: Pick<ResolvedConfig, 'file' | 'chain'>): void {
    for (const base of chain) if (base !== file) this.#resting.set(base, file);
  }

  /** A data file with `_base_` is a config if what it rests on is one: other programs have a `_base_` too. */
  #inherits(file: string, text: string, depth = 0): boolean {
    if (!isDataFile(file) || depth > DEEPEST_BASE) return false;
    const named = namedBases(file, text);
    if (named.kind !== 'paths' || !named.written.length) return false;
    // While the path of its base is typed anew, it stays what it was.
    if (this.#inheriting.has(file)) return true;
    const inherits = named.written.some(written => {
      const base = this.#of.baseOf(file, written);
      const inside = base === null ? null : this.#of.host.read(base);
      if (base === null || inside === null) return false;
      return isConfig(base, inside, this.#of.patterns, this.#rootOf(base)) || this.#inherits(base, inside, depth + 1);
    });
    if (inherits) this.#inheriting.add(file);
    return inherits;
  }
  #isBase(file: string): boolean {
    const child = this.#resting.get(file);
    if (child !== undefined && this.#of.chain(child).includes(file)) return true;
    this.#resting.delete(file);
    return this.#of.index().isBase(file);
  }
  #rootOf(file: string): string {
    const roots = this.#of.roots.filter(root => file.startsWith(`${root}/`)).toSorted((a, b) => b.length - a.length);
    return roots[0] ?? file.slice(0, file.lastIndexOf('/'));
  }
}

/** Longer chains of data files are not followed. */
const DEEPEST_BASE = 8;
