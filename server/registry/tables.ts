/** The registries of one environment, filled library by library as they are asked for: from sources where there are any, else from the bundled facts. */

import type { Host } from '../project/host.ts';
import type { TextStore } from '../project/text-store.ts';
import type { Entry } from './entry.ts';
import type { Environment } from './environment.types.ts';
import { type Packages, packagesOf } from './packages.ts';
import { moduleFiles } from './scan/module-files.ts';
import { type Modules, modulesOf } from './scan/modules.ts';
import { outlinesOf } from './scan/outlines.ts';
import { type RegistryObject, type Scan, type ScannedEntry, scan } from './scan/registrations.ts';
import { projectsIn } from './sight.ts';
import type { Snapshot } from './snapshot.ts';

export interface Library {
  readonly name: string;
  readonly from: 'source' | 'snapshot' | 'nowhere';
  readonly scan: Scan | null;
  readonly entries: readonly (Entry | ScannedEntry)[];
  readonly registries: readonly (Pick<RegistryObject, 'scope' | 'root' | 'variable' | 'locations'> & { readonly parent?: string | null })[];
}

export interface Tables {
  readonly packages: Packages;
  readonly modules: Modules;
  readonly snapshot: Snapshot;
  readonly environment: Environment;
  /** A library's part; read on first use. mmengine's roots are also filled by mmcv: `libraries` names both. */
  library(name: string): Library;
  /** What the workspace's own modules register, and modules of other packages that were included by name. */
  own(): Library;
  /** Every library that is at hand or known by facts. */
  names(): readonly string[];
  /** Makes sure that the package of each dotted module is read too; answers with those that cannot be found. */
  include(modules: readonly string[]): readonly string[];
  /** What a library has under a name, in whatever registry. */
  named(library: Library, name: string): Library['entries'];
  /** Entries that a scope's registry holds under a name, in any of its roots; those of sources first. */
  held(scope: string, name: string): readonly Entry[];
  /** Whether the tree below a root has a registry of this scope. */
  hasRegistry(scope: string, root: string | null): boolean;
  /** Scopes of the registries above a scope's own, nearest first; the root's, mmengine, last. */
  ancestors(scope: string, root: string | null): readonly string[];
  /** Everything read so far. */
  read(): readonly Library[];
}

/** Whose entries stand in a scope's registries, besides its own library's. */
const FILLED_BY: Readonly<Record<string, readonly string[]>> = { mmengine: ['mmengine', 'mmcv'], mmcv: ['mmengine', 'mmcv'] };
export const librariesOf = (scope: string): readonly string[] => FILLED_BY[scope] ?? [scope];

export function tablesOf(host: Host, environment: Environment, snapshot: Snapshot, store: TextStore | null): Tables {
  const packages = packagesOf(host, environment);
  const modules = modulesOf(packages, outlinesOf(host, environment, store));
  const libraries = new Map<string, Library>();
  const included = new Set<string>();
  const workspace = environment.workspace ?? [];
  const tops = new Set(environment.roots);
  let own: Library | null = null;
  const named = namesOf<Entry | ScannedEntry>();

  const library = (name: string): Library => {
    let known = libraries.get(name);
    if (!known) {
      known = readLibrary(modules, snapshot, name);
      libraries.set(name, known);
    }
    return known;
  };

  const readOwn = (): Library => {
    if (own) return own;
    // Projects side by side may register the same names: of each, what it has.
    const scans = workspace.flatMap(root =>
      projectsIn(host, root, moduleFiles(host, root, '', tops)).map(files => scan(modules, snapshot, files, true)),
    );
    own = { name: '', from: 'source', ...joined(scans) };
    return own;
  };

  let roots: { readonly parts: number; readonly known: ReadonlySet<string> } | null = null;
  const above = new Map<string, { readonly parts: number; readonly scopes: readonly string[] }>();
  const read = (): readonly Library[] => [...libraries.values(), ...(own ? [own] : [])];

  /** What one library puts into another's registry is there as soon as either is: facts tell it without reading both. */
  let toOthers: readonly Entry[] | null = null;
  const held = (scope: string, name: string): readonly Entry[] => {
    toOthers ??= snapshot.entries.filter(entry => entry.under !== entry.scope);
    const ofLibraries = [...libraries.values()].flatMap(part => named(part.entries, name));
    const ofWorkspace = own ? named(own.entries, name) : [];
    const others = named(toOthers, name).filter(entry => !libraries.has(entry.scope));
    const fileInWorkspace = ({ source }: Entry): string =>
      source && workspace.some(root => source.file.startsWith(`${root}/`)) ? ` ${source.file}` : '';
    // Into which registry one goes that has no scope is not known: any may have it.
    return [scope, null].flatMap(under => {
      const seen = new Set<string>();
      /** Of a workspace's several folders, each has modules of its own under one dotted name. */
      const isFresh = (entry: Entry, file: string): boolean => {
        const key = `${entry.registry} ${entry.target}`;
        if (entry.under !== under || seen.has(key) || seen.has(key + file)) return false;
        seen.add(key + file);
        return true;
      };
      return [
        ...ofLibraries.filter(entry => isFresh(entry, fileInWorkspace(entry))),
        ...ofWorkspace.filter(entry => isFresh(entry, fileInWorkspace(entry))),
        ...others.filter(
          entry =>
            isFresh(entry, '') &&
            ![...ofLibraries, ...ofWorkspace].some(
              one => one.under === under && one.registry === entry.registry && one.target === entry.target,
            ),
        ),
      ];
    });
  };

  return {
    packages,
    modules,
    snapshot,
    environment,
    library,
    own: readOwn,
    names: () => libraryNames(packages, environment, snapshot),
    include: names =>
      names.filter(name => {
        const top = name.split('.')[0]!;
        if (!packages.find(name) && !packages.isFolder(name)) return !(snapshot.versions.has(top) && !packages.folder(top));
        if (!included.has(top)) {
          included.add(top);
          library(top);
        }
        return false;
      }),
    named: (part, name) => named(part.entries, name),
    held,
    hasRegistry: (scope, root) => {
      if (roots?.parts !== read().length) roots = { parts: read().length, known: rootsOf(read()) };
      return roots.known.has(root === null ? scope : `${scope} ${root}`);
    },
    ancestors: (scope, root) => {
      const key = `${scope} ${root}`;
      const before = above.get(key);
      if (before?.parts === read().length) return before.scopes;
      const scopes = ancestorsOf(read, library, scope, root);
      above.set(key, { parts: read().length, scopes });
      return scopes;
    },
    read,
  };
}

