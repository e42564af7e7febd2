/** What is written into a tensor in place, as the tensor that it is afterwards: `x[key] = v`, `fill_`, and the random initializers. The caller binds the object to it. */
import { made, stretched } from '../constant.ts';
import { isComplex, isFloating, isIntegral, sentenceName } from '../dtype.ts';
import { fail, unknown } from '../fault.ts';
import { forms, type Operator, operator } from '../operator.ts';
import { checkStored } from '../overflow.ts';
import { count, type Dim, dim, FOLDED, sizes, type Tensor, written } from '../tensor.ts';
import { broadcast } from './elementwise.ts';
import { expanded } from './expanding.ts';
import { indexed, picked } from './indexing.ts';

export const setitem = operator('__setitem__(Tensor self, Index[] key, Operand value)', {
  names: ['Tensor.__setitem__'],
  infer({ self, key, value }) {
    const target = indexed(self, key),
      shape = target.shape.map(d => (typeof d === 'number' ? dim(d) : d)),
      tensors = key.some(k => k.kind === 'gather');
    if (value.kind === 'tensor')
      fits(
        self,
        value,
        shape,
        tensors,
        key.some(k => k.kind === 'gather' && k.index.dtype === 'bool'),
      );
    else if (value.dtype === 'complex64' && !isComplex(self.dtype)) unknown('a complex number where a real one goes');
    else if (isIntegral(value.dtype) && Math.abs(value.value) >= 2 ** 63) unknown('a number beyond int64');
    else if (isIntegral(self.dtype) || self.dtype === 'float32' || isComplex(self.dtype)) checkStored(value, self.dtype); // others by way of a double
    const places = self.values && picked(sizes(self.shape), key),
      given = value.kind === 'scalar' ? [value.value] : value.values;
    if (!self.values || !places || !given) return { shape: self.shape, dtype: self.dtype };
    const wide = stretched(given, value.kind === 'scalar' ? [] : trimmed(sizes(value.shape)), sizes(shape)),
      fresh = self.values.length <= FOLDED ? made(places.length, self.dtype, i => wide[i] ?? 0) : null,
      values = fresh && self.values.slice();
    if (fresh && values) for (const [i, p] of places.entries()) values[p] = fresh[i] ?? 0;
    return { shape: self.shape, dtype: self.dtype, values };
  },
  onnx({ self, key, value }, [out], to) {
    const places = picked(sizes(self.shape), key);
    if (!out || !places) return unknown('writing an item assigned by a mask or a tensor');
    const shape = sizes(self.shape),
      total = count(self.shape);
    const flat = to.node('Reshape', [self, to.ints([total])]);
    const update =
      value.kind === 'scalar'
        ? to.node('Expand', [to.number(value.value, self), to.ints([places.length])])
        : to.node('Reshape', [
            to.node('Expand', [
              to.cast(value, self.dtype),
              to.ints(sizes(indexed(self, key).shape.map(d => (typeof d === 'number' ? dim(d) : d)))),
            ]),
            to.ints([places.length]),
          ]);
    to.node('Reshape', [to.node('ScatterElements', [flat, to.ints(places), update], { axis: 0 }), to.ints(shape)], { allowzero: 1 }, out);
  },
});

/** Leading ones of a value do not count. */
function trimmed(shape: readonly number[]): readonly number[] {
  const first = shape.findIndex(n => n !== 1);
  return first < 0 ? [] : shape.slice(first);
}
function fits(self: Tensor, value: Tensor, shape: readonly Dim[], byTensors: boolean, byMask: boolean): void {
  const own = trimmed(sizes(value.shape)),
    dims = value.shape.slice(value.shape.length - own.length);
  if (byTensors) {
    const agree = own.length <= shape.length && own.every((n, i) => n === 1 || n === shape[shape.length - own.length + i]?.size);
    if (!agree)
      fail(
        'RuntimeError',
        `shape mismatch: value tensor of shape ${written(dims)} cannot be broadcast to indexing result of shape ${written(shape)}`,
        ...value.shape,
        ...shape,
      );
    if (value.dtype !== self.dtype && byMask && !value.shape.length) return;
    if (value.dtype !== self.dtype)
      fail(
        'RuntimeError',
        `Index put requires the source and destination dtypes match, got ${sentenceName(self.dtype)} for the destination and ${sentenceName(value.dtype)} for the source.`,
      );
    return;
  }
  expanded({ ...value, shape: dims, values: null }, shape);
}

