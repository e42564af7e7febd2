/** `_collections`: OrderedDict, defaultdict, deque. The rest of `collections` is in Python. */
import { call } from '../call.ts';
import { raise } from '../exception.ts';
import { type NativeModule, nativeModule } from '../import/native-module.ts';
import { methods, Native } from '../native.ts';
import { abilities, asSize, compare, equal, identical, iterate, repr, toArray, truth, typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import { nativeType, type Type } from '../type.ts';
import { attributes } from '../types/attribute-of-type.ts';
import { DICT, Dict, update, written } from '../types/dict.ts';
import { dictInit } from '../types/dict-init.ts';
import { integerOf } from '../types/int.ts';
import { backward, ITERATOR, IteratorObject } from '../types/iterator.ts';
import { List } from '../types/list.ts';
import { at, guarded, repeated } from '../types/sequence.ts';
import { ABSENT } from '../types/singleton.ts';
import { range, Slice } from '../types/slice.ts';
import { Tuple } from '../types/tuple.ts';
import { type Named, Obj, type Value } from '../value.ts';

const pairs = (d: Dict): string => `[${[...d.entries.values()].map(e => `(${repr(e.key)}, ${repr(e.value)})`).join(', ')}]`;
/** Between two of them, order counts. */
function sameOrder(a: Dict, b: Dict): boolean {
  const x = [...a.entries.keys()],
    y = [...b.entries.keys()];
  return x.every((k, i) => k === y[i]);
}
const ORDERED_DICT: Type = nativeType<Dict>(
  'OrderedDict',
  {
    repr: self => guarded(self, '...', () => `${self.type.name}(${self.entries.size ? pairs(self) : ''})`),
    compare(self, operator, other) {
      const alike = DICT.abilities.compare?.(self, operator, other);
      if (alike === undefined || !(other instanceof Dict) || !other.type.isA(ORDERED_DICT)) return alike;
      const equalOnes = operator === '==' ? alike : !truth(alike);
      return (truth(equalOnes) && sameOrder(self, other)) === (operator === '==');
    },
  },
  { base: DICT, module: 'collections', make: type => new Dict(type) },
);
ORDERED_DICT.members.set('__init__', dictInit('__init__'));
ORDERED_DICT.initializes = true;
methods<Dict>(ORDERED_DICT, {
  'move_to_end(key, last=True)': (self, key = null, last = true) => {
    const entry = [...self.entries].find(([, e]) => identical(e.key, key) || equal(e.key, key));
    if (!entry) throw raise('KeyError', key);
    const [k, e] = entry;
    self.touch();
    self.entries.delete(k);
    if (truth(last)) self.entries.set(k, e);
    else {
      const rest = [...self.entries];
      self.entries.clear();
      self.entries.set(k, e);
      for (const [rk, re] of rest) self.entries.set(rk, re);
    }
    return null;
  },
  'popitem(last=True)': (self, last = true) => {
    const all = [...self.entries],
      found = truth(last) ? all.at(-1) : all[0];
    if (!found) throw raise('KeyError', 'dictionary is empty');
    self.delete(found[0]);
    return new Tuple([found[1].key, found[1].value]);
  },
  'copy()': self => {
    const out = new Dict(self.type, self.from);
    if (self.type.custom) out.attributes = new Map();
    update(out, self);
    return out;
  },
});

class DefaultDict extends Dict {
  factory: Value = null;
}
const DEFAULT_DICT: Type = nativeType<DefaultDict>(
  'defaultdict',
  {
    repr: self => guarded(self, '...', () => `${self.type.name}(${repr(self.factory)}, ${written(self)})`),
    item(self, key) {
      const value = self.get(key);
      if (value !== undefined) return value;
      const missing = self.type.find('__missing__');
      return missing === undefined ? null : call(missing, [self, key]);
    },
    attribute: (self, name) => (name === 'default_factory' ? self.factory : undefined),
    binary(self, operator, other, reflected) {
      if (operator !== '|' || !(other instanceof Dict)) return undefined;
      const out = new DefaultDict(self.type);
      out.factory = self.factory;
      for (const part of reflected ? [other, self] : [self, other]) update(out, part);
      return out;
    },
    setAttribute(self, name, value) {
      self.touch();
      if (name === 'default_factory') self.factory = value;
      else if (self.attributes) self.attributes.set(name, value);
      else throw raise('AttributeError', `'collections.defaultdict' object has no attribute '${name}'`);
    },
  },
  { base: DICT, module: 'collections', make: type => new DefaultDict(type) },
);
DEFAULT_DICT.members.set(
  '__init__',
  new Native(
    '__init__',
    'defaultdict.__init__',
    ([self = null, factory = null, ...rest]: readonly Value[], named: Named | null) => {
      if (!(self instanceof DefaultDict)) return null;
      if (factory !== null && !(factory instanceof Obj && factory.type.abilities.call))
        throw raise('TypeError', 'first argument must be callable or None');
      self.factory = factory;
      if (rest[0] !== undefined) update(self, rest[0]);
      update(self, new Dict(), named);
      return null;
    },
    true,
  ),
);
DEFAULT_DICT.initializes = true;
methods<DefaultDict>(DEFAULT_DICT, {
  '__missing__(key, /)': (self, key = null) => {
    if (self.factory === null) throw raise('KeyError', key);
    const value = call(self.factory, []);
    self.set(key, value);
    return value;
  },
  'copy()': self => {
    const out = new DefaultDict(self.type);
    out.factory = self.factory;
    update(out, self);
    return out;
  },
});

class Deque extends List {
  most: number | null = null;
  protected override memento(): () => void {
    const back = super.memento(),
      { most } = this;
    return () => {
      back();
      this.most = most;
    };
  }
  trim(side: 'left' | 'right'): void {
    if (this.most === null || this.items.length <= this.most) return;
    this.items = side === 'left' ? this.items.slice(this.items.length - this.most) : this.items.slice(0, this.most);
  }
}
const slotAt = (self: Deque, key: Value): number => {
  if (!abilities(key).index) throw raise('TypeError', `sequence index must be integer, not '${typeName(key)}'`);
  return at(key, self.items.length, 'deque');
};
const DEQUE: Type = nativeType<Deque>(
  'deque',
  {
    repr: self =>
      guarded(
        self,
        '[...]',
        () => `${self.type.name}([${self.items.map(repr).join(', ')}]${self.most === null ? '' : `, maxlen=${self.most}`})`,
      ),
    length: self => self.items.length,
    truth: self => self.items.length > 0,
    iterate(self) {
      const size = self.items.length;
      let i = 0;
      return {
        next() {
          if (self.items.length !== size) throw raise('RuntimeError', 'deque mutated during iteration');
          return self.items[i++];
        },
      };
    },
    contains: (self, item) => place(self, item, 0, self.items.length) >= 0,
    item: (self, key) => self.items[slotAt(self, key)] ?? null,
    setItem: (self, key, value) => {
      self.touch();
      self.items[slotAt(self, key)] = value;
    },
    deleteItem: (self, key) => {
      self.touch();
      self.items.splice(slotAt(self, key), 1);
    },
    binary(self, operator, other, reflected) {
      if (operator === '*' && abilities(other).index) return made(self.type, repeated(self.items, asSize(other)), self.most);
      if (operator !== '+' || reflected) return undefined;
      if (!(other instanceof Deque)) throw raise('TypeError', `can only concatenate deque (not "${typeName(other)}") to deque`);
      return made(self.type, [...self.items, ...other.items], self.most);
    },
    augment(self, operator, other) {
      if (operator === '*' && abilities(other).index) {
        self.touch();
        self.items = repeated(self.items, asSize(other));
        self.trim('left');
        return self;
      }
      if (operator !== '+') return undefined;
      self.touch();
      self.items = [...self.items, ...toArray(other)];
      self.trim('left');
      return self;
    },
    compare: (self, operator, other) =>
      other instanceof Deque ? compare(operator, new List(self.items), new List(other.items)) : undefined,
  },
  { module: 'collections', make: type => new Deque([], null, type) },
);
function made(type: Type, items: Value[], most: number | null): Deque {
  const out = new Deque(items, null, type);
  out.most = most;
  out.trim('left');
  return out;
}
const REVERSE: Type = nativeType<IteratorObject>('_deque_reverse_iterator', {}, { base: ITERATOR, module: 'collections' });
/** Where it is, between two places; a comparison must not change it. */
function place(self: Deque, x: Value, from: number, to: number): number {
  const size = self.items.length;
  for (let i = from; i < Math.min(to, size); i++) {
    const v = self.items[i] ?? null,
      same = identical(v, x) || equal(v, x);
    if (self.items.length !== size) throw raise('RuntimeError', 'deque mutated during iteration');
    if (same) return i;
  }
  return -1;
}
const empty = (): Error | ReturnType<typeof raise> => raise('IndexError', 'pop from an empty deque');
DEQUE.initializes = true;
delete DEQUE.abilities.hash;
DEQUE.members.set('__hash__', null);
attributes<Deque>(DEQUE, { maxlen: self => self.most });
methods<Deque>(DEQUE, {
  '__init__(iterable=?, maxlen=None)': (self, iterable = ABSENT, most = null) => {
    const limit = plain(most);
    if (limit !== null && integerOf(limit) === undefined) throw raise('TypeError', 'an integer is required');
    if (limit !== null && Number(integerOf(limit)) < 0) throw raise('ValueError', 'maxlen must be non-negative');
    self.touch();
    self.most = limit === null ? null : asSize(limit);
    self.items = [];
    if (iterable === ABSENT) return null;
    const cursor = iterate(iterable);
    for (let v = cursor.next(); v !== undefined; v = cursor.next()) self.items.push(v);
    self.trim('left');
    return null;
  },
  'append(x, /)': (self, x = null) => {
    self.touch();
    self.items.push(x);
    self.trim('left');
    return null;
  },
  'appendleft(x, /)': (self, x = null) => {
    self.touch();
    self.items.unshift(x);
    self.trim('right');
    return null;
  },
  'pop()': self => {
    self.touch();
    const v = self.items.pop();
    if (v === undefined) throw empty();
    return v;
  },
  'popleft()': self => {
    self.touch();
    const v = self.items.shift();
    if (v === undefined) throw empty();
    return v;
  },
  'extend(iterable, /)': (self, more = null) => {
    self.touch();
    for (const v of toArray(more)) self.items.push(v);
    self.trim('left');
    return null;
  },
  'extendleft(iterable, /)': (self, more = null) => {
    self.touch();
    for (const v of toArray(more)) self.items.unshift(v);
    self.trim('right');
    return null;
  },
  'clear()': self => {
    self.touch();
    self.items = [];
    return null;
  },
  'copy()': self => made(self.type, self.items.slice(), self.most),
  '__copy__()': self => made(self.type, self.items.slice(), self.most),
  'count(x, /)': (self, x = null) => {
    let n = 0,
      from = 0;
    for (let i = place(self, x, from, Infinity); i >= 0; i = place(self, x, from, Infinity)) {
      n++;
      from = i + 1;
    }
    return n;
  },
  'index(x, start=0, stop=?, /)': (self, x = null, start = 0, stop = ABSENT) => {
    const r = range(new Slice(start, stop === ABSENT ? null : stop, null), self.items.length),
      i = place(self, x, r.start, r.stop);
    if (i < 0) throw raise('ValueError', `${repr(x)} is not in deque`);
    return i;
  },
  'insert(index, object, /)': (self, index = 0, x = null) => {
    if (self.most !== null && self.items.length >= self.most) throw raise('IndexError', 'deque already at its maximum size');
    self.touch();
    self.items.splice(asSize(index), 0, x);
    return null;
  },
  '__reversed__()': self => new IteratorObject(backward(self.items.slice()), REVERSE),
  'remove(x, /)': (self, x = null) => {
    const size = self.items.length,
      i = self.items.findIndex(v => identical(v, x) || equal(v, x));
    if (self.items.length !== size) throw raise('IndexError', 'deque mutated during remove().');
    if (i < 0) throw raise('ValueError', `${repr(x)} is not in deque`);
    self.touch();
    self.items.splice(i, 1);
    return null;
  },
  'reverse()': self => {
    self.touch();
    self.items.reverse();
    return null;
  },
  'rotate(n=1, /)': (self, n = 1) => {
    const size = self.items.length,
      by = size ? ((asSize(n) % size) + size) % size : 0;
    self.touch();
    if (by) self.items = [...self.items.slice(size - by), ...self.items.slice(0, size - by)];
    return null;
  },
});

/** What a named tuple has for each of its names. */
class TupleGetter extends Obj {
  readonly index: number;
  doc: Value;
  constructor(index: number, doc: Value) {
    super(TUPLE_GETTER);
    this.index = index;
    this.doc = doc;
  }
}
const TUPLE_GETTER: Type = nativeType<TupleGetter>(
  '_tuplegetter',
  {
    hash: self => self,
    repr: self => `_tuplegetter(${self.index}, ${repr(self.doc)})`,
    get(self, instance) {
      if (instance === undefined || instance === null) return self;
      if (!(instance instanceof Tuple))
        throw raise(
          'TypeError',
          `descriptor for index '${self.index}' for tuple subclasses doesn't apply to '${typeName(instance)}' object`,
        );
      const value = instance.items[self.index];
      if (value === undefined) throw raise('IndexError', 'tuple index out of range');
      return value;
    },
    set() {
      throw raise('AttributeError', "can't set attribute");
    },
    delete() {
      throw raise('AttributeError', "can't delete attribute");
    },
    attribute: (self, name) => (name === '__doc__' ? self.doc : undefined),
    setAttribute(self, name, value) {
      if (name !== '__doc__') throw raise('AttributeError', `'collections._tuplegetter' object has no attribute '${name}'`);
      self.doc = value;
    },
  },
  { module: 'collections', make: (_, [index = 0, doc = null]) => new TupleGetter(asSize(index), doc) },
);

export const collectionsModule = (): NativeModule =>
  nativeModule('_collections', { _tuplegetter: TUPLE_GETTER, OrderedDict: ORDERED_DICT, defaultdict: DEFAULT_DICT, deque: DEQUE });
