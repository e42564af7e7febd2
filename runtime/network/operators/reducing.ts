/** Many elements to one: sum, mean, extremes, norms. */
import { made } from '../constant.ts';
import { type DType, isComplex, isFloating, isIntegral, sentenceName } from '../dtype.ts';
import { axis, fail, unknown } from '../fault.ts';
import { forms, type OnnxWriter, type Operator, operator } from '../operator.ts';
import { contiguous, count, type Dim, type Draft, dim as one, sizes, type Tensor } from '../tensor.ts';
import { elementwise } from './elementwise.ts';

const both = (...names: readonly string[]): string[] => names.flatMap(n => [`torch.${n}`, `Tensor.${n}`]);

/** The dimensions that go; none given are all. */
function axes(self: Tensor, dims: number | readonly number[] | null): number[] {
  const rank = self.shape.length,
    given = dims === null ? [] : [dims].flat();
  if (!given.length) return self.shape.map((_, i) => i);
  const at = given.map(d => axis(d, rank)),
    twice = at.find((d, i) => at.indexOf(d) !== i);
  if (twice !== undefined) fail('RuntimeError', `dim ${twice} appears multiple times in the list of dims`);
  return rank ? at : [];
}
const remaining = (self: Tensor, gone: readonly number[], keep: boolean): Dim[] =>
  self.shape.flatMap((d, i) => (gone.includes(i) ? (keep ? [one(1)] : []) : [d]));

/** Of each result, the values that go into it; null where they are not known. */
function groups(self: Tensor, gone: readonly number[]): number[][] | null {
  const { values } = self;
  if (!values) return null;
  const shape = sizes(self.shape),
    steps = contiguous(shape),
    kept = shape.map((_, i) => i).filter(i => !gone.includes(i)),
    outSteps = contiguous(kept.map(i => shape[i] ?? 1));
  const out: number[][] = Array.from({ length: kept.reduce((n, i) => n * (shape[i] ?? 1), 1) }, () => []);
  values.forEach((v, p) => {
    const at = kept.reduce((n, i, k) => n + (Math.floor(p / (steps[i] ?? 1)) % (shape[i] ?? 1)) * (outSteps[k] ?? 0), 0);
    out[at]?.push(v);
  });
  return out;
}
function reduced(
  self: Tensor,
  dims: number | readonly number[] | null,
  keep: boolean,
  dtype: DType,
  fold?: (values: readonly number[]) => number,
): Draft {
  const gone = axes(self, dims),
    all = fold && groups(self, gone);
  return { shape: remaining(self, gone, keep), dtype, values: all && fold ? made(all.length, dtype, i => fold(all[i] ?? [])) : null };
}
/** ReduceX with its dimensions as an attribute, as opset 17 has it (but for ReduceSum). */
function written(
  type: string,
  self: Tensor,
  dims: number | readonly number[] | null,
  keep: boolean,
  out: Tensor | undefined,
  to: OnnxWriter,
): void {
  const gone = axes(self, dims);
  if (!out) return;
  if (!gone.length) return void to.node('Identity', [to.cast(self, out.dtype)], {}, out);
  const x = to.cast(self, out.dtype);
  if (type === 'ReduceSum') to.node(type, [x, to.ints(gone)], { keepdims: Number(keep) }, out);
  else to.node(type, [x], { axes: gone, keepdims: Number(keep) }, out);
}

/** What sums of a type are of. */
export const counted = (t: DType): DType => (isIntegral(t) ? 'int64' : t);
const SUM = (name: string): readonly string[] => [
  `${name}(Tensor self, *, dtype? dtype=None)`,
  `${name}(Tensor self, int[1]? dim, bool keepdim=False, *, dtype? dtype=None, Tensor? out=None)`,
];
const options = (args: object): { dims: number | readonly number[] | null; keep: boolean } => ({
  dims: 'dim' in args && (typeof args.dim === 'number' || Array.isArray(args.dim)) ? args.dim : null,
  keep: 'keepdim' in args && args.keepdim === true,
});

