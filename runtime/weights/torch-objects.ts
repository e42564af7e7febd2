/** The few globals of a PyTorch checkpoint that mean something: tensors, parameters, ordered dicts, sizes. */
import { Inert, type Meanings, type Pickled, textOf } from './pickle.ts';
import { corrupt, unread } from './problem.ts';
import { isStoredType, type Storage, StoredTensor, type StoredType } from './tensor.ts';

const STORAGES: Readonly<Record<string, StoredType>> = {
  'torch.FloatStorage': 'float32',
  'torch.DoubleStorage': 'float64',
  'torch.HalfStorage': 'float16',
  'torch.BFloat16Storage': 'bfloat16',
  'torch.LongStorage': 'int64',
  'torch.IntStorage': 'int32',
  'torch.ShortStorage': 'int16',
  'torch.CharStorage': 'int8',
  'torch.ByteStorage': 'uint8',
  'torch.BoolStorage': 'bool',
  'torch.ComplexFloatStorage': 'complex64',
  'torch.ComplexDoubleStorage': 'complex128',
  // The whole numbers beneath quantized tensors. Such a tensor itself is no number without its scale, and stays inert.
  'torch.QInt8Storage': 'int8',
  'torch.QUInt8Storage': 'uint8',
  'torch.QInt32Storage': 'int32',
  'torch.QUInt4x2Storage': 'uint8',
  'torch.QUInt2x4Storage': 'uint8',
};
/** `torch.float16`. */
function typeOfDtype(dtype: Pickled): StoredType | undefined {
  const name = dtype instanceof Inert ? dtype.name.replace(/^torch\./, '') : '';
  return isStoredType(name) ? name : undefined;
}
/** Entries. */
const MOST_COPIED = 10_000_000;
const MAPS = new Set(['collections.OrderedDict', 'builtins.dict', '__builtin__.dict', 'collections.defaultdict']);

/** A storage as a persistent id names it: where its bytes lie depends on the format. */
export interface StorageName {
  readonly key: string;
  readonly type: StoredType | null;
  /** In elements, or bytes where the type is null. */
  readonly size: number;
  /** Legacy files alone: a part of another storage. */
  readonly view: { readonly key: string; readonly offset: number; readonly size: number } | null;
}

export function torchMeanings(open: (name: StorageName) => Storage): Meanings {
  let copied = 0;
  /** One list, named in a few bytes, could be copied again and again. */
  const charge = <T extends { readonly length: number }>(list: T): T => {
    copied += list.length;
    if (copied > MOST_COPIED) throw corrupt('It copies its lists again and again.');
    return list;
  };
  return {
    call(name, args) {
      if (MAPS.has(name)) return isMap(args[0]) ? args[0] : new Map(isList(args[0]) ? pairs(charge(args[0])) : []);
      if (name === 'torch._utils._rebuild_tensor_v2' || name === 'torch._utils._rebuild_tensor') return rebuild(args, null);
      if (name === 'torch._utils._rebuild_tensor_v3') return rebuild(args, args[6] ?? null);
      if (name.startsWith('torch._utils._rebuild_parameter')) return args[0];
      if (name === 'torch.Size') return args[0];
      if (name === 'builtins.set' || name === '__builtin__.set') return new Set(isList(args[0]) ? charge(args[0]) : []);
      return undefined;
    },
    persistent(id) {
      if (!isList(id)) throw corrupt('A tensor names no storage.');
      const [kind, type, key, , size, view] = id;
      // Source code that old files carry beside a class.
      if (kind === 'module') return type ?? null;
      if (kind !== 'storage' || !(type instanceof Inert)) throw corrupt('A tensor names no storage.');
      return open({ key: textOf(key), type: typeNamed(type.name), size: natural(size), view: viewOf(view) });
    },
  };
}

function typeNamed(name: string): StoredType | null {
  const type = STORAGES[name];
  if (type) return type;
  if (name === 'torch.storage.UntypedStorage' || name === 'torch.UntypedStorage') return null;
  throw unread(name);
}

function viewOf(view: Pickled | undefined): StorageName['view'] {
  if (!isList(view)) return null;
  const [key, offset, size] = view;
  return { key: textOf(key), offset: natural(offset), size: natural(size) };
}

function rebuild([storage, offset, size, stride]: readonly Pickled[], dtype: Pickled): StoredTensor {
  if (!isStorage(storage)) throw corrupt('A tensor has no storage.');
  const shape = naturals(size);
  const strides = naturals(stride);
  const [start] = naturals([offset ?? null]);
  const type = storage.type ?? typeOfDtype(dtype);
  if (!type && dtype instanceof Inert) throw unread(dtype.name);
  if (!type) throw corrupt('A tensor does not say its type.');
  if (shape.length !== strides.length || start === undefined) throw corrupt('A tensor has another number of strides than of dimensions.');
  return new StoredTensor(type, shape, strides, start, storage);
}

function naturals(values: Pickled | undefined): readonly number[] {
  return isList(values) ? values.map(natural) : [];
}
function natural(n: Pickled | undefined): number {
  if (typeof n !== 'number' || !Number.isSafeInteger(n) || n < 0) throw corrupt('A tensor has a size that is no whole number.');
  return n;
}

const isList = (value: Pickled | undefined): value is readonly Pickled[] => Array.isArray(value);
const isMap = (value: Pickled | undefined): value is Map<Pickled, Pickled> => value instanceof Map;
const isStorage = (value: Pickled | undefined): value is Storage =>
  typeof value === 'object' && value !== null && 'bytes' in value && !(value instanceof StoredTensor);
const pairs = (items: readonly Pickled[]): [Pickled, Pickled][] => items.filter(isList).map(([key = null, value = null]) => [key, value]);
