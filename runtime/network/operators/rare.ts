/** What few networks call: products of several kinds, choices by rank, distances. */
import { made } from '../constant.ts';
import { isComplex, isFloating, isIntegral, sentenceName } from '../dtype.ts';
import { axis, fail, unknown } from '../fault.ts';
import { forms, type Operator, operator } from '../operator.ts';
import { count, type Dim, type Draft, dim as part, sizes, type Tensor, written } from '../tensor.ts';
import { broadcast, elementwise } from './elementwise.ts';
import { filled } from './making.ts';

const both = (name: string): string[] => [`torch.${name}`, `Tensor.${name}`];

export const pairwiseDistance = operator('pairwise_distance(Tensor x1, Tensor x2, float p=2, float eps=1e-06, bool keepdim=False)', {
  names: ['torch.pairwise_distance', 'F.pairwise_distance'],
  infer({ x1, x2, keepdim }) {
    if (x1.dtype !== x2.dtype || !isFloating(x1.dtype)) unknown('a distance of these types');
    const shape = broadcast(x1.shape, x2.shape);
    if (!shape.length) unknown('a distance of numbers');
    return { shape: keepdim ? [...shape.slice(0, -1), 1] : shape.slice(0, -1), dtype: x1.dtype };
  },
});

export const bilinear = operator('bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None)', {
  names: ['torch.bilinear', 'F.bilinear'],
  infer({ input1, input2, weight, bias }) {
    const [out, first, second] = weight.shape,
      rank = input1.shape.length;
    if (rank !== input2.shape.length)
      fail('RuntimeError', `bilinear(): input dimensions do not match: got ${rank} and ${input2.shape.length}`);
    for (const [i, d] of input1.shape.slice(0, -1).entries())
      if (d.size !== input2.shape[i]?.size)
        fail('RuntimeError', `bilinear(): input batch dimensions do not match at dim ${i}: got ${d.size} and ${input2.shape[i]?.size}`, d);
    for (const [i, [input, own]] of (
      [
        [input1, first],
        [input2, second],
      ] as const
    ).entries()) {
      const last = input.shape.at(-1);
      if (!last || !own || weight.shape.length !== 3) return unknown('bilinear of these');
      if (last.size !== own.size)
        fail(
          'RuntimeError',
          `bilinear(): input${i + 1} size does not match weight size: got ${last.size} but expected ${own.size}`,
          last,
          own,
        );
    }
    if (!out || (bias && (bias.shape.length !== 1 || count(bias.shape) !== out.size))) return unknown('bilinear with such a bias');
    if ([input2, weight, bias].some(t => t && t.dtype !== input1.dtype) || !isFloating(input1.dtype)) unknown('bilinear of these types');
    return { shape: [...input1.shape.slice(0, -1), out], dtype: input1.dtype };
  },
});

const randomSlope = (called: 'rrelu' | 'rrelu_'): Operator =>
  operator(
    `${called}(Tensor input, Scalar lower=0.125, Scalar upper=0.3333333333333333, bool training=False, *, generator? generator=None)`,
    {
      names: [`torch.${called}`],
      infer({ input, lower, upper, training }) {
        if (lower.value > upper.value) fail('RuntimeError', 'Lower bound should be less than or equal to the upper bound');
        if (training) unknown('rrelu in training');
        if (!isFloating(input.dtype)) fail('NotImplementedError', `"leaky_relu_cpu" not implemented for '${sentenceName(input.dtype)}'`);
        return { shape: input.shape, dtype: input.dtype, strides: input.strides };
      },
      onnx: ({ input, lower, upper }, [out], to) =>
        void to.node('LeakyRelu', [input], { alpha: { float: (lower.value + upper.value) / 2 } }, out),
    },
  );

export const inner = operator('inner(Tensor self, Tensor other, *, Tensor? out=None)', {
  names: both('inner'),
  infer({ self, other }) {
    if (!self.shape.length || !other.shape.length) return { ...elementwise(self, other, () => 0), values: null };
    const [a, b] = [self.shape.at(-1), other.shape.at(-1)];
    if (a?.size !== b?.size)
      fail(
        'RuntimeError',
        `inner() the last dimension must match on both input tensors but got shapes ${written(self.shape)} and ${written(other.shape)}`,
        ...self.shape.slice(-1),
        ...other.shape.slice(-1),
      );
    if (self.dtype !== other.dtype) unknown('inner of two types');
    return { shape: [...self.shape.slice(0, -1), ...other.shape.slice(0, -1)], dtype: self.dtype };
  },
});

