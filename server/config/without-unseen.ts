/** Scalars that only a run would tell (`time.time()`, and what is told by it), as a config has them: unknown values. */
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import { Unseen } from '../python/unseen.ts';
import type { Value } from '../python/value.ts';
import { withItems } from './copy.ts';

/** Of a value that is the config's own: what holds one is changed where it stands, but a tuple, which is made anew. */
export function withoutUnseen(value: Value, seen = new Set<Value>(), depth = 0): Value {
  if (value instanceof Unseen) return new UnknownValue(value.what);
  if (!(value instanceof Dict || value instanceof List || value instanceof Tuple) || seen.has(value) || depth > DEEPEST) return value;
  seen.add(value);
  if (value instanceof Dict) {
    for (const entry of value.entries.values()) {
      const made = withoutUnseen(entry.value, seen, depth + 1);
      if (made !== entry.value) entry.value = made;
    }
    return value;
  }
  const items = value.items.map(item => withoutUnseen(item, seen, depth + 1));
  if (items.every((item, i) => item === value.items[i])) return value;
  if (value instanceof Tuple) return withItems(value, items);
  value.items.splice(0, items.length, ...items);
  return value;
}
/** Below that, mmengine itself finds its recursion too deep, and so does what looks at the value next. */
const DEEPEST = 1000;
