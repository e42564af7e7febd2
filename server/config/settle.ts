/**
 * What a config's own values become when its statements have run: ConfigDicts through and through, one for each place that a value stands in (mmengine knows no two
 * names of one list), and nothing in them changes any more. So whoever inherits them holds the very same ones, and a child costs what it changes.
 */
import { raise } from '../python/exception.ts';
import { meter } from '../python/meter.ts';
import { Box } from '../python/origin.ts';
import { DICT, Dict, type Entry } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { PySet } from '../python/types/set.ts';
import { Tuple } from '../python/types/tuple.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Value } from '../python/value.ts';
import { ConfigDict } from './config-dict.ts';
import { emptyLike, withItems } from './copy.ts';

/** Thrown where values have more parts than were granted, each counted at each of its places. */
export class TooManyParts extends Error {}

export class Settling {
  /** Parts that may still be made. */
  #left: number;
  #depth = 0;
  /** Something was met that is settled, but is no ConfigDict to a child before it is made one. */
  #odd = false;
  /** Something was met that is not known. */
  #unsure = false;
  /** Containers that were taken as they are, for the first of their places. Null: none may be, as somebody else may hold them. */
  readonly #taken: Set<Value> | null;
  /** What was first made of each dict. */
  readonly #first = new Map<Dict, ConfigDict>();

  constructor(most: number, takes: boolean) {
    this.#left = most;
    this.#taken = takes ? new Set() : null;
  }

  /** As `ConfigDict._hook` has it: a plain dict becomes a ConfigDict, one of a class of its own stays one. */
  value(value: Value): Value {
    if (typeof value !== 'object' || value === null || value instanceof Box) return value;
    if (value instanceof Dict) {
      if (value instanceof ConfigDict || value.type === DICT) return this.dict(value);
      this.#odd = true;
      return this.#asItIs(value);
    }
    if (value instanceof List) return this.#list(value);
    if (value instanceof Tuple) {
      this.#enter(value.items.length);
      const items = this.#items(value.items);
      this.#depth--;
      return items === value.items ? value : withItems(value, [...items]);
    }
    if (value instanceof UnknownValue) this.#unsure = true;
    return value;
  }

  #list(list: List): List {
    const { items, elements } = list;
    this.#enter(items.length);
    if (this.#takes(list)) {
      for (let i = 0; i < items.length; i++) {
        const item = items[i] ?? null;
        if (item instanceof Box) continue;
        const made = this.value(item);
        if (made === item) continue;
        items[i] = made;
        // Its site is found by it.
        const at = !elements || elements.values[i] === item ? i : elements.values.indexOf(item);
        if (elements && at >= 0) elements.values[at] = made;
      }
      this.#depth--;
      return list;
    }
    const made = withItems(list, [...this.#items(items)]);
    this.#depth--;
    return made;
  }
  /** The same array where nothing in it had to be made anew. */
  #items(items: readonly Value[]): readonly Value[] {
    let made: Value[] | null = null;
    for (let i = 0; i < items.length; i++) {
      const item = items[i] ?? null;
      if (item instanceof Box) continue;
      const one = this.value(item);
      if (one !== item) (made ??= items.slice())[i] = one;
    }
    return made ?? items;
  }

  /** `ConfigDict(value)`. `without`: a key that is left out. */
  dict(value: Dict, without?: string): ConfigDict {
    // A base's, not one that has its place here already.
    if (value instanceof ConfigDict && value.settled && without === undefined && !this.#taken?.has(value)) {
      if (!value.certain) this.#unsure = true;
      return value;
    }
    this.#enter(value.entries.size);
    // Another of its places may need what is left out here.
    const takes = without === undefined && this.#takes(value);
    const made = takes && value instanceof ConfigDict ? value : new ConfigDict(takes ? value.entries : undefined);
    this.#taken?.add(made);
    made.site = value.site;
    if (without === undefined) {
      const first = this.#first.get(value);
      if (!first) this.#first.set(value, made);
      // What was written nowhere is like nothing else.
      else if (made.site && first !== made) made.copyOf = first.copyOf ?? first;
    }
    made.attributes = null;
    if (value instanceof ConfigDict) made.incomplete = value.incomplete;
    const { entries } = made;
    this.fill(made, () =>
      value.entries.forEach((e, k) => {
        if (!takes) {
          if (k !== without) entries.set(k, this.entry(e));
        } else if (!(e.value instanceof Box)) e.value = this.value(e.value);
      }),
    );
    this.#depth--;
    return made;
  }

  entry({ key, value, written }: Entry): Entry {
    return { key, value: this.value(value), written };
  }

  #takes(value: Value): boolean {
    if (!this.#taken || this.#taken.has(value)) return false;
    this.#taken.add(value);
    return true;
  }

  /** Notes of a dict what `work` puts into it. */
  fill(dict: ConfigDict, work: () => void): void {
    const odd = this.#odd;
    const unsure = this.#unsure;
    this.#odd = false;
    this.#unsure = false;
    work();
    dict.settled = !this.#odd;
    dict.certain = !this.#odd && !this.#unsure;
    this.#odd ||= odd;
    this.#unsure ||= unsure;
  }
  /** Of a dict that has entries of a settled one, as they are. */
  holds(base: ConfigDict): void {
    if (!base.certain) this.#unsure = true;
  }
  doubts(): void {
    this.#unsure = true;
  }

  #asItIs(value: Dict): Dict {
    this.#enter(value.entries.size);
    const made = emptyLike(value);
    for (const [k, e] of value.entries)
      made.entries.set(k, {
        key: e.key,
        value: e.value instanceof Dict ? this.#asItIs(e.value) : this.value(e.value),
        written: e.written,
      });
    this.#depth--;
    return made;
  }

  #enter(parts: number): void {
    meter.step();
    if ((this.#left -= parts + 1) < 0) throw new TooManyParts();
    if (++this.#depth + meter.depth > meter.limits.depth) throw raise('RecursionError', 'maximum recursion depth exceeded');
  }
}

/** A copy through and through of what is settled, for statements that may change it. `scope`: what `_base_.model.scope` is beside the entry of that name; undefined: nothing. */
export function unsettled(value: Value, scope?: string | null): Value {
  if (value instanceof List || value instanceof Tuple)
    return withItems(
      value,
      value.items.map(item => unsettled(item, scope)),
    );
  if (value instanceof PySet) return new PySet(value.ordered, value.type);
  if (!(value instanceof Dict)) return value;
  const made = new ConfigDict();
  made.site = value.site;
  if (value instanceof ConfigDict) made.incomplete = value.incomplete;
  if (scope !== undefined) made.attributes = new Map([['scope', scope]]);
  const { entries } = made;
  value.entries.forEach(({ key, value: inner, written }, k) => void entries.set(k, { key, value: unsettled(inner, scope), written }));
  return made;
}
