/** Elements fetched or put by index: gather, scatter, index_select, embedding, take_along_dim. */

import { sentenceName } from '../dtype.ts';
import { axis, fail, unknown } from '../fault.ts';
import { type Operator, operator } from '../operator.ts';
import type { Scalar } from '../schema.ts';
import { contiguous, count, type Draft, FOLDED, dim as part, sizes, type Tensor, written } from '../tensor.ts';

const both = (name: string): string[] => [`torch.${name}`, `Tensor.${name}`];

export const indexSelect = operator('index_select(Tensor self, int dim, Tensor index, *, Tensor? out=None)', {
  names: both('index_select'),
  infer({ self, dim, index }) {
    const at = axis(dim, self.shape.length);
    if (index.shape.length > 1) fail('IndexError', 'index_select(): Index is supposed to be a vector');
    if (index.dtype !== 'int64' && index.dtype !== 'int32') fail('RuntimeError', 'index_select(): Expected dtype int32 or int64 for index');
    const own = self.shape[at],
      n = count(index.shape);
    if (!own) return unknown('index_select of a tensor without dimensions');
    if (index.values?.some(i => i < 0 || i >= own.size)) fail('RuntimeError', 'index out of range in self');
    const length = index.shape[0] ?? part(1),
      outer = count(self.shape.slice(0, at)),
      inner = count(self.shape.slice(at + 1)),
      values =
        self.values && index.values && outer * n * inner <= FOLDED
          ? Array.from(
              { length: outer * n * inner },
              (_, p) =>
                self.values?.[
                  (Math.floor(p / (n * inner)) * own.size + (index.values?.[Math.floor(p / inner) % n] ?? 0)) * inner + (p % inner)
                ] ?? 0,
            )
          : null;
    return { shape: self.shape.with(at, length), dtype: self.dtype, values };
  },
  onnx: ({ self, dim, index }, [out], to) => void to.node('Gather', [self, index], { axis: dim }, out),
});

function gathered(self: Tensor, dim: number, index: Tensor): Draft {
  if (count(index.shape) && index.dtype !== 'int64' && index.dtype !== 'int32')
    fail('RuntimeError', 'gather(): Expected dtype int32/int64 for index');
  const at = axis(dim, self.shape.length),
    rank = Math.max(self.shape.length, 1);
  if (count(index.shape) && Math.max(index.shape.length, 1) !== rank)
    fail('RuntimeError', 'Index tensor must have the same number of dimensions as input tensor', ...self.shape, ...index.shape);
  index.shape.forEach((d, i) => {
    const own = self.shape[i];
    if (i !== at && own && d.size > own.size && count(index.shape))
      fail(
        'RuntimeError',
        `Size does not match at dimension ${i} expected index ${written(index.shape)} to be no larger than self ${written(self.shape)} apart from dimension ${at}`,
        d,
        own,
      );
  });
  const own = self.shape[at]?.size ?? 1,
    outside = index.values?.find(v => v < 0 || v >= own);
  if (outside !== undefined) fail('RuntimeError', `index ${outside} is out of bounds for dimension ${at} with size ${own}`);
  let values: number[] | null = null;
  if (self.values && index.values && count(index.shape) <= FOLDED) {
    const steps = contiguous(sizes(self.shape)),
      own = contiguous(sizes(index.shape));
    values = index.values.map((v, p) => {
      let rest = p,
        place = 0;
      own.forEach((step, d) => {
        const i = Math.floor(rest / step);
        rest %= step;
        place += (d === at ? v : i) * (steps[d] ?? 0);
      });
      return self.values?.[place] ?? 0;
    });
  }
  return { shape: index.shape, dtype: self.dtype, values };
}
export const gather = operator('gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False, Tensor? out=None)', {
  names: both('gather'),
  infer: ({ self, dim, index }) => gathered(self, dim, index),
  onnx: ({ self, dim, index }, [out], to) => void to.node('GatherElements', [self, index], { axis: dim }, out),
});

