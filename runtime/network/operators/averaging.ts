/** avg_pool1d, 2d, 3d; max_pool1d, 3d; the adaptive pools but the plain two-dimensional average. */
import { isFloating, sentenceName } from '../dtype.ts';
import { axis, fail, unknown } from '../fault.ts';
import { following } from '../layout.ts';
import { forms, type OnnxInput, type Operator } from '../operator.ts';
import { type Dim, type Draft, sizes, type Tensor, written } from '../tensor.ts';
import { windows } from './pooling.ts';

type N = 1 | 2 | 3;
const spread = (given: readonly number[], n: N, otherwise: readonly number[]): readonly number[] =>
  !given.length ? otherwise : given.length === 1 ? Array.from({ length: n }, () => given[0] ?? 1) : given;

interface Window {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
}
function windowOf(
  args: { readonly kernel_size: readonly number[]; readonly stride: readonly number[]; readonly padding: readonly number[] },
  n: N,
): Window {
  const kernel = spread(args.kernel_size, n, []);
  return { kernel, stride: spread(args.stride, n, kernel), padding: spread(args.padding, n, []) };
}
const pooledShape = (input: Tensor, n: N, out: readonly number[]): readonly (Dim | number)[] => [...input.shape.slice(0, -n), ...out];

/** More padding than half a window would average what is outside alone. */
function halved({ kernel, stride, padding }: Window): void {
  if (stride.includes(0)) return;
  for (const [i, k] of kernel.entries()) {
    const pad = padding[i] ?? 0;
    if (pad < 0) fail('RuntimeError', `pad must be non-negative, but got pad: ${pad}`);
    if (pad > Math.trunc(k / 2))
      fail('RuntimeError', `pad should be at most half of effective kernel size, but got pad=${pad}, kernel_size=${k} and dilation=1`);
  }
}

/** What both kinds check; anything unusual is not known. */
function checked(input: Tensor, n: N, { kernel, stride, padding }: Window, dilation: readonly number[], ceil: boolean): number[] {
  const rank = input.shape.length,
    spatial = input.shape.slice(-n);
  if (kernel.length !== n || stride.length !== n || padding.length !== n || dilation.length !== n)
    return unknown('a pool with another number of sizes');
  if (stride.includes(0)) fail('RuntimeError', 'stride should not be zero');
  if (rank !== n + 1 && rank !== n + 2) return unknown('a pool of another number of dimensions');
  if (
    kernel.some(k => k <= 0) ||
    stride.some(s => s < 0) ||
    padding.some((p, i) => p < 0 || p > (kernel[i] ?? 0) / 2) ||
    dilation.some(d => d <= 0)
  )
    return unknown('a pool with unusual sizes');
  if (input.shape.slice(-n - 1).some(d => d.size === 0)) return unknown('a pool of nothing');
  const out = spatial.map((d, i) => windows(d.size, kernel[i] ?? 1, stride[i] ?? 1, padding[i] ?? 0, dilation[i] ?? 1, ceil));
  if (out.some(s => s < 1)) {
    if (n !== 2) return unknown('a pool that leaves nothing');
    const channels = input.shape.at(-3)?.size;
    fail(
      'RuntimeError',
      `Given input size: (${channels}x${sizes(spatial).join('x')}). Calculated output size: (${channels}x${out.join('x')}). Output size is too small`,
      ...spatial,
    );
  }
  return out;
}

