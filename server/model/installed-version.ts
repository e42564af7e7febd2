/** Which version of a package is installed, as its dist-info folder tells. */
import type { Host } from '../project/host.ts';
import type { Environment } from '../registry/environment.types.ts';

/** `name`: of the distribution. Null where none is installed. */
export function installedVersion(
  { host, environment }: { readonly host: Host; readonly environment: Environment },
  name: string,
): string | null {
  const plain = (text: string): string => text.toLowerCase().replace(/[-_.]+/g, '-');
  for (const root of environment.roots)
    for (const { name: entry } of host.list(root)) {
      const info = /^(.+?)-([^-]+)\.(?:dist|egg)-info$/.exec(entry);
      if (info && plain(info[1] ?? '') === plain(name)) return info[2] ?? null;
    }
  return null;
}

/** Packages that are distributed under another name. */
const DISTRIBUTIONS = new Map([['PIL', 'pillow']]);
/** Where none is installed: the one that a stand-in of ours is like. */
const STOOD_FOR = new Map([
  ['numpy', '2.3.0'],
  ['torchvision', '0.16.0'],
  ['einops', '0.8.2'],
]);

/** What a package that we stand in for says of itself. */
export const standInVersion = (place: { readonly host: Host; readonly environment: Environment }, top: string): string | null =>
  installedVersion(place, DISTRIBUTIONS.get(top) ?? top) ?? STOOD_FOR.get(top) ?? null;
