/** Copies that keep where things were written: what `copy.deepcopy` makes of data, and a list or tuple with other items in the same places. */
import { meter } from '../python/meter.ts';
import { nested } from '../python/operate.ts';
import { DICT, Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import { ConfigDict } from './config-dict.ts';

/** Copies by their originals, so that two names of one list stay two names of one list. */
export type Copies = Map<Value, Value>;

export function deepCopy(value: Value, copies: Copies = new Map()): Value {
  if (!(value instanceof Dict || value instanceof List || value instanceof Tuple)) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  return nested('', () => {
    if (value instanceof Tuple) {
      const out = withItems(
        value,
        value.items.map(i => deepCopy(i, copies)),
      );
      copies.set(value, out);
      return out;
    }
    if (value instanceof List) {
      const out = withItems(value, []);
      copies.set(value, out);
      out.items = value.items.map(i => deepCopy(i, copies));
      carry(value, out);
      return out;
    }
    const out = emptyLike(value);
    copies.set(value, out);
    for (const [k, e] of value.entries) out.entries.set(k, { key: e.key, value: deepCopy(e.value, copies), written: e.written });
    return out;
  });
}

/** A dict of the same kind without entries. */
export function emptyLike(dict: Dict): Dict {
  meter.step();
  const out = dict instanceof ConfigDict ? new ConfigDict() : new Dict(dict.type === DICT ? DICT : dict.type);
  out.site = dict.site;
  out.from = dict.from;
  if (dict instanceof ConfigDict && out instanceof ConfigDict) out.incomplete = dict.incomplete;
  return out;
}

/** The same sequence with other items, one for one. */
export function withItems<T extends List | Tuple>(sequence: T, items: Value[]): T;
export function withItems(sequence: List | Tuple, items: Value[]): List | Tuple {
  meter.step();
  const out = sequence instanceof List ? new List(items, sequence.from, sequence.type) : new Tuple(items, sequence.from, sequence.type);
  out.site = sequence.site;
  if (items.length) carry(sequence, out);
  return out;
}
/** Elements keep their sites when they are copied: those of the display stand at the same places in both. */
function carry(from: List | Tuple, to: List | Tuple): void {
  if (!from.elements) return;
  const { values, sites } = from.elements;
  if (values.every((v, i) => from.items[i] === v)) to.elements = { values: to.items.slice(0, values.length), sites };
  else {
    const kept = from.items.flatMap((v, i) => {
      const at = values.indexOf(v);
      return at < 0 ? [] : [[to.items[i] ?? null, sites[at]] as const];
    });
    to.elements = { values: kept.map(k => k[0]), sites: kept.flatMap(k => (k[1] ? [k[1]] : [])) };
  }
}
