/** Pixels rearranged or sampled: pixel_shuffle, channel_shuffle, grid_sample, affine_grid, fold. */
import { isFloating, isIntegral, sentenceName } from '../dtype.ts';
import { fail, unknown } from '../fault.ts';
import { following } from '../layout.ts';
import { operator } from '../operator.ts';
import { count, dim, sizes, written } from '../tensor.ts';

export const pixelShuffle = operator('pixel_shuffle(Tensor self, int upscale_factor)', {
  names: ['torch.pixel_shuffle', 'F.pixel_shuffle'],
  infer({ self, upscale_factor: r }) {
    const [channels, h, w] = self.shape.length >= 3 ? self.shape.slice(-3) : [];
    if (!channels || !h || !w)
      return fail(
        'RuntimeError',
        `pixel_shuffle expects input to have at least 3 dimensions, but got input with ${self.shape.length} dimension(s)`,
      );
    if (r <= 0) fail('RuntimeError', `pixel_shuffle expects a positive upscale_factor, but got ${r}`);
    if (channels.size % r ** 2)
      fail(
        'RuntimeError',
        `pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but input.size(-3)=${channels.size} is not divisible by ${r ** 2}`,
        channels,
      );
    const shape = [...self.shape.slice(0, -3), dim(channels.size / r ** 2, channels), dim(h.size * r, h), dim(w.size * r, w)];
    return { shape, dtype: self.dtype, strides: following(shape, self) };
  },
  onnx: ({ self, upscale_factor }, [out], to) =>
    self.shape.length !== 4
      ? unknown('writing pixel_shuffle without a batch')
      : void to.node('DepthToSpace', [self], { blocksize: upscale_factor, mode: 'CRD' }, out),
});

export const pixelUnshuffle = operator('pixel_unshuffle(Tensor self, int downscale_factor)', {
  names: ['torch.pixel_unshuffle', 'F.pixel_unshuffle'],
  infer({ self, downscale_factor: r }) {
    const [channels, h, w] = self.shape.length >= 3 ? self.shape.slice(-3) : [];
    if (!channels || !h || !w)
      return fail(
        'RuntimeError',
        `pixel_unshuffle expects input to have at least 3 dimensions, but got input with ${self.shape.length} dimension(s)`,
      );
    if (r <= 0) fail('RuntimeError', `pixel_unshuffle expects a positive downscale_factor, but got ${r}`);
    if (h.size % r)
      fail(
        'RuntimeError',
        `pixel_unshuffle expects height to be divisible by downscale_factor, but input.size(-2)=${h.size} is not divisible by ${r}`,
        h,
      );
    if (w.size % r)
      fail(
        'RuntimeError',
        `pixel_unshuffle expects width to be divisible by downscale_factor, but input.size(-1)=${w.size} is not divisible by ${r}`,
        w,
      );
    if (count(self.shape) === 0) return { shape: self.shape, dtype: self.dtype }; // as it is: torch's own
    return {
      shape: [...self.shape.slice(0, -3), dim(channels.size * r ** 2, channels), dim(h.size / r, h), dim(w.size / r, w)],
      dtype: self.dtype,
    };
  },
  onnx({ self, downscale_factor: r }, [out], to) {
    const [n = 1, c = 1, h = 1, w = 1] = sizes(self.shape);
    if (!out || self.shape.length !== 4) return unknown('writing pixel_unshuffle without a batch');
    const apart = to.node('Reshape', [self, to.ints([n, c, h / r, r, w / r, r])]);
    to.node('Reshape', [to.node('Transpose', [apart], { perm: [0, 1, 3, 5, 2, 4] }), to.ints(sizes(out.shape))], {}, out);
  },
});

export const channelShuffle = operator('channel_shuffle(Tensor self, SymInt groups)', {
  names: ['torch.channel_shuffle', 'F.channel_shuffle', 'torch.native_channel_shuffle'],
  infer({ self, groups }) {
    if (self.shape.length <= 2)
      fail('RuntimeError', `channel_shuffle expects input with > 2 dims, but got input with sizes ${written(self.shape)}`);
    const channels = self.shape[1];
    if (groups.size <= 0) fail('RuntimeError', `Number of groups to divide channels in must be positive. Value of groups:${groups.size}`);
    if (channels && channels.size % groups.size)
      fail(
        'RuntimeError',
        `Number of channels must be divisible by groups. Got ${channels.size} channels and ${groups.size} groups.`,
        channels,
        groups,
      );
    return { shape: self.shape, dtype: self.dtype, strides: null };
  },
  onnx({ self, groups }, [out], to) {
    const [n = 1, c = 1, ...rest] = sizes(self.shape),
      perm = [0, 2, 1, ...rest.map((_, i) => i + 3)];
    const apart = to.node('Reshape', [self, to.ints([n, groups.size, c / groups.size, ...rest])]);
    to.node('Reshape', [to.node('Transpose', [apart], { perm }), to.ints([n, c, ...rest])], {}, out);
  },
});