export const takeAlongDim = operator(['take_along_dim(Tensor self, Tensor indices, int? dim=None, *, Tensor? out=None)'], {
  names: both('take_along_dim'),
  infer({ self, indices, dim }) {
    if (dim === null || self.shape.length !== indices.shape.length) return unknown('take_along_dim of shapes that stretch');
    const at = axis(dim, self.shape.length);
    if (indices.dtype !== 'int64')
      fail('RuntimeError', `torch.take_along_dim(): dtype of indices should be Long but got ${sentenceName(indices.dtype)}`);
    if (self.shape.some((d, i) => i !== at && d.size !== indices.shape[i]?.size)) unknown('take_along_dim of shapes that stretch');
    const own = self.shape[at]?.size ?? 1;
    if (indices.values?.some(i => i < 0 || i >= own)) unknown('take_along_dim of places outside');
    return gathered(self, at, indices);
  },
  onnx: ({ self, indices, dim }, [out], to) => void to.node('GatherElements', [self, indices], { axis: dim ?? 0 }, out),
});

/** What is put fits where it goes: nothing to compute but the check of shapes. */
function scattered(called: string, self: Tensor, dim: number, index: Tensor, src: Tensor | Scalar): Draft {
  if (index.dtype !== 'int64' && index.dtype !== 'int32') fail('RuntimeError', `${called}(): Expected dtype int32/int64 for index`);
  if (src.kind === 'tensor' && src.dtype !== self.dtype) fail('RuntimeError', `${called}(): Expected self.dtype to be equal to src.dtype`);
  const at = axis(dim, self.shape.length);
  if (!count(index.shape)) return { shape: self.shape, dtype: self.dtype };
  const rank = Math.max(self.shape.length, 1);
  if (Math.max(index.shape.length, 1) !== rank)
    fail('RuntimeError', 'Index tensor must have the same number of dimensions as self tensor', ...self.shape, ...index.shape);
  if (src.kind === 'tensor' && Math.max(src.shape.length, 1) !== rank)
    fail('RuntimeError', 'Index tensor must have the same number of dimensions as src tensor');
  if (
    index.shape.some(
      (d, i) => (i !== at && d.size > (self.shape[i]?.size ?? 1)) || (src.kind === 'tensor' && d.size > (src.shape[i]?.size ?? 1)),
    )
  )
    fail(
      'RuntimeError',
      `Expected index ${written(index.shape)} to be no larger than self ${written(self.shape)} apart from dimension ${at}${src.kind === 'tensor' ? ` and to be no larger size than src ${written(src.shape)}` : ''}`,
      ...index.shape,
    );
  const own = self.shape[at]?.size ?? 1,
    outside = index.values?.find(v => v < 0 || v >= own);
  if (outside !== undefined) fail('RuntimeError', `index ${outside} is out of bounds for dimension ${at} with size ${own}`);
  return { shape: self.shape, dtype: self.dtype };
}
const scatterAdd = (called: 'scatter_add'): Operator =>
  operator(`${called}(Tensor self, int dim, Tensor index, Tensor src, *, Tensor? out=None)`, {
    names: both(called),
    infer: ({ self, dim, index, src }) => scattered(called, self, dim, index, src),
    onnx: ({ self, dim, index, src }, [out], to) =>
      void to.node('ScatterElements', [self, index, src], { axis: dim, reduction: 'add' }, out),
  });
export const SCATTERING: readonly Operator[] = [scatterAdd('scatter_add')];
export const scatter = operator(
  [
    'scatter(Tensor self, int dim, Tensor index, Tensor src, *, Tensor? out=None)',
    'scatter(Tensor self, int dim, Tensor index, Tensor src, *, str reduce, Tensor? out=None)',
    'scatter(Tensor self, int dim, Tensor index, Scalar value, *, Tensor? out=None)',
    'scatter(Tensor self, int dim, Tensor index, Scalar value, *, str reduce, Tensor? out=None)',
  ],
  {
    names: both('scatter'),
    infer(args) {
      const src = 'src' in args ? args.src : args.value;
      if ('reduce' in args) return unknown('scatter that reduces');
      return scattered('scatter', args.self, args.dim, args.index, src);
    },
    onnx(args, [out], to) {
      if (!out || 'reduce' in args) return unknown('writing scatter that reduces');
      const src = 'src' in args ? args.src : to.node('Expand', [to.number(args.value.value, out), to.ints(sizes(args.index.shape))]);
      to.node('ScatterElements', [args.self, args.index, src], { axis: args.dim }, out);
    },
  },
);

