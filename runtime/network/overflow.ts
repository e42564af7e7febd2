/** Whether a number of the program can be stored in a type: torch refuses what it would have to cut. */
import { type DType, isComplex, isIntegral } from './dtype.ts';
import { fail, unknown } from './fault.ts';
import type { Scalar } from './schema.ts';

/** As C++ names it, and the largest and least that it holds. */
const RANGES: Partial<Record<DType, readonly [name: string, most: number, least: number]>> = {
  uint8: ['uint8_t', 255, 0],
  int8: ['int8_t', 127, -128],
  int16: ['int16_t', 2 ** 15 - 1, -(2 ** 15)],
  int32: ['int', 2 ** 31 - 1, -(2 ** 31)],
  int64: ['int64_t', 2 ** 63, -(2 ** 63)],
  float16: ['c10::Half', 65504, -65504],
  bfloat16: ['c10::BFloat16', 3.3895313892515355e38, -3.3895313892515355e38],
  float32: ['float', 3.4028234663852886e38, -3.4028234663852886e38],
  complex64: ['c10::complex<float>', 3.4028234663852886e38, -3.4028234663852886e38],
  float64: ['double', Number.MAX_VALUE, -Number.MAX_VALUE],
};

/** Fails where it does not fit. Whole numbers may wrap once below zero where the type has no sign; what is infinite or no number has a place in floats alone. */
export function checkStored({ value, dtype: given }: Scalar, dtype: DType): void {
  const [name, most, least] = RANGES[dtype] ?? [];
  if (name === undefined || most === undefined || least === undefined) return; // a bool is true or false, whatever comes
  if (isComplex(given) && isComplex(dtype)) return;
  if (isComplex(given)) unknown('a complex number where a real one goes');
  const whole = isIntegral(dtype);
  if (dtype === 'int64' && Math.abs(value) === most) unknown('a number at the edge of int64');
  const fits = Number.isFinite(value)
    ? value <= most && (value >= least || (dtype === 'uint8' && isIntegral(given) && -value <= most))
    : !whole;
  if (!fits) fail('RuntimeError', `value cannot be converted to type ${name} without overflow`);
}
