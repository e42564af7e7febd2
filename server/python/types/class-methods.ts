/** Class methods of native types, and methods of numbers. Apart, because what binds them is made after the types. */

import { roundHalfEven } from '../builtins/round.ts';
import { call } from '../call.ts';
import { classmethod } from '../descriptor.ts';
import { raise } from '../exception.ts';
import { methods } from '../native.ts';
import { Native } from '../native-object.ts';
import { abilities, asIndex, asSize, compare, contains, equal, identical, setItem, toArray, truth, typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import type { Value } from '../value.ts';
import { attributes } from './attribute-of-type.ts';
import { Bytes, bytesOf } from './bytes.ts';
import { COMPLEX, type Complex } from './complex.ts';
import { DICT, Dict } from './dict.ts';
import { divided, modularPower } from './divmod.ts';
import { FLOAT, Float } from './float.ts';
import { INT, int, integerOf } from './int.ts';
import { backward, IteratorObject, iteratorType, RANGE, type Range } from './iterator.ts';
import { LIST, type List } from './list.ts';
import { ABSENT, NOT_IMPLEMENTED } from './singleton.ts';
import { exactRange, SLICE, Slice } from './slice.ts';
import { Tuple } from './tuple.ts';

DICT.members.set(
  'fromkeys',
  classmethod(
    new Native('fromkeys', 'dict.fromkeys', ([type = DICT, items, value = null]) => {
      if (items === undefined) throw raise('TypeError', 'fromkeys expected at least 1 argument, got 0');
      const out = type === DICT ? new Dict() : call(type, []);
      for (const key of toArray(items)) setItem(out, key, value);
      return out;
    }),
  ),
);
methods<Value>(DICT, { '__reversed__()': self => new IteratorObject(backward(toArray(self)), iteratorType('reversed dict', self)) });
methods<List>(LIST, {
  '__reversed__()'(self) {
    let i = self.items.length;
    return new IteratorObject(
      {
        next() {
          i = Math.min(i, self.items.length) - 1;
          return i < 0 ? undefined : self.items[i];
        },
      },
      iteratorType('reversed list', self),
    );
  },
});
methods<Range>(RANGE, {
  '__reversed__()': self => new IteratorObject(backward(toArray(self)), iteratorType('range', self)),
});

const whole = (v: Value): bigint => BigInt(integerOf(v) ?? 0);
methods<Value>(
  INT,
  {
    'bit_length()': v => {
      const n = whole(v);
      return n === 0n ? 0 : (n < 0n ? -n : n).toString(2).length;
    },
    'bit_count()': v => [...whole(v).toString(2)].filter(c => c === '1').length,
    'conjugate()': v => v,
    '__index__()': v => integerOf(v) ?? 0,
    '__int__()': v => integerOf(v) ?? 0,
    '__trunc__()': v => integerOf(v) ?? 0,
    '__floor__()': v => integerOf(v) ?? 0,
    '__ceil__()': v => integerOf(v) ?? 0,
    '__float__()': v => new Float(Number(integerOf(v) ?? 0)),
    '__abs__()': v => {
      const n = whole(v);
      return int(n < 0n ? -n : n);
    },
    '__neg__()': v => int(-whole(v)),
    '__pos__()': v => integerOf(v) ?? 0,
    '__invert__()': v => int(~whole(v)),
    '__bool__()': v => whole(v) !== 0n,
    'as_integer_ratio()': v => new Tuple([integerOf(v) ?? 0, 1]),
    '__hash__()': v => integerOf(v) ?? 0,
  },
  'pure',
);
const itself = (v: Value): Value => integerOf(v) ?? 0;
attributes<Value>(INT, { real: itself, imag: () => 0, numerator: itself, denominator: () => 1 });
const spread = (v: Value | undefined): Value => v ?? NOT_IMPLEMENTED;
for (const type of [INT, FLOAT]) {
  methods<Value>(type, {
    '__divmod__(value, /)': (v, other = null) => spread(divided(v, other)),
    '__rdivmod__(value, /)': (v, other = null) => spread(divided(other, v)),
    '__pow__(value, mod=None, /)': (v, other = null, mod = null) =>
      mod === null ? spread(type.abilities.binary?.(v, '**', other, false)) : modularPower(v, other, mod),
    '__rpow__(value, mod=None, /)': (v, other = null, mod = null) =>
      mod === null ? spread(type.abilities.binary?.(v, '**', other, true)) : modularPower(other, v, mod),
    '__round__(ndigits=?, /)': (v, digits = ABSENT) => roundHalfEven(plain(v), digits === ABSENT ? null : digits),
  });
}
methods<Value>(INT, {
  "to_bytes(length=1, byteorder='big', *, signed=False)": (v, length = 1, order = 'big', negative = false) => {
    const size = asSize(length),
      n = whole(v),
      bits = BigInt(size * 8);
    if (size < 0) throw raise('ValueError', 'length argument must be non-negative');
    if (order !== 'big' && order !== 'little') throw raise('ValueError', "byteorder must be either 'little' or 'big'");
    if (n < 0n && !truth(negative)) throw raise('OverflowError', "can't convert negative int to unsigned");
    if (truth(negative) ? n !== BigInt.asIntN(size * 8, n) : n >> bits !== 0n) throw raise('OverflowError', 'int too big to convert');
    const bytes = Uint8Array.from({ length: size }, (_, i) => Number((BigInt.asUintN(size * 8, n) >> BigInt(8 * i)) & 255n));
    return new Bytes(order === 'big' ? bytes.reverse() : bytes);
  },
});
INT.members.set(
  'from_bytes',
  classmethod(
    new Native('from_bytes', 'int.from_bytes', ([type = INT, given = null, order], named) => {
      if (!bytesOf(given) && !abilities(given).iterate) throw raise('TypeError', `cannot convert '${typeName(given)}' object to bytes`);
      if (typeof plain(given) === 'string') throw raise('TypeError', "cannot convert 'str' object to bytes");
      const bytes = bytesOf(given) ?? Uint8Array.from(toArray(given).map(byte)),
        told = plain(order ?? named?.get('byteorder') ?? 'big');
      if (told !== 'big' && told !== 'little') throw raise('ValueError', "byteorder must be either 'little' or 'big'");
      const n = (told === 'big' ? [...bytes] : [...bytes].reverse()).reduce((all, b) => (all << 8n) | BigInt(b), 0n);
      const made = int(truth(named?.get('signed') ?? false) ? BigInt.asIntN(bytes.length * 8, n) : n);
      return type === INT ? made : call(type, [made]);
    }),
  ),
);

/** One of the numbers that a byte can be. */
function byte(v: Value): number {
  const n = asIndex(v);
  if (n < 0 || n > 255) throw raise('ValueError', 'bytes must be in range(0, 256)');
  return Number(n);
}

const near = (v: Value): number => {
  const p = plain(v);
  return p instanceof Float ? p.value : Number(p);
};
methods<Value>(FLOAT, {
  'is_integer()': v => Number.isInteger(near(v)),
  'conjugate()': v => v,
  '__float__()': v => v,
  '__abs__()': v => new Float(Math.abs(near(v))),
  '__neg__()': v => new Float(-near(v)),
  '__pos__()': v => v,
  '__int__()': v => call(INT, [new Float(near(v))]),
  '__trunc__()': v => call(INT, [new Float(near(v))]),
  '__floor__()': v => call(INT, [new Float(Math.floor(near(v)))]),
  '__ceil__()': v => call(INT, [new Float(Math.ceil(near(v)))]),
  '__bool__()': v => near(v) !== 0,
  'as_integer_ratio()': v => {
    let n = near(v),
      d = 1n;
    if (!Number.isFinite(n))
      throw raise(
        Number.isNaN(n) ? 'ValueError' : 'OverflowError',
        `cannot convert ${Number.isNaN(n) ? 'NaN' : 'Infinity'} to integer ratio`,
      );
    for (; !Number.isInteger(n); d *= 2n) n *= 2;
    return new Tuple([int(BigInt(n)), int(d)]);
  },
});
attributes<Complex>(COMPLEX, { real: v => new Float(v.real), imag: v => new Float(v.imaginary) });
attributes<Value>(FLOAT, { real: v => new Float(near(v)), imag: () => new Float(0) });
methods<Value>(FLOAT, {
  'hex()': v => {
    const x = near(v),
      sign = x < 0 || Object.is(x, -0) ? '-' : '';
    if (Number.isNaN(x)) return 'nan';
    if (!Number.isFinite(x)) return `${sign}inf`;
    if (x === 0) return `${sign}0x0.0p+0`;
    const bits = new BigUint64Array(Float64Array.of(Math.abs(x)).buffer)[0] ?? 0n,
      exponent = Number(bits >> 52n),
      digits = (bits & 0xfffffffffffffn).toString(16).padStart(13, '0'),
      power = exponent === 0 ? -1022 : exponent - 1023;
    return `${sign}0x${exponent === 0 ? 0 : 1}.${digits}p${power < 0 ? '-' : '+'}${Math.abs(power)}`;
  },
});
FLOAT.members.set(
  '__getformat__',
  classmethod(
    new Native('__getformat__', 'float.__getformat__', ([, kind = null]) => {
      const name = plain(kind);
      if (typeof name !== 'string') throw raise('TypeError', `__getformat__() argument must be str, not ${typeName(kind)}`);
      if (name !== 'double' && name !== 'float') throw raise('ValueError', "__getformat__() argument 1 must be 'double' or 'float'");
      return 'IEEE, little-endian';
    }),
  ),
);
FLOAT.members.set(
  'fromhex',
  classmethod(
    new Native('fromhex', 'float.fromhex', ([type = FLOAT, given = '']) => {
      const text = String(plain(given)).trim(),
        word = /^([+-]?)(inf|infinity|nan)$/i.exec(text),
        m = /^([+-]?)(?:0x)?([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?\d+))?$/i.exec(text);
      if (!word && (!m || !(m[2] || m[3]))) throw raise('ValueError', 'invalid hexadecimal floating-point string');
      const digits = `${m?.[2] ?? ''}${m?.[3] ?? ''}`;
      const size = word
        ? word[2]?.toLowerCase() === 'nan'
          ? NaN
          : Infinity
        : scaled(BigInt(`0x${digits}`), Number(m?.[4] ?? 0) - 4 * (m?.[3]?.length ?? 0));
      if (!word && !Number.isFinite(size)) throw raise('OverflowError', 'hexadecimal value too large to represent as a float');
      const made = new Float((word?.[1] ?? m?.[1]) === '-' ? -size : size);
      return type === FLOAT ? made : call(type, [made]);
    }),
  ),
);

/** n · 2^power, rounded once: also where that is smaller than doubles with all their bits. */
function scaled(n: bigint, power: number): number {
  if (n === 0n) return 0;
  const bits = n.toString(2).length,
    below = Math.max(bits - 53, -1074 - power);
  if (bits + power > 1024) return Infinity;
  if (bits + power < -1080) return 0;
  if (below <= 0) return Number(n) * 2 ** ((power / 2) | 0) * 2 ** (power - ((power / 2) | 0));
  const unit = 1n << BigInt(below),
    down = n / unit,
    twice = (n % unit) * 2n,
    near = twice > unit || (twice === unit && down % 2n === 1n) ? down + 1n : down,
    left = power + below;
  return Number(near) * 2 ** ((left / 2) | 0) * 2 ** (left - ((left / 2) | 0));
}

attributes<Slice>(SLICE, { start: v => v.start, stop: v => v.stop, step: v => v.step }, 'stored');
SLICE.abilities.compare = (v, operator, other) =>
  v instanceof Slice && other instanceof Slice ? compare(operator, parts(v), parts(other)) : undefined;
const parts = (s: Slice): Tuple => new Tuple([s.start, s.stop, s.step]);
delete SLICE.abilities.hash;
methods<Slice>(SLICE, {
  'indices(length, /)': (self, n = 0) => {
    const size = BigInt(asIndex(n));
    if (size < 0n) throw raise('ValueError', 'length should not be negative');
    return new Tuple(exactRange(self, size).map(int));
  },
});
attributes<Range>(RANGE, { start: v => v.start, stop: v => v.stop, step: v => v.step }, 'stored');
methods<Range>(RANGE, {
  'index(value, /)': (self, v = null) => {
    const n = integerOf(v);
    if (n !== undefined) {
      if (!contains(self, v)) throw raise('ValueError', `${n} is not in range`);
      return int((BigInt(n) - BigInt(self.start)) / BigInt(self.step));
    }
    const i = toArray(self).findIndex(x => identical(x, v) || equal(x, v));
    if (i < 0) throw raise('ValueError', 'sequence.index(x): x not in sequence');
    return i;
  },
  'count(value, /)': (self, v = null) =>
    integerOf(v) !== undefined ? Number(contains(self, v)) : toArray(self).filter(x => identical(x, v) || equal(x, v)).length,
});
