/** Methods that ask a tensor something, move it, or say how it is trained: no operators of the network. */
import { type DType, isComplex, isDType, isFloating, tensorTypeName } from '../../runtime/network/dtype.ts';
import { axis, fail } from '../../runtime/network/fault.ts';
import { type Arguments, readSchema } from '../../runtime/network/schema.ts';
import { checkFormat, count, sizes, type Tensor } from '../../runtime/network/tensor.ts';
import { raise } from '../python/exception.ts';
import { typeName } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import { unknown } from '../python/stop.ts';
import { Type } from '../python/type.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Named, Value } from '../python/value.ts';
import { binder } from './bind.ts';
import { type Call, invoke, tell } from './calls.ts';
import { ended, inPython } from './fault.ts';
import { numpyArray } from './numpy-array.ts';
import { BYTES, DeviceObject, DTypeObject, device, dtypeObject, fromDim, size } from './objects.ts';
import { nested } from './tensor.ts';
import { TENSOR, TensorObject } from './tensor-object.ts';
import { element, elementOr, isNumber, isTensor } from './values.ts';

/** A method by its C++ signature; its body gets the object too. */
function method<const S extends string>(schemas: S | readonly S[], body: (args: Arguments<S>, self: TensorObject) => Value): Call {
  const read = (typeof schemas === 'string' ? [schemas] : schemas).map(readSchema),
    bind = binder(read[0]?.name ?? '', read, true);
  return (args, named) => {
    const [self = null, ...rest] = args;
    if (!isTensor(self)) return unknown('a method of Tensor without its object');
    try {
      return body(bind(rest, named, self) as unknown as Arguments<S>, self); // binding made it from the text that the type reads
    } catch (e) {
      throw ended(e, `Tensor.${read[0]?.name}`);
    }
  };
}
const asks = (name: string, answer: (self: TensorObject) => Value): [string, Call] => [
  `Tensor.${name}`,
  method(`${name}(Tensor self)`, (_, self) => answer(self)),
];
const itself = (name: string, schema: string): [string, Call] => [
  `Tensor.${name}`,
  method(schema as 'f(Tensor self)', (args, self) => {
    checkFormat(formatIn(args), self.tensor.shape);
    return self;
  }),
];
const formatIn = (args: object): string | null =>
  'memory_format' in args && typeof args.memory_format === 'string' ? args.memory_format : null;
const stridesOf = (self: TensorObject): readonly number[] => self.tensor.strides ?? unknown("a tensor's layout");

const unique = method(
  'unique(Tensor self, bool sorted=True, bool return_inverse=False, bool return_counts=False, int? dim=None)',
  ({ return_inverse, return_counts, dim }, { tensor: { values, dtype } }) => {
    if (!values || return_inverse || dim !== null || values.some(Number.isNaN)) return unknown('which elements of a tensor differ');
    const times = new Map<number, number>();
    for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
    const different = [...times].sort(([a], [b]) => a - b);
    const made = (items: readonly Value[], of: DType): Value =>
      invoke('torch.tensor', [new List([...items])], new Map([['dtype', dtypeObject(of)]]));
    const found = made(
      different.map(([value]) => element(value, dtype)),
      dtype,
    );
    if (!return_counts) return found;
    return new Tuple([
      found,
      made(
        different.map(([, count]) => count),
        'int64',
      ),
    ]);
  },
);

