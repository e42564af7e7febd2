/**
 * Elementary functions, rounded once: a C library's are right to the last bit in all but a few calls of a thousand, JavaScript's miss it in one of twenty. Values
 * are integers of 2^-BITS; where the result would be too small for that, the first term of the series is the result.
 */
import { fraction } from './float.ts';

const BITS = 192n,
  ONE = 1n << BITS;
const mul = (a: bigint, b: bigint): bigint => (a * b) >> BITS;
const div = (a: bigint, b: bigint): bigint => (a << BITS) / b;
function fixed(x: number): bigint {
  const { over, under } = fraction(x);
  return (over << BITS) / under;
}
/** n · 2^power, rounded to the nearest double, to even between two. */
function rounded(n: bigint, power: number): number {
  if (n === 0n) return 0;
  const size = n < 0n ? -n : n,
    length = size.toString(2).length,
    below = Math.max(length - 53, -1074 - power);
  if (length + power > 1025) return n < 0n ? -Infinity : Infinity;
  if (below > length + 1) return n < 0n ? -0 : 0;
  const cut = below > 0 ? halfEven(size, 1n << BigInt(below)) : size,
    left = power + Math.max(below, 0),
    half = Math.trunc(left / 2),
    value = Number(cut) * 2 ** half * 2 ** (left - half);
  return n < 0n ? -value : value;
}
function halfEven(a: bigint, b: bigint): bigint {
  const down = a / b,
    twice = (a % b) * 2n;
  return twice > b || (twice === b && down % 2n === 1n) ? down + 1n : down;
}
const value = (n: bigint): number => rounded(n, -Number(BITS));

/** Σ ±z^(2n+1) / (2n+1), with z = 1 / n. */
function arcs(n: bigint, sign: 1n | -1n): bigint {
  let term = ONE / n,
    sum = 0n;
  for (let k = 1n, s = 1n; term; k += 2n, s *= sign, term /= n * n) sum += (s * term) / k;
  return sum;
}
let constants: { readonly ln2: bigint; readonly halfPi: bigint } | undefined;
function known(): NonNullable<typeof constants> {
  if (!constants) {
    constants = { ln2: 2n * arcs(3n, 1n), halfPi: 2n * (4n * arcs(5n, -1n) - arcs(239n, -1n)) };
  }
  return constants;
}

