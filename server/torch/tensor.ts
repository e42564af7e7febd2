/** What the program can do with a tensor: the operators of the language, items, truth, attributes. Methods: `methods.ts` and the operators' own. */
import { isComplex, isFloating, isIntegral } from '../../runtime/network/dtype.ts';
import { count, sizes, tensor } from '../../runtime/network/tensor.ts';
import { raise } from '../python/exception.ts';
import { format } from '../python/format.ts';
import { typeName } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import { unknown } from '../python/stop.ts';
import { FLOAT, floatText } from '../python/types/float.ts';
import { INT } from '../python/types/int.ts';
import { Unseen, unwritten } from '../python/unseen.ts';
import type { Abilities, Cursor, Value } from '../python/value.ts';
import type { BinaryOperator, Ordering, UnaryOperator } from '../syntax/nodes.ts';
import { invoke } from './calls.ts';
import { context } from './context.ts';
import { hasName } from './names.ts';
import { BYTES, CPU, dtypeObject, fromDim, LAYOUTS, size } from './objects.ts';
import { TENSOR, TensorObject } from './tensor-object.ts';
import { element, elementOr, isNumber, isTensor, kind } from './values.ts';

const BINARY: Readonly<Record<BinaryOperator, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '//': 'floor_divide',
  '%': 'remainder',
  '**': 'pow',
  '@': 'matmul',
  '<<': 'bitwise_left_shift',
  '>>': 'bitwise_right_shift',
  '&': 'bitwise_and',
  '|': 'bitwise_or',
  '^': 'bitwise_xor',
};
const ORDER: Readonly<Record<Ordering, string>> = { '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge', '==': 'eq', '!=': 'ne' };
const UNARY: Readonly<Record<UnaryOperator, string>> = { '-': 'neg', '+': 'positive', '~': 'bitwise_not', not: '' };

/** What torch cannot bind is Python's to complain about: the dunders answer NotImplemented. */
function operand(v: Value): boolean {
  return isTensor(v) || isNumber(v) || kind(v) === 'complex' || (kind(v) === 'other' && unknown(`a tensor with ${typeName(v)}`));
}

/** A number that is not known, as a tensor without dimensions: of `self`'s own kind, so that the result's type is what it is with any number. */
function numberTensor(v: Value, self: TensorObject, operator: BinaryOperator): Value {
  if (!(v instanceof Unseen) || (v.type !== INT && v.type !== FLOAT)) return v;
  const { dtype } = self.tensor,
    own = isFloating(dtype) || isComplex(dtype);
  if (operator === '@' || (!own && !(operator in { '+': 0, '-': 0, '*': 0 }))) return unwritten(v.what); // whole numbers are divided by zero, or to negative powers
  return new TensorObject(
    tensor({ shape: [], dtype: own || (v.type === INT && dtype !== 'bool') ? dtype : v.type === INT ? 'int64' : context.defaultDtype }),
  );
}

