/**
 * Libraries that `necktie fetch` laid out, several versions of one side by side: the last that was fetched lies in `libraries`, one that another took the place of in
 * `versions/<package>-<version>`. A workspace sees the one that it asks for.
 */
import type { Host } from '../project/host.ts';
import { pinOf } from './pins.ts';

interface FetchedVersion {
  /** As it is imported: `mmdet`. */
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

/** Folder of those that others took the place of, beside the cache of libraries. */
export const versionsFolder = (libraries: string): string => `${libraries.slice(0, libraries.lastIndexOf('/'))}/versions`;

function fetchedVersions(host: Host, libraries: string): readonly FetchedVersion[] {
  const folder = versionsFolder(libraries);
  return host.list(folder).flatMap(entry => {
    const found = /^([A-Za-z]\w*)-(\d[\w.+]*)$/.exec(entry.name);
    return entry.kind === 'folder' && found ? [{ name: found[1] ?? '', version: found[2] ?? '', folder: `${folder}/${entry.name}` }] : [];
  });
}

/** Roots of the versions that a workspace asks for and that are not what lies in `libraries`; the newest that will do. */
export function wantedVersions(
  host: Host,
  libraries: string,
  workspace: readonly string[],
  lastFetched: (name: string) => string | null,
): readonly string[] {
  const kept = new Map<string, FetchedVersion[]>();
  for (const version of fetchedVersions(host, libraries)) kept.set(version.name, [...(kept.get(version.name) ?? []), version]);
  return [...kept].flatMap(([name, versions]) => {
    const pin = workspace.map(root => pinOf(host, root, name) ?? pinOf(host, root, `${name}-lite`)).find(found => found !== null);
    const last = lastFetched(name);
    if (!pin || (last !== null && satisfies(last, pin))) return [];
    const [best] = versions.filter(({ version }) => satisfies(version, pin)).sort((a, b) => compare(b.version, a.version));
    return best ? [best.folder] : [];
  });
}

/** pip's own words, `>=3.0,<3.2`, as far as numbers go. */
export function satisfies(version: string, pin: string): boolean {
  return pin
    .split(',')
    .filter(Boolean)
    .every(part => {
      const [, operator = '', wanted = ''] = /^(===?|[<>!~]=|[<>])\s*(\S+)$/.exec(part.trim()) ?? [];
      const order = compare(version, wanted);
      if (operator === '==' && wanted.endsWith('.*')) return `${version}.`.startsWith(wanted.slice(0, -1));
      if (operator === '==' || operator === '===') return order === 0;
      if (operator === '!=') return order !== 0;
      if (operator === '>=') return order >= 0;
      if (operator === '<=') return order <= 0;
      if (operator === '>') return order > 0;
      if (operator === '<') return order < 0;
      if (operator === '~=') return order >= 0 && `${version}.`.startsWith(`${wanted.split('.').slice(0, -1).join('.')}.`);
      return true;
    });
}

/** By the numbers of a release; `3.3` and `3.3.0` are the same, and a candidate (`3.0.0rc6`) comes before its release. */
function compare(a: string, b: string): number {
  const parts = (text: string): readonly number[] => (/^\d+(?:\.\d+)*/.exec(text)?.[0] ?? '').split('.').map(Number);
  const [x, y] = [parts(a), parts(b)];
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const difference = (x[i] ?? 0) - (y[i] ?? 0);
    if (difference !== 0) return difference;
  }
  const candidate = (text: string): number => {
    const found = /(?:a|b|rc)(\d+)/.exec(text);
    return found ? Number(found[1]) : Infinity;
  };
  return candidate(a) === candidate(b) ? 0 : candidate(a) - candidate(b);
}
