/** What evaluation of configs asks of its surroundings, and what it remembers. */

import type { Host } from '../project/host.ts';
import { Recent } from '../project/recent.ts';
import { RecentTexts } from '../project/recent-texts.ts';
import { ParsedSources } from '../python/import/parsed-sources.ts';
import { Interpreter } from '../python/interpreter.ts';
import type { Limits } from '../python/meter.ts';
import type { Dict } from '../python/types/dict.ts';
import type { Block } from '../syntax/nodes.ts';
import type { Parse, Parsed } from '../syntax/parse.ts';
import { readPlain } from '../syntax/plain.ts';
import { wrongPiece } from '../syntax/wrong-piece.ts';
import { mmengineFinder } from './mmengine-modules.ts';
import type { ConfigProblem, ResolvedConfig } from './resolved.ts';

export interface ConfigContextOptions {
  readonly host: Host;
  readonly parse: Parse;
  /** Folders that packages lie in (site-packages, the workspace), first come first served: for `pkg::` bases and absolute imports of lazy configs. */
  readonly roots?: readonly string[];
  /** Packages that lie elsewhere, by name: editable installs. */
  readonly packages?: ReadonlyMap<string, string>;
  /** `os.environ`. */
  readonly environment?: ReadonlyMap<string, string>;
  /** Minor version of the Python that configs are meant for. Since 3.11, mmengine takes `import os` for an import of a library. */
  readonly pythonMinor?: number;
  readonly limits?: Partial<Limits>;
  /** Folders on no path that a config's run may be started in, the nearest first: for what its statements import. Default: none. */
  readonly startedIn?: (file: string) => readonly string[];
  /** Whether a file is the user's own, and no library's. Default: all are. */
  readonly isOwn?: (file: string) => boolean;
}

export interface ConfigContext {
  readonly host: Host;
  readonly parse: Parse;
  readonly interpreter: Interpreter;
  readonly roots: readonly string[];
  readonly packages: ReadonlyMap<string, string>;
  readonly environment: ReadonlyMap<string, string>;
  readonly pythonMinor: number;
  readonly limits: Partial<Limits>;
  readonly startedIn: (file: string) => readonly string[];
  readonly isOwn: (file: string) => boolean;
  /** Of modules that configs import. */
  readonly trees: ParsedSources;
  readonly moment: Moment;
  /** Files as they are loaded, and resolved configs; each holds as long as the versions of all it was made from. */
  readonly loaded: VersionedCache<Loaded>;
  readonly resolved: VersionedCache<ResolvedConfig>;
}

/** A file and its bases merged: what `Config._file2dict` or `_parse_lazy_import` answers with. */
export interface Loaded {
  readonly style: ResolvedConfig['style'];
  readonly value: Dict;
  readonly problems: readonly ConfigProblem[];
  /** Bases before those that use them, the file itself last. */
  readonly chain: readonly string[];
  /** Files of modules that its statements, or its bases', import. */
  readonly modules?: readonly string[];
  /** Whether these are not as their import has left them. */
  readonly changesModules?: boolean;
  /** Version of every file that was asked for; null where there was none. */
  readonly sources: ReadonlyMap<string, string | null>;
  /** The file's own text, and its statements where it is Python. */
  readonly text: string;
  readonly body: Block | null;
}

/** A config is data: what needs more than this is no config. */
export const CONFIG_LIMITS: Partial<Limits> = { steps: 2_000_000, milliseconds: 3000, bytes: 128 * 2 ** 20 };

export function configContext({
  host,
  parse,
  roots = [],
  packages = new Map(),
  environment = new Map(),
  pythonMinor = 11,
  limits = {},
  startedIn = () => [],
  isOwn = () => true,
}: ConfigContextOptions): ConfigContext {
  const moment = new Moment(host);
  const kept = new RecentTexts<Parsed>(TEXTS);
  const remembering: Parse = source => {
    const known = kept.get(source);
    if (known) return known;
    const plain = readPlain(source);
    const isWhole = (text: string): boolean => kept.get(text)?.kind === 'module' || readPlain(text) !== null;
    const parsed: Parsed = plain
      ? { kind: 'module', body: plain, compiles: true }
      : (wrongPiece(source, isWhole, remembering) ?? parse(source));
    kept.set(source, parsed);
    return parsed;
  };
  return {
    host,
    parse: remembering,
    roots,
    packages,
    environment,
    pythonMinor,
    interpreter: new Interpreter({ parse: remembering, finders: [mmengineFinder], environment, limits: { ...CONFIG_LIMITS, ...limits } }),
    limits,
    startedIn,
    isOwn,
    trees: new ParsedSources(remembering),
    moment,
    loaded: new VersionedCache(moment, LOADED),
    resolved: new VersionedCache(moment, RESOLVED),
  };
}

/** How much is remembered: enough for the configs that are open and all that they rest on, not for a workspace of thousands. */
const TEXTS = 256;
const LOADED = 320;
const RESOLVED = 160;

/** What one piece of work sees of the disk: each file at one version, asked for once. */
export class Moment {
  readonly #host: Host;
  readonly #versions = new Map<string, string | null>();
  constructor(host: Host) {
    this.#host = host;
  }
  /** Whoever begins a piece of work, and does not go on with another's, calls this first. */
  begin(): void {
    this.#versions.clear();
  }
  version(file: string): string | null {
    let version = this.#versions.get(file);
    if (version === undefined) this.#versions.set(file, (version = this.#host.version(file)));
    return version;
  }
  isFile(file: string): boolean {
    return this.version(file) !== null;
  }
}

/** Answers that hold while the files they were made from have the same versions. */
export class VersionedCache<T> {
  readonly #moment: Moment;
  readonly #kept: Recent<string, { readonly sources: ReadonlyMap<string, string | null>; readonly value: T }>;
  constructor(moment: Moment, most: number) {
    this.#moment = moment;
    this.#kept = new Recent(most);
  }
  get(key: string): T | undefined {
    const entry = this.#kept.get(key);
    if (!entry) return undefined;
    let holds = true;
    entry.sources.forEach((version, file) => {
      if (holds && this.#moment.version(file) !== version) holds = false;
    });
    if (holds) return entry.value;
    this.#kept.delete(key);
    return undefined;
  }
  set(key: string, value: T, sources: ReadonlyMap<string, string | null>): void {
    this.#kept.set(key, { sources, value });
  }
}