/** Entries by their names: those of a list are gone through once. */
function namesOf<T extends Entry>(): (entries: readonly T[], name: string) => readonly T[] {
  const known = new WeakMap<readonly T[], ReadonlyMap<string, readonly T[]>>();
  return (entries, name) => {
    let byName = known.get(entries);
    if (!byName) {
      const made = new Map<string, T[]>();
      for (const entry of entries) {
        const before = made.get(entry.name);
        if (before) before.push(entry);
        else made.set(entry.name, [entry]);
      }
      known.set(entries, (byName = made));
    }
    return byName.get(name) ?? [];
  };
}

/** `scope` and `scope root` of every registry. */
const rootsOf = (libraries: readonly Library[]): ReadonlySet<string> =>
  new Set(libraries.flatMap(({ registries }) => registries.flatMap(({ scope, root }) => [scope, `${scope} ${root}`])));

function ancestorsOf(
  read: () => readonly Library[],
  library: (name: string) => Library,
  scope: string,
  root: string | null,
): readonly string[] {
  const above: string[] = [];
  let known: { readonly parts: number; readonly scopes: ReadonlyMap<string, string> } | null = null;
  /** Of the registry that a variable holds. A library that is read meanwhile may have it. */
  const scopeOf = (variable: string): string | undefined => {
    const parts = read();
    if (known?.parts !== parts.length) {
      const all = parts.flatMap(part => part.registries).reverse();
      known = { parts: parts.length, scopes: new Map(all.map(registry => [registry.variable, registry.scope])) };
    }
    return known.scopes.get(variable);
  };
  const climb = (from: string): void => {
    for (const registry of read().flatMap(part => part.registries)) {
      if (registry.scope !== from || (root !== null && registry.root !== root) || !registry.parent) continue;
      library(registry.parent.split('.')[0]!);
      const parent = scopeOf(registry.parent);
      if (parent === undefined || parent === scope || parent === 'mmengine' || above.includes(parent)) continue;
      above.push(parent);
      climb(parent);
    }
  };
  climb(scope);
  return scope === 'mmengine' ? above : [...above, 'mmengine'];
}

function readLibrary(modules: Modules, snapshot: Snapshot, name: string): Library {
  const facts = snapshot.entries.filter(entry => entry.scope === name);
  const folder = modules.packages.folder(name);
  if (!folder) {
    if (!snapshot.versions.has(name)) return { name, from: 'nowhere', scan: null, entries: [], registries: [] };
    return {
      name,
      from: 'snapshot',
      scan: null,
      entries: facts,
      registries: snapshot.registries.filter(registry => registry.scope === name),
    };
  }
  const files = moduleFiles(modules.packages.host, folder, name);
  modules.packages.learn(files.files);
  const found = scan(modules, snapshot, files);
  const known = new Set(found.entries.map(entry => `${entry.under} ${entry.registry} ${entry.name}`));
  // What a loop or a function registers is in no text; the facts have it, for this version or a near one.
  const unseen = facts.filter(entry => entry.at !== null && !known.has(`${entry.under} ${entry.registry} ${entry.name}`));
  return { name, from: 'source', scan: found, entries: [...found.entries, ...unseen], registries: found.registries };
}

function joined(scans: readonly Scan[]): Pick<Library, 'scan' | 'entries' | 'registries'> {
  const all: Scan = {
    entries: scans.flatMap(part => part.entries),
    registries: scans.flatMap(part => part.registries),
    computed: scans.flatMap(part => part.computed),
    complete: scans.every(part => part.complete),
  };
  return { scan: all, entries: all.entries, registries: all.registries };
}

function libraryNames(packages: Packages, environment: Environment, snapshot: Snapshot): readonly string[] {
  const names = new Set([...snapshot.versions.keys()].filter(name => name !== 'torch'));
  const workspace = new Set(environment.workspace ?? []);
  for (const root of environment.roots) {
    if (workspace.has(root)) continue;
    // OpenMMLab's libraries are all named so; others are read when a config names them.
    for (const entry of packages.host.list(root)) {
      if (entry.kind === 'folder' && /^mm\w+$/.test(entry.name) && packages.host.kind(`${root}/${entry.name}/registry.py`))
        names.add(entry.name);
    }
  }
  return [...names];
}