/** Into every element the same. */
export const fill = forms<'fill_(Tensor self, Operand value)'>(['fill_(Tensor self, Tensor value)', 'fill_(Tensor self, Scalar value)'], {
  names: ['Tensor.fill_', 'torch.fill_'],
  overwrites: true,
  infer({ self, value }) {
    if (value.kind === 'tensor' && value.shape.length)
      fail('RuntimeError', `fill_ only supports 0-dimension value tensor but got tensor with ${value.shape.length} dimensions.`);
    const n = value.kind === 'scalar' ? value.value : value.values?.[0];
    if (value.kind === 'scalar') checkStored(value, self.dtype);
    return {
      shape: self.shape,
      dtype: self.dtype,
      strides: self.strides,
      values: n === undefined ? null : made(count(self.shape), self.dtype, () => n),
    };
  },
  onnx: ({ self, value }, [out], to) =>
    void to.node(
      'Expand',
      [value.kind === 'scalar' ? to.number(value.value, self) : to.cast(value, self.dtype), to.ints(sizes(self.shape))],
      {},
      out,
    ),
});
export const zero = operator('zero_(Tensor self)', {
  names: ['Tensor.zero_', 'torch.zero_'],
  overwrites: true,
  infer: ({ self }) => ({
    shape: self.shape,
    dtype: self.dtype,
    strides: self.strides,
    values: made(count(self.shape), self.dtype, () => 0),
  }),
  onnx: ({ self }, [out], to) => void to.node('Expand', [to.number(0, self), to.ints(sizes(self.shape))], {}, out),
});
export const copy = operator('copy_(Tensor self, Operand src, bool non_blocking=False)', {
  names: ['Tensor.copy_'],
  overwrites: true,
  infer({ self, src }) {
    if (src.kind === 'scalar')
      return { shape: self.shape, dtype: self.dtype, values: made(count(self.shape), self.dtype, () => src.value) };
    const both = broadcast(self.shape, src.shape);
    if (both.length !== self.shape.length || both.some((d, i) => d.size !== self.shape[i]?.size))
      fail(
        'RuntimeError',
        `output with shape ${written(self.shape)} doesn't match the broadcast shape ${written(both)}`,
        ...self.shape,
        ...src.shape,
      );
    const draft = expanded(src, self.shape);
    return {
      shape: self.shape,
      dtype: self.dtype,
      values: draft.values ? made(draft.values.length, self.dtype, i => draft.values?.[i] ?? 0) : null,
    };
  },
  onnx: ({ self, src }, [out], to) =>
    void to.node(
      'Expand',
      [src.kind === 'scalar' ? to.number(src.value, self) : to.cast(src, self.dtype), to.ints(sizes(self.shape))],
      {},
      out,
    ),
});

/** Values by chance: the same shape, of which nothing is known. */
const chance = (schema: string, called: string, check: (args: { readonly self: Tensor }) => void): Operator =>
  forms<'f(Tensor self)'>([schema], {
    names: [`Tensor.${called}`],
    infer(args) {
      check(args);
      return { shape: args.self.shape, dtype: args.self.dtype, strides: args.self.strides };
    },
  });
const number = (v: unknown): number => (typeof v === 'number' ? v : NaN);
export const WRITING: readonly Operator[] = [
  chance('uniform_(Tensor self, float from=0, float to=1, *, generator? generator=None)', 'uniform_', args => {
    const { self, from, to } = { from: 0, to: 1, ...args };
    if (!isFloating(self.dtype)) fail('NotImplementedError', `"check_uniform_bounds" not implemented for '${sentenceName(self.dtype)}'`);
    if (number(from) > number(to)) fail('RuntimeError', `uniform_ expects to return a [from, to) range, but found from=${from} > to=${to}`);
  }),
  chance('normal_(Tensor self, float mean=0, float std=1, *, generator? generator=None)', 'normal_', args => {
    const { self, std } = { std: 1, ...args };
    if (number(std) < 0) fail('RuntimeError', `normal expects std >= 0.0, but found std ${std}`);
    if (!isFloating(self.dtype) && !isComplex(self.dtype))
      fail('NotImplementedError', `"normal_kernel_cpu" not implemented for '${sentenceName(self.dtype)}'`);
  }),
  chance('exponential_(Tensor self, float lambd=1, *, generator? generator=None)', 'exponential_', ({ self }) => {
    if (!isFloating(self.dtype)) unknown('exponential_ of integers');
  }),
  chance('bernoulli_(Tensor self, float p=0.5, *, generator? generator=None)', 'bernoulli_', args => {
    const { p } = { p: 0.5, ...args };
    if (!(number(p) >= 0 && number(p) <= 1)) fail('RuntimeError', `bernoulli_ expects p to be in [0, 1], but got p=${p}`);
  }),
];
