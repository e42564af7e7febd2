/** Finds where a workspace's Python packages lie, by what an environment leaves on the disk. The interpreter is never run. */
import type { Host } from '../project/host.ts';
import { editableRoots } from './editable.ts';
import type { Environment } from './environment.types.ts';
import { packagesOf } from './packages.ts';

export interface EnvironmentSettings {
  /** The workspace's folders, absolute. */
  readonly workspace: readonly string[];
  /** A Python executable or a virtual environment's folder. Null: look for one. */
  readonly python: string | null;
  /** In place of an environment that is found. */
  readonly sitePackages: readonly string[];
  /** False: no environment at all, and no fetched sources. */
  readonly environment: boolean;
}
export type Variables = Readonly<Record<string, string | undefined>>;

interface Interpreter {
  /** As the user knows it: `.venv`, `/usr/bin/python3`. */
  readonly name: string;
  /** `3.11`; null where no folder tells. */
  readonly version: string | null;
  readonly sitePackages: readonly string[];
}

/** What the line for the user names. */
const TOLD = ['mmyolo', 'mmdet', 'mmpretrain', 'mmcls', 'mmselfsup', 'mmengine', 'mmcv', 'timm', 'torch'];

export function environmentOf(host: Host, settings: EnvironmentSettings, env: Variables): Environment {
  const workspace = settings.workspace.map(trimmed);
  if (!settings.environment) return { roots: workspace, workspace, description: 'no Python environment: bundled facts' };
  const interpreter = settings.sitePackages.length > 0 ? null : interpreterOf(host, settings, env);
  const folders = interpreter?.sitePackages ?? settings.sitePackages.map(trimmed);
  const mappings = new Map<string, string>();
  const roots = new Set([...workspace, ...listed(env.PYTHONPATH, env)]);
  for (const folder of folders) {
    roots.add(folder);
    const editable = editableRoots(host, folder);
    for (const root of editable.roots) roots.add(root);
    for (const [name, path] of editable.mappings) mappings.set(name, path);
  }
  const cache = libraryCache(env);
  if (cache && host.kind(cache) === 'folder') roots.add(cache);
  const minor = Number(interpreter?.version?.split('.')[1]);
  const found: Environment = {
    roots: [...roots],
    mappings,
    workspace,
    ...(Number.isInteger(minor) && { pythonMinor: minor }),
    description: '',
  };
  return {
    ...found,
    description: describe(
      host,
      found,
      interpreter?.name ?? (folders[0] ? shown(folders[0], workspace) : null),
      interpreter?.version ?? null,
    ),
  };
}

/** Where `necktie fetch` and the set-up lay libraries' sources out: `$XDG_CACHE_HOME/necktie/libraries`. Null where there is no home. */
export function libraryCache(env: Variables): string | null {
  const home = env.HOME ?? env.USERPROFILE;
  const base = env.XDG_CACHE_HOME || (home ? `${home}/.cache` : null);
  return base ? `${slashes(base)}/necktie/libraries` : null;
}

/** The nearest folder above a file that is a project of its own; null at the top. Its modules are importable where its scripts are run. */
export function repositoryOf(host: Host, file: string): string | null {
  for (let folder = parent(file); folder !== ''; folder = parent(folder)) {
    const names = new Set(host.list(folder).map(entry => entry.name));
    if (names.has('.git') || names.has('setup.py') || names.has('pyproject.toml')) return folder;
  }
  return null;
}

function interpreterOf(host: Host, settings: EnvironmentSettings, env: Variables): Interpreter | null {
  const places: readonly (readonly [path: string | undefined | null, name?: string])[] = [
    [settings.python && !settings.python.includes('/') ? onPath(host, settings.python, env) : settings.python],
    [env.VIRTUAL_ENV],
    [env.CONDA_PREFIX],
    ...settings.workspace.flatMap(root => ['.venv', 'venv', 'env'].map(name => [`${trimmed(root)}/${name}`, name] as const)),
    [onPath(host, 'python3', env) ?? onPath(host, 'python', env)],
  ];
  for (const [path, name] of places) {
    if (!path) continue;
    const found = atPath(host, slashes(path), env);
    if (found) return { ...found, name: name ?? shown(found.name, settings.workspace) };
    // What the user chose is not passed over for something else.
    if (settings.python) return null;
  }
  return null;
}

