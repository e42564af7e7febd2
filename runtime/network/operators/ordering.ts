/** sort, argsort, topk, median and others that look for places by rank. */
import { isComplex, sentenceName } from '../dtype.ts';
import { axis, fail, unknown } from '../fault.ts';
import { preserved } from '../layout.ts';
import { type Operator, operator } from '../operator.ts';
import { count, type Dim, type Draft, dim as part, type Tensor } from '../tensor.ts';

const both = (name: string): string[] => [`torch.${name}`, `Tensor.${name}`];
const ordered = (self: Tensor): void => {
  if (isComplex(self.dtype)) fail('NotImplementedError', `Sort does not support complex dtypes on CPU`);
};

export const sort = operator(
  [
    'sort(Tensor self, *, bool? stable, int dim=-1, bool descending=False, Tensor[]? out=None)',
    'sort(Tensor self, int dim=-1, bool descending=False, *, Tensor[]? out=None)',
  ],
  {
    names: both('sort'),
    fields: ['values', 'indices'],
    infer({ self, dim }) {
      axis(dim, self.shape.length);
      if (isComplex(self.dtype)) unknown('sort of complex numbers');
      const strides = preserved(self);
      return [
        { shape: self.shape, dtype: self.dtype, strides },
        { shape: self.shape, dtype: 'int64', strides },
      ];
    },
    onnx({ self, dim, descending }, [values, indices], to) {
      const n = self.shape[axis(dim, self.shape.length)]?.size ?? 1;
      to.several('TopK', [self, to.ints([n])], { axis: dim, largest: Number(descending), sorted: 1 }, [values, indices]);
    },
  },
);
export const argsort = operator(
  [
    'argsort(Tensor self, *, bool stable, int dim=-1, bool descending=False, Tensor? out=None)',
    'argsort(Tensor self, int dim=-1, bool descending=False)',
  ],
  {
    names: both('argsort'),
    infer({ self, dim }) {
      axis(dim, self.shape.length);
      ordered(self);
      if (isComplex(self.dtype)) unknown('sort of complex numbers');
      return { shape: self.shape, dtype: 'int64' };
    },
    onnx({ self, dim, descending }, [out], to) {
      const n = self.shape[axis(dim, self.shape.length)]?.size ?? 1;
      to.several('TopK', [self, to.ints([n])], { axis: dim, largest: Number(descending), sorted: 1 }, [undefined, out]);
    },
  },
);

export const topk = operator('topk(Tensor self, SymInt k, int dim=-1, bool largest=True, bool sorted=True, *, Tensor[]? out=None)', {
  names: both('topk'),
  fields: ['values', 'indices'],
  infer({ self, k, dim }) {
    const at = axis(dim, self.shape.length),
      own = self.shape[at] ?? part(1);
    if (k.size < 0 || k.size > own.size) fail('RuntimeError', 'selected index k out of range', own, k);
    if (isComplex(self.dtype) || self.dtype === 'bool')
      fail(
        'NotImplementedError',
        isComplex(self.dtype)
          ? 'topk does not support complex dtypes on CPU'
          : `"topk_cpu" not implemented for '${sentenceName(self.dtype)}'`,
      );
    const shape = self.shape.length ? self.shape.with(at, k.size === own.size ? own : k) : [];
    return [
      { shape, dtype: self.dtype },
      { shape, dtype: 'int64' },
    ];
  },
  onnx: ({ self, k, dim, largest }, [values, indices], to) =>
    to.several('TopK', [self, to.ints([k.size])], { axis: dim, largest: Number(largest), sorted: 1 }, [values, indices]),
});

function along(called: string, self: Tensor, dim: number, keepdim: boolean): readonly Draft[] {
  const at = axis(dim, self.shape.length);
  if (isComplex(self.dtype) || self.dtype === 'bool') unknown(`${called} of ${self.dtype}`);
  if (self.shape[at]?.size === 0) unknown(`${called} of nothing`);
  const shape: Dim[] = self.shape.flatMap((d, i) => (i === at ? (keepdim ? [part(1)] : []) : [d]));
  return [
    { shape, dtype: self.dtype },
    { shape, dtype: 'int64' },
  ];
}
export const median = operator(['median(Tensor self)', 'median(Tensor self, int dim, bool keepdim=False, *, Tensor[]? out=None)'], {
  names: both('median'),
  fields: ['values', 'indices'],
  infer(args) {
    if ('dim' in args) return along('median', args.self, args.dim, args.keepdim);
    if (isComplex(args.self.dtype) || args.self.dtype === 'bool' || !count(args.self.shape)) unknown('median of this');
    return { shape: [], dtype: args.self.dtype };
  },
});
const cumulative = (name: 'cummax' | 'cummin'): Operator =>
  operator(`${name}(Tensor self, int dim, *, Tensor[]? out=None)`, {
    names: both(name),
    fields: ['values', 'indices'],
    infer({ self, dim }) {
      axis(dim, self.shape.length);
      if (isComplex(self.dtype)) unknown(`${name} of complex numbers`);
      return [
        { shape: self.shape, dtype: self.dtype },
        { shape: self.shape, dtype: 'int64' },
      ];
    },
  });
export const ORDERING: readonly Operator[] = [cumulative('cummax'), cumulative('cummin')];
