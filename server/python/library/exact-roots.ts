/** Roots, parts and neighbours of doubles to the last bit. */
import { unknown } from '../stop.ts';
import { fraction } from '../types/float.ts';

/** ⌊√n⌋. */
export function integerRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((n.toString(16).length * 4 + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}
function greater(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}
/** √(Σ v²), rounded once. */
export function norm(values: readonly number[]): number {
  if (values.some(v => !Number.isFinite(v))) return values.some(v => Math.abs(v) === Infinity) ? Infinity : NaN;
  const parts = values.map(fraction),
    under = parts.reduce((most, p) => greater(most, p.under), 1n),
    sum = parts.reduce((all, p) => all + ((p.over * under) / p.under) ** 2n, 0n);
  if (sum === 0n) return 0;
  const extra = BigInt(Math.max(0, 64 - sum.toString(16).length * 2)),
    scaled = sum << (2n * extra),
    root = integerRoot(scaled),
    sticky = root * root === scaled ? 0n : 1n,
    power = under.toString(2).length - 1 + Number(extra) + 1;
  // In two steps: a power below the smallest would lose it all.
  const near = Number((root << 1n) | sticky);
  return near * 2 ** -(power >> 1) * 2 ** -(power - (power >> 1));
}
/** m in [0.5, 1) and e, so that n = m · 2^e. */
export function mantissa(n: bigint): { readonly m: number; readonly e: number } {
  const e = n.toString(2).length,
    top = e > 64 ? (n >> BigInt(e - 64)) | (n & ((1n << BigInt(e - 64)) - 1n) ? 1n : 0n) : n;
  return { m: Number(top) / 2 ** Math.min(e, 64), e };
}
/** C's own is off in the last bit as often as not, also of 27, and only it knows when. */
export const cubeRoot = (x: number): number => (x === 0 || !Number.isFinite(x) ? x : unknown('the last bit of a cube root'));
/** A positive double as m in [0.5, 1) and e. */
export function split(x: number): { readonly m: number; readonly e: number } {
  let m = x,
    e = 0;
  if (m < 2 ** -1021) {
    m *= 2 ** 54;
    e -= 54;
  }
  const by = Math.floor(Math.log2(m)) + 1;
  m = m * 2 ** -(by >> 1) * 2 ** -(by - (by >> 1));
  e += by;
  if (m >= 1) return { m: m / 2, e: e + 1 };
  return m < 0.5 ? { m: m * 2, e: e - 1 } : { m, e };
}
/** x · 2^power, rounded once. */
export function scaled(x: number, power: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const { m, e } = split(Math.abs(x)),
    to = e + power,
    sign = x < 0 ? -1 : 1;
  if (to > 1024) return sign * Infinity;
  if (to < -1080) return sign * 0;
  return sign * (to < -1000 ? m * 2 ** (to + 53) * 2 ** -53 : m * 2 ** (to - 1) * 2);
}
const bits = new DataView(new ArrayBuffer(8));
/** The next double in the direction of `to`. */
export function nextAfter(x: number, to: number): number {
  if (Number.isNaN(x) || Number.isNaN(to)) return NaN;
  if (x === to) return to;
  if (x === 0) return to > 0 ? 5e-324 : -5e-324;
  bits.setFloat64(0, x);
  bits.setBigInt64(0, bits.getBigInt64(0) + (to > x === x > 0 ? 1n : -1n));
  return bits.getFloat64(0);
}