export const angle = operator('angle(Tensor self, *, Tensor? out=None)', {
  names: both('angle'),
  infer({ self }) {
    const dtype =
      self.dtype === 'complex64' ? 'float32' : self.dtype === 'complex128' ? 'float64' : isIntegral(self.dtype) ? 'float32' : self.dtype;
    if (isComplex(dtype)) unknown('angle of half complex numbers');
    return {
      shape: self.shape,
      dtype,
      values:
        self.values && !isComplex(self.dtype) ? made(self.values.length, dtype, i => ((self.values?.[i] ?? 0) < 0 ? Math.PI : 0)) : null,
    };
  },
});

export const diagEmbed = operator('diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1)', {
  names: both('diag_embed'),
  infer({ self, offset, dim1, dim2 }) {
    const rank = self.shape.length + 1,
      [a, b] = [axis(dim1, rank), axis(dim2, rank)],
      last = self.shape.at(-1);
    if (a === b) fail('RuntimeError', `diagonal dimensions cannot be identical ${dim1}, ${dim2}`);
    if (!last) return unknown('diag_embed of a number');
    const side = part(last.size + Math.abs(offset), last),
      shape: Dim[] = [...self.shape.slice(0, -1)];
    for (const at of [a, b].sort((x, y) => x - y)) shape.splice(at, 0, side);
    return { shape, dtype: self.dtype };
  },
});

const unpool = (n: 2 | 3): Operator =>
  forms<'f(Tensor self, Tensor indices, SymInt[] output_size)'>(
    [`max_unpool${n}d(Tensor self, Tensor indices, SymInt[${n}] output_size${n === 3 ? ', int[3] stride, int[3] padding' : ''})`],
    {
      names: [`torch._C._nn.max_unpool${n}d`],
      infer({ self, indices, output_size }) {
        if (indices.dtype !== 'int64')
          fail('RuntimeError', `elements in indices should be type int64 but got: ${sentenceName(indices.dtype)}`);
        if (self.shape.length !== n + 1 && self.shape.length !== n + 2) unknown('an unpool of another number of dimensions');
        if (sizes(self.shape).join() !== sizes(indices.shape).join())
          fail(
            'RuntimeError',
            `Expected shape of indices to be same as that of the input tensor (${written(self.shape)}) but got indices tensor with shape: ${written(indices.shape)}`,
            ...indices.shape,
          );
        if (output_size.length !== n || output_size.some(d => d.size <= 0) || count(self.shape) === 0 || !isFloating(self.dtype))
          unknown('an unpool of these');
        return { shape: [...self.shape.slice(0, -n), ...output_size], dtype: self.dtype };
      },
    },
  );

/** One value of each row along a dimension, and its place. */
const chosen = (called: string, schema: string, check: (self: Tensor, at: number, args: object) => void): Operator =>
  forms<'f(Tensor self, int dim=-1, bool keepdim=False)'>([schema], {
    names: both(called),
    fields: ['values', 'indices'],
    infer(args) {
      const { self, dim, keepdim } = args,
        at = axis(dim, self.shape.length);
      check(self, at, args);
      if (isComplex(self.dtype) || self.dtype === 'bool' || self.shape[at]?.size === 0) unknown(`${called} of ${self.dtype}`);
      const shape = self.shape.length ? (keepdim ? self.shape.with(at, part(1)) : self.shape.toSpliced(at, 1)) : [];
      return [
        { shape, dtype: self.dtype },
        { shape, dtype: 'int64' },
      ];
    },
  });

const quantiles = (called: 'quantile' | 'nanquantile'): Operator =>
  forms<'f(Tensor self, Operand q, int? dim=None, bool keepdim=False)'>(
    [
      `${called}(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear', Tensor? out=None)`,
      `${called}(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation='linear', Tensor? out=None)`,
    ].map(s => s.replaceAll("'", '"')),
    {
      names: both(called),
      infer({ self, q, dim, keepdim }) {
        if (self.dtype !== 'float32' && self.dtype !== 'float64') unknown(`${called} of ${self.dtype}`);
        const own = typeof q === 'object' && 'shape' in q ? q : null;
        if (own && (own.dtype !== self.dtype || own.shape.length > 1)) unknown(`${called} at such places`);
        if (count(self.shape) === 0) unknown(`${called} of nothing`);
        const rank = self.shape.length,
          left: readonly (Dim | number)[] =
            dim === null
              ? keepdim
                ? self.shape.map(() => 1)
                : []
              : keepdim
                ? self.shape.with(axis(dim, rank), part(1))
                : self.shape.toSpliced(axis(dim, rank), 1);
        if (!own && typeof q === 'number' && (q < 0 || q > 1))
          fail('RuntimeError', `${called}() q must be in the range [0, 1] but got ${q}`);
        return { shape: own?.shape.length ? [own.shape[0] ?? 1, ...left] : rank ? left : [], dtype: self.dtype };
      },
    },
  );

