/** bytes, and bytearray, which can change: texts and files as they are stored. */
import { raise } from '../exception.ts';
import { asciiText } from '../format.ts';
import { meter } from '../meter.ts';
import { Native } from '../native-object.ts';
import { abilities, asIndex, asSize, length, repr, toArray, typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import { percent, type Writes } from '../percent.ts';
import { unknown } from '../stop.ts';
import { nativeType, type Type } from '../type.ts';
import { type Abilities, Obj, type Value } from '../value.ts';
import { encode } from './codec.ts';
import { at } from './sequence.ts';
import { ABSENT } from './singleton.ts';
import { range, Slice } from './slice.ts';

/** What has memory that others may look into: bytes, bytearray, array. */
export abstract class Memory extends Obj {
  /** Views that were not released: while there is one, the length stays. */
  views = 0;
  /** One letter of `struct`'s. */
  abstract readonly format: string;
  abstract readonly itemSize: number;
  abstract readonly memory: Uint8Array;
}
export const memoryOf = (v: Value): Memory | null => (v instanceof Memory ? v : null);
export const readOnly = (owner: Memory): boolean => owner instanceof Bytes && !owner.type.isA(BYTEARRAY);
/** Before memory becomes longer or shorter. That a view is no longer used by anybody, we cannot tell. */
export function unviewed(owner: Memory): void {
  if (owner.views) unknown('whether a memoryview is still in use');
}

export class Bytes extends Memory {
  bytes: Uint8Array;
  constructor(bytes: Uint8Array, type: Type = BYTES) {
    super(type);
    this.bytes = bytes;
  }
  get format(): string {
    return 'B';
  }
  get itemSize(): number {
    return 1;
  }
  get memory(): Uint8Array {
    return this.bytes;
  }
  /** In place where the length stays, so that views see it. */
  become(bytes: Uint8Array): void {
    this.spend();
    if (bytes.length === this.bytes.length) this.bytes.set(bytes);
    else {
      unviewed(this);
      this.bytes = bytes;
    }
  }
  /** Each byte as a character. */
  get text(): string {
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length).toString('latin1');
  }
  /** Of the same kind. */
  like(text: string): Bytes {
    return new Bytes(Uint8Array.from(Buffer.from(text, 'latin1')), this.type.isA(BYTEARRAY) ? BYTEARRAY : BYTES);
  }
}
export const ofText = (text: string): Bytes => new Bytes(Uint8Array.from(Buffer.from(text, 'latin1')));
const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\\': '\\\\' };
/** A bytearray escapes a `'` between whichever quotes. */
function shown(text: string, mutable = false): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'",
    escaped = mutable ? "'" : quote;
  return `b${quote}${[...text].map(c => ESCAPES[c] ?? (c === escaped ? `\\${c}` : c < ' ' || c > '~' ? `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}` : c)).join('')}${quote}`;
}

/** `hex()`. */
export function hexadecimal(bytes: Uint8Array, sep: Value, each: Value): string {
  const pairs = Array.from(bytes, b => b.toString(16).padStart(2, '0'));
  if (sep === ABSENT) return pairs.join('');
  const told = plain(sep),
    n = asSize(each),
    by = typeof told === 'string' ? told : textOf(told);
  length(sep);
  if (by === undefined) throw raise('TypeError', `sep must be str or bytes.`);
  if (by.length !== 1) throw raise('ValueError', 'sep must be length 1.');
  if (by > '\x7f') throw raise('ValueError', 'sep must be ASCII.');
  if (n === 0) return pairs.join('');
  const groups: string[] = [],
    size = Math.abs(n);
  if (n < 0) for (let i = 0; i < pairs.length; i += size) groups.push(pairs.slice(i, i + size).join(''));
  else for (let i = pairs.length; i > 0; i -= size) groups.unshift(pairs.slice(Math.max(0, i - size), i).join(''));
  return groups.join(by);
}

const byteOf = (v: Value, complaint: string): number => {
  const n = asIndex(v);
  if (n < 0 || n > 255) throw raise('ValueError', complaint);
  return Number(n);
};
/** The bytes of whatever has some: bytes, bytearray, memoryview, array. Undefined for all else. */
export function bytesOf(v: Value): Uint8Array | undefined {
  return v instanceof Memory ? v.memory : v instanceof Obj && 'shown' in v && v.shown instanceof Uint8Array ? v.shown : undefined;
}
const textOf = (v: Value): string | undefined => {
  const b = bytesOf(v);
  return b && Buffer.from(b).toString('latin1');
};

