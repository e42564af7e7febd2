/** How large a value is once every list and dict in it is copied for each place that it stands in: what mmengine makes of it, who knows no two names of one list. */
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Value } from '../python/value.ts';

/** Parts that one config may have: `a = [a, a]` seventeen times has as many, and mmengine copies each of them several times. */
const MOST = 1_000_000;
/** A list or dict takes as much as so many numbers in one. */
const CONTAINER = 4;

/** Leaves unknown what is too large to be copied with all that comes before it. `given`: values that were there before, as a base has them. */
export function boundSize(dict: Dict, given: ReadonlyMap<string, Value> | null = null): void {
  let left = MOST;
  for (const e of dict.entries.values()) {
    if (given?.get(String(e.key)) === e.value) continue;
    const size = expandedSize(e.value, new Map());
    if (size <= left) left -= size;
    else e.value = new UnknownValue('more parts than a config may have: each is copied as often as it is named');
  }
}

/** Takes as many steps as there are containers, however often each is named. One within itself is counted by those who copy it. */
function expandedSize(root: Value, sizes: Map<Value, number>): number {
  const parts = partsOf(root);
  if (!parts) return 1;
  // Not by recursion: the depth is the config's to choose.
  const open: { readonly of: Value; readonly parts: readonly Value[]; at: number; size: number }[] = [];
  const enter = (of: Value, its: readonly Value[]): void => {
    sizes.set(of, 0);
    open.push({ of, parts: its, at: 0, size: CONTAINER });
  };
  enter(root, parts);
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const part = top.parts[top.at++];
    if (part === undefined) {
      sizes.set(top.of, top.size);
      open.pop();
      const outer = open.at(-1);
      if (outer) outer.size += top.size;
      continue;
    }
    const its = partsOf(part);
    if (!its) top.size++;
    else {
      const known = sizes.get(part);
      if (known === undefined) enter(part, its);
      else top.size += known;
    }
  }
  return sizes.get(root) ?? CONTAINER;
}
function partsOf(value: Value): readonly Value[] | null {
  if (value instanceof List || value instanceof Tuple) return value.items;
  return value instanceof Dict ? [...value.entries.values()].map(e => e.value) : null;
}
