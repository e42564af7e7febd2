/** torch's small objects: dtype, device, layout, memory_format, Generator, and Size. */
import '../python/builtins/index.ts'; // the small Python's types need each other: this is the door that opens them in order
import { type DType, isComplex, isDType, isFloating } from '../../runtime/network/dtype.ts';
import { fail, unknown } from '../../runtime/network/fault.ts';
import type { Dim } from '../../runtime/network/tensor.ts';
import { raise } from '../python/exception.ts';
import { methods } from '../python/native.ts';
import { asSize, repr, toArray, typeName } from '../python/operate.ts';
import { Box, originOf, plain, union } from '../python/origin.ts';
import { nativeType, type Type } from '../python/type.ts';
import { INT, integerOf } from '../python/types/int.ts';
import { sequence } from '../python/types/sequence.ts';
import { TUPLE, Tuple } from '../python/types/tuple.ts';
import { Obj, type Value } from '../python/value.ts';
import { inPython } from './fault.ts';

export const BYTES: Readonly<Record<DType, number>> = {
  bool: 1,
  uint8: 1,
  int8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
  float16: 2,
  bfloat16: 2,
  float32: 4,
  float64: 8,
  complex32: 4,
  complex64: 8,
  complex128: 16,
};

export class DTypeObject extends Obj {
  readonly name: string;
  constructor(name: string) {
    super(DTYPE);
    this.name = name;
  }
  /** What it is to operators; unknown of types that none of ours computes with. */
  get dtype(): DType {
    return isDType(this.name) ? this.name : unknown(`tensors of torch.${this.name}`);
  }
}
interface OtherType {
  readonly bytes: number;
  readonly signed: boolean;
  /** The first torch that has it. */
  readonly since: readonly [major: number, minor: number];
}
/** Types that models name and compare with, and that are not computed with. */
const OTHERS: ReadonlyMap<string, OtherType> = new Map(
  Object.entries({
    float8_e4m3fn: { bytes: 1, signed: true, since: [2, 1] },
    float8_e5m2: { bytes: 1, signed: true, since: [2, 1] },
    float8_e4m3fnuz: { bytes: 1, signed: true, since: [2, 2] },
    float8_e5m2fnuz: { bytes: 1, signed: true, since: [2, 2] },
    float8_e8m0fnu: { bytes: 1, signed: false, since: [2, 7] },
    uint16: { bytes: 2, signed: false, since: [2, 3] },
    uint32: { bytes: 4, signed: false, since: [2, 3] },
    uint64: { bytes: 8, signed: false, since: [2, 3] },
  }),
);
/** Whether that version of torch lacks a type. */
export function lacksType(version: string, name: string): boolean {
  const since = OTHERS.get(name)?.since,
    [major = 0, minor = 0] = version.split('.').map(Number);
  return since !== undefined && (major < since[0] || (major === since[0] && minor < since[1]));
}
export const DTYPE: Type = nativeType<DTypeObject>('torch.dtype', {
  repr: self => `torch.${self.name}`,
  hash: self => self,
  attribute(self, name) {
    const other = OTHERS.get(self.name);
    switch (name) {
      case 'is_floating_point':
        return other ? self.name.startsWith('float') : isFloating(self.dtype);
      case 'is_complex':
        return !other && isComplex(self.dtype);
      case 'is_signed':
        return other ? other.signed : self.dtype !== 'bool' && self.dtype !== 'uint8';
      case 'itemsize':
        return other ? other.bytes : BYTES[self.dtype];
      case '__class__':
        return DTYPE;
      default:
        return undefined;
    }
  },
});
DTYPE.has = name => name === 'abbr' || name === 'to_real' || name === 'to_complex';
const dtypes = new Map<DType, DTypeObject>();
export function dtypeObject(dtype: DType): DTypeObject {
  let known = dtypes.get(dtype);
  if (!known) dtypes.set(dtype, (known = new DTypeObject(dtype)));
  return known;
}
export const otherTypes: ReadonlyMap<string, DTypeObject> = new Map([...OTHERS.keys()].map(name => [name, new DTypeObject(name)]));
/** All names that torch has for the types that are computed with. */
export const DTYPE_NAMES: ReadonlyMap<string, DType> = new Map<string, DType>([
  ...Object.keys(BYTES)
    .filter(isDType)
    .map(t => [t, t] as const),
  ['half', 'float16'],
  ['float', 'float32'],
  ['double', 'float64'],
  ['short', 'int16'],
  ['int', 'int32'],
  ['long', 'int64'],
  ['chalf', 'complex32'],
  ['cfloat', 'complex64'],
  ['cdouble', 'complex128'],
]);

