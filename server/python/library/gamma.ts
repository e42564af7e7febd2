/** The gamma function by Lanczos' approximation, with g and the coefficients that CPython takes (Boost's `lanczos13m53`), so that the last bit is the same. */
import * as exact from '../types/exact-functions.ts';

const G = 6.02468004077673,
  G_MINUS_HALF = 5.52468004077673;
const NUMERATOR = [
  23531376880.41076, 42919803642.6491, 35711959237.35567, 17921034426.03721, 6039542586.352028, 1439720407.3117216, 248874557.86205417,
  31426415.585400194, 2876370.6289353725, 186056.26539522348, 8071.672002365816, 210.82427775157936, 2.5066282746310002,
];
const DENOMINATOR = [0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535, 2637558, 357423, 32670, 1925, 66, 1];
const LOG_PI = 1.1447298858494002;

function lanczos(x: number): number {
  let above = 0,
    below = 0;
  for (let k = 0; k < NUMERATOR.length; k++) {
    // Whichever way keeps the powers small.
    const i = x < 5 ? NUMERATOR.length - 1 - k : k;
    above = (x < 5 ? above * x : above / x) + (NUMERATOR[i] ?? 0);
    below = (x < 5 ? below * x : below / x) + (DENOMINATOR[i] ?? 0);
  }
  return above / below;
}
function sinPi(x: number): number {
  const y = Math.abs(x) % 2,
    parts = [
      () => exact.sin(Math.PI * y),
      () => exact.cos(Math.PI * (y - 0.5)),
      () => exact.sin(Math.PI * (1 - y)),
      () => -exact.cos(Math.PI * (y - 1.5)),
      () => exact.sin(Math.PI * (y - 2)),
    ],
    r = parts[Math.round(2 * y)]?.() ?? 0;
  return x < 0 ? -r : r;
}

/** Not at its poles. */
export function gamma(x: number): number {
  if (!Number.isFinite(x)) return x;
  if (Number.isInteger(x) && x > 0 && x <= 23) {
    let f = 1;
    for (let i = 2; i < x; i++) f *= i;
    return f;
  }
  const size = Math.abs(x);
  if (size < 1e-20) return 1 / x;
  if (size > 200) return x < 0 ? 0 / sinPi(x) : Infinity;
  const y = size + G_MINUS_HALF,
    lost = size > G_MINUS_HALF ? y - size - G_MINUS_HALF : y - G_MINUS_HALF - size,
    z = (lost * G) / y,
    half = size < 140 ? null : exact.raised(y, size / 2 - 0.25);
  let r: number;
  if (x < 0) {
    r = ((-Math.PI / sinPi(size) / size) * exact.exp(y)) / lanczos(size);
    r -= z * r;
    return half === null ? r / exact.raised(y, size - 0.5) : r / half / half;
  }
  r = lanczos(size) / exact.exp(y);
  r += z * r;
  return half === null ? r * exact.raised(y, size - 0.5) : r * half * half;
}
/** The logarithm of its size; not at its poles. */
export function logGamma(x: number): number {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? x : Infinity;
  if (x === 1 || x === 2) return 0;
  const size = Math.abs(x);
  if (size < 1e-20) return -exact.ln(size);
  const r = exact.ln(lanczos(size)) - G + (size - 0.5) * (exact.ln(size + G - 0.5) - 1);
  return x < 0 ? LOG_PI - exact.ln(Math.abs(sinPi(size))) - exact.ln(size) - r : r;
}