/** e^x as m · 2^k, m near 1. */
function power(x: bigint): { readonly m: bigint; readonly k: bigint } {
  const { ln2 } = known(),
    k = (2n * x + ln2) / (2n * ln2) - (x < 0n ? 1n : 0n),
    small = (x - k * ln2) >> 8n;
  let sum = ONE,
    term = ONE;
  for (let n = 1n; term !== 0n && n < 60n; n++) {
    term = mul(term, small) / n;
    sum += term;
    if (term === -1n) break;
  }
  for (let i = 0; i < 8; i++) sum = mul(sum, sum);
  return { m: sum, k };
}
function logarithm(x: number): bigint {
  const { over, under } = fraction(x),
    e = over.toString(2).length - under.toString(2).length,
    m = e > 0 ? (over << BITS) / (under << BigInt(e)) : (over << (BITS + BigInt(-e))) / under,
    near = fixed(Math.log(value(m))),
    { m: back, k } = power(near),
    full = k >= 0n ? back << k : back >> -k;
  // One step of Halley's: three times the digits.
  return near + div(2n * (m - full), m + full) + BigInt(e) * known().ln2;
}
/** Sine and cosine of an angle. */
function circle(x: bigint): { readonly sin: bigint; readonly cos: bigint } {
  const { halfPi } = known(),
    quarters = (2n * x + halfPi) / (2n * halfPi) - (2n * x + halfPi < 0n ? 1n : 0n),
    r = x - quarters * halfPi,
    square = mul(r, r);
  const series = (first: bigint, from: bigint): bigint => {
    let term = first,
      sum = first;
    for (let n = from; term > 1n || term < -1n; n += 2n) {
      term = -mul(term, square) / (n * (n + 1n));
      sum += term;
    }
    return sum;
  };
  const s = series(r, 2n),
    c = series(ONE, 1n);
  switch (((quarters % 4n) + 4n) % 4n) {
    case 0n:
      return { sin: s, cos: c };
    case 1n:
      return { sin: c, cos: -s };
    case 2n:
      return { sin: -s, cos: -c };
    default:
      return { sin: -c, cos: s };
  }
}
/** The angle of a point whose angle is nearly known. */
function angle(y: bigint, x: bigint, near: number): bigint {
  const start = fixed(near),
    { sin, cos } = circle(start);
  return start + div(mul(y, cos) - mul(x, sin), mul(x, cos) + mul(y, sin));
}
function root(n: bigint): bigint {
  if (n <= 0n) return 0n;
  let x = 1n << BigInt(Math.ceil((n.toString(2).length + Number(BITS)) / 2) + 1);
  for (const square = n << BITS; ; ) {
    const next = (x + square / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

/** Below it an odd function is its argument. */
const TINY = 2 ** -27,
  /** Beyond it an angle is all error. */
  GREAT = 2 ** 60;
const within = (x: number): boolean => Math.abs(x) >= TINY && Math.abs(x) < GREAT;

export function exp(x: number): number {
  if (!Number.isFinite(x) || x > 710 || x < -746) return Math.exp(x);
  const { m, k } = power(fixed(x));
  return rounded(m, Number(k - BITS));
}
export const ln = (x: number): number => (x > 0 && Number.isFinite(x) ? value(logarithm(x)) : Math.log(x));
export const log2 = (x: number): number => (x > 0 && Number.isFinite(x) ? value(div(logarithm(x), known().ln2)) : Math.log2(x));
export const sin = (x: number): number => (within(x) ? value(circle(fixed(x)).sin) : Math.sin(x));
export const cos = (x: number): number => (within(x) ? value(circle(fixed(x)).cos) : Math.cos(x));
export function tan(x: number): number {
  if (!within(x)) return Math.tan(x);
  const at = circle(fixed(x));
  return value(div(at.sin, at.cos));
}
export const atan = (x: number): number => (within(x) ? value(angle(fixed(x), ONE, Math.atan(x))) : Math.atan(x));
export function asin(x: number): number {
  if (!within(x) || Math.abs(x) >= 1) return Math.asin(x);
  const n = fixed(x);
  return value(angle(n, root(ONE - mul(n, n)), Math.asin(x)));
}
export function acos(x: number): number {
  if (!(Math.abs(x) < 1)) return Math.acos(x);
  const n = fixed(x);
  return value(angle(root(ONE - mul(n, n)), n, Math.acos(x)));
}
export function atan2(y: number, x: number): number {
  const near = Math.atan2(y, x);
  if (!within(near) || ![x, y].every(n => n === 0 || (Math.abs(n) > TINY && Math.abs(n) < GREAT))) return near;
  return value(angle(fixed(y), fixed(x), near));
}
/** base ^ exponent of finite numbers, the base positive or the exponent whole. */
export function raised(base: number, exponent: number): number {
  const size = Math.abs(base),
    rough = base ** exponent;
  if (size === 0 || size === 1 || exponent === 0 || exponent === 1 || !Number.isFinite(rough) || rough === 0) return rough;
  if (exponent === 2) return base * base;
  if (exponent === -1) return 1 / base;
  if (exponent === 0.5) return Math.sqrt(base);
  if (Number.isInteger(exponent) && Math.abs(exponent) <= 64) {
    const { over, under } = fraction(size),
      n = BigInt(Math.abs(exponent)),
      [a, b] = exponent > 0 ? [over ** n, under ** n] : [under ** n, over ** n],
      shift = Math.max(0, 128 - a.toString(2).length + b.toString(2).length),
      up = a << BigInt(shift),
      quotient = ((up / b) << 1n) | (up % b ? 1n : 0n);
    return (base < 0 && exponent % 2 !== 0 ? -1 : 1) * rounded(quotient, -shift - 1);
  }
  const { over, under } = fraction(exponent),
    { m, k } = power((logarithm(size) * over) / under);
  return (base < 0 && exponent % 2 !== 0 ? -1 : 1) * rounded(m, Number(k - BITS));
}
