import { onnx } from 'onnx-proto';
import { describe, expect, it } from 'vitest';
import { Graph } from '../../../runtime/network/graph.ts';
import { dim } from '../../../runtime/network/tensor.ts';
import { ExportRefused, exportOnnx } from '../../../runtime/onnx/export.ts';
import { apply, compute, counting, given, size } from './run-onnx.ts';

const pairs = (n: number): readonly { readonly size: number; readonly from: readonly string[] }[] => [dim(n), dim(n)];
const scalar = (value: number) => ({ kind: 'scalar', dtype: Number.isInteger(value) ? 'int64' : 'float32', value }) as const;
const close = (values: readonly number[], digits = 4) => values.map(v => Number(v.toFixed(digits)));

describe('operators as ONNX, run', () => {
  it('convolves, strided, padded, with a bias', async () => {
    const [y] = await compute('F.conv2d', {
      input: counting(1, 1, 3, 3),
      weight: given([1, 1, 2, 2], [1, 0, 0, 1]),
      bias: given([1], [10]),
      stride: pairs(1),
      padding: pairs(0),
      dilation: pairs(1),
      groups: size(1),
    });
    expect(y).toEqual({ shape: [1, 1, 2, 2], values: [14, 16, 20, 22] });
  });

  it('pads `same` with the odd one behind', async () => {
    const [y] = await compute('F.conv2d', {
      input: counting(1, 1, 1, 3),
      weight: given([1, 1, 1, 2], [1, 1]),
      bias: null,
      stride: pairs(1),
      padding: 'same',
      dilation: pairs(1),
      groups: size(1),
    });
    expect(y?.values).toEqual([1, 3, 2]);
  });

  it('convolves where the network says, weighed by a mask', async () => {
    const plane = (value: number) => Array<number>(9).fill(value);
    const [y] = await compute('torch._deform_conv2d', {
      input: counting(1, 1, 3, 3),
      weight: given([1, 1, 1, 1], [1]),
      offset: given([1, 2, 3, 3], [...plane(0), ...plane(1)]), // down, right
      mask: given([1, 1, 3, 3], plane(0.5)),
      bias: given([1], [0]),
      stride: [1, 1],
      padding: [0, 0],
      dilation: [1, 1],
      groups: 1,
      offset_groups: 1,
    });
    expect(y?.values).toEqual([0.5, 1, 0, 2, 2.5, 0, 3.5, 4, 0]);
  });

  it('cuts towards zero', async () => {
    const [y] = await compute('torch.trunc', { self: given([3], [-1.5, 1.5, -0.2]), out: null });
    expect(y?.values.map(v => v + 0)).toEqual([-1, 1, 0]);
  });

  it('transposes a convolution', async () => {
    const [y] = await compute('F.conv_transpose2d', {
      input: given([1, 1, 1, 2], [1, 2]),
      weight: given([1, 1, 1, 2], [1, 3]),
      bias: null,
      stride: pairs(2),
      padding: pairs(0),
      output_padding: pairs(0),
      groups: size(1),
      dilation: pairs(1),
    });
    expect(y?.values).toEqual([1, 3, 2, 6]);
  });

  it('normalizes a batch by running statistics', async () => {
    const [y] = await compute('torch.batch_norm', {
      input: given([1, 2, 1, 1], [3, 4]),
      weight: given([2], [2, 1]),
      bias: given([2], [1, 0]),
      running_mean: given([2], [1, 4]),
      running_var: given([2], [4, 1]),
      training: false,
      momentum: 0.1,
      eps: 0,
      cudnn_enabled: true,
    });
    expect(close(y!.values)).toEqual([3, 0]);
  });

  it('normalizes groups', async () => {
    const [y] = await compute('torch.group_norm', {
      input: given([1, 4, 1, 1], [1, 3, 10, 30]),
      num_groups: 2,
      weight: given([4], [1, 1, 1, 2]),
      bias: given([4], [0, 0, 5, 0]),
      eps: 0,
      cudnn_enabled: true,
    });
    expect(close(y!.values)).toEqual([-1, 1, 4, 2]);
  });

  it('writes activations by their own constants', async () => {
    expect(close((await compute('torch._C._nn.hardsigmoid', { input: given([3], [-4, 0, 1]) }))[0]!.values)).toEqual([0, 0.5, 0.6667]);
    expect(close((await compute('torch._C._nn.gelu', { input: given([2], [1, -1]), approximate: 'none' }))[0]!.values)).toEqual([
      0.8413, -0.1587,
    ]);
    expect(close((await compute('torch._C._nn.silu', { input: given([1], [1]) }))[0]!.values)).toEqual([0.7311]);
    expect(
      close((await compute('torch._C._nn.leaky_relu', { input: given([2], [-1, 1]), negative_slope: scalar(0.1) }))[0]!.values),
    ).toEqual([-0.1, 1]);
    expect(close((await compute('torch._C._nn.hardswish', { input: given([2], [1, -1]) }))[0]!.values)).toEqual([0.6667, -0.3333]);
  });

  it('rolls, pads and cuts', async () => {
    expect((await compute('torch.roll', { self: counting(4), shifts: [dim(1)], dims: [0] }))[0]?.values).toEqual([3, 0, 1, 2]);
    expect(
      (await compute('torch._C._nn.pad', { input: counting(1, 2), pad: [dim(1), dim(0)], mode: 'constant', value: 9 }))[0]?.values,
    ).toEqual([9, 0, 1]);
    const parts = await compute('torch.chunk', { self: counting(5), chunks: 2, dim: 0 });
    expect(parts.map(p => p.values)).toEqual([
      [0, 1, 2],
      [3, 4],
    ]);
    expect((await compute('torch.flip', { self: counting(2, 2), dims: [1] }))[0]?.values).toEqual([1, 0, 3, 2]);
  });

  it('takes items and assigns them', async () => {
    const key = [
      { kind: 'slice', start: null, stop: null, step: 1 },
      { kind: 'slice', start: 1, stop: null, step: 2 },
    ] as const;
    expect((await compute('Tensor.__getitem__', { self: counting(2, 4), key }))[0]?.values).toEqual([1, 3, 5, 7]);
    expect((await compute('Tensor.__setitem__', { self: counting(2, 4), key, value: scalar(9) }))[0]?.values).toEqual([
      0, 9, 2, 9, 4, 9, 6, 9,
    ]);
    expect((await compute('Tensor.__setitem__', { self: counting(2, 4), key, value: given([2], [7, 8]) }))[0]?.values).toEqual([
      0, 7, 2, 8, 4, 7, 6, 8,
    ]);
  });

  it('pools and resizes', async () => {
    const window = { kernel_size: [2, 2], stride: [], padding: [0, 0] };
    expect(
      (await compute('torch.max_pool2d', { input: counting(1, 1, 2, 4), ...window, dilation: [1, 1], ceil_mode: false }))[0]?.values,
    ).toEqual([5, 7]);
    expect(
      (
        await compute('F.avg_pool2d', {
          input: counting(1, 1, 2, 4),
          ...window,
          ceil_mode: false,
          count_include_pad: true,
          divisor_override: null,
        })
      )[0]?.values,
    ).toEqual([2.5, 4.5]);
    expect(
      (
        await compute('torch._C._nn.upsample_nearest2d', { input: given([1, 1, 1, 2], [1, 2]), output_size: null, scale_factors: [1, 2] })
      )[0]?.values,
    ).toEqual([1, 1, 2, 2]);
    expect(
      (
        await compute('torch._C._nn.upsample_bilinear2d', {
          input: given([1, 1, 1, 2], [0, 4]),
          output_size: null,
          align_corners: false,
          scale_factors: [1, 2],
        })
      )[0]?.values,
    ).toEqual([0, 1, 3, 4]);
    expect((await compute('torch._C._nn.adaptive_avg_pool2d', { input: counting(1, 1, 2, 2), output_size: pairs(1) }))[0]?.values).toEqual([
      1.5,
    ]);
  });

  it('multiplies matrices', async () => {
    expect(
      (await compute('F.linear', { input: given([1, 2], [1, 2]), weight: given([1, 2], [3, 4]), bias: given([1], [5]) }))[0]?.values,
    ).toEqual([16]);
    expect(
      (await compute('torch._einsum', { equation: 'ij,kj->ik', tensors: [counting(1, 2), counting(2, 2)], path: null }))[0]?.values,
    ).toEqual([1, 3]);
    const [y] = await compute('F.scaled_dot_product_attention', {
      query: given([1, 1, 1], [0]),
      key: given([1, 2, 1], [1, 5]),
      value: given([1, 2, 1], [2, 4]),
      attn_mask: null,
      dropout_p: 0,
      is_causal: false,
      scale: null,
      enable_gqa: false,
    });
    expect(close(y!.values)).toEqual([3]);
  });

  it('reduces, orders and gathers', async () => {
    expect((await compute('torch.mean', { self: counting(2, 2), dim: [1], keepdim: false, dtype: null, out: null }))[0]?.values).toEqual([
      0.5, 2.5,
    ]);
    expect((await compute('torch.sum', { self: counting(2, 2), dim: [0], keepdim: true, dtype: null, out: null }))[0]).toEqual({
      shape: [1, 2],
      values: [2, 4],
    });
    expect(
      (await compute('torch.max', { self: given([2, 2], [1, 5, 7, 2]), dim: 1, keepdim: false, out: null })).map(r => r.values),
    ).toEqual([
      [5, 7],
      [1, 0],
    ]);
    expect(
      (await compute('torch.topk', { self: given([4], [1, 9, 3, 7]), k: dim(2), dim: 0, largest: true, sorted: true, out: null })).map(
        r => r.values,
      ),
    ).toEqual([
      [9, 7],
      [1, 3],
    ]);
    expect(
      (
        await compute('torch.gather', {
          self: counting(2, 2),
          dim: 1,
          index: given([2, 1], [1, 0], 'int64'),
          sparse_grad: false,
          out: null,
        })
      )[0]?.values,
    ).toEqual([1, 2]);
    expect((await compute('torch.std', { self: given([3], [1, 2, 3]), dim: null, correction: null, keepdim: false }))[0]?.values).toEqual([
      1,
    ]);
  });

  it('promotes what ONNX does not', async () => {
    expect(
      (await compute('torch.add', { self: counting(2), other: given([2], [1, 2], 'int64'), alpha: scalar(1), out: null }))[0]?.values,
    ).toEqual([1, 3]);
    expect(
      (await compute('torch.where', { condition: given([2], [1, 0], 'bool'), input: counting(2), other: scalar(7), out: null }))[0]?.values,
    ).toEqual([0, 7]);
    expect(
      (await compute('torch.clamp', { self: given([3], [-1, 0.5, 9]), min: scalar(0), max: scalar(1), out: null }))[0]?.values,
    ).toEqual([0, 0.5, 1]);
  });

  it('shuffles pixels and channels', async () => {
    expect((await compute('torch.pixel_shuffle', { self: counting(1, 4, 1, 1), upscale_factor: 2 }))[0]).toEqual({
      shape: [1, 1, 2, 2],
      values: [0, 1, 2, 3],
    });
    expect((await compute('torch.pixel_unshuffle', { self: counting(1, 1, 2, 2), downscale_factor: 2 }))[0]).toEqual({
      shape: [1, 4, 1, 1],
      values: [0, 1, 2, 3],
    });
    expect((await compute('torch.channel_shuffle', { self: counting(1, 4, 1, 1), groups: dim(2) }))[0]?.values).toEqual([0, 2, 1, 3]);
  });
});

