/** `divmod`, and `pow` with a modulus, of numbers. */
import { raise } from '../exception.ts';
import { binary, typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import type { Value } from '../value.ts';
import { Complex } from './complex.ts';
import { Float } from './float.ts';
import { floorDivide, int, integerOf } from './int.ts';
import { Tuple } from './tuple.ts';

const isReal = (v: Value): boolean => plain(v) instanceof Float || integerOf(v) !== undefined;

/** Undefined where one of them is no real number. */
export function divided(a: Value, b: Value): Tuple | undefined {
  if (!isReal(a) || !isReal(b)) return undefined;
  const p = plain(b);
  if ((p instanceof Float ? p.value : integerOf(b)) === 0 && (p instanceof Float || plain(a) instanceof Float))
    throw raise('ZeroDivisionError', 'float divmod()');
  return new Tuple([binary('//', a, b), binary('%', a, b)]);
}

export function modularPower(a: Value, b: Value, m: Value): Value {
  const [base, exponent, mod] = [a, b, m].map(integerOf);
  if ([a, b].some(v => v instanceof Complex)) throw raise('ValueError', 'complex modulo');
  if (base === undefined || exponent === undefined || mod === undefined)
    throw raise(
      'TypeError',
      [a, b].some(v => plain(v) instanceof Float) && isReal(a)
        ? 'pow() 3rd argument not allowed unless all arguments are integers'
        : `unsupported operand type(s) for ** or pow(): '${typeName(a)}', '${typeName(b)}', '${typeName(m)}'`,
    );
  if (mod === 0) throw raise('ValueError', 'pow() 3rd argument cannot be 0');
  const modulus = BigInt(mod),
    reduce = (n: bigint): bigint => n - floorDivide(n, modulus) * modulus;
  const inverted = exponent < 0 ? inverse(reduce(BigInt(base)), modulus) : reduce(BigInt(base));
  let result = reduce(1n),
    square = inverted;
  for (let e = exponent < 0 ? -BigInt(exponent) : BigInt(exponent); e > 0n; e >>= 1n) {
    if (e & 1n) result = reduce(result * square);
    square = reduce(square * square);
  }
  return int(reduce(result));
}
function inverse(a: bigint, modulus: bigint): bigint {
  let [r, next, s, after] = [modulus, a, 0n, 1n];
  while (next !== 0n) {
    const q = floorDivide(r, next);
    [r, next] = [next, r - q * next];
    [s, after] = [after, s - q * after];
  }
  if (r !== 1n && r !== -1n) throw raise('ValueError', 'base is not invertible for the given modulus');
  const found = s * r;
  return found - floorDivide(found, modulus) * modulus;
}
