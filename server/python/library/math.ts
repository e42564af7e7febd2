import { call } from '../call.ts';
import { choosing } from '../choices.ts';
import { raise } from '../exception.ts';
import { type NativeModule, nativeModule } from '../import/native-module.ts';
import { Native, native, pure } from '../native.ts';
import { abilities, asIndex, binary, isPlainNumber, toArray, traced, typeName, typeOf } from '../operate.ts';
import { joined, plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import * as exact from '../types/exact-functions.ts';
import { FLOAT, Float } from '../types/float.ts';
import { INT, int } from '../types/int.ts';
import { floatFrom } from '../types/number-text.ts';
import { Tuple } from '../types/tuple.ts';
import { Unseen } from '../unseen.ts';
import type { Value } from '../value.ts';
import { cubeRoot, integerRoot, mantissa, nextAfter, norm, scaled, split } from './exact-roots.ts';
import { acosh, asinh, cosh, erf, erfc, log10, sinh } from './fdlibm.ts';
import { gamma, logGamma } from './gamma.ts';

/** A number where math wants one: a text is none here. */
function real(v: Value): number {
  if (typeof plain(v) === 'string' || (!abilities(v).float && !abilities(v).index))
    throw raise('TypeError', `must be real number, not ${typeName(v)}`);
  return floatFrom([v]);
}
const domain = (): never => {
  throw raise('ValueError', 'math domain error');
};
/** What is not a number though it was given numbers is outside of the domain; what is infinite, too big. */
function checked(result: number, ...given: readonly number[]): Float {
  if (Number.isNaN(result) && !given.some(Number.isNaN)) domain();
  if (!Number.isFinite(result) && !Number.isNaN(result) && given.every(Number.isFinite)) throw raise('OverflowError', 'math range error');
  return new Float(result);
}
const one = (name: string, f: (x: number) => number): Native =>
  native(`${name}(x, /)`, (x = null) => {
    if (x instanceof Unseen && isPlainNumber(x) && (EVERYWHERE.has(name) || choosing.now)) return new Unseen(FLOAT, x.what);
    const n = real(x);
    return checked(f(n), n).traced(joined([x]));
  });
/** Those that have a value for every number. Where each answer is looked at, a number without one ends the run by itself. */
const EVERYWHERE = new Set(['sin', 'cos', 'atan', 'tanh', 'radians', 'degrees', 'fabs']);
const two = (name: string, f: (x: number, y: number) => number): Native =>
  pure(`${name}(x, y, /)`, (x = null, y = null) => {
    const a = real(x),
      b = real(y);
    return checked(f(a, b), a, b);
  });
const test = (name: string, f: (x: number) => boolean): Native => pure(`${name}(x, /)`, (x = null) => f(real(x)));

/** To an int, by the value's own special method where it has one. */
const whole = (name: string, special: string, round: (x: number) => number): Native =>
  native(`${name}(x, /)`, (x = null) => {
    if (x instanceof Unseen && isPlainNumber(x)) return new Unseen(INT, x.what);
    const own = typeOf(x).custom ? typeOf(x).find(special) : undefined;
    if (own !== undefined) return call(own, [x]);
    if (special === '__trunc__' && typeOf(x).custom) throw raise('TypeError', `type ${typeName(x)} doesn't define __trunc__ method`);
    const p = plain(x);
    if (typeof p === 'number' || typeof p === 'bigint') return x;
    const n = real(x);
    if (Number.isNaN(n)) throw raise('ValueError', 'cannot convert float NaN to integer');
    if (!Number.isFinite(n)) throw raise('OverflowError', 'cannot convert float infinity to integer');
    const r = round(n);
    return traced(Number.isSafeInteger(r) ? r + 0 : int(BigInt(r)), joined([x]));
  });
const gcd = (a: bigint, b: bigint): bigint => {
  for (; b; [a, b] = [b, a % b]);
  return a < 0n ? -a : a;
};
const folded = (name: string, start: bigint, f: (a: bigint, b: bigint) => bigint): Native =>
  new Native(name, `math.${name}`, args => int(args.map(v => BigInt(asIndex(v))).reduce(f, start)));
const count = (v: Value): bigint => BigInt(asIndex(v));
function product(from: bigint, to: bigint): bigint {
  let p = 1n;
  if (to - from > 20_000n) unknown('a product of many integers');
  for (let i = from; i <= to; i++) p *= i;
  return p;
}
const natural = (name: string, v: Value): bigint => {
  const n = count(v);
  if (n < 0n)
    throw raise(
      'ValueError',
      `${name} must be ${name === 'n' || name === 'k' ? 'a ' : ''}non-negative${name === 'n' || name === 'k' ? ' integer' : ''}`,
    );
  return n;
};
function logarithm(x: Value, base: Value | undefined): Float {
  const n = plain(x),
    log = (v: Value): number => {
      const p = plain(v);
      if (typeof p === 'bigint') {
        if (p <= 0n) domain();
        const { m, e } = mantissa(p);
        return Number.isFinite(Number(p)) ? exact.ln(Number(p)) : exact.ln(m) + Math.LN2 * e;
      }
      const value = real(v);
      if (value <= 0) domain();
      return exact.ln(value);
    };
  if (base === undefined) return new Float(log(n));
  const above = log(n),
    below = log(base);
  if (below === 0) throw raise('ZeroDivisionError', 'float division by zero');
  return new Float(above / below);
}
/** Shewchuk's: partial sums without overlap, so that the end is rounded once. */
function exactSum(values: readonly number[]): number {
  const partials: number[] = [];
  for (let x of values) {
    let i = 0;
    for (let y of partials) {
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
      const high = x + y,
        low = y - (high - x);
      if (low) partials[i++] = low;
      x = high;
    }
    partials.length = i;
    partials.push(x);
  }
  if (partials.length > 2) {
    const top = partials.at(-1) ?? 0,
      rest = partials.slice(0, -1).reduceRight((a, b) => a + b, 0);
    return top + rest;
  }
  return partials.reduceRight((a, b) => a + b, 0);
}

const least = (a: bigint, b: bigint): bigint => {
  if (a < b) return a;
  return b;
};

export const mathModule = (): NativeModule =>
  nativeModule('math', {
    pi: new Float(Math.PI),
    e: new Float(Math.E),
    tau: new Float(2 * Math.PI),
    inf: new Float(Infinity),
    nan: new Float(NaN),
    sqrt: one('sqrt', Math.sqrt),
    exp: one('exp', exact.exp),
    expm1: one('expm1', Math.expm1),
    log1p: one('log1p', Math.log1p),
    exp2: one('exp2', x => exact.raised(2, x)),
    cbrt: one('cbrt', cubeRoot),
    erf: one('erf', erf),
    erfc: one('erfc', erfc),
    gamma: pure('gamma(x, /)', (x = null) => {
      const n = real(x);
      if (n === 0 || n === -Infinity || (n < 0 && Number.isInteger(n))) domain();
      return checked(gamma(n), n);
    }),
    lgamma: pure('lgamma(x, /)', (x = null) => {
      const n = real(x);
      if (n <= 0 && Number.isInteger(n)) domain();
      return checked(logGamma(n), n);
    }),
    sin: one('sin', exact.sin),
    cos: one('cos', exact.cos),
    tan: one('tan', exact.tan),
    asin: one('asin', exact.asin),
    acos: one('acos', exact.acos),
    atan: one('atan', exact.atan),
    sinh: one('sinh', sinh),
    cosh: one('cosh', cosh),
    tanh: one('tanh', Math.tanh),
    asinh: one('asinh', asinh),
    acosh: one('acosh', acosh),
    atanh: one('atanh', x => (Math.abs(x) === 1 ? Number.NaN : Math.atanh(x))),
    fabs: one('fabs', Math.abs),
    degrees: one('degrees', x => x * (180 / Math.PI)),
    radians: one('radians', x => x * (Math.PI / 180)),
    log2: pure('log2(x, /)', (x = null) => {
      const n = plain(x);
      if (typeof n === 'bigint') {
        if (n <= 0n) domain();
        const { m, e } = mantissa(n);
        return new Float(Number.isFinite(Number(n)) ? exact.log2(Number(n)) : exact.log2(m) + e);
      }
      const r = real(n);
      return r <= 0 ? domain() : new Float(exact.log2(r));
    }),
    log10: pure('log10(x, /)', (x = null) => {
      const n = plain(x);
      if (typeof n === 'bigint' && n > 0n && !Number.isFinite(Number(n))) {
        const { m, e } = mantissa(n);
        return new Float(log10(m) + log10(2) * e);
      }
      const r = real(x);
      return r <= 0 ? domain() : new Float(Number.isFinite(r) ? log10(r) : r);
    }),
    log: pure('log(x, base=?, /)', (x = null, base) => logarithm(x, base !== undefined && typeName(base) === 'absent' ? undefined : base)),
    atan2: two('atan2', exact.atan2),
    copysign: two('copysign', (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x))),
    fmod: two('fmod', (x, y) => x % y),
    pow: two('pow', (x, y) =>
      x === 1 || y === 0
        ? 1
        : x === 0 && y < 0 && Number.isFinite(y)
          ? domain()
          : Number.isFinite(x) && Number.isFinite(y)
            ? exact.raised(x, y)
            : x ** y,
    ),
    hypot: new Native('hypot', 'math.hypot', args => new Float(norm(args.map(real)))),
    isnan: test('isnan', Number.isNaN),
    isinf: test('isinf', x => Math.abs(x) === Infinity),
    isfinite: test('isfinite', Number.isFinite),
    floor: whole('floor', '__floor__', Math.floor),
    ceil: whole('ceil', '__ceil__', Math.ceil),
    trunc: whole('trunc', '__trunc__', Math.trunc),
    gcd: folded('gcd', 0n, gcd),
    lcm: folded('lcm', 1n, (a, b) => (a && b ? ((a < 0n ? -a : a) / gcd(a, b)) * (b < 0n ? -b : b) : 0n)),
    factorial: native('factorial(n, /)', (n = null) => {
      const of = count(n);
      if (of < 0n) throw raise('ValueError', 'factorial() not defined for negative values');
      return int(product(1n, of));
    }),
    comb: native('comb(n, k, /)', (n = null, k = null) => {
      const all = natural('n', n),
        some = natural('k', k),
        rest = all - some,
        few = least(some, rest);
      return some > all ? 0 : int(product(all - few + 1n, all) / product(1n, few));
    }),
    perm: native('perm(n, k=None, /)', (n = null, k = null) => {
      const all = natural('n', n),
        some = k === null ? all : natural('k', k);
      return some > all ? 0 : int(product(all - some + 1n, all));
    }),
    isqrt: native('isqrt(n, /)', (v = null) => {
      const n = count(v);
      if (n < 0n) throw raise('ValueError', 'isqrt() argument must be nonnegative');
      return int(integerRoot(n));
    }),
    prod: native('prod(iterable, /, *, start=1)', (items = null, start = 1) => toArray(items).reduce((a, b) => binary('*', a, b), start)),
    fsum: native('fsum(seq, /)', (items = null) => new Float(exactSum(toArray(items).map(real)))),
    modf: native('modf(x, /)', (x = null) => {
      const n = real(x);
      if (Number.isNaN(n)) return new Tuple([new Float(NaN), new Float(NaN)]);
      return new Tuple([new Float(Number.isFinite(n) ? n % 1 : Object.is(n, -Infinity) ? -0 : 0), new Float(Math.trunc(n))]);
    }),
    frexp: native('frexp(x, /)', (x = null) => {
      const n = real(x);
      if (n === 0 || !Number.isFinite(n)) return new Tuple([new Float(n), 0]);
      const { m, e } = split(Math.abs(n));
      return new Tuple([new Float(n < 0 ? -m : m), e]);
    }),
    ldexp: pure('ldexp(x, i, /)', (x = null, i = 0) => {
      const n = real(x),
        power = asIndex(i, () => 'Expected an int as second argument to ldexp.'),
        result = scaled(n, Math.max(-5000, Math.min(5000, Number(power))));
      if (!Number.isFinite(result) && Number.isFinite(n)) throw raise('OverflowError', 'math range error');
      return new Float(result);
    }),
    nextafter: two('nextafter', nextAfter),
    ulp: pure('ulp(x, /)', (v = null) => {
      const x = Math.abs(real(v));
      if (!Number.isFinite(x)) return new Float(x);
      const above = nextAfter(x, Infinity);
      return new Float(Number.isFinite(above) ? above - x : x - nextAfter(x, -Infinity));
    }),
    remainder: pure('remainder(x, y, /)', (v = null, w = null) => {
      const x = real(v),
        y = Math.abs(real(w));
      if (Number.isNaN(x) || Number.isNaN(y)) return new Float(NaN);
      if (!Number.isFinite(x) || y === 0) return domain();
      if (!Number.isFinite(y)) return new Float(x);
      const size = Math.abs(x),
        m = size % y,
        c = y - m,
        r = m < c ? m : m > c ? -c : m - 2 * ((0.5 * (size - m)) % y);
      return new Float((x < 0 || Object.is(x, -0) ? -1 : 1) * r);
    }),
    dist: native('dist(p, q, /)', (p = null, q = null) => {
      const a = toArray(p).map(real),
        b = toArray(q).map(real);
      if (a.length !== b.length) throw raise('ValueError', 'both points must have the same number of dimensions');
      return new Float(norm(a.map((x, i) => x - (b[i] ?? 0))));
    }),
    isclose: native('isclose(a, b, *, rel_tol=None, abs_tol=None)', (a = null, b = null, relative = null, absolute = null) => {
      const x = real(a),
        y = real(b),
        r = relative === null ? 1e-9 : real(relative),
        t = absolute === null ? 0 : real(absolute);
      if (r < 0 || t < 0) throw raise('ValueError', 'tolerances must be non-negative');
      if (x === y) return true;
      return Number.isFinite(x) && Number.isFinite(y) && Math.abs(x - y) <= Math.max(r * Math.max(Math.abs(x), Math.abs(y)), t);
    }),
  });