tell({
  ...Object.fromEntries([
    asks('dim', self => self.tensor.shape.length),
    asks('ndimension', self => self.tensor.shape.length),
    asks('numel', self => count(self.tensor.shape)),
    asks('nelement', self => count(self.tensor.shape)),
    asks('element_size', self => BYTES[self.tensor.dtype]),
    asks('is_floating_point', self => isFloating(self.tensor.dtype)),
    asks('is_complex', self => isComplex(self.tensor.dtype)),
    asks('is_signed', self => self.tensor.dtype !== 'bool' && self.tensor.dtype !== 'uint8'),
    asks('is_shared', () => false),
    asks('is_inference', () => false),
    asks('get_device', () => -1),
    asks('has_names', () => false),
    asks('data_ptr', () => unknown('Tensor.data_ptr')),
    asks('storage_offset', self => (self.tensor.strides === null ? unknown("a tensor's layout") : 0)),
    itself('cpu', 'cpu(Tensor self, *, memory_format? memory_format=None)'),
    itself('coalesce', 'coalesce(Tensor self)'),
  ]),
  'Tensor.is_pinned': method('is_pinned(Tensor self, device? device=None)', () => false),
  'Tensor.size': method(['size(Tensor self, int? dim)', 'size(Tensor self)'], (args, { tensor: { shape } }) => {
    if (!('dim' in args) || args.dim === null) return size(shape);
    const at = Number(args.dim);
    if (!shape.length) fail('IndexError', `Dimension specified as ${at} but tensor has no dimensions`);
    const own = shape[axis(at, shape.length)];
    return own ? fromDim(own) : null;
  }),
  'Tensor.stride': method(['stride(Tensor self, int? dim)', 'stride(Tensor self)'], (args, self) => {
    const rank = self.tensor.shape.length;
    if (!('dim' in args) || args.dim === null) return new Tuple(stridesOf(self));
    if (!rank) fail('IndexError', `Dimension specified as ${Number(args.dim)} but tensor has no dimensions`);
    return stridesOf(self)[axis(Number(args.dim), rank)] ?? null;
  }),
  'Tensor.is_contiguous': method(
    'is_contiguous(Tensor self, *, memory_format memory_format=contiguous_format)',
    ({ memory_format }, self) => {
      if (memory_format !== 'contiguous_format') return unknown('a layout other than the contiguous one');
      const strides = stridesOf(self);
      let step = 1;
      return (
        count(self.tensor.shape) === 0 ||
        self.tensor.shape.reduceRight((good, d, i) => {
          const here = d.size === 1 || strides[i] === step;
          step *= d.size;
          return good && here;
        }, true)
      );
    },
  ),
  'Tensor.item': method('item(Tensor self)', (_, self) => {
    const n = count(self.tensor.shape);
    if (n !== 1) fail('RuntimeError', `a Tensor with ${n} elements cannot be converted to Scalar`);
    return elementOr(self.tensor.values?.[0], self.tensor.dtype);
  }),
  'Tensor.tolist': method('tolist(Tensor self)', (_, self) => nested(self, items => new List(items))),
  'Tensor.requires_grad_': method('requires_grad_(Tensor self, bool requires_grad=True)', ({ requires_grad }, self) => {
    if (requires_grad && !isFloating(self.tensor.dtype) && !isComplex(self.tensor.dtype))
      fail('RuntimeError', 'only Tensors of floating point dtype can require gradients');
    self.requiresGrad = requires_grad;
    return self;
  }),
  'Tensor.retain_grad': method('retain_grad(Tensor self)', () => null),
  'Tensor.detach_': method('detach_(Tensor self)', (_, self) => {
    self.requiresGrad = false;
    self.isLeaf = true;
    return self;
  }),
  'Tensor.share_memory_': method('share_memory_(Tensor self)', (_, self) => self),
  'Tensor.register_hook': method('register_hook(Tensor self, object hook)', () => null),
  'Tensor.__neg__': (args, named) => invoke('torch.neg', args, named),
  'Tensor.cuda': () => unknown('a tensor on another device'),
  'Tensor.__reversed__': () => unknown('reversed of a tensor'),
  'Tensor.backward': () => unknown('Tensor.backward'),
  'Tensor.numpy': method('numpy(Tensor self, *, bool force=False)', ({ force }, self) => numpyArray(self, force)),
  'Tensor.type_as': method('type_as(Tensor self, Tensor other)', ({ other }, self) => cast(self, dtypeObject(other.dtype))),
  'Tensor.equal': method('equal(Tensor self, Tensor other)', ({ self, other }) => equal(self, other)),
  'torch.equal': (args, named) =>
    args.length === 2 && !named && isTensor(args[0]) && isTensor(args[1])
      ? equal(args[0].tensor, args[1].tensor)
      : unknown('torch.equal of these'),
  'Tensor.nonzero': () => unknown('which elements of a tensor are not zero'),
  'torch.nonzero': () => unknown('which elements of a tensor are not zero'),
  'torch.argwhere': () => unknown('which elements of a tensor are not zero'),
  'Tensor.unique': unique,
  'torch.unique': unique,
  'Tensor.to': to,
  'torch._C._nn._parse_to': parseTo,
  'Tensor.type': type,
  ...Object.fromEntries(
    (
      [
        ['float', 'float32'],
        ['double', 'float64'],
        ['half', 'float16'],
        ['bfloat16', 'bfloat16'],
        ['int', 'int32'],
        ['long', 'int64'],
        ['short', 'int16'],
        ['char', 'int8'],
        ['byte', 'uint8'],
        ['bool', 'bool'],
        ['cfloat', 'complex64'],
        ['cdouble', 'complex128'],
      ] as const
    ).map(([name, dtype]) => [
      `Tensor.${name}`,
      method(`${name}(Tensor self, *, memory_format? memory_format=None)` as 'f(Tensor self)', (args, self) => {
        checkFormat(formatIn(args), self.tensor.shape);
        return cast(self, dtypeObject(dtype));
      }),
    ]),
  ),
  'Tensor._make_subclass': (args, named) => subclass(args, named),
  'Tensor.as_subclass': method('as_subclass(Tensor self, object cls)', () => unknown('Tensor.as_subclass')),
});

