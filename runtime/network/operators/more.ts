/** Less common ones: distances, sliding views, diagonals, and items put by index. */
import { isComplex, isFloating, resultType } from '../dtype.ts';
import { axis, fail, unknown } from '../fault.ts';
import { forms, type OnnxWriter, operator } from '../operator.ts';
import { count, type Dim, dim as part, sizes, type Tensor } from '../tensor.ts';
import { broadcast } from './elementwise.ts';
import { inShape } from './reshaping.ts';

const both = (name: string): string[] => [`torch.${name}`, `Tensor.${name}`];
const reshaped = (self: Tensor, out: Tensor | undefined, to: OnnxWriter): void =>
  void (out && to.node('Reshape', [self, to.ints(sizes(out.shape))], { allowzero: 1 }, out));

export const ravel = operator('ravel(Tensor self)', {
  names: both('ravel'),
  view: true,
  infer: ({ self }) => inShape(self, [part(count(self.shape), ...self.shape)]),
  onnx: ({ self }, [out], to) => reshaped(self, out, to),
});

/** Windows along a dimension, as a dimension more. */
export const unfold = operator('unfold(Tensor self, int dimension, int size, int step)', {
  names: ['Tensor.unfold'],
  view: true,
  infer({ self, dimension, size, step }) {
    const at = axis(dimension, self.shape.length),
      own = self.shape[at] ?? part(1);
    if (size < 0) fail('RuntimeError', `size is ${size} but must be >= 0`);
    if (size > own.size) fail('RuntimeError', `maximum size for tensor at dimension ${at} is ${own.size} but size is ${size}`, own);
    if (step <= 0) fail('RuntimeError', `step is ${step} but must be > 0`);
    return {
      shape: [...(self.shape.length ? self.shape.with(at, part(Math.floor((own.size - size) / step) + 1, own)) : []), size],
      dtype: self.dtype,
      strides: null,
    };
  },
});

export const cdist = operator('cdist(Tensor x1, Tensor x2, float p=2.0, int? compute_mode=None)', {
  names: ['torch.cdist'],
  infer({ x1, x2, p }) {
    if (x1.shape.length < 2) fail('RuntimeError', `cdist only supports at least 2D tensors, X1 got: ${x1.shape.length}D`);
    if (x2.shape.length < 2) fail('RuntimeError', `cdist only supports at least 2D tensors, X2 got: ${x2.shape.length}D`);
    const [a, b] = [x1.shape.at(-1), x2.shape.at(-1)];
    if (a?.size !== b?.size)
      fail(
        'RuntimeError',
        `X1 and X2 must have the same number of columns. X1: ${a?.size} X2: ${b?.size}`,
        ...x1.shape.slice(-1),
        ...x2.shape.slice(-1),
      );
    if (p < 0 || !isFloating(x1.dtype) || x1.dtype !== x2.dtype) return unknown('cdist of this');
    return {
      shape: [...broadcast(x1.shape.slice(0, -2), x2.shape.slice(0, -2)), x1.shape.at(-2) ?? part(1), x2.shape.at(-2) ?? part(1)],
      dtype: x1.dtype,
    };
  },
});

export const cosineSimilarity = operator('cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08)', {
  names: ['torch.cosine_similarity', 'F.cosine_similarity'],
  infer({ x1, x2, dim }) {
    const shape = broadcast(x1.shape, x2.shape),
      dtype = resultType([x1, x2].map(t => ({ dtype: t.dtype, rank: t.shape.length })));
    if (!isFloating(dtype) || !shape.length || x1.dtype !== x2.dtype) return unknown('cosine_similarity of this');
    const at = axis(dim, shape.length);
    return { shape: shape.toSpliced(at, 1), dtype };
  },
});

export const diag = operator('diag(Tensor self, int diagonal=0, *, Tensor? out=None)', {
  names: both('diag'),
  infer({ self, diagonal }) {
    const [rows, columns] = self.shape;
    if (!rows || self.shape.length > 2) return fail('RuntimeError', `diag(): Supports 1D or 2D tensors. Got ${self.shape.length}D`);
    if (!columns) return { shape: [rows.size + Math.abs(diagonal), rows.size + Math.abs(diagonal)], dtype: self.dtype };
    return {
      shape: [Math.max(0, diagonal >= 0 ? Math.min(rows.size, columns.size - diagonal) : Math.min(rows.size + diagonal, columns.size))],
      dtype: self.dtype,
      strides: null,
    };
  },
});

