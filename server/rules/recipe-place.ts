/** Where a rule of the recipe tells what it found: in the open file, at the nearest of the places that have to agree. */
import { originAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigPath, Origin } from '../config/resolved.ts';
import type { Site } from '../python/value.ts';
import { baseSite } from './base-site.ts';
import type { Related } from './diagnostic.ts';
import type { ConfigContext } from './rule.ts';

export interface RecipePlace {
  readonly site: Site;
  /** Of the paths, the one that it is. */
  readonly path: ConfigPath;
  readonly related: readonly Related[];
}

/**
 * The first of these values that is written in the open file. Where none is, a base has them all, and it is told there; but where two bases bring them that know
 * nothing of each other, it is at the entry of `_base_` that leads to the first. Null: not to be told here.
 */
export function recipePlace(context: ConfigContext, paths: readonly ConfigPath[]): RecipePlace | null {
  const { config } = context;
  const origins = paths.flatMap(path => {
    const origin = originAt(config, path);
    return origin ? [{ path, origin, site: siteIn(config.file, origin) }] : [];
  });
  const own = origins.find(({ site }) => site !== null);
  // What encloses another of them tells nothing more.
  const isAround = (path: ConfigPath): boolean =>
    origins.some(other => other.path.length > path.length && path.every((step, i) => step === other.path[i]));
  const related = origins
    .filter(other => other !== own && !isAround(other.path))
    .slice(0, MOST)
    .map(({ path, origin }) => ({ site: origin.value, message: `\`${formatPath(path)}\` is written here` }));
  if (own?.site) return { site: own.site, path: own.path, related };
  const [first] = origins;
  if (!first) return null;
  const entries = new Set(origins.map(({ origin }) => baseSite(context, origin.key.file).start));
  return entries.size > 1 ? { site: baseSite(context, first.origin.key.file), path: first.path, related } : null;
}
const MOST = 4;

/** The value, or a literal that it was computed from; of a part that is a dict, its key. */
function siteIn(file: string, { key, value, literals }: Origin): Site | null {
  const literal = literals.find(l => l.file === file);
  if (value.file === file) {
    const isShort = value.end - value.start < LONG;
    return literals.length === 1 && literal ? literal : isShort ? value : key.file === file ? key : value;
  }
  return literal ?? (key.file === file ? key : null);
}
/** In characters: what spans lines is told at its key. */
const LONG = 60;