const add = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const summing = (name: 'sum' | 'nansum'): Operator =>
  forms<'sum(Tensor self, *, dtype? dtype=None)'>(
    name === 'sum' ? SUM(name) : ['nansum(Tensor self, int[1]? dim=None, bool keepdim=False, *, dtype? dtype=None, Tensor? out=None)'],
    {
      names: both(name),
      infer(args) {
        const { dims, keep } = options(args);
        const dtype = args.dtype ?? counted(args.self.dtype);
        if (name === 'nansum') nanSummed(args.self.dtype, dtype);
        return reduced(args.self, dims, keep, dtype, name === 'sum' ? add : undefined);
      },
      onnx(args, [out], to) {
        const { dims, keep } = options(args);
        written('ReduceSum', args.self, dims, keep, out, to);
      },
    },
  );

/** Complex numbers are no matter for the CPU's sum without NaNs: neither what comes, nor what is asked for. */
function nanSummed(given: DType, wanted: DType): void {
  if (isComplex(given)) fail('NotImplementedError', 'nansum on CPU does not support complex inputs');
  if (isComplex(wanted)) fail('NotImplementedError', `"nansum_cpu" not implemented for '${sentenceName(wanted)}'`);
}

const averaging = (name: 'mean' | 'nanmean'): Operator =>
  forms<'mean(Tensor self, *, dtype? dtype=None)'>(
    name === 'mean'
      ? [
          'mean(Tensor self, *, dtype? dtype=None, Tensor? out=None)',
          'mean(Tensor self, int[1]? dim, bool keepdim=False, *, dtype? dtype=None, Tensor? out=None)',
        ]
      : ['nanmean(Tensor self, int[1]? dim=None, bool keepdim=False, *, dtype? dtype=None, Tensor? out=None)'],
    {
      names: both(name),
      infer(args) {
        const { self } = args,
          { dims, keep } = options(args),
          dtype = args.dtype ?? self.dtype;
        if (name === 'nanmean' && !isFloating(self.dtype) && !isComplex(self.dtype))
          fail(
            'NotImplementedError',
            `nanmean(): expected input to have floating point or complex dtype but got ${sentenceName(self.dtype)}`,
          );
        if (name === 'nanmean' && args.dtype && !isFloating(dtype) && !isComplex(dtype))
          fail(
            'NotImplementedError',
            `nanmean(): could not infer output dtype. Optional dtype must be either a floating point or complex dtype. Got: ${sentenceName(dtype)}`,
          );
        if (name === 'nanmean') nanSummed(self.dtype, dtype);
        if (!isFloating(dtype) && !isComplex(dtype))
          fail(
            'NotImplementedError',
            `mean(): could not infer output dtype. ${args.dtype ? 'Optional' : 'Input'} dtype must be either a floating point or complex dtype. Got: ${sentenceName(dtype)}`,
          );
        return reduced(self, dims, keep, dtype, name === 'mean' ? values => add(values) / values.length : undefined);
      },
      onnx(args, [out], to) {
        const { dims, keep } = options(args);
        written('ReduceMean', args.self, dims, keep, out, to);
      },
    },
  );

export const prod = operator(
  ['prod(Tensor self, *, dtype? dtype=None)', 'prod(Tensor self, int dim, bool keepdim=False, *, dtype? dtype=None, Tensor? out=None)'],
  {
    names: both('prod'),
    infer(args) {
      const { dims, keep } = options(args);
      return reduced(args.self, dims, keep, args.dtype ?? counted(args.self.dtype), values => values.reduce((a, b) => a * b, 1));
    },
    onnx(args, [out], to) {
      const { dims, keep } = options(args);
      written('ReduceProd', args.self, dims, keep, out, to);
    },
  },
);

