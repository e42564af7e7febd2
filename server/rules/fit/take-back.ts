/** What this file wrote over a base, or beside it, taken back: when nothing else makes the model right. */

import { originAt, valueAt } from '../../config/origins.ts';
import type { ConfigPath, ResolvedConfig } from '../../config/resolved.ts';
import type { Verdict } from '../../model/verdict.ts';
import { Dict } from '../../python/types/dict.ts';
import type { Edit } from '../diagnostic.ts';
import { removalOf } from '../removal.ts';
import { inModel } from './blame.ts';

export interface TakenBack {
  readonly path: ConfigPath;
  readonly title: string;
  readonly edit: Edit;
}

/** The likeliest first. A type is what the user chose: it is never taken back. `text`: of the open file. */
export function takenBack(config: ResolvedConfig, { mismatches: [failed] }: Verdict, text: string): readonly TakenBack[] {
  const seen = new Set<number>();
  return (failed?.blame ?? []).slice(0, MOST_BLAMED).flatMap((blamed): TakenBack[] => {
    const path = writtenAt(config, text, inModel(blamed));
    const origin = path && originAt(config, path);
    if (!path || !origin || seen.has(origin.key.start)) return [];
    seen.add(origin.key.start);
    const edit = removalOf(text, config.file, origin.key.start, origin.value.end),
      base = origin.overrides;
    const stays = base && base.value.file !== config.file ? `, and keep the base's` : '';
    return edit ? [{ path, title: `Remove ${String(path.at(-1))}${stays}`, edit }] : [];
  });
}
const MOST_BLAMED = 2;

/** The keyword that gave the value, in the open file: of an entry of a list, the list's. Null for types, for dicts that say several things, and for what stands in no dict of its own. */
function writtenAt(config: ResolvedConfig, text: string, blamed: ConfigPath): ConfigPath | null {
  for (let path = onlySaid(config, blamed); path.length > 1; path = path.slice(0, -1)) {
    const name = path.at(-1),
      origin = originAt(config, path),
      value = valueAt(config, path);
    if (value instanceof Dict && value.entries.size) return null;
    if (typeof name !== 'string' || !origin || value === undefined) continue;
    const isKeyword = origin.key.file === config.file && origin.value.file === config.file && origin.value.start > origin.key.start;
    return isKeyword && name !== 'type' && text.slice(origin.key.start, origin.key.end) === name ? path : null;
  }
  return null;
}
/** Of a part of which this file says one thing alone, that. */
function onlySaid(config: ResolvedConfig, path: ConfigPath): ConfigPath {
  const value = valueAt(config, path);
  if (!(value instanceof Dict)) return path;
  const own = [...value.entries.values()].flatMap(({ key, written }) =>
    typeof key === 'string' && written?.key.file === config.file ? [key] : [],
  );
  return own.length === 1 ? onlySaid(config, [...path, ...own]) : path;
}
