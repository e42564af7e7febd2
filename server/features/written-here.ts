/** Which values of a config the text at a place says. */
import { originAt, pathsAt } from '../config/origins.ts';
import type { ConfigPath, Origin, ResolvedConfig } from '../config/resolved.ts';
import type { Project } from '../project/project.ts';
import type { Site } from '../python/value.ts';
import { endingAt, type Placed } from './at-place.ts';

export interface Written {
  readonly path: ConfigPath;
  readonly origin: Origin;
  readonly site: Site;
}

/** What is written at a place, shortest path first, as it is in the end (`now`); where it was replaced further down in the file, as it is until then. */
export function writtenHere(
  project: Project,
  config: ResolvedConfig,
  offset: number,
): { readonly written: readonly Written[]; readonly now: Placed } {
  const { file } = config;
  const written = writtenAt(config, file, offset);
  const before = endingAt(project, file, offset);
  const then = before ? writtenAt(before, file, offset) : [];
  const size = ([first]: readonly Written[]): number => (first ? first.site.end - first.site.start : Infinity);
  return before && size(then) < size(written) ? { written: then, now: before } : { written, now: config };
}

/** What the innermost text around a place says: a variable's own path first, then where its value went. */
function writtenAt(config: Placed, file: string, offset: number): readonly Written[] {
  const found = pathsAt(config, file, offset).flatMap((path): Written[] => {
    const origin = originAt(config, path);
    const site =
      origin &&
      [origin.value, origin.key, ...origin.literals].filter(s => s.file === file && s.start <= offset && offset <= s.end).sort(bySize)[0];
    return origin && site ? [{ path, origin, site }] : [];
  });
  const [nearest] = found.toSorted((a, b) => bySize(a.site, b.site));
  return found.filter(w => nearest && bySize(w.site, nearest.site) === 0).sort((a, b) => a.path.length - b.path.length);
}
const bySize = (a: Site, b: Site): number => a.end - a.start - (b.end - b.start);
