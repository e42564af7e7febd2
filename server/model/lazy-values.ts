/** What the names of a lazy config stand for, where they are no types: a ConfigDict builds them when it is asked (mmengine 0.10.7, `ConfigDict.build_lazy`). */
import { LazyReference } from '../config/lazy-reference.ts';
import { Raised } from '../python/exception.ts';
import type { Importer } from '../python/import/importer.ts';
import { typeOf } from '../python/operate.ts';
import { Box, type Origin, Traceable } from '../python/origin.ts';
import { unknown } from '../python/stop.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import { Obj, type Value } from '../python/value.ts';
import { objectByName } from './object-by-name.ts';

/** Puts them into the dicts of `value`, which nobody else holds. A list's own items nobody builds: they stay names, as in mmengine. */
export function buildReferences(importer: Importer, value: Value): void {
  if (value instanceof Dict) {
    const [path] = value.from ?? [];
    for (const [key, entry] of value.entries) {
      const held = entry.value;
      if (held instanceof LazyReference)
        entry.value = traced(objectOf(importer, held), [typeof path === 'string' ? `${path}.${String(key)}` : String(key)]);
      else buildReferences(importer, held);
    }
  } else if (value instanceof List || value instanceof Tuple) for (const item of value.items) buildReferences(importer, item);
}

/** What does not let itself be imported is told of where it is written. */
function objectOf(importer: Importer, { dotted }: LazyReference): Value {
  try {
    return objectByName(importer, dotted) ?? unknown(dotted);
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    return unknown(dotted);
  }
}

/** Numbers and texts know the config path that they were put at; all else is the module's own. */
function traced(value: Value, from: Origin): Value {
  if (value instanceof Box) return new Box(value.value, from, value.type);
  if (!(value instanceof Obj)) return new Box(value, from, typeOf(value));
  return value instanceof Traceable && !(value instanceof List || value instanceof Dict) ? value.traced(from) : value;
}
