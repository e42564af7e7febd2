/** mmengine's `ConfigDict` (0.10.7, over addict 2.4): a dict whose keys are attributes too, and which makes a ConfigDict of every plain dict that is put into it. */
import { getAttribute } from '../python/attribute.ts';
import { call } from '../python/call.ts';
import { raise } from '../python/exception.ts';
import { meter } from '../python/meter.ts';
import { methods, Native } from '../python/native.ts';
import { compare, equal, hash, identical, nested, truth, typeName } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import { unknown } from '../python/stop.ts';
import { nativeType, type Type } from '../python/type.ts';
import { DICT, Dict, type Entry, lacks, update as updateDict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { EntrySite, Key, Named, Value } from '../python/value.ts';
import { type Copies, deepCopy, withItems } from './copy.ts';

export class ConfigDict extends Dict {
  /** Why it may lack entries that the real one has: a base that could not be read. What is not found in it is unknown then. */
  incomplete: string | null = null;
  /** It is of a config that has been read: it and all below it are ConfigDicts, lists and tuples, nothing changes them any more, and others hold the same ones. */
  settled = false;
  /** Of a settled one, where somebody has looked: nothing below it is unknown. */
  certain = false;
  /** Of a settled one that stands at another of its text's places: the first that was made of it, which holds the same. */
  copyOf: ConfigDict | null = null;
  constructor(entries?: Map<Key, Entry>) {
    super(CONFIG_DICT, null, entries);
  }
}

const missing = (self: Dict): UnknownValue | undefined =>
  self instanceof ConfigDict && self.incomplete !== null ? new UnknownValue(self.incomplete) : undefined;
/** None is a value like any other. */
const found = (self: Dict, key: Value): Value | undefined => {
  const value = self.get(key);
  return value === undefined ? missing(self) : value;
};

export const CONFIG_DICT: Type = nativeType<Dict>(
  'ConfigDict',
  {
    item(self, key) {
      const value = found(self, key);
      if (value === undefined) throw lacks(self, key);
      return value;
    },
    setItem: (self, key, value, site) => put(self, key, value, site),
    attribute: (self, name) => found(self, name),
    setAttribute(self, name, value, site) {
      if (CONFIG_DICT.find(name) !== undefined) throw raise('AttributeError', `'Dict' object attribute '${name}' is read-only`);
      put(self, name, value, site);
    },
    deleteAttribute(self, name) {
      if (!self.entries.delete(name)) throw lacks(self, name);
    },
    binary(self, operator, other) {
      if (operator === '+') {
        if (!self.entries.size) return other;
        throw raise('TypeError', `unsupported operand type(s) for +: '${typeName(self)}' and '${typeName(other)}'`);
      }
      return operator === '|' && other instanceof Dict ? unknown('ConfigDict | dict') : undefined;
    },
    augment(self, operator, other) {
      if (operator !== '|') return undefined;
      update(self, other, null);
      return self;
    },
    compare(self, operator, other) {
      if (operator !== '==' && operator !== '!=') return undefined;
      const alike = other instanceof Dict && sameEntries(self, other);
      return alike === (operator === '==');
    },
  },
  { base: DICT, module: 'mmengine.config.config', make: (_, args, named) => made(args, named) },
);

function sameEntries(a: Dict, b: Dict): boolean {
  return (
    a.entries.size === b.entries.size &&
    [...a.entries].every(([k, e]) => {
      const other = b.entries.get(k)?.value;
      return (
        other !== undefined &&
        (identical(e.value, other) ||
          (e.value instanceof Dict && other instanceof Dict
            ? nested(' in comparison', () => truth(compare('==', e.value, other)))
            : equal(e.value, other)))
      );
    })
  );
}

/** What `ConfigDict._hook` makes of a value that is put in: plain dicts become ConfigDicts, lists and tuples are made anew; a ConfigDict is itself. */
export function hook(value: Value): Value {
  if (value instanceof Dict) return value.type === DICT ? nested('', () => configDictOf(value)) : value;
  if (value instanceof List || value instanceof Tuple) return nested('', () => withItems(value, value.items.map(hook)));
  return value;
}
/** `ConfigDict(other)`: its own entries, with where they were written. */
export function configDictOf(other: Dict): ConfigDict {
  meter.step();
  const out = new ConfigDict();
  out.site = other.site;
  if (other instanceof ConfigDict) out.incomplete = other.incomplete;
  for (const [k, e] of other.entries) out.entries.set(k, { key: e.key, value: hook(e.value), written: e.written });
  return out;
}
/** What is said of a dict counts for its copy. */
function copyOf(self: Dict): ConfigDict {
  const out = configDictOf(self);
  out.from = self.from;
  return out;
}
const put = (self: Dict, key: Value, value: Value, site?: EntrySite): void => self.set(key, hook(value), site);
const putEntry = (self: Dict, e: Entry): void => put(self, e.key, e.value, e.written ?? undefined);

function made(args: readonly Value[], named: Named | null): ConfigDict {
  const out = new ConfigDict();
  for (const arg of args) {
    if (!truth(arg)) continue;
    if (arg instanceof Dict) {
      for (const e of arg.entries.values()) putEntry(out, e);
      out.site ??= arg.site;
    } else if (arg instanceof Tuple && !(arg.items[0] instanceof Tuple)) put(out, arg.items[0] ?? null, arg.items[1] ?? null);
    else {
      const pairs = new Dict();
      updateDict(pairs, arg);
      for (const e of pairs.entries.values()) putEntry(out, e);
    }
  }
  for (const [name, value] of named ?? []) put(out, name, value);
  return out;
}

/** Dicts in dicts are updated, not replaced. */
function update(self: Dict, other: Value, named: Named | null): void {
  const given = new Dict();
  if (other !== null) {
    if (other instanceof UnknownValue) unknown(other.reason);
    if (!(other instanceof Dict))
      throw raise('TypeError', `descriptor 'items' for 'dict' objects doesn't apply to a '${typeName(other)}' object`);
    updateDict(given, other);
  }
  for (const [name, value] of named ?? []) given.set(name, value);
  for (const [k, e] of given.entries) {
    const entry = self.entries.get(k);
    const own = entry?.value;
    if (entry && own instanceof Dict && e.value instanceof Dict) {
      // What is merged is written here, over what it was.
      if (e.written) entry.written = { ...e.written, before: entry.written };
      if (own.type === CONFIG_DICT) update(own, e.value, null);
      else call(getAttribute(own, 'update'), [e.value]);
    } else putEntry(self, e);
  }
}

/** As `update`, but a true `_delete_` in a dict empties the one it is merged into. */
function merge(self: Dict, other: Value): void {
  const merged = mergedValue(deepCopy(other), deepCopy(self));
  self.entries.clear();
  if (merged instanceof Dict) for (const e of merged.entries.values()) self.entries.set(hash(e.key), { ...e, value: hook(e.value) });
}
function mergedValue(a: Value | undefined, b: Value | undefined): Value {
  if (a instanceof UnknownValue || b instanceof UnknownValue) {
    if (a instanceof Dict || a === undefined) return b instanceof UnknownValue ? b : unknown('merge');
    return a;
  }
  if (!(a instanceof Dict)) return a ?? b ?? null;
  const remove = a.entries.get('_delete_')?.value ?? false;
  a.entries.delete('_delete_');
  if (!(b instanceof Dict)) return a;
  if (truth(remove)) b.entries.clear();
  const out = new Dict();
  out.site = a.site ?? b.site;
  for (const [k, { key }] of [...b.entries, ...a.entries]) {
    const mine = a.entries.get(k),
      its = b.entries.get(k);
    if (plain(key) === '_delete_' || out.entries.has(k)) continue;
    const written = mine?.written ? { ...mine.written, before: mine.written.before ?? its?.written ?? null } : (its?.written ?? null);
    out.entries.set(k, { key, value: nested('', () => mergedValue(mine?.value, its?.value)), written });
  }
  return out;
}

methods<Dict>(CONFIG_DICT, {
  'get(key, default=None, /)': (self, key = null, otherwise = null) => found(self, key) ?? otherwise,
  'pop(key, default=None, /)': (self, key = null, otherwise = null) => {
    const value = found(self, key) ?? otherwise;
    self.entries.delete(hash(key));
    return value;
  },
  'setdefault(key, default=None, /)': (self, key = null, value = null) => {
    const own = found(self, key);
    if (own !== undefined) return own;
    put(self, key, value);
    return value;
  },
  'values()': self => new List([...self.entries.values()].map(e => e.value)),
  'items()': self => new List([...self.entries.values()].map(e => new Tuple([e.key, e.value]))),
  'copy()': self => copyOf(self),
  '__copy__()': self => copyOf(self),
  'deepcopy()': self => deepCopy(self),
  '__deepcopy__(memo, /)': (self, memo = null) => deepCopy(self, memosOf(memo)),
  'to_dict()': self => plainDict(self),
  '_to_lazy_dict()': self => plainDict(self),
  'merge(other, /)': (self, other = null) => {
    merge(self, other);
    return null;
  },
  'freeze()': () => unknown('ConfigDict.freeze'),
  'unfreeze()': () => unknown('ConfigDict.unfreeze'),
});
CONFIG_DICT.members.set(
  'update',
  new Native(
    'update',
    'ConfigDict.update',
    ([self = null, ...rest], named) => {
      if (rest.length > 1) throw raise('TypeError', 'update only accept one positional argument');
      if (self instanceof Dict) update(self, rest[0] ?? null, named);
      return null;
    },
    true,
  ),
);
CONFIG_DICT.members.set('__init__', new Native('__init__', 'ConfigDict.__init__', () => null, true));
CONFIG_DICT.members.set('lazy', false);

function plainDict(value: Value): Value {
  if (value instanceof Dict) {
    const out = new Dict();
    out.site = value.site;
    for (const [k, e] of value.entries) out.entries.set(k, { ...e, value: nested('', () => plainDict(e.value)) });
    return out;
  }
  return value instanceof List || value instanceof Tuple ? withItems(value, value.items.map(plainDict)) : value;
}

/** The memo of Python's `copy.deepcopy` is its own affair; ours, for as long as it is at work, is found by it. */
const memos = new WeakMap<object, Copies>();
function memosOf(memo: Value): Copies {
  if (memo === null || typeof memo !== 'object') return new Map();
  let copies = memos.get(memo);
  if (!copies) memos.set(memo, (copies = new Map()));
  return copies;
}
