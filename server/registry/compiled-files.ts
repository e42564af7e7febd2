/**
 * Installed files that Python is known to take to the last line, without looking at them: of a library few functions are called, and reading all of them costs more than
 * running the model. What neither of these tells of, an installed file that someone has edited, a checkout, is read whole.
 *
 * - Python itself has compiled just this text: the `__pycache__` beside it has the time and size of its source, which is what Python goes by.
 * - The `RECORD` of its package lists it as it is, and the package is from an index: its authors have imported it before they published it. What was built from a folder,
 *   from version control or from somebody's own archive (`direct_url.json`, PEP 610) need never have been imported, and its `RECORD` is not believed.
 */
import type { Host } from '../project/host.ts';
import type { Environment } from './environment.types.ts';

/** Whether Python is known to take the file. `sha256`: of its text, in base64url. */
export function compiledFiles(host: Host, { roots, pythonMinor }: Environment): (file: string, sha256: string) => boolean {
  const longestFirst = roots.toSorted((a, b) => b.length - a.length);
  const known = new Map<string, Published>();
  const published = (file: string): string | null => {
    const root = longestFirst.find(folder => file.startsWith(`${folder}/`));
    if (root === undefined) return null;
    let inRoot = known.get(root);
    if (!inRoot) known.set(root, (inRoot = publishedIn(host, root)));
    return inRoot(file.slice(root.length + 1));
  };
  return (file, sha256) => published(file) === sha256 || wasCompiled(host, file, pythonMinor);
}

/** The hash that a file of a folder of packages was published with; null where none is known. */
type Published = (path: string) => string | null;

function publishedIn(host: Host, root: string): Published {
  const records = new Map<string, ReadonlyMap<string, string>>();
  const recordOf = (info: string): ReadonlyMap<string, string> => {
    let record = records.get(info);
    if (!record) records.set(info, (record = recordIn(host, `${root}/${info}`)));
    return record;
  };
  const infos = host.list(root).flatMap(({ name, kind }) => (kind === 'folder' && name.endsWith('.dist-info') ? [name] : []));
  let byPackage: ReadonlyMap<string, readonly string[]> | null = null;
  /** Distributions that may hold a package: most are called like it, or begin so (`mmcv-lite`); of the others `top_level.txt` tells. */
  const holding = (name: string): readonly string[] => {
    const own = `${plain(name)}-`,
      named = infos.filter(info => `${plain(info.slice(0, info.lastIndexOf('-')))}-`.startsWith(own));
    if (named.length) return named;
    byPackage ??= packagesIn(host, root, infos);
    return byPackage.get(name) ?? [];
  };
  return path => {
    for (const info of holding(/^[^/.]*/.exec(path)?.[0] ?? '')) {
      const hash = recordOf(info).get(path);
      if (hash !== undefined) return hash;
    }
    return null;
  };
}

const plain = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

function packagesIn(host: Host, root: string, infos: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const info of infos)
    for (const name of (host.read(`${root}/${info}/top_level.txt`) ?? '').split(/\s+/)) found.set(name, [...(found.get(name) ?? []), info]);
  return found;
}

/** Paths relative to the folder of packages, with their hashes. */
function recordIn(host: Host, info: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (host.kind(`${info}/direct_url.json`) !== null) return found;
  for (const line of (host.read(`${info}/RECORD`) ?? '').split('\n')) {
    const [, path, hash] = /^([^",]+\.py),sha256=([\w-]+),/.exec(line) ?? [];
    if (path !== undefined && hash !== undefined) found.set(path, hash);
  }
  return found;
}

/** By the Python whose version is known, else by any. A file of hashes (PEP 552) says nothing of the source's time, and is passed over. */
function wasCompiled(host: Host, file: string, minor: number | undefined): boolean {
  const [, folder, name] = /^(.*)\/([^/]+)\.py$/.exec(file) ?? [];
  const source = host.stamp?.(file) ?? null;
  if (folder === undefined || name === undefined || !source) return false;
  const cache = `${folder}/__pycache__`,
    start = `${name}.cpython-3${minor ?? ''}`;
  return host.list(cache).some(entry => {
    if (!entry.name.startsWith(start) || !/^\d*\.(?:opt-\d\.)?pyc$/.test(entry.name.slice(start.length))) return false;
    const head = host.head?.(`${cache}/${entry.name}`, HEADER);
    if (head?.length !== HEADER) return false;
    const [, flags, seconds, bytes] = new Uint32Array(head.buffer.slice(head.byteOffset, head.byteOffset + HEADER));
    return flags === 0 && seconds === Math.floor(source.milliseconds / 1000) >>> 0 && bytes === source.bytes >>> 0;
  });
}
/** Bytes: a magic number, flags, the source's time and size, each of 32 bits, the lowest first. */
const HEADER = 16;
