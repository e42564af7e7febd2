/** Deformable convolution: a window whose places the network itself moves, and with a mask weighs. torchvision's own order of offsets, which is ONNX's and mmcv's. */
import { isFloating } from '../dtype.ts';
import { unknown } from '../fault.ts';
import { operator } from '../operator.ts';
import { count, sizes } from '../tensor.ts';

/**
 * Input N, C, H, W; weight O, C / groups, kH, kW; offset N, 2 · offset_groups · kH · kW, and the output's size; mask N, offset_groups · kH · kW, the same. What does not
 * fit is said by compiled code that differs between libraries, so it is unknown here.
 */
export const deformConv2d = operator(
  '_deform_conv2d(Tensor input, Tensor weight, Tensor offset, Tensor? mask, Tensor? bias, int[2] stride, int[2] padding, int[2] dilation, int groups, int offset_groups)',
  {
    names: ['torch._deform_conv2d'], // torchvision's, which is compiled,
    opset: 19,
    infer({ input, weight, offset, mask, bias, stride, padding, dilation, groups, offset_groups }) {
      const [batch, channels, ...size] = input.shape,
        [out, share, ...kernel] = weight.shape;
      if (!batch || !channels || !out || !share || size.length !== 2 || kernel.length !== 2) return unknown('deform_conv2d of these');
      const [h = 0, w = 0] = size.map((s, i) => {
        const reach = (dilation[i] ?? 1) * ((kernel[i]?.size ?? 1) - 1) + 1;
        return Math.floor((s.size + 2 * (padding[i] ?? 0) - reach) / (stride[i] ?? 1)) + 1;
      });
      const places = offset_groups * count(kernel);
      const fits =
        channels.size === share.size * groups &&
        sizes(offset.shape).join() === [batch.size, 2 * places, h, w].join() &&
        (!mask || sizes(mask.shape).join() === [batch.size, places, h, w].join()) &&
        (!bias || sizes(bias.shape).join() === String(out.size)) &&
        h > 0 &&
        w > 0;
      if (!fits || !isFloating(input.dtype) || [weight, offset, mask, bias].some(t => t && t.dtype !== input.dtype))
        return unknown('deform_conv2d of tensors that do not fit');
      return { shape: [batch, out, h, w], dtype: input.dtype };
    },
    macs: ({ weight }, out) => count(out.shape) * count(weight.shape.slice(1)),
    onnx({ input, weight, offset, mask, bias, stride, padding, dilation, groups, offset_groups }, [out], to) {
      to.node(
        'DeformConv',
        mask ? [input, weight, offset, bias, mask] : bias ? [input, weight, offset, bias] : [input, weight, offset],
        {
          kernel_shape: sizes(weight.shape.slice(2)),
          strides: stride,
          pads: [...padding, ...padding],
          dilations: dilation,
          group: groups,
          offset_group: offset_groups,
        },
        out,
      );
    },
  },
);
