/** What stands beside the dict under the cursor: the entries of the same table or list, which are mostly alike. */
import { valueAt } from '../config/origins.ts';
import type { ConfigPath, ResolvedConfig } from '../config/resolved.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';

/** So many neighbours are looked at. */
const MOST = 20;

/** Keys or indices of the dicts that a dict or list has. */
export function stepsAt(config: ResolvedConfig | null, path: ConfigPath): readonly (string | number)[] {
  const value = config && valueAt(config, path);
  const steps =
    value instanceof Dict
      ? [...value.entries.values()].flatMap(entry => {
          const key = plain(entry.key);
          return entry.value instanceof Dict && (typeof key === 'string' || typeof key === 'number') ? [key] : [];
        })
      : value instanceof List || value instanceof Tuple
        ? value.items.flatMap((each, i) => (each instanceof Dict ? [i] : []))
        : [];
  return steps.slice(0, MOST);
}

/** Texts that the dicts beside one have under a key, each once. */
export function textsBeside(config: ResolvedConfig | null, path: ConfigPath, key: string): readonly string[] {
  const around = path.slice(0, -1);
  if (!config || around.length === 0) return [];
  const texts = stepsAt(config, around).map(step => {
    const value = valueAt(config, [...around, step, key]);
    return value === undefined ? null : plain(value);
  });
  return [...new Set(texts.filter(text => typeof text === 'string'))];
}
