/** Where the selected Python keeps its own library, by what lies on the disk. */
import type { Host } from '../project/host.ts';
import { type InterpreterSettings, interpreterOf, slashes, trimmed, type Variables } from './interpreter.ts';

/** Null where no Python is found, or none with a library beside it. */
export function standardLibraryOf(host: Host, settings: InterpreterSettings, env: Variables): string | null {
  const found = interpreterOf(host, settings, env);
  if (!found) return null;
  const version = found.version === null ? [] : [`python${found.version}`];
  const candidates = found.sitePackages.flatMap(packages => {
    const beside = parent(packages), // lib/python3.11/site-packages, Lib/site-packages
      prefixes = [parent(beside), parent(parent(beside))];
    // A virtual environment names the folder of the executable that it was made by.
    const home = prefixes.flatMap(prefix => /^home\s*=\s*(.+)$/m.exec(host.read(`${prefix}/pyvenv.cfg`) ?? '')?.[1]?.trim() ?? []);
    const bases = home.flatMap(folder => [trimmed(slashes(folder)), parent(trimmed(slashes(folder)))]);
    return [
      beside,
      ...version.map(name => `${parent(beside)}/${name}`),
      ...bases.flatMap(base => [`${base}/Lib`, ...version.map(name => `${base}/lib/${name}`)]),
    ];
  });
  return candidates.find(folder => host.kind(`${folder}/os.py`) === 'file') ?? null;
}
const parent = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
