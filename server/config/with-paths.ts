/** A config's value for a run of its model: every number, text and list knows the config path it stands at, so that what goes wrong can be led back to it. */
import { nested, typeOf } from '../python/operate.ts';
import { Box, plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { Float } from '../python/types/float.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import { Obj, type Value } from '../python/value.ts';
import { ConfigDict } from './config-dict.ts';
import { LazyReference } from './lazy-reference.ts';
import { formatPath } from './path.ts';
import type { ConfigPath } from './resolved.ts';

/** `prefix`: the path of `value` itself; `[]` for a model, whose paths are then relative to it (`neck.in_channels[2]`). A lazy reference that is a type becomes its dotted name. */
export function withPaths(value: Value, prefix: ConfigPath = []): Value {
  const v = plain(value);
  const from = prefix.length ? [formatPath(prefix)] : null;
  if (v instanceof Dict) {
    const out = new ConfigDict();
    out.from = from;
    for (const [k, e] of v.entries)
      out.entries.set(k, {
        key: plain(e.key),
        value:
          e.value instanceof LazyReference && k === 'type'
            ? new Box(e.value.dotted, [formatPath([...prefix, k])], typeOf(''))
            : nested('', () => withPaths(e.value, [...prefix, typeof k === 'number' ? k : String(k)])),
        written: e.written,
      });
    return out;
  }
  if (v instanceof List)
    return new List(
      v.items.map((item, i) => nested('', () => withPaths(item, [...prefix, i]))),
      from,
    );
  if (v instanceof Tuple)
    return new Tuple(
      v.items.map((item, i) => nested('', () => withPaths(item, [...prefix, i]))),
      from,
    );
  if (v instanceof Float) return new Float(v.value, from);
  return v instanceof Obj || !from ? v : new Box(v, from, typeOf(v));
}