export class DeviceObject extends Obj {
  readonly kind: string;
  readonly index: number | null;
  constructor(kind: string, index: number | null) {
    super(DEVICE);
    this.kind = kind;
    this.index = index;
  }
}
const KINDS =
  'cpu, cuda, ipu, xpu, mkldnn, opengl, opencl, ideep, hip, ve, fpga, maia, xla, lazy, vulkan, mps, meta, hpu, mtia, privateuseone';
export function device(text: string): DeviceObject {
  const [, kind = '', index] = /^([a-z]+)(?::(.*))?$/.exec(text) ?? [];
  if (!KINDS.split(', ').includes(kind))
    fail('RuntimeError', `Expected one of ${KINDS} device type at start of device string: ${kind || text}`);
  if (index !== undefined && !/^(0|[1-9]\d*)$/.test(index)) fail('RuntimeError', `Invalid device string: '${text}'`);
  return new DeviceObject(kind, index === undefined ? null : Number(index));
}
const deviceText = (d: DeviceObject): string => (d.index === null ? d.kind : `${d.kind}:${d.index}`);
export const DEVICE: Type = nativeType<DeviceObject>(
  'torch.device',
  {
    repr: self => `device(type='${self.kind}'${self.index === null ? '' : `, index=${self.index}`})`,
    str: deviceText,
    hash: self => `\0device ${deviceText(self)}`,
    compare: (self, operator, other) =>
      operator !== '==' && operator !== '!='
        ? undefined
        : (other instanceof DeviceObject && deviceText(other) === deviceText(self)) === (operator === '=='),
    attribute: (self, name) => (name === 'type' ? self.kind : name === 'index' ? self.index : name === '__class__' ? DEVICE : undefined),
  },
  {
    make: (_, args, named) =>
      inPython(() => {
        const kind = plain(args[0] ?? named?.get('type') ?? named?.get('device') ?? null),
          index = plain(args[1] ?? named?.get('index') ?? null);
        const got = [...args, ...(named?.values() ?? [])];
        if (got.length === 1 && kind instanceof DeviceObject) return kind;
        if (got.length === 1 && typeof kind === 'number') return new DeviceObject('cuda', notNegative(kind));
        const forms = [' * (torch.device device)', ' * (str type, int index = -1)'].join(
          got.length === 1
            ? `\n      didn't match because some of the arguments have invalid types: (!${typeLabel(got[0] ?? null)}!)\n`
            : '\n',
        );
        if (got.length === 2 && !named?.has('device')) return typeAndIndex(kind, index, args.length);
        if (typeof kind !== 'string')
          return fail(
            'TypeError',
            `device() received an invalid combination of arguments - got (${got.map(typeLabel).join(', ')}), but expected one of:\n${forms}\n`,
          );
        return device(kind);
      }),
  },
);
/** The one form that takes two arguments, of which so many by their place: torch points at the first that is wrong. */
function typeAndIndex(kind: Value, index: Value, placed: number): DeviceObject {
  const refused = (name: string, at: number, wanted: string, v: Value): never =>
    fail('TypeError', `device(): argument '${name}'${at < placed ? ` (position ${at + 1})` : ''} must be ${wanted}, not ${typeName(v)}`);
  if (typeof kind !== 'string') return refused('type', 0, 'str', kind);
  if (index === null) return device(kind);
  if (typeof index !== 'number')
    return index instanceof Obj && index.type.name === 'Tensor' ? unknown('a device by a tensor') : refused('index', 1, 'int', index);
  if (device(kind).index !== null)
    fail('RuntimeError', `type (string) must not include an index because index was passed explicitly: ${kind}`);
  return new DeviceObject(kind, notNegative(index));
}
const notNegative = (index: number): number => (index < 0 ? fail('RuntimeError', 'Device index must not be negative') : index);
const typeLabel = (v: Value): string =>
  v instanceof Obj ? v.type.name : v === null ? 'NoneType' : typeof v === 'boolean' ? 'bool' : typeof v === 'string' ? 'str' : 'int';
