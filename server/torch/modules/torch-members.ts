/** What the module `torch` holds beside its functions: types, types of elements, switches. */
import { type DType, isDType, isFloating, promote, resultType, tensorTypeName } from '../../../runtime/network/dtype.ts';
import { fail } from '../../../runtime/network/fault.ts';
import { isInstance } from '../../python/builtins/functions.ts';
import { raise } from '../../python/exception.ts';
import { Native, native } from '../../python/native.ts';
import { typeName, typeOf } from '../../python/operate.ts';
import { plain } from '../../python/origin.ts';
import { unknown } from '../../python/stop.ts';
import { nativeType, type Type, Type as TypeObject } from '../../python/type.ts';
import { Float } from '../../python/types/float.ts';
import { Tuple } from '../../python/types/tuple.ts';
import { Obj, type Value } from '../../python/value.ts';
import { invoke } from '../calls.ts';
import { context } from '../context.ts';
import { inPython } from '../fault.ts';
import { arrayData } from '../functional/array.ts';
import {
  BYTES,
  CPU,
  DEVICE,
  DTYPE,
  DTYPE_NAMES,
  DTypeObject,
  dtypeObject,
  GENERATOR,
  Generator,
  LAYOUT,
  LAYOUTS,
  MEMORY_FORMAT,
  MEMORY_FORMATS,
  otherTypes,
  SIZE,
} from '../objects.ts';
import { TENSOR, TensorObject } from '../tensor-object.ts';
import { isSequence, isTensor, kind } from '../values.ts';
import { AUTOCAST, ENABLE_GRAD, INFERENCE_MODE, IS_GRAD_ENABLED, NO_GRAD, SET_GRAD_ENABLED } from './grad-mode.ts';
import type { Members } from './inert.ts';

/** `torch.finfo`, `torch.iinfo`: limits of a type. */
class TypeInfo extends Obj {
  readonly dtype: DTypeObject;
  readonly fields: ReadonlyMap<string, Value>;
  constructor(type: Type, dtype: DTypeObject, fields: ReadonlyMap<string, Value>) {
    super(type);
    this.dtype = dtype;
    this.fields = fields;
  }
}
const info = (name: string, fields: (dtype: DTypeObject) => ReadonlyMap<string, Value> | null): Type => {
  const own: Type = nativeType<TypeInfo>(
    name,
    { hash: self => self, attribute: (self, field) => self.fields.get(field) ?? (field === '__class__' ? own : undefined) },
    {
      module: 'torch',
      make: (_, [given = dtypeObject(context.defaultDtype)]) => {
        if (!(given instanceof DTypeObject))
          throw raise('TypeError', `${name}(): argument 'type' (position 1) must be torch.dtype, not ${typeName(given)}`);
        const found = fields(given);
        if (!found)
          throw raise(
            'TypeError',
            name === 'finfo'
              ? `torch.finfo() requires a floating point input type. Use torch.iinfo to handle 'torch.finfo'`
              : `torch.iinfo() requires an integer input type. Use torch.finfo to handle 'torch.iinfo'`,
          );
        return new TypeInfo(own, given, found);
      },
    },
  );
  return own;
};
/** Bits of exponent and of mantissa. */
const FLOATS: Readonly<Record<string, readonly [number, number]>> = {
  float16: [5, 10],
  bfloat16: [8, 7],
  float32: [8, 23],
  float64: [11, 52],
};
const FINFO = info('finfo', ({ dtype }) => {
  const form = FLOATS[dtype];
  if (!form) return null;
  const [exponent, mantissa] = form,
    bias = 2 ** (exponent - 1) - 1,
    max = (2 - 2 ** -mantissa) * 2 ** bias,
    tiny = 2 ** (1 - bias);
  return new Map<string, Value>([
    ['bits', BYTES[dtype] * 8],
    ['max', new Float(max)],
    ['min', new Float(-max)],
    ['eps', new Float(2 ** -mantissa)],
    ['tiny', new Float(tiny)],
    ['smallest_normal', new Float(tiny)],
    ['resolution', new Float(10 ** -Math.floor(mantissa * Math.log10(2)))],
    ['dtype', dtype],
  ]);
});
const IINFO = info('iinfo', ({ dtype }) => {
  if (!/^u?int/.test(dtype)) return null;
  const bits = BYTES[dtype] * 8,
    signed = dtype !== 'uint8',
    top = 2n ** BigInt(signed ? bits - 1 : bits);
  const exact = (n: bigint): Value => (n >= -(2n ** 53n) && n <= 2n ** 53n ? Number(n) : n);
  return new Map<string, Value>([
    ['bits', bits],
    ['max', exact(top - 1n)],
    ['min', signed ? exact(-top) : 0],
    ['dtype', dtype],
  ]);
});