function squares(called: string, self: Tensor): void {
  const [rows, columns] = self.shape.slice(-2);
  if (!rows || !columns || self.shape.length < 2) unknown(`${called} of what is no matrix`);
  if (rows.size !== columns.size)
    fail(
      'RuntimeError',
      `linalg.${called}: A must be batches of square matrices, but they are ${rows.size} by ${columns.size} matrices`,
      rows,
      columns,
    );
  if (!isFloating(self.dtype) || self.dtype === 'float16' || self.dtype === 'bfloat16') unknown(`${called} of ${self.dtype}`);
}

export const normal = forms<'f(Operand mean, Operand std, SymInt[]? size)'>(
  [
    'normal(Tensor mean, Tensor std, *, generator? generator=None, Tensor? out=None)',
    'normal(Tensor mean, float std=1, *, generator? generator=None, Tensor? out=None)',
    'normal(float mean, Tensor std, *, generator? generator=None, Tensor? out=None)',
    'normal(float mean, float std, SymInt[] size, *, generator? generator=None, Tensor? out=None, dtype? dtype=None, layout? layout=None, device? device=None, bool? pin_memory=False, bool? requires_grad=False)',
  ],
  {
    names: ['torch.normal'],
    infer(args) {
      const { mean, std, size } = args,
        tensors = [mean, std].filter((t): t is Tensor => typeof t === 'object' && t !== null && t.kind === 'tensor');
      const [first, second] = tensors;
      if (tensors.some(t => !isFloating(t.dtype))) unknown('normal of integers');
      if (!first)
        return filled(size ?? [], 'dtype' in args && typeof args.dtype === 'string' ? unknown('normal of a type') : 'float32', null);
      return { shape: second ? broadcast(first.shape, second.shape) : first.shape, dtype: first.dtype };
    },
  },
);

const splits = (called: 'hsplit' | 'vsplit' | 'dsplit', least: number, of: (rank: number) => number): Operator =>
  forms<'f(Tensor self)'>([`${called}(Tensor self, int sections)`, `${called}(Tensor self, int[] indices)`], {
    names: both(called),
    infer(args) {
      const { self } = args,
        rank = self.shape.length;
      if (rank < least)
        fail(
          'RuntimeError',
          `torch.${called} requires a tensor with at least ${least} dimension, but got a tensor with ${rank} dimensions!`,
        );
      const at = of(rank),
        own = self.shape[at];
      if (!own) return unknown(`${called} of this`);
      let cuts: number[];
      if ('sections' in args && typeof args.sections === 'number') {
        const n = args.sections;
        if (n < 0) fail('RuntimeError', `number of sections must be larger than 0, got ${n}`);
        if (n === 0 || own.size % n)
          fail(
            'RuntimeError',
            `torch.${called} attempted to split along dimension ${at}, but the size of the dimension ${own.size} is not divisible by the split_size ${n}!`,
            own,
          );
        cuts = Array.from({ length: n - 1 }, (_, i) => ((i + 1) * own.size) / n);
      } else cuts = 'indices' in args && Array.isArray(args.indices) ? args.indices.filter(i => typeof i === 'number') : [];
      const ends = [...cuts, own.size].map(c => Math.min(Math.max(c < 0 ? c + own.size : c, 0), own.size));
      return ends.map((end, i): Draft => {
        const start = i ? (ends[i - 1] ?? 0) : 0;
        return { shape: self.shape.with(at, part(Math.max(0, end - start), own)), dtype: self.dtype, strides: self.strides };
      });
    },
  });

