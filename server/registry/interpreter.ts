/** Which Python a workspace uses and where that keeps its packages, by what lies on the disk. It is never run. */
import type { Host } from '../project/host.ts';
import { pyenvPrefix } from './pyenv.ts';

export interface InterpreterSettings {
  /** The workspace's folders, absolute. */
  readonly workspace: readonly string[];
  /** A Python executable or an environment's folder. Null: look for one. */
  readonly python: string | null;
}
export type Variables = Readonly<Record<string, string | undefined>>;

export interface Interpreter {
  /** As the user knows it: `.venv`, `/usr/bin/python3`. */
  readonly name: string;
  /** `3.11`; null where no folder tells. */
  readonly version: string | null;
  readonly sitePackages: readonly string[];
}

/** What people, VS Code, poetry and uv call the environment in a project's folder. */
const IN_FOLDER = ['.venv', 'venv', 'env', '.conda'];

/** Null where there is none, and where what the settings name is none: it is not passed over for something else. */
export function interpreterOf(host: Host, settings: InterpreterSettings, env: Variables): Interpreter | null {
  const workspace = settings.workspace.map(trimmed);
  if (settings.python !== null) {
    const path = chosen(host, settings.python, workspace, env);
    return path === null ? null : atPath(host, path, env, workspace);
  }
  const folders = workspace.flatMap(root => IN_FOLDER.map(name => `${root}/${name}`));
  for (const path of [env.VIRTUAL_ENV, env.CONDA_PREFIX, ...folders]) {
    const found = path ? atPath(host, slashes(path), env, workspace) : null;
    if (found) return found;
  }
  for (const path of [...onPath(host, 'python3', env), ...onPath(host, 'python', env)]) {
    const prefix = path.includes('/shims/') ? pyenvPrefix(host, path, workspace, env) : null;
    const found = atPath(host, prefix ?? path, env, workspace);
    if (found) return found;
  }
  return null;
}

/** Executables that may run the user's pip, likeliest first: the selected environment's own, then those on the path. */
export function pythonsOf(host: Host, settings: InterpreterSettings, env: Variables): readonly string[] {
  const workspace = settings.workspace.map(trimmed);
  const inside = (path: string): string | undefined =>
    host.kind(path) === 'file'
      ? path
      : ['bin/python', 'bin/python3', 'Scripts/python.exe', 'python.exe']
          .map(name => `${path}/${name}`)
          .find(file => host.kind(file) === 'file');
  if (settings.python !== null) return [inside(chosen(host, settings.python, workspace, env) ?? settings.python) ?? settings.python];
  const folders = [env.VIRTUAL_ENV, env.CONDA_PREFIX, ...workspace.flatMap(root => IN_FOLDER.map(name => `${root}/${name}`))];
  const found = folders.flatMap(path => (path ? (inside(slashes(path)) ?? []) : []));
  return [...found, 'python3', 'python'];
}

/** The setting may be a name on the path, begin with `~` or the workspace's folder, or be relative to it. */
function chosen(host: Host, written: string, workspace: readonly string[], env: Variables): string | null {
  const home = env.HOME ?? env.USERPROFILE ?? '~';
  const path = slashes(written)
    .replace(/^~(?=\/|$)/, slashes(home))
    .replace(/\$\{workspaceFolder(?::[^}]*)?\}/g, workspace[0] ?? '')
    .replace(/\$\{env:(\w+)\}/g, (_, name: string) => slashes(env[name] ?? ''));
  const behind = (found: string): string | null => (found.includes('/shims/') ? pyenvPrefix(host, found, workspace, env) : found);
  if (/^(?:\/|[A-Za-z]:)/.test(path)) return behind(path);
  const inFolder = workspace.map(root => `${root}/${path}`).find(candidate => host.kind(candidate) !== null);
  if (inFolder !== undefined || path.includes('/')) return inFolder ?? null;
  return (
    onPath(host, path, env)
      .map(behind)
      .find(found => found !== null) ?? null
  );
}

/** An environment by its folder or by the executable in it. */
function atPath(host: Host, path: string, env: Variables, workspace: readonly string[]): Interpreter | null {
  const isFile = host.kind(path) === 'file';
  const named = isFile ? versionNamed(path) : undefined;
  const virtual = prefixesOf(path, isFile).find(prefix => host.kind(`${prefix}/pyvenv.cfg`) === 'file');
  const name = (prefix: string): string => shown(isFile && virtual === undefined ? path : prefix, workspace);
  if (virtual !== undefined) {
    const config = host.read(`${virtual}/pyvenv.cfg`) ?? '';
    const version = versionIn(config) ?? named ?? null;
    const own = libraryFolders(host, virtual, version);
    const home = /^include-system-site-packages\s*=\s*true/im.test(config) ? /^home\s*=\s*(.+)$/m.exec(config)?.[1]?.trim() : undefined;
    // What it is laid over: home is where that one's executable lies.
    const base = home ? prefixesOf(`${slashes(home)}/python`, true).flatMap(prefix => libraryFolders(host, prefix, version)) : [];
    const found = [...new Set([...own, ...base])];
    return found.length > 0 ? { name: name(virtual), version: version ?? versionAt(found[0]!), sitePackages: found } : null;
  }
  // A link leads to where the installation is; but what is there by the path itself comes first.
  const real = isFile ? slashes(host.real?.(path) ?? path) : path;
  const wanted = named ?? versionNamed(real) ?? null;
  const prefixes = [...new Set([...prefixesOf(path, isFile), ...prefixesOf(real, isFile)])];
  const installed = prefixes.filter(prefix => hasLibrary(host, prefix, wanted));
  for (const prefix of [...installed, ...prefixes]) {
    const found = libraryFolders(host, prefix, wanted);
    if (found.length === 0) continue;
    const version = wanted ?? versionAt(found[0]!);
    return { name: name(prefix), version, sitePackages: [...userFolders(host, version, env), ...found] };
  }
  return null;
}