/** `torch.Tensor(2, 3)`, `torch.FloatTensor([1, 2])`. */
function legacy(dtype: DTypeObject): (type: Type, args: readonly Value[]) => Value {
  return (type, args) => {
    const [first = null] = args;
    if (isTensor(first) && args.length === 1)
      return first.tensor.dtype === dtype.dtype || !legacyOf.has(type)
        ? invoke('Tensor.detach', [first])
        : fail('TypeError', `expected ${optionsOf(dtype.dtype)} (got ${optionsOf(first.tensor.dtype)})`);
    if (args.length === 1 && first instanceof Tuple && first.type === SIZE)
      return invoke('torch.empty', [first], new Map([['dtype', dtype]]));
    if (isSequence(first) && first.items.some(isSequence) && !first.items.every(isSequence)) return unknown('torch.Tensor of these');
    if (args.length === 1 && (kind(first) === 'list' || kind(first) === 'tuple' || arrayData(first)))
      return invoke('torch.tensor', [first], new Map([['dtype', dtype]]));
    if (args.every(a => kind(a) === 'int'))
      return args.length
        ? invoke('torch.empty', [...args], new Map([['dtype', dtype]]))
        : invoke('torch.empty', [0], new Map([['dtype', dtype]]));
    if (args.length === 1 && ['float', 'bool'].includes(typeName(first)))
      return fail('TypeError', `new(): data must be a sequence (got ${typeName(first)})`);
    return unknown('torch.Tensor of these');
  };
}
/** As C++ writes what a tensor is made with. */
const optionsOf = (dtype: DType): string =>
  `TensorOptions(dtype=${IN_C[dtype] ?? unknown(`how C++ writes ${dtype}`)}, device=cpu, layout=Strided, requires_grad=false (default), pinned_memory=false (default), memory_format=(nullopt))`;
const IN_C: Readonly<Partial<Record<DType, string>>> = {
  float32: 'float',
  float64: 'double',
  float16: 'c10::Half',
  bfloat16: 'c10::BFloat16',
  int64: 'long int',
  int32: 'int',
  int16: 'short int',
  int8: 'signed char',
  uint8: 'unsigned char',
  bool: 'bool',
};
const legacyTypes: Record<string, Value> = {};
const legacyOf = new Map<Value, DTypeObject>();
for (const dtype of Object.keys(BYTES).filter(isDType)) {
  const name = tensorTypeName(dtype).replace('torch.', '');
  if (dtype.startsWith('complex')) continue;
  const type = nativeType<TensorObject>(
    name,
    {},
    { module: 'torch', make: (type, args) => inPython(() => legacy(dtypeObject(dtype))(type, args)) },
  );
  legacyTypes[name] = type;
  legacyOf.set(type, dtypeObject(dtype));
}
/** A tensor of float32 is an instance of `torch.FloatTensor`. */
Object.assign(TENSOR.abilities, {
  instanceOf(self: TensorObject, type: Value): boolean {
    const own = legacyOf.get(type);
    return own ? own.dtype === self.tensor.dtype : isInstance(self, type);
  },
});

/** A class of the program that derives from Tensor makes its own instances: see `Tensor._make_subclass`. */
export const makeTensor = (type: Type, args: readonly Value[]): Value =>
  inPython(() => {
    const made = legacy(dtypeObject('float32'))(type, args);
    if (type === TENSOR || !isTensor(made)) return made;
    const own = new TensorObject(made.tensor, type);
    own.attributes = new Map();
    return own;
  });

/** `torch.typename`: where a class is from, and its name. */
function typename(obj: Value): Value {
  if (isTensor(obj)) return tensorTypeName(obj.tensor.dtype);
  const type = obj instanceof TypeObject ? obj : typeOf(obj);
  return type.module === 'builtins' ? type.qualname : `${type.module}.${type.qualname}`;
}