export const embedding = operator(
  'embedding(Tensor weight, Tensor indices, SymInt padding_idx=-1, bool scale_grad_by_freq=False, bool sparse=False)',
  {
    names: ['torch.embedding'],
    infer({ weight, indices }) {
      if (weight.shape.length !== 2) fail('RuntimeError', "'weight' must be 2-D");
      if (indices.dtype !== 'int64' && indices.dtype !== 'int32')
        fail(
          'RuntimeError',
          `Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got torch.${sentenceName(indices.dtype)}Tensor instead (while checking arguments for embedding)`,
        );
      const [rows, width] = weight.shape;
      if (rows?.size === 0 && count(indices.shape)) fail('RuntimeError', 'index_select(): self indexing axis dim should be positive', rows);
      if (rows && indices.values?.some(i => i < 0 || i >= rows.size)) fail('IndexError', 'index out of range in self', rows);
      return { shape: [...indices.shape, ...(width ? [width] : [])], dtype: weight.dtype };
    },
    onnx: ({ weight, indices }, [out], to) => void to.node('Gather', [weight, indices], { axis: 0 }, out),
  },
);

export const oneHot = operator('one_hot(Tensor self, int num_classes=-1)', {
  names: ['torch._C._nn.one_hot', 'F.one_hot'],
  infer({ self: tensor, num_classes }) {
    if (tensor.dtype !== 'int64') fail('RuntimeError', `one_hot is only applicable to index tensor of type LongTensor.`);
    if (num_classes <= 0 && !(num_classes === -1 && tensor.values?.length)) return unknown('one_hot of values that are not known');
    const most = tensor.values ? Math.max(-1, ...tensor.values) : -1;
    if (tensor.values?.some(v => v < 0)) fail('RuntimeError', 'Class values must be non-negative.');
    if (num_classes > 0 && most >= num_classes) fail('RuntimeError', 'Class values must be smaller than num_classes.');
    const n = num_classes === -1 ? most + 1 : num_classes;
    return {
      shape: [...tensor.shape, n],
      dtype: 'int64',
      values:
        tensor.values && tensor.values.length * n <= FOLDED
          ? tensor.values.flatMap(v => Array.from({ length: n }, (_, i) => Number(i === v)))
          : null,
    };
  },
});

export const maskedSelect = operator('masked_select(Tensor self, Tensor mask, *, Tensor? out=None)', {
  names: both('masked_select'),
  infer({ self, mask }) {
    if (mask.dtype !== 'bool') fail('RuntimeError', 'masked_select: expected BoolTensor for mask');
    if (!mask.values || sizes(mask.shape).join() !== sizes(self.shape).join()) return unknown('how many elements a mask picks');
    return { shape: [mask.values.filter(v => v !== 0).length], dtype: self.dtype };
  },
});
export const indexAdd = operator('index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1, Tensor? out=None)', {
  names: both('index_add'),
  infer({ self, dim, index, source }) {
    const at = axis(dim, self.shape.length);
    if (
      index.shape.length > 1 ||
      source.dtype !== self.dtype ||
      source.shape.length !== self.shape.length ||
      source.shape.some((d, i) => d.size !== (i === at ? count(index.shape) : self.shape[i]?.size)) ||
      (index.dtype !== 'int64' && index.dtype !== 'int32')
    )
      return unknown('index_add of shapes that differ');
    const own = self.shape[at]?.size ?? 1;
    if (index.values?.some(i => i < 0 || i >= own)) fail('IndexError', 'index out of range in self');
    return { shape: self.shape, dtype: self.dtype };
  },
});
