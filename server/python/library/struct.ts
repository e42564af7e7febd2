/** `struct`: values to bytes and back, by a format. Native formats are those of 64-bit Linux. */
import { Exception, exceptionType, Raised, raise } from '../exception.ts';
import { type NativeModule, nativeModule } from '../import/native-module.ts';
import { methods, Native, native } from '../native.ts';
import { abilities, asIndex, asSize, truth, typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import { nativeType, type Type } from '../type.ts';
import { attributes } from '../types/attribute-of-type.ts';
import { Bytes, bytesOf, memoryOf, ofText, readOnly } from '../types/bytes.ts';
import { Float } from '../types/float.ts';
import { type ItemFormat, NATIVE, STANDARD, viewOf } from '../types/item-format.ts';
import { IteratorObject } from '../types/iterator.ts';
import { MemoryView } from '../types/memory-view.ts';
import { floatFrom } from '../types/number-text.ts';
import { Tuple } from '../types/tuple.ts';
import { Obj, type Value } from '../value.ts';

const ERROR: Type = nativeType<Exception>('error', {}, { base: exceptionType('Exception'), module: 'struct' });
function structError(message: string): Raised {
  const made = new Exception(ERROR);
  made.args = [message];
  return new Raised(made);
}

interface Field {
  readonly code: string;
  /** Of texts their length, of others how many there are. */
  readonly count: number;
  readonly offset: number;
  readonly size: number;
  readonly item: ItemFormat | null;
}
interface Layout {
  readonly format: string;
  readonly size: number;
  readonly fields: readonly Field[];
  readonly little: boolean;
  readonly native: boolean;
  /** How many values it takes and gives. */
  readonly values: number;
}

const kept = new Map<string, Layout>();
function layoutOf(v: Value): Layout {
  const told = plain(v),
    bytes = typeof told === 'string' ? undefined : bytesOf(told);
  if (typeof told !== 'string' && !bytes) throw raise('TypeError', `Struct() argument 1 must be a str or bytes object, not ${typeName(v)}`);
  const text = typeof told === 'string' ? told : Buffer.from(bytes ?? []).toString('latin1');
  let layout = kept.get(text);
  if (!layout) kept.set(text, (layout = read(text)));
  return layout;
}
function read(text: string): Layout {
  if (/[^\0-\x7f]/.test(text)) throw raise('UnicodeEncodeError', 'ascii', text, 0, 1, 'ordinal not in range(128)');
  if (text.includes('\0')) throw structError('embedded null character');
  const order = /^[@=<>!]/.exec(text)?.[0] ?? '@',
    isNative = order === '@',
    codes = isNative ? NATIVE : STANDARD,
    fields: Field[] = [];
  let offset = 0,
    values = 0;
  for (const m of text.replace(/^[@=<>!]/, '').matchAll(/\s+|(\d*)([^\d]|$)/g)) {
    const [whole, digits = '', code = ''] = m;
    if (!whole.trim()) continue;
    if (!code) throw structError('repeat count given without format specifier');
    const count = digits === '' ? 1 : Number(digits),
      item = codes.get(code) ?? null,
      size = item?.size ?? ('xcsp?b'.includes(code) ? 1 : 0);
    if (!size) throw structError('bad char in struct format');
    if (isNative && offset % size) offset += size - (offset % size);
    if (count * size + offset > Number.MAX_SAFE_INTEGER) throw structError('total struct size too long');
    const each = code === 's' || code === 'p' ? 1 : code === 'x' ? 0 : count;
    values += each;
    fields.push({ code, count, offset, size, item });
    offset += count * size;
  }
  return { format: text, size: offset, fields, little: '<@='.includes(order), native: isNative, values };
}

const SHORT_NAMES: Readonly<Record<string, string>> = { b: 'byte', B: 'ubyte', h: 'short', H: 'ushort' };
const LONG = 2n ** 63n;
function writeInteger(item: ItemFormat, code: string, little: boolean, view: DataView, at: number, v: Value): void {
  if (!abilities(v).index) throw structError('required argument is not an integer');
  const n = asIndex(v),
    { least, most } = item;
  if (least !== null && most !== null && (n < least || n > most)) {
    if ('qQ'.includes(code) && !little) throw structError('int too large to convert');
    // What does not even go into a `long` of C is told by what reads it.
    const short = 'bB'.includes(code) || little ? SHORT_NAMES[code] : undefined,
      [low, high] = least === 0n && short === undefined ? [0n, 2n * LONG] : [-LONG, LONG];
    if (n < low || n >= high) throw structError('argument out of range');
    throw structError(`${short ?? `'${code}'`} format requires ${least} <= number <= ${most}`);
  }
  item.write(view, at, n, little);
}

function writeFloat(item: ItemFormat, layout: Layout, view: DataView, at: number, v: Value): void {
  const p = plain(v);
  if (typeof p === 'string' || (!abilities(v).float && !abilities(v).index)) throw structError('required argument is not a float');
  const x = floatFrom([v]);
  item.write(view, at, x, layout.little);
  const back = item.read(view, at, layout.little);
  // The machine's own conversion does not look.
  if (!(layout.native && item.code === 'f') && Number.isFinite(x) && back instanceof Float && !Number.isFinite(back.value))
    throw typeof p === 'number' || typeof p === 'bigint'
      ? structError('int too large to convert')
      : raise('OverflowError', `float too large to pack with ${item.code} format`);
}

function write(layout: Layout, to: Uint8Array, from: number, values: readonly Value[]): void {
  const view = viewOf(to);
  let i = 0;
  to.fill(0, from, from + layout.size);
  for (const { code, count, offset, size, item } of layout.fields) {
    const start = from + offset;
    if (code === 'x') continue;
    if (code === 's' || code === 'p') {
      const given = values[i++] ?? null,
        bytes = given instanceof Bytes ? given.bytes : undefined;
      if (!bytes) throw structError(`argument for '${code}' must be a bytes object`);
      if (code === 's') to.set(bytes.subarray(0, count), start);
      else if (count > 0) {
        const kept = bytes.subarray(0, Math.min(count - 1, bytes.length));
        to[start] = Math.min(255, kept.length);
        to.set(kept, start + 1);
      }
      continue;
    }
    for (let k = 0; k < count; k++) {
      const v = values[i++] ?? null,
        at = start + k * size;
      if (code === '?') to[at] = truth(v) ? 1 : 0;
      else if (code === 'c') {
        if (!(v instanceof Bytes) || v.type.name !== 'bytes' || v.bytes.length !== 1)
          throw structError('char format requires a bytes object of length 1');
        to[at] = v.bytes[0] ?? 0;
      } else if (item && item.least !== null) writeInteger(item, code, layout.little, view, at, v);
      else if (item) writeFloat(item, layout, view, at, v);
    }
  }
}
function readAll(layout: Layout, bytes: Uint8Array, from: number): Tuple {
  const view = viewOf(bytes),
    out: Value[] = [];
  for (const { code, count, offset, size, item } of layout.fields) {
    const start = from + offset;
    if (code === 's') out.push(new Bytes(bytes.slice(start, start + count)));
    else if (code === 'p') {
      const length = Math.min(bytes[start] ?? 0, Math.max(0, count - 1));
      out.push(count ? new Bytes(bytes.slice(start + 1, start + 1 + length)) : ofText(''));
    } else if (code !== 'x')
      for (let k = 0; k < count; k++) {
        const at = start + k * size;
        out.push(
          code === 'c'
            ? new Bytes(bytes.slice(at, at + 1))
            : code === '?'
              ? bytes[at] !== 0
              : (item?.read(view, at, layout.little) ?? null),
        );
      }
  }
  return new Tuple(out);
}

const need = (v: Value): Uint8Array => {
  const bytes = bytesOf(v);
  if (!bytes) throw raise('TypeError', `a bytes-like object is required, not '${typeName(v)}'`);
  return bytes;
};
function pack(layout: Layout, values: readonly Value[], name = 'pack'): Bytes {
  if (values.length !== layout.values) throw structError(`${name} expected ${layout.values} items for packing (got ${values.length})`);
  const out = new Uint8Array(layout.size);
  write(layout, out, 0, values);
  return new Bytes(out);
}
function unpack(layout: Layout, v: Value): Tuple {
  const bytes = need(v);
  if (bytes.length !== layout.size) throw structError(`unpack requires a buffer of ${layout.size} bytes`);
  return readAll(layout, bytes, 0);
}
/** Where in a buffer; `told`: what CPython says of one too short. */
function placeIn(length: number, size: number, offset: Value, doing: 'unpack' | 'pack'): number {
  const told = asSize(offset);
  const verb = doing === 'unpack' ? 'unpacking' : 'packing';
  if (told < 0) {
    if (told + size > 0)
      throw structError(
        doing === 'unpack'
          ? `not enough data to unpack ${size} bytes at offset ${told}`
          : `no space to pack ${size} bytes at offset ${told}`,
      );
    if (told + length < 0) throw structError(`offset ${told} out of range for ${length}-byte buffer`);
  }
  const from = told < 0 ? told + length : told;
  if (length - from < size)
    throw structError(
      `${doing}_${doing === 'unpack' ? 'from' : 'into'} requires a buffer of at least ${from + size} bytes for ${verb} ${size} bytes at offset ${from} (actual buffer size is ${length})`,
    );
  return from;
}
function unpackFrom(layout: Layout, v: Value, offset: Value): Tuple {
  const bytes = need(v);
  return readAll(layout, bytes, placeIn(bytes.length, layout.size, offset, 'unpack'));
}
function packInto(layout: Layout, [target, offset, ...values]: readonly Value[]): null {
  if (target === undefined) throw structError('pack_into expected buffer argument');
  if (offset === undefined) throw structError('pack_into expected offset argument');
  if (values.length !== layout.values) throw structError(`pack_into expected ${layout.values} items for packing (got ${values.length})`);
  const owner = memoryOf(target),
    writable = owner ? !readOnly(owner) : target instanceof MemoryView && target.writable;
  if (!writable) {
    throw raise('TypeError', `argument must be read-write bytes-like object, not ${typeName(target)}`);
  }
  if (target instanceof MemoryView && target.layout.stride !== target.layout.itemSize) unknown('pack_into a memoryview with a step');
  const bytes = need(target);
  write(layout, bytes, placeIn(bytes.length, layout.size, offset, 'pack'), values);
  return null;
}
const ITERATOR: Type = nativeType<IteratorObject>(
  'unpack_iterator',
  { iterate: self => self, next: self => self.next(), hash: self => self },
  { module: '_struct' },
);
function iterUnpack(layout: Layout, v: Value): IteratorObject {
  if (!layout.size) throw structError('cannot iteratively unpack with a struct of length 0');
  const bytes = need(v);
  if (bytes.length % layout.size) throw structError(`iterative unpacking requires a buffer of a multiple of ${layout.size} bytes`);
  let at = 0;
  return new IteratorObject(
    {
      next() {
        if (at >= bytes.length) return undefined;
        at += layout.size;
        return readAll(layout, bytes, at - layout.size);
      },
    },
    ITERATOR,
  );
}

class Struct extends Obj {
  layout: Layout;
  constructor(layout: Layout, type: Type = STRUCT) {
    super(type);
    this.layout = layout;
  }
}
const STRUCT: Type = nativeType<Struct>(
  'Struct',
  { hash: self => self },
  {
    module: '_struct',
    make(type, args, named) {
      const format = args[0] ?? named?.get('format');
      if (format === undefined) throw raise('TypeError', "Struct() missing required argument 'format' (pos 1)");
      return new Struct(layoutOf(format), type);
    },
  },
);
methods<Struct>(STRUCT, {
  'pack(*v)': (self, ...values) => pack(self.layout, values),
  'pack_into(*v)': (self, ...values) => packInto(self.layout, values),
  'unpack(buffer, /)': (self, buffer = null) => unpack(self.layout, buffer),
  'unpack_from(buffer, offset=0)': (self, buffer = null, offset = 0) => unpackFrom(self.layout, buffer, offset),
  'iter_unpack(buffer, /)': (self, buffer = null) => iterUnpack(self.layout, buffer),
});
attributes<Struct>(STRUCT, { format: self => self.layout.format, size: self => self.layout.size });

export const structModule = (): NativeModule =>
  nativeModule(
    'struct',
    {
      error: ERROR,
      Struct: STRUCT,
      calcsize: native('calcsize(format, /)', (format = null) => layoutOf(format).size),
      pack: new Native('pack', 'pack', ([format, ...values]) => {
        if (format === undefined) throw raise('TypeError', 'missing format argument');
        return pack(layoutOf(format), values);
      }),
      pack_into: new Native('pack_into', 'pack_into', ([format, ...values]) => {
        if (format === undefined) throw raise('TypeError', 'missing format argument');
        return packInto(layoutOf(format), values);
      }),
      unpack: native('unpack(format, buffer, /)', (format = null, buffer = null) => unpack(layoutOf(format), buffer)),
      unpack_from: native('unpack_from(format, /, buffer, offset=0)', (format = null, buffer = null, offset = 0) =>
        unpackFrom(layoutOf(format), buffer, offset),
      ),
      iter_unpack: native('iter_unpack(format, buffer, /)', (format = null, buffer = null) => iterUnpack(layoutOf(format), buffer)),
    },
    { real: ['calcsize', 'pack', 'pack_into', 'unpack', 'unpack_from', 'iter_unpack', 'Struct', 'error'] },
  );
