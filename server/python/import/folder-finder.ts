/** Modules in a folder, as Python's path finder sees them: site-packages, a workspace, our own stand-ins. */
import { posix } from 'node:path';
import type { Host } from '../../project/host.ts';
import { unknown } from '../stop.ts';
import { type FoundModule, type ModuleFinder, saying } from './finder.ts';

/** Answers are kept: a finder lives as long as what it looks at stays as it is. */
export function folderFinder(host: Host, folder: string): ModuleFinder {
  const known = new Map<string, FoundModule | null>(),
    compiled = new Map<string, ReadonlySet<string>>();
  const source = (file: string, isPackage: boolean): FoundModule => ({
    kind: 'source',
    file,
    package: isPackage,
    get source() {
      return readable(host, file);
    },
    again: () => readable(host, file),
    get version() {
      return host.version(file);
    },
  });
  /** Names of the modules in a folder that only a machine can read: `_ext.cpython-311-x86_64-linux-gnu.so`. */
  const compiledIn = (path: string): ReadonlySet<string> => {
    let names = compiled.get(path);
    if (!names)
      compiled.set(
        path,
        (names = new Set(
          host.list(path).flatMap(e => (e.kind === 'file' && /\.(so|pyd|pyc)$/.test(e.name) ? [e.name.split('.')[0] ?? ''] : [])),
        )),
      );
    return names;
  };
  const look = (name: string): FoundModule | null => {
    const dot = name.lastIndexOf('.');
    // Nothing lies below what is not there.
    if (dot >= 0 && find(name.slice(0, dot)) === null) return null;
    const parts = name.split('.'),
      base = `${folder}/${parts.join('/')}`,
      kind = host.kind(base);
    if (kind === 'folder' && host.kind(`${base}/__init__.py`) === 'file') return source(`${base}/__init__.py`, true);
    if (host.kind(`${base}.py`) === 'file') return source(`${base}.py`, false);
    const parent = [folder, ...parts.slice(0, -1)].join('/');
    if (host.kind(parent) === 'folder' && compiledIn(parent).has(parts.at(-1) ?? '')) return { kind: 'opaque', reason: name };
    if (kind === 'folder') return { kind: 'source', file: base, package: true, source: '', version: '' };
    return null;
  };
  const find = (name: string): FoundModule | null => {
    let found = known.get(name);
    if (found === undefined) known.set(name, (found = look(name)));
    return found;
  };
  return { find };
}

/** Of folders that a program adds to its path: those that there are. `from`: what a relative one is relative to; where that is not known, neither is the folder. */
export const addedFolder =
  (host: Host, from: string | null) =>
  (folder: string): ModuleFinder | null => {
    if (from === null && !posix.isAbsolute(folder)) return null;
    const path = posix.resolve(from ?? '/', folder);
    return host.kind(path) === 'folder' ? folderFinder(host, path) : null;
  };

/** A module whose text is not known is no empty one. */
function readable(host: Host, file: string): string {
  const text = host.read(file),
    flaw = host.flaw?.(file) ?? null;
  if (text === null) return unknown(`${file}: ${flaw && 'reason' in flaw ? flaw.reason : 'cannot be read'}`);
  return flaw?.kind === 'error' ? unknown(`${file}: ${flaw.message}`) : text;
}

/**
 * A folder of Python stand-ins of ours. A folder without `__init__` is none of ours. `has`: whether the real module has a name that the stand-in lacks; without
 * it, such a name is unknown. `classHas`: whether a real class has it. `versionOf`: which version of a package is installed.
 */
export function stubFinder(
  host: Host,
  folder: string,
  has: (module: string, name: string) => boolean | 'unsure' = () => 'unsure',
  classHas: (type: string, name: string) => boolean = () => false,
  versionOf: (top: string) => string | null = () => null,
): ModuleFinder {
  const all = folderFinder(host, folder),
    known = new Map<string, FoundModule | null>();
  const look = (module: string): FoundModule | null => {
    const found = all.find(module);
    if (found?.kind !== 'source') return found;
    if (found.package && !found.file.endsWith('.py')) return null;
    return saying(found, {
      has: name => has(module, name),
      classHas: (type, name) => classHas(`${module}.${type}`, name),
      ...(module.includes('.') ? {} : { installedVersion: () => versionOf(module) }),
    });
  };
  return {
    find(name) {
      let found = known.get(name);
      if (found === undefined) known.set(name, (found = look(name)));
      return found;
    },
  };
}

/** Modules that are written in TypeScript, by name; each is made when it is first found. */
export function nativeFinder(modules: Readonly<Record<string, () => FoundModule>>): ModuleFinder {
  const made = new Map<string, FoundModule>();
  return {
    find(name) {
      const known = made.get(name);
      if (known) return known;
      const make = Object.hasOwn(modules, name) ? modules[name] : undefined;
      if (!make) return null;
      const found = make();
      made.set(name, found);
      return found;
    },
  };
}
