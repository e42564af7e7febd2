/** `Tensor.numpy`: the array of our stand-in for numpy, with the numbers that are known. */
import { type DType, isComplex, isFloating, sentenceName } from '../../runtime/network/dtype.ts';
import { sizes } from '../../runtime/network/tensor.ts';
import { getAttribute } from '../python/attribute.ts';
import { call } from '../python/call.ts';
import { raise } from '../python/exception.ts';
import { running } from '../python/frame.ts';
import { unknown } from '../python/stop.ts';
import { Float } from '../python/types/float.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import { context } from './context.ts';
import type { TensorObject } from './tensor-object.ts';

/** `force`: detached, and on the CPU. */
export function numpyArray(self: TensorObject, force: boolean): Value {
  const { shape, dtype, values } = self.tensor;
  if (self.requiresGrad && context.gradEnabled && !force)
    throw raise('RuntimeError', "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.");
  if (dtype === 'bfloat16') throw raise('TypeError', `Got unsupported ScalarType ${sentenceName(dtype)}`);
  if (isComplex(dtype)) return unknown('an array of complex numbers');
  return call(arrays(), [values && new List(values.map(v => numberOf(v, dtype))), new Tuple([...sizes(shape)]), dtype]);
}
const numberOf = (v: number, dtype: DType): Value => (dtype === 'bool' ? v !== 0 : isFloating(dtype) ? new Float(v) : v);

/** The class of arrays, as the program that runs would import it. */
function arrays(): Value {
  const load = running.frame?.code.module?.builtins.get('__import__');
  if (load === undefined) return unknown('numpy, without a program that could import it');
  return getAttribute(call(load, ['numpy']), 'ndarray');
}