const WRITES: Writes = {
  key: ofText,
  isText: v => v instanceof Bytes,
  text(v, code) {
    if (code === 'r' || code === 'a') return asciiText(repr(v));
    const own = textOf(v);
    if (own !== undefined) return own;
    const maker = v instanceof Obj ? v.type.find('__bytes__') : undefined;
    if (maker !== undefined) return unknown('%b of what has __bytes__');
    throw raise('TypeError', `%b requires a bytes-like object, or an object that implements __bytes__, not '${typeName(v)}'`);
  },
  character(v) {
    if (v instanceof Bytes && v.bytes.length === 1) return v.text;
    const n = plain(v);
    if (typeof n !== 'number') throw raise('TypeError', '%c requires an integer in range(256) or a single byte');
    if (n < 0 || n > 255) throw raise('OverflowError', '%c arg not in range(256)');
    return String.fromCharCode(n);
  },
};

const shared: Abilities<Bytes> = {
  truth: self => self.bytes.length > 0,
  length: self => self.bytes.length,
  iterate: self => {
    let i = 0;
    return { next: () => self.bytes[i++] };
  },
  contains(self, item) {
    const part = textOf(item);
    if (part !== undefined) return self.text.includes(part);
    if (!abilities(item).index) throw raise('TypeError', `a bytes-like object is required, not '${typeName(item)}'`);
    return self.bytes.includes(byteOf(item, 'byte must be in range(0, 256)'));
  },
  item(self, key) {
    if (key instanceof Slice) {
      const { start, step, count } = range(key, self.bytes.length);
      return new Bytes(
        Uint8Array.from({ length: count }, (_, i) => self.bytes[start + i * step] ?? 0),
        self.type.isA(BYTEARRAY) ? BYTEARRAY : BYTES,
      );
    }
    const name = self.type.isA(BYTEARRAY) ? 'bytearray' : 'byte';
    return self.bytes[at(key, self.bytes.length, name, name === 'byte' ? 'index out of range' : 'bytearray index out of range')] ?? 0;
  },
  binary(self, operator, other, reflected) {
    if (operator === '+' && !reflected) {
      const more = textOf(other);
      if (more === undefined) throw raise('TypeError', `can't concat ${typeName(other)} to ${self.type.name}`);
      meter.allocate(self.bytes.length + more.length, 1);
      return self.like(self.text + more);
    }
    if (operator === '%' && !reflected) return self.like(percent(self.text, other, WRITES));
    if (operator !== '*') return undefined;
    if (!abilities(other).index) return undefined;
    const times = Math.max(0, asSize(other));
    meter.allocate(self.bytes.length * times, 1);
    return self.like(self.text.repeat(times));
  },
  compare(self, operator, other) {
    // What else has memory is compared by itself, and with a bytearray alone.
    const o = other instanceof Bytes || self.type.isA(BYTEARRAY) ? bytesOf(other) : undefined;
    if (!o) return undefined;
    const n = Buffer.compare(self.bytes, o);
    switch (operator) {
      case '==':
        return n === 0;
      case '!=':
        return n !== 0;
      case '<':
        return n < 0;
      case '<=':
        return n <= 0;
      case '>':
        return n > 0;
      case '>=':
        return n >= 0;
    }
  },
};

/** What `bytes(…)` and `bytearray(…)` make of their arguments. */
function made(name: 'bytes' | 'bytearray', args: readonly Value[], named: ReadonlyMap<string, Value> | null): Uint8Array {
  for (const key of named?.keys() ?? [])
    if (!['source', 'encoding', 'errors'].includes(key)) throw raise('TypeError', `'${key}' is an invalid keyword argument for ${name}()`);
  const count = args.length + (named?.size ?? 0);
  if (count > 3) throw raise('TypeError', `${name}() takes at most 3 arguments (${count} given)`);
  const given = args[0] === undefined ? named?.get('source') : args[0],
    coded = args[1] ?? named?.get('encoding'),
    errors = args[2] ?? named?.get('errors');
  for (const [place, v] of [coded, errors].entries())
    if (v !== undefined && typeof plain(v) !== 'string') {
      const which = ['encoding', 'errors'][place] ?? '';
      throw raise(
        'TypeError',
        `${name}() argument ${args[place + 1] === undefined ? `'${which}'` : place + 2} must be str, not ${typeName(v)}`,
      );
    }
  if (given === undefined) {
    if (coded !== undefined || errors !== undefined)
      throw raise('TypeError', `${coded === undefined ? 'errors' : 'encoding'} without a string argument`);
    return new Uint8Array();
  }
  const s = plain(given);
  if (typeof s === 'string') {
    if (coded === undefined) throw raise('TypeError', 'string argument without an encoding');
    return encode(s, String(plain(coded)), String(plain(errors ?? 'strict'))).bytes;
  }
  if (coded !== undefined || errors !== undefined)
    throw raise('TypeError', `${coded === undefined ? 'errors' : 'encoding'} without a string argument`);
  const own = bytesOf(s);
  if (own) return own.slice();
  const maker = s instanceof Obj ? s.type.find('__bytes__') : undefined;
  if (maker !== undefined && name === 'bytes') return unknown('__bytes__');
  if (abilities(s).index && !(s instanceof Obj && s.type.find('__iter__'))) {
    const n = asSize(s);
    if (n < 0) throw raise('ValueError', 'negative count');
    meter.allocate(n, 1);
    return new Uint8Array(n);
  }
  if (!abilities(given).iterate) throw raise('TypeError', `cannot convert '${typeName(given)}' object to ${name}`);
  return Uint8Array.from(
    toArray(given).map(v => byteOf(v, name === 'bytes' ? 'bytes must be in range(0, 256)' : 'byte must be in range(0, 256)')),
  );
}