/** amax, amin: of several dimensions, without places. */
const extremes = (name: 'amax' | 'amin', onnx: string, fold: (...values: number[]) => number): Operator =>
  operator(`${name}(Tensor self, int[1]? dim=[], bool keepdim=False, *, Tensor? out=None)`, {
    names: both(name),
    infer({ self, dim, keepdim }) {
      const gone = axes(self, dim),
        empty = gone.find(d => self.shape[d]?.size === 0);
      if (isComplex(self.dtype))
        fail('NotImplementedError', `"${name === 'amax' ? 'max' : 'min'}_values_cpu" not implemented for '${sentenceName(self.dtype)}'`);
      if (empty !== undefined)
        fail(
          dim?.length ? 'IndexError' : 'RuntimeError',
          dim?.length
            ? `${name}(): Expected reduction dim ${dim[gone.indexOf(empty)]} to have non-zero size.`
            : `${name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.`,
        );
      return reduced(self, dim, keepdim, self.dtype, values => fold(...values));
    },
    onnx: ({ self, dim, keepdim }, [out], to) => written(onnx, self, dim, keepdim, out, to),
  });

/** max, min: the whole; of two tensors, element by element; along a dimension, with places. */
const extremum = (name: 'max' | 'min', onnx: string, fold: (...values: number[]) => number): readonly Operator[] => [
  forms<
    | 'max(Tensor self, *, Tensor? out=None)'
    | 'max(Tensor self, Tensor other, *, Tensor? out=None)'
    | 'max(Tensor self, int dim, bool keepdim=False, *, Tensor[]? out=None)'
  >(
    [
      `${name}(Tensor self, *, Tensor? out=None)`,
      `${name}(Tensor self, Tensor other, *, Tensor? out=None)`,
      `${name}(Tensor self, int dim, bool keepdim=False, *, Tensor[]? out=None)`,
    ],
    {
      names: both(name),
      fields: ['values', 'indices'],
      infer(args) {
        const { self } = args;
        if ('other' in args) return pairwise(name, self, args.other, fold);
        if (isComplex(self.dtype))
          fail(
            'NotImplementedError',
            'dim' in args ? `${name}(): does not support complex input` : `"${name}_all" not implemented for '${sentenceName(self.dtype)}'`,
          );
        if (!('dim' in args)) {
          if (!count(self.shape))
            fail(
              'RuntimeError',
              `${name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.`,
            );
          return reduced(self, null, false, self.dtype, values => fold(...values));
        }
        const at = axis(args.dim, self.shape.length);
        if (self.shape[at]?.size === 0) fail('IndexError', `${name}(): Expected reduction dim ${args.dim} to have non-zero size.`);
        const values = reduced(self, args.dim, args.keepdim, self.dtype, v => fold(...v));
        return [values, reduced(self, args.dim, args.keepdim, 'int64', v => v.indexOf(fold(...v)))];
      },
      onnx(args, [values, indices], to) {
        if ('other' in args)
          return void (
            values &&
            to.node(name === 'max' ? 'Max' : 'Min', [to.cast(args.self, values.dtype), to.cast(args.other, values.dtype)], {}, values)
          );
        if (!('dim' in args)) return written(onnx, args.self, null, false, values, to);
        written(onnx, args.self, args.dim, args.keepdim, values, to);
        to.node(name === 'max' ? 'ArgMax' : 'ArgMin', [args.self], { axis: args.dim, keepdims: Number(args.keepdim) }, indices);
      },
    },
  ),
  forms<'argmax(Tensor self, int? dim=None, bool keepdim=False, *, Tensor? out=None)'>(
    [`arg${name}(Tensor self, int? dim=None, bool keepdim=False, *, Tensor? out=None)`],
    {
      names: both(`arg${name}`),
      infer({ self, dim, keepdim }) {
        if (isComplex(self.dtype) || self.dtype === 'bool')
          fail('NotImplementedError', `"arg${name}_cpu" not implemented for '${sentenceName(self.dtype)}'`);
        if (dim === null && !count(self.shape))
          fail('IndexError', `arg${name}(): Expected reduction dim to be specified for input.numel() == 0.`);
        if (dim === null)
          return {
            shape: keepdim ? self.shape.map(() => 1) : [],
            dtype: 'int64',
            values: self.values && [self.values.indexOf(fold(...self.values))],
          };
        const at = axis(dim, self.shape.length);
        if (self.shape[at]?.size === 0) fail('IndexError', `arg${name}(): Expected reduction dim ${dim} to have non-zero size.`);
        return reduced(self, dim, keepdim, 'int64', v => v.indexOf(fold(...v)));
      },
      onnx({ self, dim, keepdim }, [out], to) {
        if (dim === null) return unknown('writing a place in the flattened tensor');
        to.node(name === 'max' ? 'ArgMax' : 'ArgMin', [self], { axis: dim, keepdims: Number(keepdim) }, out);
      },
    },
  ),
];
function pairwise(name: string, self: Tensor, other: Tensor, fold: (...values: number[]) => number): Draft {
  const draft = elementwise(self, other, fold);
  if (isComplex(self.dtype) || isComplex(other.dtype)) fail('NotImplementedError', `${name}imum does not support complex inputs.`);
  return draft;
}

