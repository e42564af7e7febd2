/** Class methods of native types, and methods of numbers. Apart, because what binds them is made after the types. */
import { call } from '../call.ts';
import { classmethod } from '../descriptor.ts';
import { raise } from '../exception.ts';
import { methods } from '../native.ts';
import { Native } from '../native-object.ts';
import { abilities, asSize, setItem, toArray, truth, typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import type { Value } from '../value.ts';
import { Bytes, bytesOf } from './bytes.ts';
import { DICT, Dict } from './dict.ts';
import { FLOAT, Float } from './float.ts';
import { INT, int, integerOf } from './int.ts';
import { RANGE, Range } from './iterator.ts';
import { List } from './list.ts';
import { range, SLICE, Slice } from './slice.ts';
import { Tuple } from './tuple.ts';

DICT.members.set(
  'fromkeys',
  classmethod(
    new Native('fromkeys', 'dict.fromkeys', ([type = DICT, items = null, value = null]) => {
      const out = type === DICT ? new Dict() : call(type, []);
      for (const key of toArray(items)) setItem(out, key, value);
      return out;
    }),
  ),
);
DICT.members.set(
  '__reversed__',
  new Native('__reversed__', 'dict.__reversed__', ([self = null]) => new List(toArray(self).reverse()), true),
);

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
const previous = INT.abilities.attribute;
INT.abilities.attribute = (v, name) =>
  name === 'real' || name === 'numerator' ? (integerOf(v) ?? 0) : name === 'imag' ? 0 : name === 'denominator' ? 1 : previous?.(v, name);
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
      const bytes = bytesOf(given) ?? Uint8Array.from(toArray(given).map(v => asSize(v))),
        told = plain(order ?? named?.get('byteorder') ?? 'big');
      if (told !== 'big' && told !== 'little') throw raise('ValueError', "byteorder must be either 'little' or 'big'");
      const n = (told === 'big' ? [...bytes] : [...bytes].reverse()).reduce((all, b) => (all << 8n) | BigInt(b), 0n);
      const made = int(truth(named?.get('signed') ?? false) ? BigInt.asIntN(bytes.length * 8, n) : n);
      return type === INT ? made : call(type, [made]);
    }),
  ),
);

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
  '__int__()': v => call(INT, [v]),
  '__trunc__()': v => call(INT, [v]),
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
FLOAT.abilities.attribute = (v, name) => (name === 'real' ? new Float(near(v)) : name === 'imag' ? new Float(0) : undefined);
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
  'fromhex',
  classmethod(
    new Native('fromhex', 'float.fromhex', ([type = FLOAT, given = '']) => {
      const text = String(plain(given)).trim(),
        word = /^([+-]?)(inf|infinity|nan)$/i.exec(text),
        m = /^([+-]?)(?:0x)?([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?\d+))?$/i.exec(text);
      if (!word && (!m || !(m[2] || m[3]))) throw raise('ValueError', 'invalid hexadecimal floating-point string');
      const digits = `${m?.[2] ?? ''}${m?.[3] ?? ''}`;
      if (digits.replace(/^0+/, '').length > 13) return unknown('float.fromhex of many digits');
      const size = word
        ? word[2]?.toLowerCase() === 'nan'
          ? NaN
          : Infinity
        : Number.parseInt(digits || '0', 16) * 2 ** (Number(m?.[4] ?? 0) - 4 * (m?.[3]?.length ?? 0));
      if (!word && !Number.isFinite(size)) throw raise('OverflowError', 'hexadecimal value too large to represent as a float');
      const made = new Float((word?.[1] ?? m?.[1]) === '-' ? -size : size);
      return type === FLOAT ? made : call(type, [made]);
    }),
  ),
);

SLICE.abilities.attribute = (v, name) =>
  !(v instanceof Slice) ? undefined : name === 'start' ? v.start : name === 'stop' ? v.stop : name === 'step' ? v.step : undefined;
SLICE.abilities.compare = (v, operator, other) =>
  v instanceof Slice && other instanceof Slice && (operator === '==' || operator === '!=')
    ? [v.start, v.stop, v.step].every((x, i) => same(x, [other.start, other.stop, other.step][i] ?? null)) === (operator === '==')
    : undefined;
const same = (a: Value, b: Value): boolean => plain(a) === plain(b);
delete SLICE.abilities.hash;
methods<Slice>(SLICE, {
  'indices(length, /)': (self, n = 0) => {
    const r = range(self, asSize(n));
    return new Tuple([r.start, r.stop, r.step]);
  },
});
RANGE.abilities.attribute = (v, name) =>
  !(v instanceof Range) ? undefined : name === 'start' ? v.start : name === 'stop' ? v.stop : name === 'step' ? v.step : undefined;
methods<Range>(RANGE, {
  'index(value, /)': (self, v = null) => {
    const i = toArray(self).findIndex(x => plain(x) === plain(v));
    if (i < 0) throw raise('ValueError', `${typeName(v) === 'int' ? String(plain(v)) : 'value'} is not in range`);
    return i;
  },
  'count(value, /)': (self, v = null) => toArray(self).filter(x => plain(x) === plain(v)).length,
});
