/** Finds where a workspace's Python packages lie, by what an environment leaves on the disk. The interpreter is never run. */
import type { Host } from '../project/host.ts';
import { editableRoots } from './editable.ts';
import type { Environment } from './environment.types.ts';
import { versionsFolder, wantedVersions } from './fetched.ts';
import { type InterpreterSettings, interpreterOf, listed, shown, slashes, trimmed, type Variables } from './interpreter.ts';
import { packagesOf } from './packages.ts';

export type { Variables } from './interpreter.ts';

export interface EnvironmentSettings extends InterpreterSettings {
  /** In place of an environment that is found. */
  readonly sitePackages: readonly string[];
  /** False: no environment at all, and no fetched sources. */
  readonly environment: boolean;
}

/** What the line for the user names. */
const TOLD = ['mmyolo', 'mmdet', 'mmpretrain', 'mmcls', 'mmselfsup', 'mmengine', 'mmcv', 'timm', 'torch'];

export function environmentOf(host: Host, settings: EnvironmentSettings, env: Variables): Environment {
  const workspace = settings.workspace.map(trimmed);
  const own = [...workspace, ...workspace.flatMap(root => sourceRoot(host, root) ?? [])];
  if (!settings.environment) return { roots: own, workspace, description: 'no Python environment: bundled facts' };
  const interpreter = settings.sitePackages.length > 0 ? null : interpreterOf(host, settings, env);
  const folders = interpreter?.sitePackages ?? settings.sitePackages.map(trimmed);
  const mappings = new Map<string, string>();
  let isOpen = listed(env.PYTHONPATH, env).some(path => host.kind(path) === 'file');
  const roots = new Set([...own, ...listed(env.PYTHONPATH, env), ...workspace.flatMap(root => pathInFile(host, root, env))]);
  for (const folder of folders) {
    roots.add(folder);
    const editable = editableRoots(host, folder);
    isOpen ||= editable.isOpen;
    for (const root of editable.roots) roots.add(root);
    for (const [name, path] of editable.mappings) mappings.set(name, path);
  }
  const cache = libraryCache(env);
  if (cache && host.kind(cache) === 'folder') {
    const fetched = packagesOf(host, { roots: [cache], description: '' });
    for (const root of wantedVersions(host, cache, workspace, fetched.version)) roots.add(root);
    roots.add(cache);
  }
  const minor = Number(interpreter?.version?.split('.')[1]);
  const found: Environment = {
    roots: [...roots],
    mappings,
    workspace,
    isWhole: folders.length > 0,
    ...(isOpen && { isOpen }),
    ...(cache && { caches: [cache, versionsFolder(cache)] }),
    ...(Number.isInteger(minor) && { pythonMinor: minor }),
    description: '',
  };
  const name = interpreter?.name ?? (folders[0] ? shown(folders[0], workspace) : null);
  return { ...found, description: describe(host, found, name, interpreter?.version ?? null) };
}

/** `src` of a project that keeps its packages there: it is installed before it is run, from wherever. */
function sourceRoot(host: Host, root: string): string | null {
  const folder = `${root}/src`;
  if (host.kind(folder) !== 'folder' || host.kind(`${folder}/__init__.py`) !== null) return null;
  return host.list(folder).some(({ name, kind }) => kind === 'folder' && host.kind(`${folder}/${name}/__init__.py`) === 'file')
    ? folder
    : null;
}

/** `PYTHONPATH` of the `.env` file that VS Code's Python extension starts programs with. */
function pathInFile(host: Host, root: string, env: Variables): readonly string[] {
  const written = /^\s*(?:export\s+)?PYTHONPATH\s*=\s*(.*)$/m.exec(host.read(`${root}/.env`) ?? '')?.[1]?.trim();
  const plain = written?.replace(/^(['"])(.*)\1$/, '$2').replace(/\$\{?(?:workspaceFolder|PWD)\}?/g, root);
  return listed(plain, env)
    .filter(path => !path.includes('$'))
    .map(path => (/^(?:\/|[A-Za-z]:)/.test(path) ? path : trimmed(`${root}/${path.replace(/^\.\/?/, '')}`)));
}

/** Necktie's own cache: `$XDG_CACHE_HOME/necktie`, else below the home folder. Null where there is none. */
export function cacheFolder(env: Variables): string | null {
  const home = env.HOME ?? env.USERPROFILE;
  const base = env.XDG_CACHE_HOME || (home ? `${home}/.cache` : null);
  return base ? `${slashes(base)}/necktie` : null;
}

/** Where `necktie fetch` and the set-up lay libraries' sources out. Null where there is no home. */
export function libraryCache(env: Variables): string | null {
  const cache = cacheFolder(env);
  return cache && `${cache}/libraries`;
}

/** The nearest folder above a file that is a project of its own; null at the top. Its modules are importable where its scripts are run. */
export function repositoryOf(host: Host, file: string): string | null {
  for (let folder = parent(file); folder !== ''; folder = parent(folder)) {
    const names = new Set(host.list(folder).map(entry => entry.name));
    if (names.has('.git') || names.has('setup.py') || names.has('pyproject.toml')) return folder;
  }
  return null;
}

const parent = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

function describe(host: Host, environment: Environment, name: string | null, version: string | null): string {
  const packages = packagesOf(host, environment);
  const libraries = TOLD.flatMap(library => (packages.folder(library) ? [`${library} ${packages.version(library) ?? ''}`.trim()] : []));
  const place = name ? `${name}${version ? ` (Python ${version})` : ''}` : 'no Python environment';
  return `${place}: ${libraries.length > 0 ? libraries.join(', ') : 'bundled facts'}`;
}