const abilities: Abilities<TensorObject> = {
  hash: self => self,
  truth(self) {
    const { tensor } = self,
      n = count(tensor.shape);
    if (n !== 1) throw raise('RuntimeError', `Boolean value of Tensor with ${n ? 'more than one value' : 'no values'} is ambiguous`);
    return (tensor.values ? known(self) : (self.initial ?? known(self))) !== 0;
  },
  index(self) {
    if (count(self.tensor.shape) !== 1 || !isIntegral(self.tensor.dtype))
      throw raise('TypeError', 'only integer tensors of a single element can be converted to an index');
    return known(self);
  },
  int(self) {
    if (count(self.tensor.shape) !== 1) throw raise('ValueError', 'only one element tensors can be converted to Python scalars');
    const n = known(self);
    return Number.isFinite(n) ? Math.trunc(n) : unknown('an int of a number that is not finite');
  },
  float(self) {
    if (count(self.tensor.shape) !== 1) throw raise('ValueError', 'only one element tensors can be converted to Python scalars');
    return known(self);
  },
  length(self) {
    const [first] = self.tensor.shape;
    if (!first) throw raise('TypeError', 'len() of a 0-d tensor');
    return fromDim(first);
  },
  iterate(self): Cursor {
    const [first] = self.tensor.shape;
    if (!first) throw raise('TypeError', 'iteration over a 0-d tensor');
    let i = 0;
    return { next: () => (i < first.size ? invoke('Tensor.__getitem__', [self, i++]) : undefined) };
  },
  item: (self, key) => invoke('Tensor.__getitem__', [self, key]),
  setItem: (self, key, value) => void invoke('Tensor.__setitem__', [self, key, value]),
  contains: (_self, item) => (isTensor(item) || isNumber(item) ? unknown('whether a tensor holds a value') : notContained(item)),
  unary: (self, operator) => (operator === 'not' ? undefined : invoke(`Tensor.${UNARY[operator]}`, [self])),
  binary(self, operator, given, reflected) {
    const other = numberTensor(given, self, operator);
    if (!operand(other) || (operator === '@' && !isTensor(other))) return undefined;
    return invoke(`torch.${BINARY[operator]}`, reflected ? [other, self] : [self, other]);
  },
  augment(self, operator, given) {
    const other = numberTensor(given, self, operator);
    if (!operand(other) || (operator === '@' && !isTensor(other))) return undefined;
    return operator === '@' ? undefined : invoke(`Tensor.${BINARY[operator]}_`, [self, other]);
  },
  compare(self, operator, other) {
    if (!operand(other)) return undefined;
    return invoke(`torch.${ORDER[operator]}`, [self, other]);
  },
  repr(self) {
    const { tensor } = self;
    if (!tensor.values || count(tensor.shape) !== 1) return unwritten('a tensor as text');
    return tensor.shape.length || isFloating(tensor.dtype)
      ? unwritten('a tensor as text')
      : `tensor(${text(tensor.values[0] ?? 0, tensor.dtype)})`;
  },
  format: (self, spec) =>
    self.tensor.shape.length || !self.tensor.values ? unwritten('a tensor as text') : format(element(known(self), self.tensor.dtype), spec),
  attribute: (self, name) => {
    const read = ATTRIBUTES.get(name);
    return read ? read(self) : missing(name);
  },
  setAttribute(self, name, value) {
    switch (name) {
      case 'data':
        if (!isTensor(value)) throw raise('TypeError', `Variable data has to be a tensor, but got ${typeName(value)}`);
        return self.rebind(value.tensor);
      case 'requires_grad':
        if (typeof plain(value) !== 'boolean') throw raise('RuntimeError', 'requires_grad must be a bool');
        if (plain(value) === true && !isFloating(self.tensor.dtype) && !isComplex(self.tensor.dtype))
          throw raise('RuntimeError', 'only Tensors of floating point and complex dtype can require gradients');
        self.requiresGrad = plain(value) === true;
        return;
      case 'grad':
        if (value !== null && !isTensor(value))
          throw raise('TypeError', `assigned grad expected to be a Tensor or None but got grad of type ${typeName(value)}`);
        self.grad = value;
        return;
      default:
        if (ATTRIBUTES.has(name) && !self.type.custom)
          throw raise('AttributeError', `attribute '${name}' of 'torch._C.TensorBase' objects is not writable`);
        (self.attributes ??= new Map()).set(name, value);
    }
  },
};
Object.assign(TENSOR.abilities, abilities);

/** The value of a tensor of one element. */
export function known(self: TensorObject): number {
  return self.tensor.values?.[0] ?? unknown('the value of a tensor');
}
const text = (n: number, dtype: TensorObject['tensor']['dtype']): string =>
  dtype === 'bool' ? (n ? 'True' : 'False') : isFloating(dtype) ? floatText(n).replace(/\.0$/, '.') : String(n);
function notContained(item: Value): never {
  throw raise('RuntimeError', `Tensor.__contains__ only supports Tensor or scalar, but you passed in a ${pythonType(item)}.`);
}
const pythonType = (v: Value): string => `<class '${typeName(v)}'>`;