/** Of torch's own numbers for modes. */
const MODES = ['bilinear', 'nearest', 'bicubic'],
  PADDINGS = ['zeros', 'border', 'reflection'];
export const gridSampler = operator(
  'grid_sampler(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners)',
  {
    names: ['torch.grid_sampler'],
    infer({ input, grid }) {
      const rank = input.shape.length,
        expected = written(input.shape);
      if (rank < 3 || !grid.shape.length) return unknown('grid_sample of this');
      if (input.shape[0]?.size !== grid.shape[0]?.size)
        fail(
          'RuntimeError',
          `grid_sampler(): expected grid and input to have same batch size, but got input with sizes ${expected} and grid with sizes ${written(grid.shape)}`,
        );
      if (grid.shape.at(-1)?.size !== rank - 2)
        fail(
          'RuntimeError',
          `grid_sampler(): expected grid to have size ${rank - 2} in last dimension, but got grid with sizes ${written(grid.shape)}`,
        );
      if (input.shape.slice(2).some(d => d.size === 0)) return unknown('grid_sample of this');
      // What is no picture is taken for a volume.
      const whole = rank === 4 ? 4 : 5;
      if (rank !== whole || grid.shape.length !== whole)
        fail(
          'RuntimeError',
          `grid_sampler(): expected ${whole}D input and grid with same number of dimensions, but got input with sizes ${expected} and grid with sizes ${written(grid.shape)}`,
        );
      if (input.dtype !== grid.dtype || !isFloating(input.dtype)) return unknown('grid_sample of this');
      return { shape: [...input.shape.slice(0, 2), ...grid.shape.slice(1, -1)], dtype: input.dtype };
    },
    onnx({ input, grid, interpolation_mode, padding_mode, align_corners }, [out], to) {
      if (input.shape.length !== 4) return unknown('writing grid_sample of volumes');
      to.node(
        'GridSample',
        [input, grid],
        {
          mode: MODES[interpolation_mode] ?? 'bilinear',
          padding_mode: PADDINGS[padding_mode] ?? 'zeros',
          align_corners: Number(align_corners),
        },
        out,
      );
    },
  },
);

export const affineGrid = operator('affine_grid_generator(Tensor theta, SymInt[] size, bool align_corners)', {
  names: ['torch.affine_grid_generator'],
  infer({ theta, size }) {
    if (size.length !== 4 && size.length !== 5)
      return fail('RuntimeError', 'AffineGridGenerator needs 4d (spatial) or 5d (volumetric) inputs.');
    if (size.some(d => d.size <= 0)) return unknown('affine_grid of no size');
    if (theta.shape.length !== 3 || !isFloating(theta.dtype)) return unknown('affine_grid of this');
    return { shape: [...size.slice(0, 1), ...size.slice(2), size.length - 2], dtype: theta.dtype };
  },
});

export const col2im = operator(
  'col2im(Tensor input, SymInt[2] output_size, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride)',
  {
    names: ['torch._C._nn.col2im'],
    infer({ input, output_size, kernel_size, dilation, padding, stride }) {
      positive('kernel size', 'kernel', kernel_size);
      positive('stride', 'stride', stride);
      positive('dilation', 'dilation', dilation);
      if (padding.some(p => p < 0)) unknown('fold with negative padding');
      const rank = input.shape.length,
        channels = input.shape.at(-2),
        places = (kernel_size[0] ?? 1) * (kernel_size[1] ?? 1),
        blocks = output_size.map(
          (s, i) =>
            Math.floor((s.size + 2 * (padding[i] ?? 0) - (dilation[i] ?? 1) * ((kernel_size[i] ?? 1) - 1) - 1) / (stride[i] ?? 1)) + 1,
        );
      if (
        (rank !== 2 && rank !== 3) ||
        !channels ||
        channels.size % places ||
        blocks.reduce((a, b) => a * b, 1) !== input.shape.at(-1)?.size ||
        output_size.length !== 2
      )
        return unknown('fold of sizes that do not fit');
      if (isIntegral(input.dtype) && input.dtype !== 'bool')
        fail('NotImplementedError', `"col2im_out_cpu" not implemented for '${sentenceName(input.dtype)}'`);
      return { shape: [...input.shape.slice(0, -2), dim(channels.size / places, channels), ...output_size], dtype: input.dtype };
    },
  },
);

function positive(what: string, name: string, [height = 1, width = 1]: readonly number[]): void {
  if (height <= 0 || width <= 0)
    fail('RuntimeError', `${what} should be greater than zero, but got ${name}_height: ${height} ${name}_width: ${width}`);
}
