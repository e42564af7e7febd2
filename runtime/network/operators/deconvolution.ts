/** conv_transpose1d, 2d, 3d. Input [batch,] channels, sizes…; weight channels, out channels of a group, kernel…. */
import { isFloating, sentenceName, tensorTypeName } from '../dtype.ts';
import { fail, fault, unknown } from '../fault.ts';
import { following } from '../layout.ts';
import { type OnnxInput, type Operator, operator } from '../operator.ts';
import { count, type Dim, dim, sizes, type Tensor, written } from '../tensor.ts';
import { perDimension, refuseEmpty, typeOfNone } from './convolution.ts';

const transposed = (n: 1 | 2 | 3): Operator =>
  operator(
    `conv_transpose${n}d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[${n}] stride=1, SymInt[${n}] padding=0, SymInt[${n}] output_padding=0, SymInt groups=1, SymInt[${n}] dilation=1)`,
    {
      names: [`torch.conv_transpose${n}d`, `F.conv_transpose${n}d`],

      infer(args, note) {
        const { input, weight, bias, groups } = args;
        const unbatched = input.shape.length === n + 1,
          none = input.shape.length === n + 2 && input.shape[0]?.size === 0;
        if (bias && bias.dtype !== input.dtype && !none) unknown('a transposed convolution whose bias has another type');
        if (!unbatched && input.shape.length !== n + 2)
          fail(
            'RuntimeError',
            `Expected ${n + 1}D (unbatched) or ${n + 2}D (batched) input to conv_transpose${n}d, but got input of size: ${written(input.shape)}`,
          );
        if (weight.shape.length < 3) fail('RuntimeError', 'weight should have at least three dimensions');
        const { stride, padding, outputPadding, dilation } = windowOf(args),
          kernel = weight.shape.slice(2);
        if (padding.some(p => p < 0)) fail('RuntimeError', 'negative padding is not supported');
        if (outputPadding.some(p => p < 0)) fail('RuntimeError', 'negative output_padding is not supported');
        if (stride.some(s => s <= 0)) fail('RuntimeError', 'non-positive stride is not supported', ...args.stride);
        if (groups.size <= 0) fail('RuntimeError', 'non-positive groups is not supported', groups);
        if (kernel.some(k => k.size === 0) || dilation.some(d => d <= 0)) unknown('a transposed convolution without extent');
        const [own, share] = weight.shape,
          channels = input.shape[unbatched ? 0 : 1];
        if (!own || !share || !channels) return unknown('a transposed convolution without channels');
        if (own.size < groups.size)
          fail(
            'RuntimeError',
            `Given groups=${groups.size}, expected weight to be at least ${groups.size} at dimension 0, but got weight of size ${written(weight.shape)} instead`,
            groups,
            own,
          );
        if (own.size % groups.size)
          fail(
            'RuntimeError',
            `Given groups=${groups.size}, expected weight to be divisible by ${groups.size} at dimension 0, but got weight of size [${written(weight.shape)}] instead`,
            groups,
            own,
          );
        if (channels.size !== own.size)
          note(
            fault(
              'RuntimeError',
              `Given transposed=1, weight of size ${written(weight.shape)}, expected input${written(unbatched ? [1, ...input.shape] : input.shape)} to have ${own.size} channels, but got ${channels.size} channels instead`,
              own,
              channels,
            ),
          );
        if (bias && (bias.shape.length !== 1 || bias.shape[0]?.size !== share.size * groups.size))
          fail(
            'RuntimeError',
            `Given transposed=1, weight of size ${written(weight.shape)}, expected bias to be 1-dimensional with ${share.size * groups.size} elements, but got bias of size ${written(bias.shape)} instead`,
          );
        if (!share.size || !own.size) unknown('a transposed convolution without channels');
        const spatial = input.shape.slice(-n);
        if (!none) refuseEmpty(input, spatial);
        if (weight.dtype !== input.dtype && !none) {
          if (input.dtype === 'float16')
            fail(
              'RuntimeError',
              `Input type (${tensorTypeName(input.dtype)}) and weight type (${tensorTypeName(weight.dtype)}) should be the same or input should be a MKLDNN tensor and weight is a dense tensor`,
            );
          if ((input.dtype === 'float64' || input.dtype === 'int64') && weight.dtype === 'float32')
            fail('RuntimeError', `expected scalar type ${sentenceName(input.dtype)} but found ${sentenceName(weight.dtype)}`);
          unknown('a transposed convolution of mixed types');
        }
        if (!isFloating(input.dtype) && !none) unknown(`a transposed convolution of ${input.dtype}`);
        if (outputPadding.some((p, i) => p >= Math.max(stride[i] ?? 1, dilation[i] ?? 1)))
          unknown('an output padding that is no smaller than stride and dilation');
        const out = spatial.map(
          (s, i) =>
            (s.size - 1) * (stride[i] ?? 1) -
            2 * (padding[i] ?? 0) +
            (dilation[i] ?? 1) * ((kernel[i]?.size ?? 1) - 1) +
            (outputPadding[i] ?? 0) +
            1,
        );
        if (out.some(s => s <= 0)) unknown('a transposed convolution that leaves nothing');
        const made = groups.size === 1 ? share : dim(share.size * groups.size, share, groups),
          shape = [...input.shape.slice(0, unbatched ? 0 : 1), made, ...out];
        return { shape, dtype: none ? typeOfNone(input.dtype, weight.dtype) : input.dtype, strides: following(shape, input) };
      },

      macs: ({ input, weight }) => count(input.shape) * count(weight.shape.slice(1)),

      onnx(args, [out], to) {
        const { input, weight, bias, groups } = args,
          { stride, padding, outputPadding, dilation } = windowOf(args);
        const convolve = (x: OnnxInput, y?: Tensor) =>
          to.node(
            'ConvTranspose',
            bias ? [x, weight, bias] : [x, weight],
            {
              kernel_shape: sizes(weight.shape.slice(2)),
              strides: stride,
              pads: [...padding, ...padding],
              output_padding: outputPadding,
              dilations: dilation,
              group: groups.size,
            },
            y,
          );
        if (!out) return;
        if (input.shape.length === n + 2) convolve(input, out);
        else to.unbatched(input, out, convolve);
      },
    },
  );
export const DECONVOLUTION: readonly Operator[] = [transposed(1), transposed(2), transposed(3)];

function windowOf({
  weight,
  stride,
  padding,
  output_padding,
  dilation,
}: { readonly weight: Tensor } & Readonly<Record<'stride' | 'padding' | 'output_padding' | 'dilation', readonly Dim[]>>) {
  const n = weight.shape.length - 2;
  return {
    stride: perDimension('stride', stride, n),
    padding: perDimension('padding', padding, n),
    outputPadding: perDimension('output_padding', output_padding, n),
    dilation: perDimension('dilation', dilation, n),
  };
}