describe('the model', () => {
  const network = () => {
    const graph = new Graph(),
      x = graph.input({ shape: [1, 2], dtype: 'float32' });
    const weight = graph.within('head', () => graph.parameter('fc.weight', [3, 2], 'float32'));
    const [y] = apply(graph, 'F.linear', { input: x, weight, bias: null });
    const [unused] = apply(graph, 'torch._C._nn.gelu', { input: x, approximate: 'none' });
    return { graph, x, y: y!, unused: unused! };
  };
  const bytes = new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6).buffer);

  it('holds what the outputs need, named, with metadata', () => {
    const { graph, x, y } = network();
    const model = onnx.ModelProto.decode(
      exportOnnx({
        graph,
        inputs: new Map([['picture', x]]),
        outputs: new Map([['scores', y]]),
        weights: new Map([['head.fc.weight', bytes]]),
        metadata: new Map([['made by', 'a test']]),
      }),
    );
    expect(model.irVersion).toEqual(expect.objectContaining({ low: 8 }));
    expect(model.opsetImport.map(o => Number(o.version))).toEqual([17]);
    expect(model.metadataProps.map(p => [p.key, p.value])).toEqual([['made by', 'a test']]);
    expect(model.graph?.node?.map(n => n.opType)).toEqual(['Transpose', 'MatMul', 'Identity']);
    expect(model.graph?.input?.map(i => [i.name, i.type?.tensorType?.shape?.dim?.map(d => Number(d.dimValue))])).toEqual([
      ['picture', [1, 2]],
    ]);
    expect(model.graph?.output?.map(o => o.name)).toEqual(['scores']);
    expect(model.graph?.initializer?.map(i => [i.name, i.dims?.map(Number)])).toEqual([['head.fc.weight', [3, 2]]]);
  });

  it('refuses what it cannot write, by name', () => {
    const { graph, x, y } = network();
    const write =
      (outputs: ReadonlyMap<string, typeof y>, weights = new Map([['head.fc.weight', bytes]])) =>
      () =>
        exportOnnx({ graph, outputs, weights });
    expect(write(new Map([['y', y]]), new Map())).toThrow(new ExportRefused('The weights lack head.fc.weight.'));
    expect(write(new Map([['y', y]]), new Map([['head.fc.weight', bytes.subarray(4)]]))).toThrow(
      'head.fc.weight has 20 bytes in the weights, and 24 in the network.',
    );
    const [ranked] = graph.within('neck', () => apply(graph, 'torch.cummax', { self: x, dim: 0, out: null }));
    expect(write(new Map([['y', ranked!]]))).toThrow('There is no way to write torch.cummax to ONNX yet (in neck).');
    const wrong = graph.parameter('stem.weight', [4, 3], 'float32');
    apply(graph, 'F.linear', { input: x, weight: wrong, bias: null });
    expect(write(new Map([['y', y]]))).toThrow(
      'The network does not fit together: mm: mat1 and mat2 shapes cannot be multiplied (1x2 and 3x4)',
    );
  });

  it('is of a later opset where an operator needs it, and reduces as that one does', () => {
    const graph = new Graph(),
      input = (...shape: number[]) => graph.input({ shape, dtype: 'float32' });
    const numbers = { stride: [1, 1], padding: [0, 0], dilation: [1, 1], groups: 1, offset_groups: 1 };
    const [moved] = apply(graph, 'torch._deform_conv2d', {
      input: input(1, 1, 3, 3),
      weight: input(1, 1, 1, 1),
      offset: input(1, 2, 3, 3),
      mask: null,
      bias: null,
      ...numbers,
    });
    const [y] = apply(graph, 'Tensor.mean', { self: moved!, dim: [2, 3], keepdim: true, dtype: null });
    const model = onnx.ModelProto.decode(exportOnnx({ graph, outputs: new Map([['y', y!]]), weights: new Map() }));
    expect(model.opsetImport.map(o => Number(o.version))).toEqual([19]);
    const mean = model.graph?.node?.find(n => n.opType === 'ReduceMean');
    expect([mean?.input?.length, mean?.attribute?.map(a => a.name)]).toEqual([2, ['keepdims']]);
  });

  it('does not ask what was there before it was overwritten', () => {
    const graph = new Graph(),
      x = graph.input({ shape: [2], dtype: 'float32' });
    const [empty] = apply(graph, 'torch.empty', { size: [dim(2)], dtype: null });
    const [y] = apply(graph, 'Tensor.copy_', { self: empty!, src: x, non_blocking: false });
    const model = onnx.ModelProto.decode(exportOnnx({ graph, outputs: new Map([['y', y!]]), weights: new Map() }));
    expect(model.graph?.node?.map(n => n.opType)).toEqual(['Expand', 'Identity']);
  });

  it('folds constants away', () => {
    const graph = new Graph(),
      x = graph.input({ shape: [2], dtype: 'float32' });
    const [zeros] = apply(graph, 'torch.zeros', { size: [dim(2)], dtype: null });
    const [one] = apply(graph, 'torch.add', {
      self: zeros!,
      other: { kind: 'scalar', dtype: 'int64', value: 1 },
      alpha: { kind: 'scalar', dtype: 'int64', value: 1 },
    });
    const [y] = apply(graph, 'torch.mul', { self: x, other: one! });
    const model = onnx.ModelProto.decode(exportOnnx({ graph, outputs: new Map([['y', y!]]), weights: new Map() }));
    expect(model.graph?.node?.map(n => n.opType)).toEqual(['Mul', 'Identity']);
  });
});