export const BYTES: Type = nativeType<Bytes>(
  'bytes',
  { ...shared, repr: self => shown(self.text), hash: self => `\0b${self.text}` },
  {
    make(type, args, named) {
      const [source] = args,
        own = source instanceof Obj ? source.type.find('__bytes__') : undefined;
      if (own !== undefined && args.length === 1 && source !== undefined && abilities(own).call) {
        const told = abilities(own).call?.(own, [source], null) ?? null;
        if (!(told instanceof Bytes)) throw raise('TypeError', `__bytes__ returned non-bytes (type ${typeName(told)})`);
        return told;
      }
      return type === BYTES && source instanceof Bytes && source.type === BYTES && args.length === 1
        ? source
        : new Bytes(made('bytes', args, named), type);
    },
  },
);

function place(self: Bytes, key: Slice, given: Uint8Array): void {
  const { start, stop, step, count } = range(key, self.bytes.length),
    out = [...self.bytes];
  if (step === 1) out.splice(start, Math.max(0, stop - start), ...given);
  else {
    if (given.length !== count)
      throw raise('ValueError', `attempt to assign bytes of size ${given.length} to extended slice of size ${count}`);
    given.forEach((b, i) => {
      out[start + i * step] = b;
    });
  }
  self.become(Uint8Array.from(out));
}
const inRange = (v: Value): number => byteOf(v, 'byte must be in range(0, 256)');

export const BYTEARRAY: Type = nativeType<Bytes>(
  'bytearray',
  {
    ...shared,
    repr: self => `bytearray(${shown(self.text, true)})`,
    setItem(self, key, value) {
      if (key instanceof Slice) {
        const given = bytesOf(value) ?? (typeof plain(value) === 'number' ? null : Uint8Array.from(toArray(value).map(inRange)));
        if (!given) throw raise('TypeError', 'can assign only bytes, buffers, or iterables of ints in range(0, 256)');
        place(self, key, given);
      } else {
        self.spend();
        self.bytes[at(key, self.bytes.length, 'bytearray')] = inRange(value);
      }
    },
    deleteItem(self, key) {
      const { start, step, count } =
          key instanceof Slice ? range(key, self.bytes.length) : { start: at(key, self.bytes.length, 'bytearray'), step: 1, count: 1 },
        gone = new Set(Array.from({ length: count }, (_, i) => start + i * step));
      self.become(self.bytes.filter((_, i) => !gone.has(i)));
    },
    augment(self, operator, other) {
      if (operator === '+') {
        const more = bytesOf(other);
        if (!more) throw raise('TypeError', `can't concat ${typeName(other)} to bytearray`);
        if (other === self && more.length) throw raise('BufferError', 'Existing exports of data: object cannot be re-sized');
        self.become(Uint8Array.from([...self.bytes, ...more]));
        return self;
      }
      if (operator !== '*') return undefined;
      const times = Math.max(0, asSize(other));
      meter.allocate(self.bytes.length * times, 1);
      self.become(self.like(self.text.repeat(times)).bytes);
      return self;
    },
  },
  { make: (type, args, named) => new Bytes(type === BYTEARRAY ? made('bytearray', args, named) : new Uint8Array(), type) },
);

BYTEARRAY.members.set(
  '__init__',
  new Native(
    '__init__',
    'bytearray.__init__',
    ([self, ...args], named) => {
      if (self instanceof Bytes) self.become(made('bytearray', args, named));
      return null;
    },
    true,
  ),
);