const truths = (name: 'all' | 'any', fold: (values: readonly number[]) => boolean): Operator =>
  forms<'all(Tensor self, int[]? dim=None, bool keepdim=False)'>(
    [
      `${name}(Tensor self, *, Tensor? out=None)`,
      `${name}(Tensor self, int dim, bool keepdim=False, *, Tensor? out=None)`,
      `${name}(Tensor self, int[]? dim=None, bool keepdim=False, *, Tensor? out=None)`,
    ],
    {
      names: both(name),
      infer(args) {
        const { dims, keep } = options(args);
        if (Array.isArray(dims) && !dims.length) return { shape: args.self.shape, dtype: args.self.dtype === 'uint8' ? 'uint8' : 'bool' };
        return reduced(args.self, dims, keep, args.self.dtype === 'uint8' ? 'uint8' : 'bool', v => Number(fold(v)));
      },
      onnx(args, [out], to) {
        const { dims, keep } = options(args),
          gone = axes(args.self, dims);
        if (Array.isArray(dims) && !dims.length) unknown(`writing ${name} over no dimension`);
        const numbers = to.node('Cast', [to.cast(args.self, 'bool')], { to: 1 }); // ONNX reduces no truths
        to.node(
          'Cast',
          [to.node(name === 'all' ? 'ReduceMin' : 'ReduceMax', [numbers], { axes: gone, keepdims: Number(keep) })],
          { to: 9 },
          out,
        );
      },
    },
  );

const spread = (name: 'std' | 'var', several: boolean): Operator =>
  forms<'std(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False)'>(
    [
      `${name}${several ? '_mean' : ''}(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False${several ? '' : ', *, Tensor? out=None'})`,
      `${name}${several ? '_mean' : ''}(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False${several ? '' : ', Tensor? out=None'})`,
      `${name}${several ? '_mean' : ''}(Tensor self, bool unbiased=True)`,
    ],
    {
      names: several ? [`torch.${name}_mean`] : both(name),
      infer(args) {
        const { self } = args,
          { dims, keep } = options(args);
        if (!isFloating(self.dtype) && !isComplex(self.dtype))
          fail('RuntimeError', `${several ? `${name}_mean` : 'std and var'} only support floating point and complex dtypes`);
        if (isComplex(self.dtype)) unknown(`${name} of complex numbers`);
        const draft = reduced(self, dims, keep, self.dtype);
        return several ? [draft, draft] : draft;
      },
      onnx(args, outs, to) {
        const { self } = args,
          { dims, keep } = options(args),
          gone = axes(self, dims),
          n = gone.reduce((k, d) => k * (self.shape[d]?.size ?? 1), 1);
        const given =
            'correction' in args ? (args.correction?.value ?? 1) : Number((args as { readonly unbiased?: boolean }).unbiased ?? true),
          [out, mean] = outs;
        const centre = to.node('ReduceMean', [self], { axes: gone, keepdims: 1 }),
          apart = to.node('Sub', [self, centre]);
        const total = to.node('ReduceSum', [to.node('Mul', [apart, apart]), to.ints(gone)], { keepdims: Number(keep) }),
          scale = to.number(1 / Math.max(n - given, 0), self);
        if (name === 'var') to.node('Mul', [total, scale], {}, out);
        else to.node('Sqrt', [to.node('Mul', [total, scale])], {}, out);
        if (several) to.node('ReduceMean', [self], { axes: gone, keepdims: Number(keep) }, mean);
      },
    },
  );