export const kron = operator('kron(Tensor self, Tensor other, *, Tensor? out=None)', {
  names: both('kron'),
  infer({ self, other }) {
    const rank = Math.max(self.shape.length, other.shape.length),
      wide = (t: Tensor): Dim[] => [...Array.from({ length: rank - t.shape.length }, () => part(1)), ...t.shape],
      [a, b] = [wide(self), wide(other)];
    return {
      shape: a.map((d, i) => part(d.size * (b[i]?.size ?? 1), d, b[i] ?? d)),
      dtype: elementwise(
        // Both have the dimensions of the larger.
        { ...self, shape: rank ? [part(1)] : [], values: null },
        { ...other, shape: rank ? [part(1)] : [], values: null },
        () => 0,
      ).dtype,
    };
  },
});

export const cross = operator('cross(Tensor self, Tensor other, int? dim=None, *, Tensor? out=None)', {
  names: both('cross'),
  infer({ self, other, dim }) {
    if (self.dtype !== other.dtype || self.dtype === 'bool' || sizes(self.shape).join() !== sizes(other.shape).join())
      unknown('cross of two shapes');
    if (dim === null) {
      if (!self.shape.some(d => d.size === 3)) fail('RuntimeError', 'no dimension of size 3 in input');
    } else if (self.shape[axis(dim, self.shape.length)]?.size !== 3) unknown('cross along another dimension');
    return { shape: self.shape, dtype: self.dtype };
  },
});

/** A sum with a product of matrices, over the whole batch or by a vector. */
export const addbmm = operator('addbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1, Tensor? out=None)', {
  names: both('addbmm'),
  infer({ self, batch1, batch2 }) {
    if (batch1.shape.length !== 3 || batch2.shape.length !== 3 || batch1.shape[0]?.size !== batch2.shape[0]?.size)
      return unknown('addbmm of these');
    const [, n, m] = batch1.shape,
      [, k, p] = batch2.shape;
    if (!n || !m || !k || !p) return unknown('addbmm of these');
    if (m.size !== k.size) fail('RuntimeError', `Incompatible matrix sizes for bmm (${n.size}x${m.size} and ${k.size}x${p.size})`, m, k);
    if ([batch1, batch2].some(t => t.dtype !== self.dtype)) unknown('addbmm of several types');
    if (sizes(broadcast(self.shape, [n, p])).join() !== [n.size, p.size].join()) unknown('addbmm of another size');
    return { shape: [n, p], dtype: self.dtype };
  },
});

export const logcumsumexp = operator('logcumsumexp(Tensor self, int dim, *, Tensor? out=None)', {
  names: both('logcumsumexp'),
  infer({ self, dim }) {
    axis(dim, self.shape.length);
    if (!isFloating(self.dtype)) unknown('logcumsumexp of integers');
    return { shape: self.shape, dtype: self.dtype };
  },
});

export const trace = operator('trace(Tensor self)', {
  names: both('trace'),
  infer({ self }) {
    if (self.shape.length !== 2) fail('RuntimeError', `trace: expected a matrix, but got tensor with dim ${self.shape.length}`);
    if (self.dtype === 'bool') fail('NotImplementedError', `"trace" not implemented for 'Bool'`);
    return { shape: [], dtype: isIntegral(self.dtype) ? 'int64' : self.dtype };
  },
});

export const RARE: readonly Operator[] = [
  randomSlope('rrelu'),
  randomSlope('rrelu_'),
  unpool(2),
  unpool(3),
  chosen('mode', 'mode(Tensor self, int dim=-1, bool keepdim=False, *, Tensor[]? out=None)', () => {}),
  chosen('kthvalue', 'kthvalue(Tensor self, SymInt k, int dim=-1, bool keepdim=False, *, Tensor[]? out=None)', (self, at, args) => {
    const k = 'k' in args && typeof args.k === 'object' && args.k !== null && 'size' in args.k ? Number(args.k.size) : 1;
    if (k < 1 || k > (self.shape[at]?.size ?? 1)) fail('RuntimeError', `kthvalue(): selected number k out of range for dimension ${at}`);
  }),
  quantiles('quantile'),
  quantiles('nanquantile'),
  ...(['det', 'inverse'] as const).map(called =>
    operator(called === 'det' ? 'det(Tensor self)' : 'inverse(Tensor self, *, Tensor? out=None)', {
      names: both(called),
      infer({ self }) {
        squares(called === 'det' ? 'det' : 'inv', self);
        return { shape: called === 'det' ? self.shape.slice(0, -2) : self.shape, dtype: self.dtype };
      },
    }),
  ),
  splits('hsplit', 1, rank => (rank === 1 ? 0 : 1)),
  splits('vsplit', 2, () => 0),
  splits('dsplit', 3, () => 2),
];
