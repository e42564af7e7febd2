/** `torch.tensor` and its kin: values of the program as a tensor. */
import type { DType } from '../../../runtime/network/dtype.ts';
import { complexOf, isComplex, isFloating, isIntegral } from '../../../runtime/network/dtype.ts';
import { readSchema } from '../../../runtime/network/schema.ts';
import { tensor } from '../../../runtime/network/tensor.ts';
import { raise } from '../../python/exception.ts';
import { isPlainNumber, typeName } from '../../python/operate.ts';
import { plain } from '../../python/origin.ts';
import { unknown } from '../../python/stop.ts';
import { Float } from '../../python/types/float.ts';
import { BOOL, INT } from '../../python/types/int.ts';
import { Range } from '../../python/types/iterator.ts';
import { Tuple } from '../../python/types/tuple.ts';
import { UnknownValue } from '../../python/types/unknown.ts';
import { Unseen } from '../../python/unseen.ts';
import type { Value } from '../../python/value.ts';
import { binder } from '../bind.ts';
import { type Call, invoke, tell } from '../calls.ts';
import { context } from '../context.ts';
import { inPython } from '../fault.ts';
import { numpyType } from '../numpy-number.ts';
import { DTypeObject, dtypeObject } from '../objects.ts';
import { python } from '../python-signature.ts';
import { TensorObject } from '../tensor-object.ts';
import { isSequence, isTensor, kind, numberOf } from '../values.ts';
import { arrayData, isUnsized } from './array.ts';

/** What stands in the data: its shape, its numbers in order, and the type that torch infers. */
interface Data {
  readonly shape: readonly number[];
  readonly values: readonly number[] | null;
  readonly dtype: DType;
  /** Whether an element is a tensor that is no integer. */
  readonly fractional?: boolean;
}

function read(data: Value, given: Value): Data {
  const shape: number[] = [],
    values: (number | null)[] = [];
  let found: DType | null = null;
  let fractional = false;
  const takes = (dtype: DType): void => {
    found = found === null ? dtype : promoted(found, dtype);
  };
  const walk = (v: Value, depth: number): void => {
    if (isSequence(v) || v instanceof Range) {
      const items = v instanceof Range ? Array.from({ length: v.count }, (_, i): Value => v.at(i)) : v.items;
      if (shape[depth] === undefined) {
        if (values.length) throw mixed(v);
        shape[depth] = items.length;
      } else if (shape[depth] !== items.length && shape.includes(0)) unknown('torch.tensor of nothing and something');
      else if (shape[depth] !== items.length)
        throw raise('ValueError', `expected sequence of length ${shape[depth]} at dim ${depth} (got ${items.length})`);
      for (const i of items) walk(i, depth + 1);
      return;
    }
    if (depth < shape.length && shape.includes(0)) unknown('torch.tensor of nothing and something'); // torch reads no further
    if (depth < shape.length && !(isTensor(v) && v.tensor.shape.length))
      throw depth === 0 ? mixed(v) : raise('TypeError', `not a sequence`);
    if (isTensor(v)) {
      const { tensor: t } = v;
      if (t.shape.length) unknown('torch.tensor of tensors with dimensions');
      takes(t.dtype);
      fractional ||= isFloating(t.dtype);
      values.push(t.values?.[0] ?? null);
      return;
    }
    if (v instanceof Unseen && isPlainNumber(v)) {
      takes(v.type === BOOL ? 'bool' : v.type === INT ? 'int64' : context.defaultDtype);
      values.push(null);
      return;
    }
    const n = numberOf(v),
      k = kind(v);
    if (n === undefined) {
      if (k === 'str')
        throw depth ? raise('ValueError', "too many dimensions 'str'") : raise('TypeError', "new(): invalid data type 'str'");
      if (k === 'complex') {
        takes(complexOf(context.defaultDtype));
        values.push(null);
        return;
      }
      if (k === 'other') unknown(`torch.tensor of ${typeName(v)}`);
      throw noNumber(v, given);
    }
    takes(numpyType(v) ?? (k === 'bool' ? 'bool' : k === 'int' ? 'int64' : context.defaultDtype));
    values.push(n);
  };
  walk(data, 0);
  return { shape, values: values.every(v => v !== null) ? (values as number[]) : null, dtype: found ?? context.defaultDtype, fractional };
}
const mixed = (v: Value): ReturnType<typeof raise> =>
  isSequence(v) ? raise('TypeError', `'${typeName(v)}' object cannot be interpreted as an integer`) : raise('TypeError', `not a sequence`);
/** What an element of this type is told to be, where that is said; else that nothing is known of it. */
function noNumber(v: Value, given: Value): ReturnType<typeof raise> {
  if (!(given instanceof DTypeObject)) return raise('RuntimeError', `Could not infer dtype of ${typeName(v)}`);
  if (isIntegral(given.dtype) && given.dtype !== 'bool')
    return raise('TypeError', `'${typeName(v)}' object cannot be interpreted as an integer`);
  return isFloating(given.dtype)
    ? raise('TypeError', `must be real number, not ${typeName(v)}`)
    : unknown(`a tensor of ${given.dtype} of ${typeName(v)}`);
}
const order: readonly DType[] = [
  'bool',
  'uint8',
  'int8',
  'int16',
  'int32',
  'int64',
  'float16',
  'bfloat16',
  'float32',
  'float64',
  'complex32',
  'complex64',
  'complex128',
];
const promoted = (a: DType, b: DType): DType => (order.indexOf(a) > order.indexOf(b) ? a : b);

