/**
 * Libraries as one environment has them, imported once: a second model costs its own building alone. What a config's `custom_imports` register would repair
 * another config's model, so each set of imports has a session of its own, and a file that changes ends the sessions that have run it.
 */
import { Graph } from '../../runtime/network/graph.ts';
import { CONFIG_DICT } from '../config/config-dict.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import { assets } from '../project/assets.ts';
import type { Host } from '../project/host.ts';
import { realPath } from '../project/real-path.ts';
import { getAttribute } from '../python/attribute.ts';
import type { Exception } from '../python/exception.ts';
import { type Frame, running } from '../python/frame.ts';
import { addedFolder } from '../python/import/folder-finder.ts';
import { ParsedSources } from '../python/import/parsed-sources.ts';
import { Interpreter } from '../python/interpreter.ts';
import { Journal } from '../python/journal.ts';
import { STANDARD_MODULES } from '../python/library/standard-modules.ts';
import type { Limits } from '../python/meter.ts';
import { Module } from '../python/module.ts';
import type { Value } from '../python/value.ts';
import { compiledFiles } from '../registry/compiled-files.ts';
import type { RegistryIndex } from '../registry/entry.ts';
import type { Environment } from '../registry/environment.types.ts';
import { isOwnFile } from '../registry/own-file.ts';
import type { Parse } from '../syntax/parse.ts';
import { torchFinder } from '../torch/modules/index.ts';
import { modelFinders } from './finders.ts';
import { installedVersion } from './installed-version.ts';
import { type NecktieState, necktieModule } from './necktie-module.ts';
import { otherConfig } from './other-config.ts';
import { TimmIndex } from './timm-index.ts';

/** Where models are built: what does not change from one to the next. */
export interface ModelPlace {
  readonly host: Host;
  readonly environment: Environment;
  readonly registry: RegistryIndex;
  readonly parse: Parse;
  /** Trees, shared with others who read the same files. */
  readonly sources?: ParsedSources;
  readonly limits?: Partial<Limits>;
  /** Folders on no path that the run is started in: see `startedIn`. */
  readonly started?: readonly string[];
  /** Another config, for modules that read one. Absent: what such a module builds is unknown. */
  readonly config?: (file: string) => ResolvedConfig;
  /** For tests: a stand-in that is taken away. */
  readonly without?: (name: string) => boolean;
  /** Packages run their `__init__` as soon as one of their modules is imported, as in Python, where what they register by it counts. Else when they are asked for a name. */
  readonly eager?: (name: string) => boolean;
}

export class Session {
  readonly interpreter: Interpreter;
  readonly state: NecktieState;
  readonly #journal = new Journal();
  readonly #host: Host;
  readonly #versions = new Map<string, string | null>();
  /** Configs that modules have read. */
  readonly #others = new Set<string>();
  /** Packages that were asked for and are not among libraries that were laid out alone: they may well be installed where the model will run. */
  readonly assumedAbsent = new Set<string>();
  /** Packages by whose presence the user's own modules decide what they build, where it is not known whether they are installed. */
  readonly doubted = new Set<string>();
  constructor(place: ModelPlace) {
    const { host, environment, registry, started = [] } = place;
    this.#host = host;
    this.state = {
      watch: null,
      building: [],
      registry,
      viewer: null,
      importer: null,
      configDict: CONFIG_DICT,
      timm: new TimmIndex(host, environment.roots),
      otherConfig: (written, imports) => {
        const found = otherConfig(place, this.state.viewer, written, imports);
        for (const file of found?.files ?? []) this.#others.add(file);
        return found?.value ?? null;
      },
    };
    const { finders, complete } = modelFinders({
      host,
      environment,
      started,
      stubs: assets.stubs,
      natives: [torchFinder(new Graph(), { version: installedVersion(place, 'torch') })],
      necktie: necktieModule(this.state),
      assumed: name => {
        if (isTried(host, environment, running.frame)) this.doubted.add(name);
      },
      standard: top => STANDARD_MODULES.has(top) || top.startsWith('_'),
    });
    const own = [...(environment.workspace ?? []), ...started];
    const isOwn = remembered(
      (top: string) =>
        !registry.libraries.has(top) &&
        own.some(root => host.kind(`${root}/${top}`) === 'folder' || host.kind(`${root}/${top}.py`) === 'file'),
    );
    this.interpreter = new Interpreter({
      parse: place.parse,
      finders,
      complete,
      // A library's registries are there as soon as `mmseg.registry` is imported, be it a module or a package.
      lazy: name => !isOwn(name.split('.')[0] ?? '') && !name.endsWith('.registry') && !(place.eager?.(name) ?? false),
      isWritten: file => isOwnFile(environment, file),
      isTaken: compiledFiles(host, environment),
      ...(environment.pythonMinor !== undefined && { pythonMinor: environment.pythonMinor }),
      open: addedFolder(host, null),
      real: path => realPath(host, path),
      sources: place.sources ?? new ParsedSources(place.parse),
      journal: this.#journal,
      ...(place.limits && { limits: place.limits }),
      ...(place.without && { without: place.without }),
      version: name => this.#versionOf(place, name),
    });
    this.state.importer = this.interpreter.importer;
  }