/** An environment by its folder or by the executable in it. */
function atPath(host: Host, path: string, env: Variables): Interpreter | null {
  const isFile = host.kind(path) === 'file';
  const named = isFile ? /python(3\.\d+)$/.exec(path)?.[1] : undefined;
  const prefix = trimmed(isFile ? parent(parent(path)) : path);
  const config = host.read(`${prefix}/pyvenv.cfg`);
  const own = libraryFolders(host, prefix, named ?? versionIn(config));
  const system =
    config && /^include-system-site-packages\s*=\s*true/im.test(config) ? /^home\s*=\s*(.+)$/m.exec(config)?.[1]?.trim() : undefined;
  const base = system ? libraryFolders(host, parent(slashes(system)), versionIn(config)) : [];
  const found = [...own, ...base];
  if (found.length === 0) return null;
  const version = versionIn(config) ?? named ?? /python(3\.\d+)\//.exec(found[0]!)?.[1] ?? null;
  const user = config ? [] : userFolders(host, version, env);
  return { name: isFile ? path : prefix, version, sitePackages: [...user, ...found] };
}

const versionIn = (config: string | null): string | undefined => /^version(?:_info)?\s*=\s*(\d+\.\d+)/m.exec(config ?? '')?.[1];

function libraryFolders(host: Host, prefix: string, version: string | undefined): string[] {
  const candidates = [`${prefix}/Lib/site-packages`];
  // Debian keeps its own packages apart, and what pip adds under /usr/local.
  const prefixes = prefix === '/usr' ? ['/usr/local', '/usr'] : [prefix];
  for (const base of prefixes) {
    const versions = host
      .list(`${base}/lib`)
      .filter(entry => /^python3\.\d+$/.test(entry.name) && (version === undefined || entry.name === `python${version}`))
      .sort((a, b) => Number(b.name.split('.')[1]) - Number(a.name.split('.')[1]));
    for (const { name } of versions)
      candidates.push(`${base}/lib/${name}/site-packages`, `${base}/lib/${name}/dist-packages`, `${base}/lib64/${name}/site-packages`);
    candidates.push(`${base}/lib/python3/dist-packages`);
  }
  return candidates.filter(path => host.kind(path) === 'folder');
}

function userFolders(host: Host, version: string | null, env: Variables): string[] {
  const base = env.PYTHONUSERBASE ?? (env.HOME ? `${env.HOME}/.local` : null);
  const path = base && version ? `${slashes(base)}/lib/python${version}/site-packages` : null;
  return path && host.kind(path) === 'folder' ? [path] : [];
}

function onPath(host: Host, name: string, env: Variables): string | null {
  return (
    listed(env.PATH ?? env.Path, env)
      .flatMap(folder => [`${folder}/${name}`, `${folder}/${name}.exe`])
      .find(path => host.kind(path) === 'file') ?? null
  );
}

const listed = (text: string | undefined, env: Variables): string[] =>
  (text ?? '')
    .split(env.OS === 'Windows_NT' ? ';' : ':')
    .filter(Boolean)
    .map(trimmed);
const slashes = (path: string): string => path.replaceAll('\\', '/');
const trimmed = (path: string): string => slashes(path).replace(/(?<=.)\/+$/, '');
const parent = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const shown = (path: string, workspace: readonly string[]): string => {
  const root = workspace.find(folder => path.startsWith(`${trimmed(folder)}/`));
  return root ? path.slice(trimmed(root).length + 1) : path;
};

function describe(host: Host, environment: Environment, name: string | null, version: string | null): string {
  const packages = packagesOf(host, environment);
  const libraries = TOLD.flatMap(library => (packages.folder(library) ? [`${library} ${packages.version(library) ?? ''}`.trim()] : []));
  const place = name ? `${name}${version ? ` (Python ${version})` : ''}` : 'no Python environment';
  return `${place}: ${libraries.length > 0 ? libraries.join(', ') : 'bundled facts'}`;
}