const promoted = native('promote_types(type1, type2, /)', (a = null, b = null) =>
  a instanceof DTypeObject && b instanceof DTypeObject ? dtypeObject(promote(a.dtype, b.dtype)) : unknown('promote_types of these'),
);

export const TORCH_MEMBERS: Members = {
  __version__: '2.1.0',
  ...Object.fromEntries(otherTypes),
  ...Object.fromEntries([...DTYPE_NAMES].map(([name, dtype]) => [name, dtypeObject(dtype)])),
  ...Object.fromEntries([...MEMORY_FORMATS, ...LAYOUTS].map(o => [o.name, o])),
  ...legacyTypes,
  Tensor: TENSOR,
  Size: SIZE,
  dtype: DTYPE,
  device: DEVICE,
  layout: LAYOUT,
  memory_format: MEMORY_FORMAT,
  Generator: GENERATOR,
  default_generator: new Generator(),
  finfo: FINFO,
  iinfo: IINFO,
  no_grad: NO_GRAD,
  enable_grad: ENABLE_GRAD,
  inference_mode: INFERENCE_MODE,
  set_grad_enabled: SET_GRAD_ENABLED,
  is_grad_enabled: IS_GRAD_ENABLED,
  autocast: AUTOCAST,
  inf: new Float(Infinity),
  nan: new Float(NaN),
  pi: new Float(Math.PI),
  e: new Float(Math.E),
  is_floating_point: new Native('is_floating_point', 'is_floating_point', args => invoke('Tensor.is_floating_point', args)),
  is_complex: new Native('is_complex', 'is_complex', args => invoke('Tensor.is_complex', args)),
  numel: new Native('numel', 'numel', args => invoke('Tensor.numel', args)),
  typename: native('typename(obj, /)', (obj = null) => typename(obj)),
  promote_types: promoted,
  result_type: native('result_type(a, b, /)', (a = null, b = null) =>
    dtypeObject(
      resultType(
        [a, b].map(v => {
          if (isTensor(v)) return { dtype: v.tensor.dtype, rank: v.tensor.shape.length };
          const k = kind(v);
          return {
            dtype: k === 'bool' ? 'bool' : k === 'int' ? 'int64' : k === 'float' ? 'float32' : unknown('result_type of these'),
            rank: 'number' as const,
          };
        }),
      ),
    ),
  ),
  get_default_dtype: native('get_default_dtype()', () => dtypeObject(context.defaultDtype)),
  set_default_dtype: native('set_default_dtype(d, /)', (d = null) => {
    if (!(d instanceof DTypeObject) || !isFloating(d.dtype)) return unknown('set_default_dtype of this');
    if (d.dtype !== 'float32') return unknown('another default type than float32');
    return null;
  }),
  get_default_device: native('get_default_device()', () => CPU),
  manual_seed: native('manual_seed(seed)', (seed = null) =>
    typeof plain(seed) === 'number' ? new Generator() : unknown('a seed that is no int'),
  ),
  initial_seed: native('initial_seed()', () => 0),
  seed: native('seed()', () => 0),
  get_rng_state: native('get_rng_state()', () => unknown('torch.get_rng_state')),
  set_num_threads: native('set_num_threads(n, /)', () => null),
  get_num_threads: native('get_num_threads()', () => 1),
  set_flush_denormal: native('set_flush_denormal(mode, /)', () => true),
  set_float32_matmul_precision: native('set_float32_matmul_precision(precision)', () => null),
  is_autocast_enabled: new Native('is_autocast_enabled', 'is_autocast_enabled', () => false),
  is_inference_mode_enabled: native('is_inference_mode_enabled()', () => false),
  are_deterministic_algorithms_enabled: native('are_deterministic_algorithms_enabled()', () => false),
  use_deterministic_algorithms: new Native('use_deterministic_algorithms', 'use_deterministic_algorithms', () => null),
  compile: new Native('compile', 'compile', ([fn]) => fn ?? new Native('compile', 'compile', args => args[0] ?? null)),
  is_storage: new Native('is_storage', 'is_storage', () => false),
  sym_int: native('sym_int(a, /)', (a = null) => a),
};