  /** Files that were read, of the libraries and the user's own. */
  get read(): readonly string[] {
    const files = [
      ...[...this.interpreter.modules.values()].flatMap(m => (m instanceof Module && m.file && m.state !== 'new' ? [m.file] : [])),
      ...this.#others,
    ];
    for (const file of files) if (!this.#versions.has(file)) this.#versions.set(file, this.#host.version(file));
    return files.filter(file => !file.startsWith(assets.stubs));
  }
  /** As its imports left it, whatever models have changed since. */
  begin(): this {
    this.#journal.undo();
    return this;
  }
  /** Nothing that was read has changed since, and all that models changed can be put back. */
  get fresh(): boolean {
    return !this.#journal.isSpoiled && [...this.#versions].every(([file, version]) => this.#host.version(file) === version);
  }

  /** `importlib.metadata.version`. */
  #versionOf(place: ModelPlace, name: string): string | null {
    const known = installedVersion(place, name);
    if (known === null && !isReal(place)) this.assumedAbsent.add(name);
    return known;
  }

  /** Within `interpreter.attempt`. */
  member(module: string, name: string): Value {
    return getAttribute(this.interpreter.importer.load(module), name);
  }
}

/** As long as a session lasts, what is at hand stays so. */
function remembered(find: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return name => {
    let found = known.get(name);
    if (found === undefined) known.set(name, (found = find(name)));
    return found;
  };
}

/** Whether a statement of the user's own stands right below `try:`. */
function isTried(host: Host, environment: Environment, frame: Frame | null): boolean {
  const file = frame?.code.file;
  if (!frame || !file || !isOwnFile(environment, file)) return false;
  const lines = (host.read(file) ?? '').split('\n').slice(0, frame.at.line);
  const indent = (line: string): number => line.length - line.trimStart().length,
    own = indent(lines.at(-1) ?? '');
  const around = lines.findLast(line => line.trim() && !line.trim().startsWith('#') && indent(line) < own);
  return /^\s*try\s*:/.test(around ?? '');
}

/** Where PyTorch is, the environment is one to run in: what it lacks is not installed. */
export const isReal = ({ host, environment }: Pick<ModelPlace, 'host' | 'environment'>): boolean =>
  environment.roots.some(root => host.kind(`${root}/torch`) === 'folder');

/** Each holds libraries' code, compiled: about 30 MB. */
const KEPT = 2;

/** Sessions by what they imported. */
export class Sessions {
  readonly place: ModelPlace;
  readonly #most: number;
  readonly #kept = new Map<string, Session>();
  constructor(place: ModelPlace, most = KEPT) {
    this.place = place;
    this.#most = most;
  }
  /** The session for a set of `custom_imports`, and where a run with them is started; those used last are kept. */
  open(key: string, started: readonly string[]): Session {
    const known = this.#kept.get(key);
    this.#kept.delete(key);
    const session = known?.fresh ? known.begin() : new Session(this.#placeFor(key, started));
    while (this.#kept.size >= this.#most) this.#kept.delete([...this.#kept.keys()][0] ?? '');
    this.#kept.set(key, session);
    return session;
  }
  /** After a run that did not end by itself, or with something unknown: what it left half done is not used again. */
  drop(key: string): void {
    this.#kept.delete(key);
  }

  /** Packages that some modules cannot be imported without: as a whole, as in Python. */
  readonly #whole = new Map<string, Set<string>>();
  /**
   * A library's own module failed while it was imported, in code of a package whose other modules wait until they are asked for: what they put into its tables is
   * missing there. From now on that package is imported as a whole. False: it was already, or the failure is another.
   */
  completes(key: string, session: Session, { traceback }: Exception): boolean {
    const importing = traceback.find(({ name }) => name === '<module>');
    const [raised] = traceback;
    if (!importing || !raised || isOwnFile(this.place.environment, importing.file)) return false;
    const module = [...session.interpreter.modules.values()].find(m => m instanceof Module && m.file === raised.file && m.lazy);
    if (!(module instanceof Module)) return false;
    const wanted = module.isPackage ? module.name : module.name.slice(0, Math.max(0, module.name.lastIndexOf('.')));
    const known = this.#whole.get(key) ?? new Set();
    if (wanted === '' || known.has(wanted)) return false;
    this.#whole.set(key, known.add(wanted));
    this.drop(key);
    return true;
  }
  #placeFor(key: string, started: readonly string[]): ModelPlace {
    const whole = this.#whole.get(key),
      { eager } = this.place,
      place = started.length ? { ...this.place, started } : this.place;
    if (!whole) return place;
    return {
      ...place,
      eager: name => (eager?.(name) ?? false) || [...whole].some(one => name === one || name.startsWith(`${one}.`)),
    };
  }
}