function made(data: Value, given: Value): Value {
  if (isTensor(data)) {
    const dtype = given instanceof DTypeObject ? given : dtypeObject(data.tensor.dtype);
    return dtype.dtype === data.tensor.dtype ? invoke('Tensor.clone', [data]) : invoke('torch._to_dtype', [data, dtype]);
  }
  const { shape, values, dtype, fractional = false }: Data = arrayData(data) ?? read(data, given),
    type = given instanceof DTypeObject ? given.dtype : dtype;
  if (fractional && !isFloating(type) && !isComplex(type))
    throw raise('TypeError', 'only integer tensors of a single element can be converted to an index');
  if (isComplex(type) !== isComplex(dtype) && isComplex(dtype)) return unknown('torch.tensor of complex numbers');
  if (values && !isFloating(type) && values.some(v => !Number.isFinite(v)))
    throw raise('RuntimeError', `value cannot be converted to type ${type === 'int64' ? 'int64' : unknown('this type')} without overflow`);
  if (!values) return new TensorObject(tensor({ shape, dtype: type }));
  return invoke('torch._constant', [
    new Tuple([...shape]),
    new Tuple(values.map(v => new Float(isFloating(type) || type === 'bool' ? v : Math.trunc(v)))),
    dtypeObject(type),
  ]);
}

/** Binds for the complaints; the data itself is read as the program has it. */
const bound = (schema: string, run: (data: Value, dtype: Value, requiresGrad: boolean) => Value): Call => {
  const schemas = [readSchema(schema)];
  const bind = binder(schemas[0]?.name ?? '', schemas, false);
  return (args, named) =>
    inPython(() => {
      bind(args, named, null);
      const dtype = args[1] ?? named?.get('dtype') ?? null;
      return run(args[0] ?? named?.get('data') ?? null, dtype, plain(named?.get('requires_grad') ?? false) === true);
    });
};
const needing = (v: Value, requiresGrad: boolean): Value => {
  if (requiresGrad && isTensor(v)) v.requiresGrad = true;
  return v;
};

tell({
  'torch.tensor': bound(
    'tensor(object? data, *, dtype? dtype=None, device? device=None, bool pin_memory=False, bool requires_grad=False)',
    (data, dtype, grad) => needing(made(data, dtype), grad),
  ),
  'torch.as_tensor': bound('as_tensor(object? data, dtype? dtype=None, device? device=None)', (data, dtype) =>
    isTensor(data) && (dtype === null || (dtype instanceof DTypeObject && dtype.dtype === data.tensor.dtype)) ? data : made(data, dtype),
  ),
  'torch.asarray': (args, named) => invoke('torch.as_tensor', args.slice(0, 1), named),
  'Tensor.new_tensor': (args, named) => {
    const [self = null, data = null] = args;
    if (!isTensor(self)) return unknown('a method of Tensor without its object');
    const dtype = named?.get('dtype') ?? null;
    if (args.length !== 2 || (dtype !== null && !(dtype instanceof DTypeObject))) return unknown('Tensor.new_tensor of these');
    return needing(
      inPython(() => made(data, named?.get('dtype') ?? dtypeObject(self.tensor.dtype))),
      plain(named?.get('requires_grad') ?? false) === true,
    );
  },
  'torch.scalar_tensor': (args, named) => inPython(() => made(args[0] ?? null, named?.get('dtype') ?? dtypeObject(context.defaultDtype))),
  'torch.from_numpy': python('from_numpy(ndarray)', a =>
    isUnsized(a('ndarray'))
      ? new UnknownValue('a tensor of a size that is not known')
      : arrayData(a('ndarray'))
        ? inPython(() => made(a('ndarray'), null))
        : unknown('torch.from_numpy of this'),
  ),
  'torch.is_tensor': python('is_tensor(obj)', a => isTensor(a('obj'))),
  'F.affine_grid': python('affine_grid(theta, size, align_corners=None)', a => {
    const theta = a('theta'),
      size = a('size');
    if (!isTensor(theta) || !isSequence(size)) return unknown('affine_grid of these');
    if (!isFloating(theta.tensor.dtype))
      throw raise('ValueError', `Expected theta to have floating point type, but got torch.${theta.tensor.dtype}`);
    const n = size.items.length,
      [batch, rows, columns] = theta.tensor.shape;
    if (
      theta.tensor.shape.length !== 3 ||
      rows?.size !== n - 2 ||
      columns?.size !== n - 1 ||
      batch?.size !== numberOf(size.items[0] ?? null)
    )
      return unknown('affine_grid of sizes that do not fit');
    return invoke('torch.affine_grid_generator', [theta, size, a('align_corners') ?? false]);
  }),
});