export const logsumexp = operator('logsumexp(Tensor self, int[1] dim, bool keepdim=False, *, Tensor? out=None)', {
  names: both('logsumexp'),
  infer: ({ self, dim, keepdim }) =>
    dim.length ? reduced(self, dim, keepdim, isIntegral(self.dtype) ? 'float32' : self.dtype) : unknown('logsumexp over no dimension'),
  onnx: ({ self, dim, keepdim }, [out], to) => written('ReduceLogSumExp', self, dim, keepdim, out, to),
});

/** `x.norm(p, dim)`: what `F.normalize` divides by. */
const norms = (schema: string, names: readonly string[], p: string): Operator =>
  forms<'vector_norm(Tensor self, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, dtype? dtype=None, Tensor? out=None)'>([schema], {
    names,
    infer(args) {
      const { self } = args,
        { dims, keep } = options(args);
      if (!isFloating(args.dtype ?? self.dtype)) {
        if (isComplex(self.dtype)) unknown('a norm of complex numbers');
        fail(
          'NotImplementedError',
          `linalg.vector_norm: Expected a floating point or complex tensor as input. Got ${sentenceName(self.dtype)}`,
        );
      }
      return reduced(self, dims, keep, args.dtype ?? self.dtype);
    },
    onnx(args, [out], to) {
      const { dims, keep } = options(args),
        given = (args as { readonly [key: string]: unknown })[p],
        order = typeof given === 'object' && given && 'value' in given ? given.value : 2;
      if (order !== 2 && order !== 1) return unknown('writing a norm of this order');
      written(order === 2 ? 'ReduceL2' : 'ReduceL1', args.self, dims, keep, out, to);
    },
  });

export const countNonzero = forms<'count_nonzero(Tensor self, int? dim=None)'>(
  ['count_nonzero(Tensor self, int[] dim)', 'count_nonzero(Tensor self, int? dim=None)'],
  {
    names: both('count_nonzero'),
    infer: ({ self, dim }) => reduced(self, dim, false, 'int64', v => v.filter(n => n !== 0).length),
  },
);

export const REDUCING: readonly Operator[] = [
  summing('sum'),
  summing('nansum'),
  averaging('mean'),
  averaging('nanmean'),
  extremes('amax', 'ReduceMax', Math.max),
  extremes('amin', 'ReduceMin', Math.min),
  ...extremum('max', 'ReduceMax', Math.max),
  ...extremum('min', 'ReduceMin', Math.min),
  truths('all', v => v.every(n => n !== 0)),
  truths('any', v => v.some(n => n !== 0)),
  spread('std', false),
  spread('var', false),
  spread('std', true),
  spread('var', true),
  norms(
    'linalg_vector_norm(Tensor self, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, dtype? dtype=None, Tensor? out=None)',
    ['torch.linalg.vector_norm'],
    'ord',
  ),
  norms(
    'norm(Tensor self, Scalar? p=2, int[1]? dim=None, bool keepdim=False, *, dtype? dtype=None, Tensor? out=None)',
    ['torch._norm'],
    'p',
  ),
];