/** Of one shape and the same values; where values decide, only if both are known. */
function equal(a: Tensor, b: Tensor): boolean {
  if (sizes(a.shape).join() !== sizes(b.shape).join()) return false;
  if (a === b) return true;
  return a.values && b.values ? a.values.every((v, i) => v === b.values?.[i]) : unknown('whether two tensors are equal');
}

/** The same tensor in another type; itself where it has it already. */
export function cast(self: TensorObject, dtype: DTypeObject, copy = false): Value {
  return dtype.dtype === self.tensor.dtype && !copy ? self : invoke('torch._to_dtype', [self, dtype]);
}

const TO = [
  'to(Tensor self, device? device=None, dtype? dtype=None, bool non_blocking=False, bool copy=False, *, memory_format? memory_format=None)',
  'to(Tensor self, dtype dtype, bool non_blocking=False, bool copy=False, *, memory_format? memory_format=None)',
  'to(Tensor self, Tensor tensor, bool non_blocking=False, bool copy=False, *, memory_format? memory_format=None)',
].map(readSchema);
const bindTo = binder('to', TO, true);
function to(args: readonly Value[], named: Named | null): Value {
  return inPython(() => {
    const [self = null, first, second] = args;
    if (!isTensor(self)) return unknown('a method of Tensor without its object');
    if (first !== undefined && isNumber(first)) return unknown('Tensor.to of a number');
    const bound = bindTo(args.slice(1), named, self),
      target = bound.tensor;
    checkFormat(formatIn(bound), self.tensor.shape);
    place(first, named?.get('device'));
    const given = [first, second, named?.get('dtype')].find(v => v instanceof DTypeObject);
    if (given instanceof DTypeObject) return cast(self, given, bound.copy === true);
    if (target && typeof target === 'object' && 'dtype' in target && 'shape' in target)
      return cast(self, dtypeObject(target.dtype), bound.copy === true);
    return bound.copy === true ? invoke('Tensor.clone', [self]) : self;
  });
}
/** `torch._C._nn._parse_to`: what `nn.Module.to` was given. */
function parseTo(args: readonly Value[], named: Named | null): Value {
  return inPython(() => {
    const bound = bindTo(args, named, null);
    place(args[0], named?.get('device'));
    checkFormat(null, []);
    const given = args.find(v => v instanceof DTypeObject) ?? named?.get('dtype') ?? null,
      target = bound.tensor;
    const dtype =
      given ?? (target && typeof target === 'object' && 'dtype' in target && 'shape' in target ? dtypeObject(target.dtype) : null);
    return new Tuple([null, dtype, bound.non_blocking === true, null]);
  });
}

/** The one device there is; a check on another would need it. */
function place(...given: readonly (Value | undefined)[]): void {
  for (const v of given) {
    const p = plain(v ?? null),
      found = p instanceof DeviceObject ? p : typeof p === 'string' ? device(p) : null;
    if (found && found.kind !== 'cpu') unknown('a tensor on another device');
  }
}

function type(args: readonly Value[], named: Named | null): Value {
  const [self = null, given = named?.get('dtype') ?? null] = args;
  if (!isTensor(self)) return unknown('a method of Tensor without its object');
  const p = plain(given);
  if (p === null) return tensorTypeName(self.tensor.dtype);
  if (p instanceof DTypeObject) return cast(self, p);
  const wanted = p instanceof Type ? `${p.module}.${p.name}` : p,
    found = Object.keys(BYTES)
      .filter(isDType)
      .find(t => tensorTypeName(t) === wanted);
  return found ? cast(self, dtypeObject(found)) : unknown('Tensor.type of this');
}

/** `Tensor._make_subclass(cls, data, require_grad=False)`: what `Parameter.__new__` makes. */
function subclass(args: readonly Value[], named: Named | null): Value {
  const [cls = null, data = null, requires = named?.get('require_grad') ?? false] = args;
  if (!(cls instanceof Type) || !cls.isA(TENSOR) || !isTensor(data))
    throw cls instanceof Type && cls.name === 'Parameter'
      ? raise('AttributeError', `'${typeName(data)}' object has no attribute 'detach'`)
      : raise('TypeError', `_make_subclass(): argument 'data' (position 2) must be Tensor, not ${typeName(data)}`);
  if (typeof plain(requires) !== 'boolean')
    throw raise('TypeError', `_make_subclass(): argument 'require_grad' (position 3) must be bool, not ${typeName(requires)}`);
  if (plain(requires) === true && !isFloating(data.tensor.dtype) && !isComplex(data.tensor.dtype))
    throw raise('RuntimeError', 'Only Tensors of floating point and complex dtype can require gradients');
  const made = new TensorObject(data.tensor, cls);
  made.requiresGrad = plain(requires) === true;
  made.attributes = new Map();
  return made;
}