/** Folders that an installation may begin at: above `bin` or `Scripts`, or, as on Windows, the executable's own. */
const prefixesOf = (path: string, isFile: boolean): readonly string[] => {
  const folder = trimmed(isFile ? parent(path) : path);
  return isFile ? [parent(folder), folder] : [folder];
};
const versionNamed = (path: string): string | undefined => /\/python(3\.\d+)(?:\.exe)?$/.exec(path)?.[1];
const versionAt = (folder: string): string | null => /\/python(3\.\d+)\//.exec(folder)?.[1] ?? null;
const versionIn = (config: string): string | undefined => /^version(?:_info)?\s*=\s*(\d+\.\d+)/m.exec(config)?.[1];

/** Python's own library is there: by that it finds its prefix itself. */
const hasLibrary = (host: Host, prefix: string, version: string | null): boolean =>
  host.kind(`${prefix}/Lib/os.py`) === 'file' ||
  versionsAt(host, `${prefix}/lib`, version).some(name => host.kind(`${prefix}/lib/${name}/os.py`) === 'file');

/** `python3.11`, the newest first. */
const versionsAt = (host: Host, folder: string, version: string | null): readonly string[] =>
  host
    .list(folder)
    .map(({ name }) => name)
    .filter(name => /^python3\.\d+$/.test(name) && (version === null || name === `python${version}`))
    .sort((a, b) => Number(b.split('.')[1]) - Number(a.split('.')[1]));

function libraryFolders(host: Host, prefix: string, version: string | null): string[] {
  const candidates = [`${prefix}/Lib/site-packages`];
  // Debian keeps its own packages apart, and what pip adds under /usr/local.
  for (const base of prefix === '/usr' ? ['/usr/local', '/usr'] : [prefix]) {
    const versions = versionsAt(host, `${base}/lib`, version);
    for (const name of versions)
      candidates.push(`${base}/lib/${name}/site-packages`, `${base}/lib/${name}/dist-packages`, `${base}/lib64/${name}/site-packages`);
    candidates.push(`${base}/lib/python3/dist-packages`);
  }
  const folders = candidates.filter(path => host.kind(path) === 'folder');
  // lib64 is often a link to lib.
  const real = folders.map(path => host.real?.(path) ?? path);
  return folders.filter((_, i) => real.indexOf(real[i]!) === i);
}

function userFolders(host: Host, version: string | null, env: Variables): string[] {
  if (version === null || env.PYTHONNOUSERSITE) return [];
  const home = env.HOME ?? env.USERPROFILE;
  const base = env.PYTHONUSERBASE ?? (home ? `${home}/.local` : undefined);
  const candidates = [
    ...(base ? [`${slashes(base)}/lib/python${version}/site-packages`] : []),
    ...(env.APPDATA ? [`${slashes(env.APPDATA)}/Python/Python${version.replace('.', '')}/site-packages`] : []),
    ...(home ? [`${slashes(home)}/Library/Python/${version}/lib/python/site-packages`] : []),
  ];
  return candidates.filter(path => host.kind(path) === 'folder');
}

function onPath(host: Host, name: string, env: Variables): readonly string[] {
  return listed(env.PATH ?? env.Path, env)
    .flatMap(folder => [`${folder}/${name}`, `${folder}/${name}.exe`])
    .filter(path => host.kind(path) === 'file');
}

/** Folders of a variable such as PATH. */
export const listed = (text: string | undefined, env: Variables): string[] =>
  (text ?? '')
    .split(env.OS === 'Windows_NT' ? ';' : ':')
    .filter(Boolean)
    .map(trimmed);
export const slashes = (path: string): string => path.replaceAll('\\', '/');
export const trimmed = (path: string): string => slashes(path).replace(/(?<=.)\/+$/, '');
const parent = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Relative to the workspace where it lies in it. */
export const shown = (path: string, workspace: readonly string[]): string => {
  const root = workspace.find(folder => path.startsWith(`${folder}/`));
  return root ? path.slice(root.length + 1) : path;
};