export const aminmax = operator('aminmax(Tensor self, *, int? dim=None, bool keepdim=False, Tensor[]? out=None)', {
  names: both('aminmax'),
  fields: ['min', 'max'],
  infer({ self, dim, keepdim }) {
    if (isComplex(self.dtype) || !count(self.shape)) return unknown('aminmax of this');
    const at = dim === null ? null : axis(dim, self.shape.length),
      shape: Dim[] =
        at === null
          ? keepdim
            ? self.shape.map(() => part(1))
            : []
          : self.shape.flatMap((d, i) => (i === at ? (keepdim ? [part(1)] : []) : [d]));
    return [
      { shape, dtype: self.dtype },
      { shape, dtype: self.dtype },
    ];
  },
});

/** `x.index_put_((i, j), v)` and kin: the shape stays. */
export const indexFill = forms<'index_fill(Tensor self, int dim, Tensor index, Operand value)'>(
  ['index_fill(Tensor self, int dim, Tensor index, Tensor value)', 'index_fill(Tensor self, int dim, Tensor index, Scalar value)'],
  {
    names: ['torch.index_fill', 'Tensor.index_fill'],
    infer({ self, dim, index }) {
      const at = axis(dim, self.shape.length),
        own = self.shape[at]?.size ?? 1;
      if (index.dtype !== 'int64' || index.shape.length > 1 || index.values?.some(v => v >= own || v < -own) || isComplex(self.dtype))
        return unknown('index_fill of these');
      return { shape: self.shape, dtype: self.dtype };
    },
  },
);

export const isclose = operator('isclose(Tensor self, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False)', {
  names: both('isclose'),
  infer: ({ self, other, rtol, atol }) =>
    rtol < 0 || atol < 0
      ? fail('RuntimeError', `${rtol < 0 ? 'rtol' : 'atol'} must be greater than or equal to zero, but got ${rtol < 0 ? rtol : atol}`)
      : self.dtype !== other.dtype
        ? unknown('isclose of two types')
        : { shape: broadcast(self.shape, other.shape), dtype: 'bool' },
});

export const tensordot = operator('tensordot(Tensor self, Tensor other, int[] dims_self, int[] dims_other, *, Tensor? out=None)', {
  names: ['torch._tensordot'],
  infer({ self, other, dims_self, dims_other }) {
    const a = dims_self.map(d => axis(d, self.shape.length)),
      b = dims_other.map(d => axis(d, other.shape.length));
    if (a.length !== b.length || self.dtype !== other.dtype || a.some((d, i) => self.shape[d]?.size !== other.shape[b[i] ?? 0]?.size))
      return unknown('tensordot of these');
    return { shape: [...self.shape.filter((_, i) => !a.includes(i)), ...other.shape.filter((_, i) => !b.includes(i))], dtype: self.dtype };
  },
});

export const bernoulli = operator(
  [
    'bernoulli(Tensor self, *, generator? generator=None, Tensor? out=None)',
    'bernoulli(Tensor self, float p, *, generator? generator=None)',
  ],
  {
    names: both('bernoulli'),
    infer: ({ self }) =>
      isFloating(self.dtype) && !self.values?.some(v => v < 0 || v > 1)
        ? { shape: self.shape, dtype: self.dtype }
        : unknown('bernoulli of this'),
  },
);
export const multinomial = operator(
  'multinomial(Tensor self, SymInt num_samples, bool replacement=False, *, generator? generator=None, Tensor? out=None)',
  {
    names: both('multinomial'),
    infer({ self, num_samples, replacement }) {
      const classes = self.shape.at(-1);
      if (
        !classes ||
        self.shape.length > 2 ||
        !isFloating(self.dtype) ||
        num_samples.size <= 0 ||
        (!replacement && num_samples.size > classes.size)
      )
        return unknown('multinomial of these');
      return { shape: [...self.shape.slice(0, -1), num_samples], dtype: 'int64' };
    },
  },
);
