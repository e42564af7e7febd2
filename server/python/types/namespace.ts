/** Names as a dict that is no copy: `o.__dict__`, `globals()`, `sys.modules`. Writing to it writes to what it shows. */

import { Native } from '../native-object.ts';
import { repr } from '../operate.ts';
import { unknown } from '../stop.ts';
import { nativeType, type Type } from '../type.ts';
import type { Key, Value } from '../value.ts';
import { DICT, Dict, type Entry, type Written } from './dict.ts';

/** What a namespace shows. */
export interface Names {
  get(name: string): Value | undefined;
  set(name: string, value: Value): void;
  delete(name: string): boolean;
  names(): string[];
}

class NameEntry implements Entry {
  readonly #names: Names;
  readonly key: string;
  constructor(names: Names, key: string) {
    this.#names = names;
    this.key = key;
  }
  get value(): Value {
    return this.#names.get(this.key) ?? null;
  }
  set value(value: Value) {
    this.#names.set(this.key, value);
  }
  get written(): Written | null {
    return null;
  }
  set written(_: Written | null) {}
}

class NameEntries extends Map<Key, Entry> {
  // Not by a field: Map's constructor runs before fields are there.
  readonly names: Names;
  constructor(names: Names) {
    super();
    this.names = names;
  }
  override get(key: Key): Entry | undefined {
    return typeof key === 'string' && this.names.get(key) !== undefined ? new NameEntry(this.names, key) : undefined;
  }
  override has(key: Key): boolean {
    return typeof key === 'string' && this.names.get(key) !== undefined;
  }
  override set(key: Key, entry: Entry): this {
    if (typeof key !== 'string') unknown('a name that is no text');
    this.names.set(key, entry.value);
    return this;
  }
  override delete(key: Key): boolean {
    return typeof key === 'string' && this.names.delete(key);
  }
  override clear(): void {
    for (const name of this.names.names()) this.names.delete(name);
  }
  override get size(): number {
    return this.names?.names().length ?? 0;
  }
  override *keys(): MapIterator<Key> {
    yield* this.names.names();
  }
  override *values(): MapIterator<Entry> {
    for (const name of this.names.names()) yield new NameEntry(this.names, name);
  }
  override *entries(): MapIterator<[Key, Entry]> {
    for (const name of this.names.names()) yield [name, new NameEntry(this.names, name)];
  }
  override [Symbol.iterator](): MapIterator<[Key, Entry]> {
    return this.entries();
  }
  override forEach(each: (entry: Entry, key: Key, map: Map<Key, Entry>) => void): void {
    for (const [key, entry] of this.entries()) each(entry, key, this);
  }
}

let proxy: Type | null = null;
/** Made when it is first asked for: `dict`, which it shows, may come later than this module. */
export function mappingProxy(): Type {
  if (proxy) return proxy;
  const { setItem: _, deleteItem: __, augment: ___, ...reading } = DICT.abilities,
    asDict = (self: Dict): Dict => new Dict(DICT, null, self.entries);
  proxy = nativeType<Dict>(
    'mappingproxy',
    {
      ...reading,
      repr: self => `mappingproxy(${repr(asDict(self))})`,
      str: self => repr(asDict(self)),
      binary: (self, operator, other, reflected) =>
        DICT.abilities.binary?.(asDict(self), operator, other instanceof Dict ? asDict(other) : other, reflected),
      compare: (self, operator, other) => DICT.abilities.compare?.(asDict(self), operator, other instanceof Dict ? asDict(other) : other),
    },
    {
      make(type, args) {
        const [mapping] = args;
        if (mapping instanceof Dict && !mapping.type.custom) return new Dict(type, null, mapping.entries);
        return unknown('a mappingproxy of this');
      },
    },
  );
  for (const name of ['get', 'items', 'keys', 'values', 'copy', '__reversed__']) {
    const member = DICT.members.get(name);
    if (member instanceof Native)
      proxy.members.set(
        name,
        new Native(
          name,
          `mappingproxy.${name}`,
          ([self = null, ...rest], named) => member.run([self instanceof Dict ? asDict(self) : self, ...rest], named),
          true,
        ),
      );
  }
  return proxy;
}

const shown = new WeakMap<object, Dict>();
/** The same dict each time for the same `owner`. */
export function namespace(owner: object, names: Names, type: Type = DICT): Dict {
  let dict = shown.get(owner);
  if (!dict) shown.set(owner, (dict = new Dict(type, null, new NameEntries(names))));
  return dict;
}

/** A plain map of names, such as an object's attributes. `touch`: called before one is changed. */
export const namespaceOf = (map: Map<string, Value>, type: Type = DICT, touch: (name: string) => void = () => {}): Dict =>
  namespace(
    map,
    {
      get: name => map.get(name),
      set(name, value) {
        touch(name);
        map.set(name, value);
      },
      delete(name) {
        touch(name);
        return map.delete(name);
      },
      names: () => [...map.keys()],
    },
    type,
  );
