/** The registries as one environment and workspace have them: the answers to `entry.ts`'s questions, over `tables.ts`. */
import type { Host } from '../project/host.ts';
import { type Candidate, candidates } from './candidates.ts';
import type { Entry, RegistryIndex } from './entry.ts';
import { repositoryOf } from './environment.ts';
import type { Environment } from './environment.types.ts';
import { lookup } from './lookup.ts';
import { type PlaceKind, placeOf } from './place.ts';
import type { ScannedEntry } from './scan/registrations.ts';
import type { Snapshot } from './snapshot.ts';
import { type Library, librariesOf, type Tables, tablesOf } from './tables.ts';

export function createRegistry(host: Host, environment: Environment, snapshot: Snapshot): RegistryIndex {
  const tables = tablesOf(host, environment, snapshot);
  let libraries: RegistryIndex['libraries'] | null = null;
  return {
    lookup: (name, scope, registry) => lookup(tables, name, scope, registry),
    candidates: remembered(tables),
    placeAt: path => placeOf(path) ?? learned(snapshot, path),
    modulesThatRegister: (scope, name) => modulesThatRegister(tables, scope, name),
    has: (scope, name) => (tables.library(scope), tables.held(scope, name).some(entry => entry.under === scope)),
    entriesOf: library => tables.library(library).entries,
    include: (modules, file) => tables.include(modules).filter(module => !isInRepository(host, environment, module, file)),
    get libraries() {
      libraries ??= librariesIn(tables);
      return libraries;
    },
  };
}

/** A module beside the config, in a repository below the workspace's folder: what it registers is read with the workspace. */
function isInRepository(host: Host, environment: Environment, module: string, file: string): boolean {
  const repository = repositoryOf(host, file);
  if (repository === null || !environment.workspace?.some(root => repository.startsWith(`${root}/`))) return false;
  const path = `${repository}/${module.replaceAll('.', '/')}`;
  return host.kind(`${path}.py`) === 'file' || host.kind(path) === 'folder';
}

/** The same place is asked for at every key that is pressed. */
function remembered(tables: Tables): RegistryIndex['candidates'] {
  const known = new Map<string, { readonly libraries: number; readonly found: readonly Candidate[] }>();
  return place => {
    const key = `${place.scope} ${place.registry} ${place.role}`;
    const before = known.get(key);
    if (before?.libraries === tables.read().length) return before.found;
    const found = candidates(tables, place);
    known.set(key, { libraries: tables.read().length, found });
    return found;
  };
}

/** By what the official configs have under the same key. */
function learned(snapshot: Snapshot, path: readonly (string | number)[]): PlaceKind | null {
  const key = path.findLast(step => typeof step === 'string');
  const [example] = key === undefined ? [] : snapshot.examples(String(key));
  return example ? { registry: example.registry, role: example.role } : null;
}

function modulesThatRegister(tables: Tables, scope: string, name: string): readonly string[] | null {
  const libraries = librariesOf(scope)
    .map(tables.library)
    .filter(library => library.from === 'source');
  const own = tables.own();
  const modules = new Set<string>();
  const holds = (entry: Entry) => entry.name === name && (entry.under === scope || entry.under === null);
  for (const library of [...libraries, own]) for (const entry of library.entries) if (holds(entry)) add(modules, entry);
  if (libraries.length === 0 && modules.size === 0) return null;
  // A package that was included by name may register into any library's registry.
  for (const library of tables.read()) for (const entry of library.entries) if (holds(entry)) add(modules, entry);
  if (modules.size === 0) for (const library of libraries) for (const module of computedModules(library)) modules.add(module);
  return [...modules];
}

function add(modules: Set<string>, entry: Entry | ScannedEntry): void {
  const module = 'module' in entry ? entry.module : 'at' in entry && typeof entry.at === 'string' ? entry.at : null;
  if (module) modules.add(module);
}
const computedModules = (library: Library): readonly string[] => library.scan?.computed.map(place => place.module) ?? [];

function librariesIn(tables: Tables): RegistryIndex['libraries'] {
  const found = new Map<string, { readonly version: string; readonly root: string }>();
  for (const name of tables.names()) {
    const folder = tables.packages.folder(name);
    if (folder) found.set(name, { version: tables.packages.version(name) ?? '', root: folder.slice(0, folder.lastIndexOf('/')) });
    else found.set(name, { version: tables.snapshot.versions.get(name) ?? '', root: 'snapshot' });
  }
  return found;
}