export const CPU = new DeviceObject('cpu', null);

/** What there are a few of, by name: `torch.channels_last`, `torch.strided`. */
export class Named extends Obj {
  readonly name: string;
  constructor(type: Type, name: string) {
    super(type);
    this.name = name;
  }
}
const shown = { repr: (self: Named) => `torch.${self.name}`, hash: (self: Named) => self };
export const MEMORY_FORMAT = nativeType<Named>('torch.memory_format', shown);
export const LAYOUT = nativeType<Named>('torch.layout', shown);
export const MEMORY_FORMATS = ['contiguous_format', 'preserve_format', 'channels_last', 'channels_last_3d'].map(
  n => new Named(MEMORY_FORMAT, n),
);
export const LAYOUTS = ['strided', 'sparse_coo', 'sparse_csr', '_mkldnn'].map(n => new Named(LAYOUT, n));

export class Generator extends Obj {
  constructor() {
    super(GENERATOR);
  }
}
export const GENERATOR: Type = nativeType<Generator>('Generator', { hash: self => self }, { module: 'torch', make: () => new Generator() });
methods<Generator>(GENERATOR, { 'manual_seed(seed, /)': self => self, 'seed()': () => 0, 'initial_seed()': () => 0 });

/** `torch.Size`: a tuple of ints that keep the config paths of their sizes. */
const asTuple = sequence<Tuple>('tuple', (items, from) => new Tuple(items, from, SIZE));
export const SIZE: Type = nativeType<Tuple>(
  'torch.Size',
  {
    ...asTuple,
    /** Of any tuple and a size comes a size. */
    binary: (self, operator, other, reflected) =>
      operator === '+' && other instanceof Tuple
        ? new Tuple(
            sizesIn(reflected ? [...other.items, ...self.items] : [...self.items, ...other.items]),
            union(self.from, other.from),
            SIZE,
          )
        : asTuple.binary?.(self, operator, other, reflected),
    repr: self => `torch.Size([${self.items.map(repr).join(', ')}])`,
    ...(TUPLE.abilities.hash && { hash: TUPLE.abilities.hash }),
  },
  {
    base: TUPLE,
    make(_, args) {
      if (args.length > 1) throw raise('TypeError', `tuple expected at most 1 argument, got ${args.length}`);
      return new Tuple(sizesIn(toArray(args.length ? (args[0] ?? null) : new Tuple([]))), null, SIZE);
    },
  },
);
function sizesIn(values: readonly Value[]): Value[] {
  return values.map((v, i) => {
    if (typeof plain(v) === 'boolean') return Number(plain(v));
    if (integerOf(v) !== undefined) return v;
    if (v instanceof Obj && (v.type.abilities.attribute || v.type.custom)) return asSize(v);
    throw raise('TypeError', `torch.Size() takes an iterable of 'int' (item ${i} is '${typeName(v)}')`);
  });
}
methods<Tuple>(SIZE, { 'numel()': self => self.items.reduce<number>((n, v) => n * asSize(v), 1) });

export const size = (dims: readonly Dim[]): Tuple => new Tuple(dims.map(fromDim), null, SIZE);
/** A size as an int of the program's, and back: config paths come along. */
export const fromDim = (d: Dim): Value => (d.from.length ? new Box(d.size, d.from, INT) : d.size);
export const paths = (v: Value): readonly string[] => originOf(v)?.filter(s => typeof s === 'string') ?? NOWHERE;
const NOWHERE: readonly string[] = [];
