/** What one config sees of the modules of its workspace: what it imports, what its own project has besides, and never a neighbour's. */
import type { Host } from '../project/host.ts';
import type { Entry } from './entry.ts';
import { type Reach, reachedFiles } from './reach.ts';
import type { ModuleFiles } from './scan/module-files.ts';
import type { Tables } from './tables.ts';

/** Who asks. */
export interface Viewer {
  readonly file: string;
  /** Its `custom_imports`. */
  readonly imports: readonly string[];
}
/** `own`: a module of the same project that the config does not import. */
export type Sight = 'imported' | 'own' | 'neighbour';

export function sightOf(tables: Tables, viewer: Viewer): (entry: Entry) => Sight {
  const { host } = tables.packages;
  const roots = tables.environment.workspace ?? [];
  let reached: ReadonlySet<string> | null = null;
  return ({ source }) => {
    if (!source || !roots.some(root => source.file.startsWith(`${root}/`))) return 'imported';
    reached ??= reachedBy(tables, viewer);
    if (reached.has(source.file)) return 'imported';
    return isNeighbour(host, viewer.file, source.file) ? 'neighbour' : 'own';
  };
}

/** Files of the workspace that the config's run imports, before its parts are built. */
export function reachedBy(tables: Tables, viewer: Viewer): ReadonlySet<string> {
  const { host } = tables.packages;
  const roots = tables.environment.workspace ?? [];
  const above = foldersAbove(viewer.file, roots);
  const reach: Reach = { host, find: module => moduleIn(host, above, module) ?? ownModule(tables, roots, module) };
  return reachedFiles(reach, [...viewer.imports, ...locationsOf(tables)]);
}

/** Of entries under one name: those that the config runs with; where it imports none of its workspace, its project's own beside the library's. */
export function seen<T extends Entry>(
  entries: readonly T[],
  sight: (entry: Entry) => Sight,
  isOwn: (entry: Entry) => boolean,
): readonly T[] {
  const visible = entries.filter(entry => sight(entry) !== 'neighbour');
  const imported = visible.filter(entry => isOwn(entry) && sight(entry) === 'imported');
  return imported.length > 0 ? imported : visible;
}

/** The nearest folder above a file that is a project by itself; the workspace's where none is. */
export function projectOf(host: Host, file: string, roots: readonly string[]): string | null {
  const folders = foldersAbove(file, roots);
  return folders.find(folder => isProject(host, folder)) ?? folders.at(-1) ?? null;
}

/** A workspace's modules, parted by the project that each is of. */
export function projectsIn(host: Host, root: string, { files, complete }: ModuleFiles): readonly ModuleFiles[] {
  const projects = new Map<string, string>([[root, root]]);
  const projectAt = (folder: string): string => {
    const known = projects.get(folder) ?? (isProject(host, folder) ? folder : projectAt(parent(folder)));
    projects.set(folder, known);
    return known;
  };
  const grouped = new Map<string, ModuleFiles['files'][number][]>();
  for (const module of files) {
    const project = projectAt(parent(module.file));
    const others = grouped.get(project);
    if (others) others.push(module);
    else grouped.set(project, [module]);
  }
  // None at all is a scan too: it says that nothing is registered.
  if (grouped.size === 0) return [{ files, complete }];
  return [...grouped.values()].map(some => ({ files: some, complete }));
}

/** `models.my_net`: how a config's run names a module's file, from the folder of the project that both lie in. Null: it is in no workspace. */
export function importName(host: Host, config: string, file: string, roots: readonly string[]): string | null {
  const [project, root] = [projectOf(host, config, roots), foldersAbove(file, roots).at(-1)];
  const from = project !== null && file.startsWith(`${project}/`) ? project : root;
  if (from === undefined) return null;
  const dotted = file
    .slice(from.length + 1)
    .replace(/(?:\/__init__)?\.py$/, '')
    .replaceAll('/', '.');
  return /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(dotted) ? dotted : null;
}

/** Folders from a file's own up to the workspace's, nearest first: a run may be started in any of them. */
export function foldersAbove(file: string, roots: readonly string[]): readonly string[] {
  const root = roots.find(folder => file.startsWith(`${folder}/`));
  if (root === undefined) return [];
  const folders: string[] = [];
  for (let at = parent(file); at.length >= root.length; at = parent(at)) folders.push(at);
  return folders;
}

export function moduleIn(
  host: Host,
  folders: readonly string[],
  module: string,
): { readonly file: string; readonly package: boolean } | null {
  for (const folder of folders) {
    const path = `${folder}/${module.replaceAll('.', '/')}`;
    if (host.kind(`${path}/__init__.py`) === 'file') return { file: `${path}/__init__.py`, package: true };
    if (host.kind(`${path}.py`) === 'file') return { file: `${path}.py`, package: false };
  }
  return null;
}

/** Libraries bring in their own: only the workspace's modules are followed. */
function ownModule(tables: Tables, roots: readonly string[], module: string): ReturnType<Reach['find']> {
  const found = tables.packages.find(module);
  return found && roots.some(root => found.file.startsWith(`${root}/`)) ? found : null;
}

/** What registries import by themselves when they are first asked. */
const locationsOf = (tables: Tables): readonly string[] =>
  tables
    .read()
    .flatMap(({ registries }) =>
      registries.flatMap(({ locations, variable }) => [variable.slice(0, variable.lastIndexOf('.')), ...locations]),
    );

/**
 * Where the ways to the two part, each leads into a project: a folder with a project's marks, or with configs of its own. An archive that was unpacked further below is
 * another's, wherever it lies.
 */
function isNeighbour(host: Host, config: string, module: string): boolean {
  const [a, b] = [config.split('/'), module.split('/')];
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  if (same >= a.length - 1 || same >= b.length - 1) return false;
  const folders = b.slice(same, -1).map((_, i) => b.slice(0, same + 1 + i).join('/'));
  return folders.some((folder, i) => (i === 0 && isProject(host, folder)) || isUnpacked(host, folder));
}
/** As `python -m build` packs a distribution: what is only worked on has no such file beside its sources. */
const isUnpacked = (host: Host, folder: string): boolean => host.kind(`${folder}/PKG-INFO`) === 'file';
const isProject = (host: Host, folder: string): boolean =>
  host.list(folder).some(({ name }) => /^(?:\.git|setup\.py|setup\.cfg|pyproject\.toml|configs?)$/.test(name));

const parent = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
