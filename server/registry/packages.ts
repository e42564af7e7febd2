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
  /** From its `version.py`, else its dist-info; null where neither tells. */
  version(name: string): string | null;
}

export function packagesOf(host: Host, environment: Environment): Packages {
  const found = new Map<string, ModuleFile | null>();
  const folders = new Map<string, string | null>();
  const versions = new Map<string, string | null>();

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
      if (base) return moduleAt(host, [base, ...rest].join('/'));
      const single =
        rest.length === 0 ? environment.roots.map(root => `${root}/${top}.py`).find(path => host.kind(path) === 'file') : undefined;
      return single ? { file: single, package: false } : null;
    });
  const version = (name: string) => remember(versions, name, () => versionOf(host, environment, name, folder(name)));
  return { host, find, folder, version };
}

function moduleAt(host: Host, path: string): ModuleFile | null {
  if (host.kind(`${path}/__init__.py`) === 'file') return { file: `${path}/__init__.py`, package: true };
  if (host.kind(`${path}.py`) === 'file') return { file: `${path}.py`, package: false };
  return null;
}

function versionOf(host: Host, environment: Environment, name: string, folder: string | null): string | null {
  const written = folder && /^(?:__version__|short_version)\s*=\s*['"]([^'"]+)['"]/m.exec(host.read(`${folder}/version.py`) ?? '');
  if (written) return written[1]!;
  const plain = (text: string) => text.toLowerCase().replace(/[-_.]+/g, '-');
  // mmcv is also distributed as mmcv-lite and, long ago, as mmcv-full.
  const names = [name, `${name}-lite`, `${name}-full`].map(plain);
  for (const root of environment.roots) {
    for (const entry of host.list(root)) {
      const info = /^(.+?)-([^-]+)(?:-py[\d.]+)?\.(?:dist|egg)-info$/.exec(entry.name);
      if (info && names.includes(plain(info[1]!))) return info[2]!;
    }
  }
  return null;
}