const average = (n: N): Operator =>
  forms<'f(Tensor self, int[2] kernel_size, int[2] stride=None, int[2] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None)'>(
    [
      `avg_pool${n}d(Tensor ${n === 1 ? 'self' : 'input'}, int[${n}] kernel_size, int[${n}] stride=None, int[${n}] padding=0, bool ceil_mode=False, bool count_include_pad=True${n === 1 ? '' : ', int? divisor_override=None'})`,
    ],
    {
      names: n === 1 ? ['torch.avg_pool1d', 'F.avg_pool1d'] : [`torch._C._nn.avg_pool${n}d`, `F.avg_pool${n}d`],
      infer(args) {
        const input = inputOf(args),
          window = windowOf({ ...args, stride: args.stride ?? [] }, n);
        if (n === 1 && input.shape.length !== 2 && input.shape.length !== 3)
          fail(
            'RuntimeError',
            `Expected 2 to 3 dimensions, but got ${input.shape.length}-dimensional tensor for argument #1 'self' (while checking arguments for avg_pool1d)`,
          );
        if (n === 2 && input.shape.length < 3) axis(-3, input.shape.length);
        if (n === 2 && (input.shape.length > 4 || input.shape.slice(-3).some(d => d.size === 0)))
          fail(
            'RuntimeError',
            `Expected 3D or 4D (batch mode) tensor with optional 0 dim batch size for input, but got:${written(input.shape)}`,
          );
        if (n === 3) smallest(input, windowOf({ ...args, stride: args.stride ?? [] }, n));
        halved(window);
        const out = checked(
          input,
          n,
          window,
          Array.from({ length: n }, () => 1),
          args.ceil_mode,
        );
        if (args.divisor_override === 0) fail('RuntimeError', 'divisor must be not zero');
        if (!isFloating(input.dtype) && !(n === 2 && input.dtype === 'int64'))
          return n === 2 && input.dtype === 'bool'
            ? fail('NotImplementedError', `"avg_pool2d" not implemented for '${sentenceName(input.dtype)}'`)
            : unknown(`an average pool of ${input.dtype}`);
        if (n === 3 && (input.dtype === 'float16' || input.dtype === 'bfloat16'))
          fail('NotImplementedError', `"avg_pool3d_out_frame" not implemented for '${sentenceName(input.dtype)}'`);
        const shape = pooledShape(input, n, out);
        return { shape, dtype: input.dtype, strides: following(shape, input) };
      },
      onnx(args, [out], to) {
        const input = inputOf(args),
          { kernel, stride, padding } = windowOf({ ...args, stride: args.stride ?? [] }, n);
        if (!out || (args.divisor_override ?? null) !== null) return unknown('writing an average pool with another divisor');
        if (args.ceil_mode && args.count_include_pad && padding.some(p => p > 0))
          unknown('writing an average pool that counts padding in a last window that hangs over');
        const pool = (x: OnnxInput, y?: Tensor) =>
          to.node(
            'AveragePool',
            [x],
            {
              kernel_shape: kernel,
              strides: stride,
              pads: [...padding, ...padding],
              ceil_mode: Number(args.ceil_mode),
              count_include_pad: Number(args.count_include_pad),
            },
            y,
          );
        if (input.shape.length === n + 2) pool(input, out);
        else to.unbatched(input, out, pool);
      },
    },
  );
/** In three dimensions the whole kernel must fit without the padding. */
function smallest(input: Tensor, { kernel }: Window): void {
  const spatial = input.shape.slice(-3),
    text = (values: readonly number[], names: readonly string[]) => values.map((v, i) => `${names[i]}: ${v}`).join(' ');
  if (input.shape.length >= 4 && kernel.length === 3 && spatial.some((d, i) => d.size < (kernel[i] ?? 0)))
    fail(
      'RuntimeError',
      `input image (${text(sizes(spatial), ['T', 'H', 'W'])}) smaller than kernel size (${text(kernel, ['kT', 'kH', 'kW'])})`,
      ...spatial,
    );
}
/** torch calls it `self` in one dimension and `input` in others. */
function inputOf(args: object): Tensor {
  const found = Object.entries(args).find(([k, v]) => (k === 'self' || k === 'input') && typeof v === 'object' && v !== null);
  return (found?.[1] as Tensor | undefined) ?? unknown('a pool without its input');
}

const PARAMETERS = (n: N): string =>
  `int[${n}] kernel_size, int[${n}] stride=None, int[${n}] padding=0, int[${n}] dilation=1, bool ceil_mode=False`;
