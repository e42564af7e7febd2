/** `custom_imports`: which modules a config has imported before anything is built, and how that is written. */
import { plain } from '../python/origin.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import { valueAt } from './origins.ts';
import type { ResolvedConfig } from './resolved.ts';

/** Dotted names; null where not all of them can be read. mmengine takes one name alone as well. */
export function customImports(config: Pick<ResolvedConfig, 'value'>): readonly string[] | null {
  const value = valueAt(config, ['custom_imports', 'imports']),
    names = value === undefined ? null : plain(value);
  if (names === null) return [];
  if (typeof names === 'string') return [names];
  if (!(names instanceof List || names instanceof Tuple)) return null;
  const all = names.items.map(plain),
    texts = all.filter(name => typeof name === 'string');
  return texts.length === all.length ? texts : null;
}

/** Python's text of it. A list takes the place of the base's: what that imports is to be among the modules. */
export const customImportsText = (modules: readonly string[]): string =>
  `dict(imports=[${modules.map(module => `'${module}'`).join(', ')}], allow_failed_imports=False)`;
