/** `memoryview`: items in another object's memory, in one dimension. */
import { raise } from '../exception.ts';
import { methods } from '../native.ts';
import { abilities, asIndex, hash, truth, typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import { nativeType, type Type } from '../type.ts';
import { Obj, type Value } from '../value.ts';
import { attributes } from './attribute-of-type.ts';
import { Bytes, hexadecimal, type Memory, memoryOf, readOnly } from './bytes.ts';
import { NATIVE, viewOf } from './item-format.ts';
import { List } from './list.ts';
import { floatFrom } from './number-text.ts';
import { at } from './sequence.ts';
import { ABSENT } from './singleton.ts';
import { range, Slice } from './slice.ts';
import { Tuple } from './tuple.ts';

interface Layout {
  readonly memory: Uint8Array;
  readonly format: string;
  readonly itemSize: number;
  /** In bytes: of the first item, and from one to the next. */
  readonly offset: number;
  readonly stride: number;
  readonly count: number;
}

export class MemoryView extends Obj {
  readonly owner: Memory;
  readonly layout: Layout;
  readonly writable: boolean;
  released = false;
  constructor(owner: Memory, layout: Layout, writable: boolean) {
    super(MEMORYVIEW);
    this.owner = owner;
    this.layout = layout;
    this.writable = writable;
    owner.views++;
  }
  /** Its items' bytes, one after the other. */
  get shown(): Uint8Array {
    held(this);
    const { memory, offset, stride, count, itemSize } = this.layout;
    if (stride === itemSize) return memory.subarray(offset, offset + count * itemSize);
    const out = new Uint8Array(count * itemSize);
    for (let i = 0; i < count; i++) out.set(memory.subarray(offset + i * stride, offset + i * stride + itemSize), i * itemSize);
    return out;
  }
  with(layout: Partial<Layout>, writable = this.writable): MemoryView {
    return new MemoryView(this.owner, { ...this.layout, ...layout }, writable);
  }
}

function held(self: MemoryView): MemoryView {
  if (self.released) throw raise('ValueError', 'operation forbidden on released memoryview object');
  return self;
}
function read(self: MemoryView, i: number): Value {
  const { memory, format, offset, stride } = held(self).layout,
    place = offset + i * stride,
    byte = memory[place] ?? 0;
  if (format === 'c') return new Bytes(Uint8Array.of(byte));
  if (format === '?') return byte !== 0;
  return NATIVE.get(format)?.read(viewOf(memory), place, true) ?? unknown(`a memoryview with the format ${format}`);
}
function write(self: MemoryView, i: number, value: Value): void {
  const { memory, format, offset, stride } = self.layout,
    place = offset + i * stride,
    wrongType = () => raise('TypeError', `memoryview: invalid type for format '${format}'`),
    wrongValue = () => raise('ValueError', `memoryview: invalid value for format '${format}'`);
  if (format === 'c') {
    if (!(value instanceof Bytes) || value.type.name !== 'bytes') throw wrongType();
    if (value.bytes.length !== 1) throw wrongValue();
    memory[place] = value.bytes[0] ?? 0;
    return;
  }
  if (format === '?') {
    memory[place] = truth(value) ? 1 : 0;
    return;
  }
  const item = NATIVE.get(format) ?? unknown(`a memoryview with the format ${format}`);
  if (item.least === null) {
    const p = plain(value);
    if (typeof p === 'string' || (!abilities(value).float && !abilities(value).index)) throw wrongType();
    item.write(viewOf(memory), place, floatFrom([value]), true);
    return;
  }
  if (!abilities(value).index) throw wrongType();
  const n = asIndex(value);
  if (n < item.least || (item.most !== null && n > item.most)) throw wrongValue();
  item.write(viewOf(memory), place, n, true);
}
const items = (self: MemoryView): Value[] => Array.from({ length: held(self).layout.count }, (_, i) => read(self, i));
const place = (self: MemoryView, key: Value): number => {
  if (!abilities(key).index) throw raise('TypeError', 'memoryview: invalid slice key');
  return at(key, self.layout.count, 'memoryview', 'index out of bounds on dimension 1');
};
function part(self: MemoryView, key: Slice): MemoryView {
  const { offset, stride, count } = self.layout,
    found = range(key, count);
  return self.with({ offset: offset + found.start * stride, stride: stride * found.step, count: found.count });
}

export const MEMORYVIEW: Type = nativeType<MemoryView>(
  'memoryview',
  {
    repr: self => `<${self.released ? 'released memory' : 'memory'} at 0x7f0000000000>`,
    length: self => held(self).layout.count,
    truth: self => held(self).layout.count > 0,
    iterate(self) {
      let i = 0;
      held(self);
      return { next: () => (i < self.layout.count ? read(self, i++) : undefined) };
    },
    item: (self, key) => (key instanceof Slice ? part(held(self), key) : read(held(self), place(self, key))),
    setItem(self, key, value) {
      held(self);
      if (!self.writable) throw raise('TypeError', 'cannot modify read-only memory');
      if (!(key instanceof Slice)) {
        write(self, place(self, key), value);
        return;
      }
      const to = part(self, key),
        from = value instanceof MemoryView ? value : viewFrom(value),
        different = from.layout.format !== to.layout.format || from.layout.count !== to.layout.count;
      if (different) throw raise('ValueError', 'memoryview assignment: lvalue and rvalue have different structures');
      const bytes = from.shown.slice(),
        { memory, offset, stride, itemSize, count } = to.layout;
      for (let i = 0; i < count; i++) memory.set(bytes.subarray(i * itemSize, (i + 1) * itemSize), offset + i * stride);
    },
    deleteItem(self) {
      held(self);
      throw raise('TypeError', self.writable ? 'cannot delete memory' : 'cannot modify read-only memory');
    },
    compare(self, operator, other) {
      if (operator !== '==' && operator !== '!=') return undefined;
      if (other === self) return operator === '==';
      if (self.released) return false === (operator === '==');
      if (!(other instanceof MemoryView) && !memoryOf(other)) return undefined;
      const theirs = other instanceof MemoryView ? other : viewFrom(other);
      if (theirs.released) return operator === '!=';
      const mine = items(self),
        same =
          mine.length === theirs.layout.count &&
          items(theirs).every((v, i) => truth(abilities(v).compare?.(v, '==', mine[i] ?? null) ?? v === mine[i]));
      if (!(other instanceof MemoryView)) theirs.owner.views--;
      return same === (operator === '==');
    },
    hash(self) {
      if (held(self).writable) throw raise('ValueError', 'cannot hash writable memoryview object');
      if (!'Bbc'.includes(self.layout.format)) throw raise('ValueError', "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
      return hash(new Bytes(self.shown));
    },
  },
  {
    make(_, args, named) {
      const source = args[0] ?? named?.get('object');
      if (source === undefined && !named?.size) throw raise('TypeError', "memoryview() missing required argument 'object' (pos 1)");
      if (args.length + (named?.size ?? 0) !== 1 || source === undefined) return unknown('memoryview() with these arguments');
      if (source instanceof MemoryView) return held(source).with({});
      return viewFrom(source);
    },
  },
);

function viewFrom(source: Value): MemoryView {
  const owner = memoryOf(source);
  if (!owner) throw raise('TypeError', `memoryview: a bytes-like object is required, not '${typeName(source)}'`);
  const memory = owner.memory,
    itemSize = owner.itemSize;
  return new MemoryView(
    owner,
    { memory, format: owner.format, itemSize, offset: 0, stride: itemSize, count: memory.length / itemSize },
    !readOnly(owner),
  );
}

function cast(self: MemoryView, format: Value, shape: Value): MemoryView {
  const told = plain(format),
    { layout } = held(self);
  if (typeof told !== 'string') throw raise('TypeError', `cast() argument 'format' must be str, not ${typeName(format)}`);
  if (shape !== ABSENT) return unknown('a memoryview of another shape');
  const code = told.replace(/^@(?=.$)/, '');
  const size = code === 'c' || code === '?' ? 1 : code.length === 1 && code !== 'e' ? NATIVE.get(code)?.size : undefined;
  if (size === undefined)
    throw raise('ValueError', "memoryview: destination format must be a native single character format prefixed with an optional '@'");
  const isByte = (c: string): boolean => 'Bbc'.includes(c);
  if (layout.stride !== layout.itemSize) throw raise('TypeError', 'memoryview: casts are restricted to C-contiguous views');
  if (!isByte(code) && !isByte(layout.format)) throw raise('TypeError', 'memoryview: cannot cast between two non-byte formats');
  const length = layout.count * layout.itemSize;
  if (length % size) throw raise('TypeError', 'memoryview: length is not a multiple of itemsize');
  return self.with({ format: code, itemSize: size, stride: size, count: length / size });
}
function release(self: MemoryView): null {
  if (!self.released) self.owner.views--;
  self.released = true;
  return null;
}

methods<MemoryView>(MEMORYVIEW, {
  "tobytes(order='C')": self => new Bytes(self.shown.slice()),
  'tolist()': self => new List(items(self)),
  'hex(sep=?, bytes_per_sep=1)': (self, sep = ABSENT, each = 1) => hexadecimal(self.shown, sep, each),
  'release()': release,
  'toreadonly()': self => held(self).with({}, false),
  'cast(format, shape=?)': (self, format = '', shape = ABSENT) => cast(self, format, shape),
  '__enter__()': self => held(self),
  '__exit__(*exc)': self => release(self),
});
attributes<MemoryView>(MEMORYVIEW, {
  readonly: self => !held(self).writable,
  itemsize: self => held(self).layout.itemSize,
  ndim: self => (held(self), 1),
  nbytes: self => held(self).layout.count * self.layout.itemSize,
  format: self => held(self).layout.format,
  obj: self => held(self).owner,
  shape: self => new Tuple([held(self).layout.count]),
  strides: self => new Tuple([held(self).layout.stride]),
  suboffsets: self => (held(self), new Tuple([])),
  contiguous: self => held(self).layout.stride === self.layout.itemSize || self.layout.count <= 1,
  c_contiguous: self => held(self).layout.stride === self.layout.itemSize || self.layout.count <= 1,
  f_contiguous: self => held(self).layout.stride === self.layout.itemSize || self.layout.count <= 1,
});