const largest = (n: 1 | 3, several: boolean): Operator =>
  forms<'f(Tensor input, int[2] kernel_size, int[2] stride=None, int[2] padding=0, int[2] dilation=1, bool ceil_mode=False)'>(
    [`max_pool${n}d${several ? '_with_indices' : ''}(Tensor input, ${PARAMETERS(n)})`],
    {
      names: several ? [n === 1 ? 'torch.max_pool1d_with_indices' : 'torch._C._nn.max_pool3d_with_indices'] : [`torch.max_pool${n}d`],
      infer(args) {
        const input = inputOf(args),
          rank = input.shape.length,
          dilation = spread(args.dilation, n, []);
        if (n === 1 && rank !== 2 && rank !== 3)
          fail(
            'RuntimeError',
            `max_pool1d: Expected 2D or 3D (batch mode) tensor with optional 0 dim batch size for input, but got:${written(input.shape)}`,
          );
        if (n === 3 && rank !== 4 && rank !== 5) fail('RuntimeError', 'non-empty 4D or 5D (batch mode) tensor expected for input');
        const draft: Draft = {
          shape: pooledShape(input, n, checked(input, n, windowOf({ ...args, stride: args.stride ?? [] }, n), dilation, args.ceil_mode)),
          dtype: input.dtype,
        };
        if (!isFloating(input.dtype)) unknown(`a pool of ${input.dtype}`);
        return several ? [draft, { ...draft, dtype: 'int64' }] : draft;
      },
      ...(!several && {
        onnx: (args, [out], to) => {
          const input = inputOf(args),
            { kernel, stride, padding } = windowOf({ ...args, stride: args.stride ?? [] }, n);
          const pool = (x: OnnxInput, y?: Tensor) =>
            to.node(
              'MaxPool',
              [x],
              {
                kernel_shape: kernel,
                strides: stride,
                pads: [...padding, ...padding],
                dilations: spread(args.dilation, n, []),
                ceil_mode: Number(args.ceil_mode),
              },
              y,
            );
          if (!out) return;
          if (input.shape.length === n + 2) pool(input, out);
          else to.unbatched(input, out, pool);
        },
      }),
    },
  );

const adaptive = (kind: 'avg' | 'max', n: N): Operator =>
  forms<'f(Tensor input, SymInt[2] output_size)'>(
    [`adaptive_${kind}_pool${n}d(Tensor ${n === 1 ? 'self' : 'input'}, SymInt[${n}] output_size)`],
    {
      names:
        n === 1
          ? [`torch.adaptive_${kind}_pool1d`, ...(kind === 'avg' ? ['F.adaptive_avg_pool1d'] : [])]
          : [`torch._C._nn.adaptive_${kind}_pool${n}d`],
      infer(args) {
        const input = inputOf(args),
          rank = input.shape.length,
          called = `adaptive_${kind}_pool${n}d`,
          out = args.output_size.map((d): Dim => (typeof d === 'number' ? { size: d, from: [] } : d));
        if (n === 1 && rank !== 2 && rank !== 3)
          fail(
            'RuntimeError',
            `Expected 2 to 3 dimensions, but got ${rank}-dimensional tensor for argument #1 'self' (while checking arguments for ${called})`,
          );
        if (n === 1 && out.length !== 1)
          fail('RuntimeError', `${called}() argument 'output_size' should contain one int (got ${out.length})`);
        if (kind === 'max' && n === 2 && rank !== 3 && rank !== 4)
          fail('RuntimeError', `adaptive_max_pool2d(): Expected 3D or 4D tensor, but got: ${written(input.shape)}`);
        if (rank !== n + 1 && rank !== n + 2) return unknown('an adaptive pool of another number of dimensions');
        if (out.length !== n || out.some(d => d.size < 0) || input.shape.slice(-n - 1).some(d => d.size === 0) || !isFloating(input.dtype))
          return unknown('an adaptive pool with unusual arguments');
        const shape = [...input.shape.slice(0, -n), ...out],
          draft: Draft = { shape, dtype: input.dtype, strides: following(shape, input) };
        return kind === 'max' ? [draft, { ...draft, dtype: 'int64' }] : draft;
      },
      onnx(args, [out], to) {
        const input = inputOf(args),
          have = sizes(input.shape.slice(-n)),
          want = out ? sizes(out.shape.slice(-n)) : [];
        if (!out || input.shape.length !== n + 2 || want.some(w => !w) || have.some((h, i) => h % (want[i] ?? 1)))
          return unknown('writing a pool whose windows differ');
        const window = have.map((h, i) => h / (want[i] ?? 1));
        to.node(kind === 'max' ? 'MaxPool' : 'AveragePool', [input], { kernel_shape: window, strides: window }, out);
      },
    },
  );

export const AVERAGING: readonly Operator[] = [
  average(1),
  average(2),
  average(3),
  largest(1, false),
  largest(1, true),
  largest(3, false),
  largest(3, true),
  adaptive('avg', 1),
  adaptive('avg', 3),
  adaptive('max', 1),
  adaptive('max', 2),
  adaptive('max', 3),
];
