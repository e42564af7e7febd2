/** Functions of C's library as it has them on Linux (Sun's fdlibm, with glibc's order of the terms), so that the last bit is the same. */
import { exp, ln } from '../types/exact-functions.ts';

/** `c[0] + c[1] x + …`, in pairs: the order in which glibc adds. */
function paired(c: readonly number[], x: number): number {
  const pair = (i: number): number => (i + 1 < c.length ? (c[i] ?? 0) + x * (c[i + 1] ?? 0) : (c[i] ?? 0)),
    x2 = x * x,
    x4 = x2 * x2;
  let sum = pair(0);
  if (c.length > 2) sum += x2 * pair(2);
  if (c.length > 4) sum += x4 * pair(4);
  if (c.length > 6) sum += x4 * x2 * pair(6);
  if (c.length > 8) sum += x4 * x4 * pair(8);
  return sum;
}

const ERX = 0.8450629115104675,
  EFX = 0.1283791670955126;
const PP = [0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442, -2.3763016656650163e-5];
const QQ = [1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164, -3.960228278775368e-6];
const PA = [
  -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175, -0.11089469428239668, 0.035478304325618236,
  -0.002166375594868791,
];
const QA = [1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164, 0.01363708391202905, 0.011984499846799107];
const RA = [
  -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347, -184.60509290671104,
  -81.2874355063066, -9.814329344169145,
];
const SA = [
  1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783, 108.63500554177944,
  6.570249770319282, -0.0604244152148581,
];
const RB = [
  -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896, -1025.0951316110772,
  -483.5191916086514,
];
const SB = [
  1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644, 474.52854120695537,
  -22.44095244658582,
];
const words = new DataView(new ArrayBuffer(8));
function highWord(x: number): number {
  words.setFloat64(0, x);
  return words.getUint32(0);
}
/** Its lower half of bits cleared. */
function coarse(x: number): number {
  words.setFloat64(0, x);
  words.setUint32(4, 0);
  return words.getFloat64(0);
}
/** `exp(-x²)` with what is left of it, over x: for x ≥ 1.25. */
function tail(x: number, limit: number): number {
  const s = 1 / (x * x),
    near = highWord(x) < limit,
    ratio = near ? paired(RA, s) / paired(SA, s) : paired(RB, s) / paired(SB, s),
    z = coarse(x);
  return (exp(-z * z - 0.5625) * exp((z - x) * (z + x) + ratio)) / x;
}
export function erf(x: number): number {
  const size = Math.abs(x),
    sign = x < 0 || Object.is(x, -0) ? -1 : 1;
  if (Number.isNaN(x)) return x;
  if (size < 0.84375) {
    if (size < 2 ** -28) return size < 2 ** -1015 ? 0.0625 * (16 * x + 16 * EFX * x) : x + EFX * x;
    const z = x * x;
    return x + x * (paired(PP, z) / paired(QQ, z));
  }
  if (size < 1.25) return sign * (ERX + paired(PA, size - 1) / paired(QA, size - 1));
  if (size >= 6) return sign;
  return sign * (1 - tail(size, 0x4006db6e));
}
export function erfc(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x)) return x;
  if (size < 0.84375) {
    if (size < 2 ** -56) return 1 - x;
    const z = x * x,
      y = paired(PP, z) / paired(QQ, z);
    return x < 0.25 ? 1 - (x + x * y) : 0.5 - (x * y + (x - 0.5));
  }
  if (size < 1.25) {
    const ratio = paired(PA, size - 1) / paired(QA, size - 1);
    return x >= 0 ? 1 - ERX - ratio : 1 + (ERX + ratio);
  }
  if (size >= 28) return x > 0 ? 0 : 2;
  if (x < 0 && size >= 6) return 2;
  return x > 0 ? tail(size, 0x4006db6d) : 2 - tail(size, 0x4006db6d);
}

const LARGE = 709.782712893384;
export function sinh(x: number): number {
  const size = Math.abs(x),
    half = x < 0 ? -0.5 : 0.5;
  if (!Number.isFinite(x) || size < 2 ** -28) return x;
  if (size < 22) {
    const t = Math.expm1(size);
    return size < 1 ? half * (2 * t - (t * t) / (t + 1)) : half * (t + t / (t + 1));
  }
  if (size < LARGE) return half * exp(size);
  const w = exp(0.5 * size);
  return half * w * w;
}
export function cosh(x: number): number {
  const size = Math.abs(x);
  if (!Number.isFinite(x)) return x * x;
  if (size < 22) {
    if (highWord(size) < 0x3fd62e43) {
      if (size < 2 ** -55) return 1;
      const t = Math.expm1(size),
        w = 1 + t;
      return 1 + (t * t) / (w + w);
    }
    const t = exp(size);
    return 0.5 * t + 0.5 / t;
  }
  if (size < LARGE) return 0.5 * exp(size);
  const w = exp(0.5 * size);
  return 0.5 * w * w;
}
export function asinh(x: number): number {
  const size = Math.abs(x);
  if (!Number.isFinite(x) || size < 2 ** -28) return x;
  let w: number;
  if (size > 2 ** 28) w = ln(size) + Math.LN2;
  else if (size > 2) w = ln(2 * size + 1 / (Math.sqrt(x * x + 1) + size));
  else {
    const t = x * x;
    w = Math.log1p(size + t / (1 + Math.sqrt(1 + t)));
  }
  return x < 0 ? -w : w;
}
export function acosh(x: number): number {
  if (x < 1 || Number.isNaN(x)) return Number.NaN;
  if (x === Infinity) return x;
  if (x >= 2 ** 28) return ln(x) + Math.LN2;
  if (x === 1) return 0;
  if (x > 2) {
    const t = x * x;
    return ln(2 * x - 1 / (x + Math.sqrt(t - 1)));
  }
  const t = x - 1;
  return Math.log1p(t + Math.sqrt(2 * t + t * t));
}
/** Of what is positive and finite. */
export function log10(x: number): number {
  words.setFloat64(0, x < 2 ** -1022 ? x * 2 ** 54 : x);
  const high = words.getUint32(0),
    k = (high >>> 20) - 1023 - (x < 2 ** -1022 ? 54 : 0),
    i = k < 0 ? 1 : 0;
  words.setUint32(0, ((high & 0xfffff) | ((0x3ff - i) << 20)) >>> 0);
  const y = k + i,
    z = y * 3.694239077158931e-13 + Math.LOG10E * ln(words.getFloat64(0));
  return z + y * 0.30102999566361177;
}
