/** `array`: numbers of one kind, side by side in memory. */
import { raise } from '../exception.ts';
import { type NativeModule, nativeModule } from '../import/native-module.ts';
import { meter } from '../meter.ts';
import { methods, Native } from '../native.ts';
import { abilities, asIndex, asSize, compare as compared, equal, repr, toArray, typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import { nativeType, type Type } from '../type.ts';
import { attributes } from '../types/attribute-of-type.ts';
import { Bytes, bytesOf, Memory, unviewed } from '../types/bytes.ts';
import { ordered } from '../types/int.ts';
import { type ItemFormat, NATIVE, viewOf } from '../types/item-format.ts';
import { IteratorObject } from '../types/iterator.ts';
import { List } from '../types/list.ts';
import { floatFrom } from '../types/number-text.ts';
import { at } from '../types/sequence.ts';
import { NOT_IMPLEMENTED } from '../types/singleton.ts';
import { range, Slice } from '../types/slice.ts';
import type { Value } from '../value.ts';

const CODES = 'bBuhHiIlLqQfd';
/** What `u` holds: one character in four bytes. */
const CHARACTER: ItemFormat = {
  code: 'u',
  size: 4,
  least: null,
  most: null,
  read(view, place, little) {
    const code = view.getUint32(place, little);
    if (code > 0x10ffff) throw raise('ValueError', `character U+${code.toString(16)} is not in range [U+0000; U+10ffff]`);
    return String.fromCodePoint(code);
  },
  write: (view, place, value, little) => view.setUint32(place, Number(value), little),
};
const itemOf = (code: string): ItemFormat => (code === 'u' ? CHARACTER : (NATIVE.get(code) ?? unknown(`array of ${code}`)));

class PyArray extends Memory {
  readonly item: ItemFormat;
  /** May be longer than what is in use: appending is cheap. */
  #room: Uint8Array = new Uint8Array();
  count = 0;
  constructor(item: ItemFormat, type: Type = ARRAY) {
    super(type);
    this.item = item;
  }
  get format(): string {
    return this.item.code === 'u' ? 'w' : this.item.code;
  }
  get itemSize(): number {
    return this.item.size;
  }
  get memory(): Uint8Array {
    return this.#room.subarray(0, this.count * this.item.size);
  }
  read(i: number): Value {
    return this.item.read(viewOf(this.#room), i * this.item.size, true);
  }
  write(i: number, v: Value): void {
    const n = numberFor(this.item, v);
    this.item.write(viewOf(this.#room), i * this.item.size, n, true);
  }
  push(v: Value): void {
    const n = numberFor(this.item, v);
    this.become(this.memory, 1);
    this.item.write(viewOf(this.#room), (this.count - 1) * this.item.size, n, true);
  }
  get values(): Value[] {
    return Array.from({ length: this.count }, (_, i) => this.read(i));
  }
  /** Other bytes, and behind them room for so many items more. */
  become(bytes: Uint8Array, more = 0): void {
    const size = bytes.length + more * this.item.size;
    if (size !== this.memory.length) unviewed(this);
    if (size > this.#room.length || bytes.buffer !== this.#room.buffer) {
      meter.allocate(size, 1);
      const room = new Uint8Array(Math.max(size, more ? 2 * size : size));
      room.set(bytes);
      this.#room = room;
    }
    this.count = size / this.item.size;
  }
  like(bytes: Uint8Array): PyArray {
    const made = new PyArray(this.item);
    made.become(bytes);
    return made;
  }
}

const RANGES: Readonly<Record<string, readonly [string, string]>> = {
  b: ['signed char is less than minimum', 'signed char is greater than maximum'],
  B: ['unsigned byte integer is less than minimum', 'unsigned byte integer is greater than maximum'],
  h: ['signed short integer is less than minimum', 'signed short integer is greater than maximum'],
  H: ['unsigned short is less than minimum', 'unsigned short is greater than maximum'],
  i: ['signed integer is less than minimum', 'signed integer is greater than maximum'],
  I: ["can't convert negative value to unsigned int", 'unsigned int is greater than maximum'],
  L: ["can't convert negative value to unsigned int", 'Python int too large to convert to C unsigned long'],
  l: ['Python int too large to convert to C long', 'Python int too large to convert to C long'],
  q: ['int too big to convert', 'int too big to convert'],
  Q: ["can't convert negative int to unsigned", 'int too big to convert'],
};
const LONG = 2n ** 63n,
  INT = 2n ** 31n;
/** What CPython says of an integer that does not fit. What reads it complains first, of what does not even fit there. */
function misfit(code: string, n: number | bigint, below: boolean): string {
  if ('bBhHi'.includes(code) && (n >= LONG || n < -LONG)) return 'Python int too large to convert to C long';
  if ('bh'.includes(code)) {
    // The small ones are read as shorts.
    if (n < -32768n) return RANGES.h?.[0] ?? '';
    if (n > 32767n) return RANGES.h?.[1] ?? '';
  }
  if (code === 'H' && (n < -INT || n >= INT)) return RANGES.i?.[below ? 0 : 1] ?? '';
  if (code === 'I' && n >= 2n * LONG) return 'Python int too large to convert to C unsigned long';
  return RANGES[code]?.[below ? 0 : 1] ?? '';
}
function numberFor(item: ItemFormat, v: Value): number | bigint {
  const p = plain(v);
  if (item.code === 'u') {
    const [first = '', ...more] = typeof p === 'string' ? p : '';
    if (first === '' || more.length) throw raise('TypeError', 'array item must be unicode character');
    return first.codePointAt(0) ?? 0;
  }
  if (item.least === null) {
    if (typeof p === 'string' || (!abilities(v).float && !abilities(v).index))
      throw raise('TypeError', `must be real number, not ${typeName(v)}`);
    return floatFrom([v]);
  }
  const n = asIndex(v);
  if (n < item.least || (item.most !== null && n > item.most)) throw raise('OverflowError', misfit(item.code, n, n < item.least));
  return n;
}

function make(type: Type, args: readonly Value[]): PyArray {
  const [code, from] = args,
    told = plain(code ?? null);
  if (code === undefined) throw raise('TypeError', 'array() takes at least 1 argument (0 given)');
  if (args.length > 2) throw raise('TypeError', `array() takes at most 2 arguments (${args.length} given)`);
  if (typeof told !== 'string' || told.length !== 1)
    throw raise('TypeError', `array() argument 1 must be a unicode character, not ${typeName(code)}`);
  const text = plain(from ?? null);
  if (from !== undefined && told !== 'u') {
    if (typeof text === 'string') throw raise('TypeError', `cannot use a str to initialize an array with typecode '${told}'`);
    if (from instanceof PyArray && from.item.code === 'u')
      throw raise('TypeError', `cannot use a unicode array to initialize an array with typecode '${told}'`);
  }
  if (!CODES.includes(told)) throw raise('ValueError', 'bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)');
  const made = new PyArray(itemOf(told), type);
  if (from === undefined) return made;
  if (from instanceof Bytes) fromBytes(made, from);
  else if (from instanceof PyArray && from.item === made.item) made.become(from.memory.slice());
  else extend(made, from, false);
  return made;
}
function fromBytes(self: PyArray, given: Value): null {
  const bytes = bytesOf(given);
  if (!bytes) throw raise('TypeError', `a bytes-like object is required, not '${typeName(given)}'`);
  if (bytes.length % self.item.size) throw raise('ValueError', 'bytes length not a multiple of item size');
  const out = new Uint8Array(self.memory.length + bytes.length);
  out.set(self.memory);
  out.set(bytes, self.memory.length);
  self.become(out);
  return null;
}
function extend(self: PyArray, given: Value, strict = true): null {
  if (given instanceof PyArray) {
    if (given.item === self.item) return fromBytes(self, new Bytes(given.memory.slice()));
    if (strict) throw raise('TypeError', 'can only extend with array of same kind');
  }
  for (const v of toArray(given)) self.push(v);
  return null;
}

function spliced(self: PyArray, start: number, gone: number, fresh: Uint8Array): void {
  const size = self.item.size,
    out = new Uint8Array(self.memory.length - gone * size + fresh.length);
  out.set(self.memory.subarray(0, start * size));
  out.set(fresh, start * size);
  out.set(self.memory.subarray((start + gone) * size), start * size + fresh.length);
  self.become(out);
}
function picked(self: PyArray, { start, step, count }: { start: number; step: number; count: number }): Uint8Array {
  const size = self.item.size,
    out = new Uint8Array(count * size);
  for (let i = 0; i < count; i++) out.set(self.memory.subarray((start + i * step) * size, (start + i * step + 1) * size), i * size);
  return out;
}
function assign(self: PyArray, key: Slice, value: Value): void {
  if (!(value instanceof PyArray)) throw raise('TypeError', `can only assign array (not "${typeName(value)}") to array slice`);
  if (value.item !== self.item) throw raise('TypeError', 'bad argument type for built-in operation');
  const fresh = value.memory.slice(),
    { start, stop, step, count } = range(key, self.count),
    size = self.item.size;
  if (step === 1) spliced(self, start, Math.max(0, stop - start), fresh);
  else {
    if (value.count !== count)
      throw raise('ValueError', `attempt to assign array of size ${value.count} to extended slice of size ${count}`);
    const own = self.memory;
    for (let i = 0; i < count; i++) own.set(fresh.subarray(i * size, (i + 1) * size), (start + i * step) * size);
  }
}
function remove(self: PyArray, key: Slice): void {
  const { start, step, count } = range(key, self.count),
    gone = new Set(Array.from({ length: count }, (_, i) => start + i * step)),
    rest = Array.from({ length: self.count }, (_, i) => i).filter(i => !gone.has(i)),
    size = self.item.size,
    out = new Uint8Array(rest.length * size);
  rest.forEach((from, to) => {
    out.set(self.memory.subarray(from * size, (from + 1) * size), to * size);
  });
  self.become(out);
}

const WALK: Type = nativeType<IteratorObject>(
  'arrayiterator',
  { iterate: self => self, next: self => self.next(), hash: self => self },
  { module: 'array' },
);
const ARRAY: Type = nativeType<PyArray>(
  'array',
  {
    repr(self) {
      const name = self.type.name;
      if (!self.count) return `${name}('${self.item.code}')`;
      return `${name}('${self.item.code}', ${self.item.code === 'u' ? repr(self.values.join('')) : `[${self.values.map(repr).join(', ')}]`})`;
    },
    length: self => self.count,
    truth: self => self.count > 0,
    iterate(self) {
      let i = 0;
      return new IteratorObject({ next: () => (i < self.count ? self.read(i++) : undefined) }, WALK);
    },
    contains: (self, v) => self.values.some(x => equal(x, v)),
    item: (self, key) =>
      key instanceof Slice ? self.like(picked(self, range(key, self.count))) : self.read(place(self, key, 'array index out of range')),
    setItem(self, key, value) {
      if (key instanceof Slice) assign(self, key, value);
      else self.write(place(self, key, 'array assignment index out of range'), value);
    },
    deleteItem(self, key) {
      if (key instanceof Slice) remove(self, key);
      else spliced(self, place(self, key, 'array assignment index out of range'), 1, new Uint8Array());
    },
    binary(self, operator, other, reflected) {
      if (operator === '+' && !reflected) {
        if (!(other instanceof PyArray)) throw raise('TypeError', `can only append array (not "${typeName(other)}") to array`);
        if (other.item !== self.item) throw raise('TypeError', 'bad argument type for built-in operation');
        return self.like(Uint8Array.from([...self.memory, ...other.memory]));
      }
      if (operator !== '*' || !abilities(other).index) return undefined;
      return self.like(repeated(self, asSize(other)));
    },
    augment(self, operator, other) {
      if (operator === '+') {
        if (!(other instanceof PyArray)) throw raise('TypeError', `can only extend array with array (not "${typeName(other)}")`);
        extend(self, other);
        return self;
      }
      if (operator !== '*' || !abilities(other).index) return undefined;
      self.become(repeated(self, asSize(other)));
      return self;
    },
    compare(self, operator, other) {
      if (!(other instanceof PyArray)) return undefined;
      const equality = operator === '==' || operator === '!=';
      if (equality && self.count !== other.count) return operator === '!=';
      for (let i = 0; i < self.count && i < other.count; i++) {
        const x = self.read(i),
          y = other.read(i);
        if (!equal(x, y)) return equality ? operator === '!=' : compared(operator, x, y);
      }
      return ordered(operator, self.count, other.count);
    },
  },
  {
    module: 'array',
    make(type, args, named) {
      if (named?.size && type === ARRAY) throw raise('TypeError', 'array.array() takes no keyword arguments');
      return make(type, args);
    },
  },
);
// It compares by value.
delete ARRAY.abilities.hash;
ARRAY.members.set('__hash__', null);
const place = (self: PyArray, key: Value, complaint: string): number => {
  if (!abilities(key).index) throw raise('TypeError', 'array indices must be integers');
  return at(key, self.count, 'array', complaint);
};
function repeated(self: PyArray, times: number): Uint8Array {
  const n = Math.max(0, times),
    one = self.memory;
  meter.allocate(one.length * n, 1);
  const out = new Uint8Array(one.length * n);
  for (let i = 0; i < n; i++) out.set(one, i * one.length);
  return out;
}
const indexOf = (self: PyArray, v: Value, from = 0, to = self.count): number => {
  for (let i = from; i < to; i++) if (equal(self.read(i), v)) return i;
  return -1;
};

methods<PyArray>(ARRAY, {
  'append(v, /)': (self, v = null) => (self.push(v), null),
  'extend(bb, /)': (self, v = null) => extend(self, v),
  'fromlist(list, /)': (self, v = null) => {
    if (!(v instanceof List)) throw raise('TypeError', 'arg must be list');
    const before = self.memory.slice();
    try {
      for (const x of v.items) self.push(x);
    } catch (e) {
      self.become(before);
      throw e;
    }
    return null;
  },
  'frombytes(buffer, /)': (self, v = null) => fromBytes(self, v),
  'fromunicode(ustr, /)': (self, v = null) => {
    if (self.item.code !== 'u') throw raise('ValueError', 'fromunicode() may only be called on unicode type arrays');
    for (const c of String(plain(v))) self.push(c);
    return null;
  },
  'tounicode()': self => {
    if (self.item.code !== 'u') throw raise('ValueError', 'tounicode() may only be called on unicode type arrays');
    return self.values.join('');
  },
  'tolist()': self => new List(self.values),
  'tobytes()': self => new Bytes(self.memory.slice()),
  'count(v, /)': (self, v = null) => self.values.filter(x => equal(x, v)).length,
  'index(v, start=0, stop=9223372036854775807, /)': (self, v = null, start = 0, stop = null) => {
    const end = plain(stop),
      { start: from, stop: to } = range(new Slice(start, typeof end === 'number' && end > 2 ** 60 ? null : stop, null), self.count),
      found = indexOf(self, v, from, to);
    if (found < 0) throw raise('ValueError', 'array.index(x): x not in array');
    return found;
  },
  'remove(v, /)': (self, v = null) => {
    const found = indexOf(self, v);
    if (found < 0) throw raise('ValueError', 'array.remove(x): x not in array');
    spliced(self, found, 1, new Uint8Array());
    return null;
  },
  'pop(i=-1, /)': (self, i = -1) => {
    if (!self.count) throw raise('IndexError', 'pop from empty array');
    const n = at(i, self.count, 'array', 'pop index out of range'),
      v = self.read(n);
    spliced(self, n, 1, new Uint8Array());
    return v;
  },
  'insert(i, v, /)': (self, i = 0, v = null) => {
    const n = asSize(i),
      one = new PyArray(self.item);
    one.push(v);
    spliced(self, n < 0 ? Math.max(0, n + self.count) : Math.min(n, self.count), 0, one.memory.slice());
    return null;
  },
  'reverse()': self => {
    self.memory.set(picked(self, { start: self.count - 1, step: -1, count: self.count }));
    return null;
  },
  'byteswap()': self => {
    const size = self.item.size,
      own = self.memory;
    for (let i = 0; i < self.count; i++) own.subarray(i * size, (i + 1) * size).reverse();
    return null;
  },
  'buffer_info()': () => unknown('array.buffer_info'),
  'fromfile(f, n, /)': () => unknown('array.fromfile'),
  'tofile(f, /)': () => unknown('array.tofile'),
  '__iadd__(value, /)': (self, v = null) => ARRAY.abilities.augment?.(self, '+', v) ?? NOT_IMPLEMENTED,
  '__imul__(value, /)': (self, v = null) => ARRAY.abilities.augment?.(self, '*', v) ?? NOT_IMPLEMENTED,
  '__copy__()': self => self.like(self.memory.slice()),
  '__deepcopy__(memo, /)': self => self.like(self.memory.slice()),
});
attributes<PyArray>(ARRAY, { typecode: self => self.item.code, itemsize: self => self.item.size });

export const arrayModule = (): NativeModule =>
  nativeModule(
    'array',
    {
      array: ARRAY,
      ArrayType: ARRAY,
      typecodes: CODES,
      _array_reconstructor: new Native('_array_reconstructor', '_array_reconstructor', () => unknown('array._array_reconstructor')),
    },
    { real: ['array', 'ArrayType', 'typecodes', '_array_reconstructor'] },
  );
