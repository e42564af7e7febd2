/** Dotted names to files, along an environment's roots, as Python's import would; and which version a package is. */
import type { Host } from '../project/host.ts';
import type { Environment } from './environment.types.ts';

export interface ModuleFile {
  readonly file: string;
  /** An `__init__.py`: relative imports in it start one level deeper. */
  readonly package: boolean;
}

export interface Packages {
  readonly host: Host;
  /** Null where no root has such a module. Namespace packages are passed through but are no module themselves. */
  find(dotted: string): ModuleFile | null;
  /** A top-level package's folder. */
  folder(name: string): string | null;
  /** A folder that has no `__init__.py`: part of a namespace package. */
  isFolder(dotted: string): boolean;
  /** Spares looking for modules whose files were listed: those of the package that `folder` answers. */
  learn(files: readonly { readonly module: string; readonly file: string }[]): void;
  /** From its `version.py`, else its dist-info; null where neither tells. */
  version(name: string): string | null;
}

export function packagesOf(host: Host, environment: Environment): Packages {
  const found = new Map<string, ModuleFile | null>();
  const folders = new Map<string, string | null>();
  const versions = new Map<string, string | null>();
  const plainFolders = new Map<string, boolean>();

  const remember = <T>(known: Map<string, T>, key: string, find: () => T): T => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = find();
    known.set(key, value);
    return value;
  };
  const folder = (name: string) =>
    remember(folders, name, () => {
      const mapped = environment.mappings?.get(name);
      const candidates = [...environment.roots.map(root => `${root}/${name}`), ...(mapped ? [mapped] : [])];
      return (
        candidates.find(path => host.kind(`${path}/__init__.py`) === 'file') ??
        // A folder without __init__.py is a namespace package: it comes after every real one.
        candidates.find(
          path => host.kind(path) === 'folder' && host.list(path).some(entry => entry.name.endsWith('.py') || entry.kind === 'folder'),
        ) ??
        null
      );
    });
  const find = (dotted: string) =>
    remember(found, dotted, () => {
      const [top, ...rest] = dotted.split('.');
      const base = folder(top!);
      const here = base && moduleAt(host, [base, ...rest].join('/'));
      if (here) return here;
      const part = [...(environment.mappings ?? [])].find(([name]) => name.includes('.') && `${dotted}.`.startsWith(`${name}.`));
      if (part) return moduleAt(host, `${part[1]}${dotted.slice(part[0].length).replaceAll('.', '/')}`);
      if (base) return null;
      const single =
        rest.length === 0 ? environment.roots.map(root => `${root}/${top}.py`).find(path => host.kind(path) === 'file') : undefined;
      return single ? { file: single, package: false } : null;
    });
  const isFolder = (dotted: string) =>
    remember(plainFolders, dotted, () => {
      const [top = '', ...rest] = dotted.split('.');
      const base = folder(top);
      const path = base && [base, ...rest].join('/');
      return path !== null && host.kind(path) === 'folder' && host.kind(`${path}/__init__.py`) === null;
    });
  const version = (name: string) => remember(versions, name, () => versionOf(host, environment, name, folder(name)));
  const learn: Packages['learn'] = files => {
    for (const { module, file } of files) {
      const isPackage = file.endsWith('/__init__.py');
      // Of a folder and a file of one name it is the folder that is imported.
      if (isPackage || !found.has(module)) found.set(module, { file, package: isPackage });
    }
  };
  return { host, find, folder, isFolder, learn, version };
}

function moduleAt(host: Host, path: string): ModuleFile | null {
  if (host.kind(`${path}/__init__.py`) === 'file') return { file: `${path}/__init__.py`, package: true };
  if (host.kind(`${path}.py`) === 'file') return { file: `${path}.py`, package: false };
  return null;
}

function versionOf(host: Host, environment: Environment, name: string, folder: string | null): string | null {
  // What the source says is today's, where an editable install was made of an older one.
  for (const file of ['version.py', '_version.py', '__init__.py']) {
    const written = folder && VERSION.exec(host.read(`${folder}/${file}`) ?? '')?.[1];
    if (written) return written;
  }
  const plain = (text: string) => text.toLowerCase().replace(/[-_.]+/g, '-');
  // mmcv is also distributed as mmcv-lite and, long ago, as mmcv-full.
  const names = [name, `${name}-lite`, `${name}-full`].map(plain);
  for (const root of environment.roots) {
    for (const entry of host.list(root)) {
      const info = /^(.+?)(?:-([^-]+)(?:-py[\d.]+)?)?\.(?:dist|egg)-info$/.exec(entry.name);
      if (!info || !names.includes(plain(info[1]!))) continue;
      // Beside the sources the folder has no version in its name.
      const version = info[2] ?? /^Version:\s*(\S+)/m.exec(host.read(`${root}/${entry.name}/PKG-INFO`) ?? '')?.[1];
      if (version) return version;
    }
  }
  return null;
}

const VERSION = /^(?:__version__|short_version)\s*(?::[^=\n]*)?=\s*['"]([^'"]+)['"]/m;
