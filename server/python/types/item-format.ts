/** Numbers as they lie in memory: formats of `struct`, `array` and `memoryview`. Native ones are those of 64-bit Linux. */

import type { Value } from '../value.ts';
import { Float } from './float.ts';
import { int } from './int.ts';

export interface ItemFormat {
  readonly code: string;
  readonly size: number;
  /** Null: no integer. */
  readonly least: bigint | null;
  readonly most: bigint | null;
  read(view: DataView, at: number, little: boolean): Value;
  /** What is in range, or a float. */
  write(view: DataView, at: number, value: number | bigint, little: boolean): void;
}

function integer(code: string, size: 1 | 2 | 4 | 8, isSigned: boolean): ItemFormat {
  const bits = BigInt(8 * size);
  const [least, most] = isSigned ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n];
  return {
    code,
    size,
    least,
    most,
    read(view, at, little) {
      switch (size) {
        case 1:
          return isSigned ? view.getInt8(at) : view.getUint8(at);
        case 2:
          return isSigned ? view.getInt16(at, little) : view.getUint16(at, little);
        case 4:
          return isSigned ? view.getInt32(at, little) : view.getUint32(at, little);
        case 8:
          return int(isSigned ? view.getBigInt64(at, little) : view.getBigUint64(at, little));
      }
    },
    write(view, at, value, little) {
      if (size === 1) view.setUint8(at, Number(value) & 255);
      else if (size === 2) view.setUint16(at, Number(value) & 0xffff, little);
      else if (size === 4) view.setUint32(at, Number(value) >>> 0, little);
      else view.setBigUint64(at, BigInt.asUintN(64, BigInt(value)), little);
    },
  };
}
const floating = (code: string, size: 2 | 4 | 8): ItemFormat => ({
  code,
  size,
  least: null,
  most: null,
  read: (view, at, little) =>
    new Float(size === 8 ? view.getFloat64(at, little) : size === 4 ? view.getFloat32(at, little) : fromHalf(view.getUint16(at, little))),
  write(view, at, value, little) {
    const x = Number(value);
    if (size === 8) view.setFloat64(at, x, little);
    else if (size === 4) view.setFloat32(at, x, little);
    else view.setUint16(at, toHalf(x), little);
  },
});

function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1,
    exponent = (bits >> 10) & 31,
    fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Infinity;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -14 * (fraction / 1024));
}
/** Rounded to even; what is too great is infinite. */
function toHalf(x: number): number {
  const sign = x < 0 || Object.is(x, -0) ? 0x8000 : 0,
    size = Math.abs(x);
  if (Number.isNaN(x)) return 0x7e00;
  if (size === Infinity) return sign | 0x7c00;
  if (size === 0) return sign;
  const exponent = Math.max(-14, Math.floor(Math.log2(size))),
    // `log2` may be off by one at a power of two.
    e = size >= 2 ** (exponent + 1) ? exponent + 1 : size < 2 ** exponent && exponent > -14 ? exponent - 1 : exponent,
    scaled = (size / 2 ** e) * 1024,
    down = Math.floor(scaled),
    rest = scaled - down,
    units = rest > 0.5 || (rest === 0.5 && down % 2 === 1) ? down + 1 : down;
  // A subnormal has no leading one, and rounding up carries into the exponent by itself.
  const bits = units + (e + 14) * 1024;
  return bits >= 0x7c00 ? sign | 0x7c00 : sign | bits;
}

const at = (list: readonly ItemFormat[]): ReadonlyMap<string, ItemFormat> => new Map(list.map(f => [f.code, f]));
const SHARED = [
  integer('b', 1, true),
  integer('B', 1, false),
  integer('h', 2, true),
  integer('H', 2, false),
  integer('i', 4, true),
  integer('I', 4, false),
  integer('q', 8, true),
  integer('Q', 8, false),
  floating('e', 2),
  floating('f', 4),
  floating('d', 8),
];
/** As the machine has them: `l` is eight bytes. */
export const NATIVE = at([...SHARED, integer('l', 8, true), integer('L', 8, false), integer('n', 8, true), integer('N', 8, false)]);
/** As files have them: `l` is four bytes. */
export const STANDARD = at([...SHARED, integer('l', 4, true), integer('L', 4, false)]);

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
