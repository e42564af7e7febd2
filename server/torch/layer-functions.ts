/**
 * Small functions that every layer's constructor calls, natively, as a model has hundreds of layers. Each takes the stand-in's own function, which says the same in
 * Python, and leaves to it whatever is not usual.
 */
import { isFloating } from '../../runtime/network/dtype.ts';
import { tensor } from '../../runtime/network/tensor.ts';
import { call } from '../python/call.ts';
import { Native, native } from '../python/native.ts';
import { Box, plain } from '../python/origin.ts';
import { INT } from '../python/types/int.ts';
import { TUPLE, Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import { TensorObject } from './tensor-object.ts';

export const layerFunctions: Readonly<Record<string, Native>> = {
  /** `_pair` and its like: a number so many times, a tuple as it is. */
  ntuple: native('ntuple(count, name, parse, /)', (count = null, name = null, parse = null) =>
    usually(String(plain(name)), parse, ([x = null, ...more]) => {
      if (more.length) return undefined;
      if (isInt(x)) return new Tuple(new Array<Value>(Number(plain(count))).fill(x));
      return x instanceof Tuple && x.type === TUPLE ? x : undefined;
    }),
  ),
  /** `torch.nn.init`: floats have every method that fills, and every kernel. */
  filling: native('filling(fill, /)', (fill = null) =>
    usually('_filled', fill, ([x]) =>
      x instanceof TensorObject && !x.uninitialized && isFloating(x.tensor.dtype) ? refilled(x) : undefined,
    ),
  ),
  refilled: native('refilled(tensor, /)', (given = null) => (given instanceof TensorObject ? refilled(given) : given)),
};

/** Undefined leaves the call to `otherwise`. */
const usually = (name: string, otherwise: Value, fast: (args: readonly Value[]) => Value | undefined): Native =>
  new Native(name, name, (args, named) => {
    const made = named ? undefined : fast(args);
    return made === undefined ? call(otherwise, args, named) : made;
  });

const isInt = (x: Value): boolean => typeof x === 'number' || (x instanceof Box && x.type === INT && typeof x.value === 'number');

/** A weight that was filled: the same, of values that nobody knows. */
function refilled(given: TensorObject): Value {
  const { shape, dtype, strides, values } = given.tensor;
  if (values) given.write(tensor({ shape, dtype, strides }));
  return given;
}
