/** The registries as one environment and workspace have them: the answers to `entry.ts`'s questions, over `tables.ts`. */
import type { Host } from '../project/host.ts';
import type { TextStore } from '../project/text-store.ts';
import { ancestryOf } from './ancestry.ts';
import { type Candidate, candidates } from './candidates.ts';
import type { Entry, RegistryIndex } from './entry.ts';
import type { Environment } from './environment.types.ts';
import { handedOn } from './handed-on.ts';
import { importSearch } from './import-search.ts';
import { type InstalledSignatures, installedSignatures } from './installed-signatures.ts';
import { lookup } from './lookup.ts';
import { neededImports } from './needed-import.ts';
import { isOnlyAtTop, type PlaceKind, placeOf } from './place.ts';
import type { ScannedEntry } from './scan/registrations.ts';
import { foldersAbove, moduleIn, reachedBy, type Sight, sightOf, type Viewer } from './sight.ts';
import type { Snapshot } from './snapshot.ts';
import { type Library, librariesOf, type Tables, tablesOf } from './tables.ts';
import { usesOf } from './uses.ts';

/** `store`: where what was read of the sources outlives the program; null: nowhere. */
export function createRegistry(host: Host, environment: Environment, snapshot: Snapshot, store: TextStore | null = null): RegistryIndex {
  const tables = tablesOf(host, environment, snapshot, store);
  const sight = ofViewers(tables, sightOf);
  const installed = installedSignatures(tables);
  let libraries: RegistryIndex['libraries'] | null = null;
  return {
    lookup: lookups(tables, sight, installed),
    parametersOf: installed.parametersOf,
    candidates: remembered(tables, sight),
    placeAt: path => placeOf(path) ?? learned(snapshot, path),
    usesOf: usesOf(tables, new WeakMap()),
    ancestry: ancestryOf(tables),
    handedOn: handedOn(tables),
    importFor: neededImports(tables),
    modulesThatRegister: (scope, name, viewer, importedAlone = false) =>
      modulesThatRegister(tables, scope, name, viewer && sight(viewer), importedAlone),
    hasScope: scope => (tables.own(), tables.library(scope).from !== 'nowhere' || tables.hasRegistry(scope, null)),
    has: (scope, name) => (tables.library(scope), tables.held(scope, name).some(entry => entry.under === scope)),
    entriesOf: library => tables.library(library).entries,
    include: (modules, file) => tables.include(modules).filter(module => !isBeside(host, environment, module, file)),
    reached: ofViewers(tables, reachedBy),
    imports: importSearch(tables),
    get libraries() {
      libraries ??= librariesIn(tables);
      return libraries;
    },
  };
}

/** A module beside the config, in a project below the workspace's folder: what it registers is read with the workspace. */
function isBeside(host: Host, { workspace = [] }: Environment, module: string, file: string): boolean {
  const folders = foldersAbove(file, workspace);
  const path = module.replaceAll('.', '/');
  return moduleIn(host, folders, module) !== null || folders.some(folder => host.kind(`${folder}/${path}`) === 'folder');
}

/** Each rule asks for each type, at every key that is pressed. */
function lookups(
  tables: Tables,
  sight: (viewer: Viewer) => (entry: Entry) => Sight,
  { asInstalled }: InstalledSignatures,
): RegistryIndex['lookup'] {
  const known = new Map<string, { readonly libraries: number; readonly found: ReturnType<RegistryIndex['lookup']> }>();
  return (name, scope, registry, viewer) => {
    const key = `${name} ${scope} ${registry} ${viewer ? `${viewer.file} ${viewer.imports.join()}` : ''}`;
    const before = known.get(key);
    if (before?.libraries === tables.read().length) return before.found;
    if (known.size > MOST_LOOKUPS) known.clear();
    const made = lookup(tables, name, scope, registry, viewer && sight(viewer));
    const found = made.kind === 'found' ? { ...made, entry: asInstalled(made.entry) } : made;
    known.set(key, { libraries: tables.read().length, found });
    return found;
  };
}

