/** An object by its dotted name. */
import { findAttribute } from '../python/attribute.ts';
import { Raised } from '../python/exception.ts';
import type { Importer } from '../python/import/importer.ts';
import type { Value } from '../python/value.ts';

/** The longest importable beginning, then attributes; undefined where either is missing. */
export function objectByName(importer: Importer, name: string): Value | undefined {
  const parts = name.split('.');
  for (let n = parts.length; n > 0; n--) {
    let found: Value | undefined;
    try {
      found = importer.load(parts.slice(0, n).join('.'));
    } catch (e) {
      if (e instanceof Raised && e.exception.type.name === 'ModuleNotFoundError') continue;
      throw e;
    }
    for (const part of parts.slice(n)) found = found === undefined ? undefined : findAttribute(found, part);
    return found;
  }
  return undefined;
}