const attributes: Readonly<Record<string, (self: TensorObject) => Value>> = {
  shape: self => size(self.tensor.shape),
  dtype: self => dtypeObject(self.held.dtype),
  device: () => CPU,
  layout: () => LAYOUTS[0] ?? null,
  ndim: self => self.held.shape.length,
  requires_grad: self => self.requiresGrad,
  is_leaf: self => self.isLeaf,
  grad: self => self.grad,
  grad_fn: self => (self.isLeaf ? null : unknown('Tensor.grad_fn')),
  itemsize: self => BYTES[self.held.dtype],
  nbytes: self => count(self.held.shape) * BYTES[self.held.dtype],
  data: self => (self.uninitialized ? new TensorObject(self.held) : invoke('Tensor.detach', [self])),
  real: self => (isComplex(self.tensor.dtype) ? invoke('torch.real', [self]) : self),
  imag(self) {
    if (!isComplex(self.tensor.dtype)) throw raise('TypeError', 'imag is not implemented for tensors with non-complex dtypes.');
    return invoke('torch.imag', [self]);
  },
  T: self =>
    self.tensor.shape.length === 2
      ? invoke('Tensor.transpose', [self, 0, 1])
      : invoke('Tensor.permute', [self, ...sizes(self.tensor.shape).map((_, i, all) => all.length - 1 - i)]),
  mT: self => matrices(self, 'mT'),
  mH: self => matrices(self, 'mH'),
  H(self) {
    const rank = self.tensor.shape.length;
    if (rank !== 2 && rank !== 0)
      throw raise(
        'RuntimeError',
        `tensor.H is only supported on matrices (2-D tensors). Got ${rank}-D tensor.${rank > 2 ? ' For batches of matrices, consider using tensor.mH' : ''}`,
      );
    return rank ? matrices(self, 'H') : self;
  },
  is_cpu: () => true,
  ...Object.fromEntries(
    [
      'is_cuda',
      'is_sparse',
      'is_sparse_csr',
      'is_quantized',
      'is_meta',
      'is_mps',
      'is_xpu',
      'is_mkldnn',
      'is_nested',
      'is_vulkan',
      'is_xla',
      'is_ipu',
      'retains_grad',
    ].map(name => [name, (): Value => false]),
  ),
  _is_view: () => unknown('Tensor._is_view'),
  __class__: self => self.type,
  __dict__: () => unknown('Tensor.__dict__'),
};
const ATTRIBUTES: ReadonlyMap<string, (self: TensorObject) => Value> = new Map(Object.entries(attributes));
function matrices(self: TensorObject, name: string): Value {
  const rank = self.tensor.shape.length;
  if (rank < 2) throw raise('RuntimeError', `tensor.${name} is only supported on matrices or batches of matrices. Got ${rank}-D tensor.`);
  if (name !== 'mT' && isComplex(self.tensor.dtype)) return invoke('torch.conj', [invoke('Tensor.transpose', [self, -2, -1])]);
  return invoke('Tensor.transpose', [self, -2, -1]);
}

/** None such; but one that torch has and we lack is a gap of ours. */
const missing = (name: string): undefined => (TENSOR.has?.(name) ? unknown(`not supported yet: Tensor.${name}`) : undefined);
TENSOR.has = name => hasName('torch.Tensor', name) || PRIVATE.has(name);

const PRIVATE = new Set(
  (
    '_addmm_activation _autocast_to_full_precision _autocast_to_reduced_precision _backward_hooks _base _cdata ' +
    '_clear_non_serializable_cached_data _coalesced_ _conj _conj_physical _dimI _dimV _dtensor__new__ _fix_weakref _grad _grad_fn ' +
    '_has_symbolic_sizes_strides _indices _is_all_true _is_any_true _is_view _is_zerotensor _lazy_clone _make_subclass ' +
    '_make_wrapper_subclass _neg_view _nested_tensor_size _nested_tensor_storage_offsets _nested_tensor_strides _nnz _philox_normal_ ' +
    '_philox_uniform_ _post_accumulate_grad_hooks _python_dispatch _reduce_ex_internal _rev_view_func_unsafe _sparse_mask_projection ' +
    '_to_dense _to_sparse _to_sparse_bsc _to_sparse_bsr _to_sparse_csc _to_sparse_csr _typed_storage _use_count _values _version ' +
    '_view_func _view_func_unsafe'
  ).split(' '),
);

/** Longer lists of numbers that are not known are no use to anybody. */
const MOST_UNSEEN = 4096;
/** Its values as Python's numbers, nested as its dimensions are. */
export function nested(self: TensorObject, list: (items: Value[]) => Value): Value {
  const { shape, values, dtype } = self.tensor;
  if (!values && count(shape) > MOST_UNSEEN) return unknown('the values of a tensor');
  const walk = (depth: number, from: number, step: number): Value => {
    const own = shape[depth];
    if (!own) return elementOr(values?.[from], dtype);
    const inner = own.size ? step / own.size : 0;
    return list(Array.from({ length: own.size }, (_, i) => walk(depth + 1, from + i * inner, inner)));
  };
  return walk(0, 0, count(shape));
}