/** The same place is asked for at every key that is pressed. */
function remembered(tables: Tables, sight: (viewer: Viewer) => (entry: Entry) => Sight): RegistryIndex['candidates'] {
  const known = new Map<string, { readonly libraries: number; readonly found: readonly Candidate[] }>();
  return (place, viewer) => {
    const key = `${place.scope} ${place.registry} ${place.role} ${viewer ? `${viewer.file} ${viewer.imports.join()}` : ''}`;
    const before = known.get(key);
    if (before?.libraries === tables.read().length) return before.found;
    if (known.size > MOST_CANDIDATES) known.clear();
    const found = candidates(tables, place, viewer && sight(viewer));
    known.set(key, { libraries: tables.read().length, found });
    return found;
  };
}

/** By what the official configs have under the same key. */
function learned(snapshot: Snapshot, path: readonly (string | number)[]): PlaceKind | null {
  const key = path.findLast(step => typeof step === 'string');
  const [example] = key === undefined || (path.length > 1 && isOnlyAtTop(String(key))) ? [] : snapshot.examples(String(key));
  return example ? { registry: example.registry, role: example.role } : null;
}

/** What a config sees is asked for at each of its types. */
function ofViewers<T>(tables: Tables, make: (tables: Tables, viewer: Viewer) => T): (viewer: Viewer) => T {
  const known = new Map<string, { readonly libraries: number; readonly made: T }>();
  return viewer => {
    const key = `${viewer.file} ${viewer.imports.join()}`;
    const before = known.get(key);
    if (before?.libraries === tables.read().length) return before.made;
    if (known.size > MOST_VIEWERS) known.clear();
    const made = make(tables, viewer);
    known.set(key, { libraries: tables.read().length, made });
    return made;
  };
}
const MOST_VIEWERS = 100;
const MOST_CANDIDATES = 60;
const MOST_LOOKUPS = 4000;

/** `importedAlone`: without the project's own modules that the config does not import. */
function modulesThatRegister(
  tables: Tables,
  scope: string,
  name: string,
  sight: ((entry: Entry) => Sight) | undefined,
  importedAlone: boolean,
): readonly string[] | null {
  const libraries = librariesOf(scope)
    .map(tables.library)
    .filter(library => library.from === 'source');
  const own = tables.own();
  const modules = new Set<string>();
  const isSeen = (entry: Entry): boolean => {
    const seen = sight?.(entry);
    return seen !== 'neighbour' && !(importedAlone && seen === 'own');
  };
  const holds = (entry: Entry) => (entry.under === scope || entry.under === null) && isSeen(entry);
  for (const library of [...libraries, own]) for (const entry of tables.named(library, name)) if (holds(entry)) add(modules, entry);
  if (libraries.length === 0 && modules.size === 0) return null;
  // A package that was included by name may register into any library's registry.
  for (const library of tables.read()) for (const entry of tables.named(library, name)) if (holds(entry)) add(modules, entry);
  if (modules.size === 0) for (const library of libraries) for (const module of computedModules(tables, library)) modules.add(module);
  return [...modules];
}

function add(modules: Set<string>, entry: Entry | ScannedEntry): void {
  const module = 'module' in entry ? entry.module : 'at' in entry && typeof entry.at === 'string' ? entry.at : null;
  if (module) modules.add(module);
}
/** Of what could not be read in a library of the bundled facts, those tell the names. */
const computedModules = (tables: Tables, { scan }: Library): readonly string[] =>
  scan?.computed
    .filter(({ module, unread }) => !unread || !tables.snapshot.versions.has(module.split('.')[0] ?? ''))
    .map(place => place.module) ?? [];

function librariesIn(tables: Tables): RegistryIndex['libraries'] {
  const found = new Map<string, { readonly version: string; readonly root: string }>();
  for (const name of tables.names()) {
    const folder = tables.packages.folder(name);
    if (folder) found.set(name, { version: tables.packages.version(name) ?? '', root: folder.slice(0, folder.lastIndexOf('/')) });
    else found.set(name, { version: tables.snapshot.versions.get(name) ?? '', root: 'snapshot' });
  }
  return found;
}
