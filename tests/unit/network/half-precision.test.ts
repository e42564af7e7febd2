/** Models in half precision: how numbers round, what stays float32, and that onnxruntime takes what comes out. */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { type Draft, modelOf } from '../../../runtime/onnx/export.ts';
import { fitHalf, halvesOf, hasTiny, LARGEST_HALF, LEAST_NORMAL_HALF } from '../../../runtime/onnx/float16.ts';
import { HalfRefused, inHalfPrecision } from '../../../runtime/onnx/half-precision.ts';
import { NodeList } from '../../../runtime/onnx/node-list.ts';
import { fieldsIn } from '../../../runtime/onnx/protobuf-reader.ts';
import { inMemory } from '../../../runtime/weights/byte-source.ts';

const bytesOf = (...numbers: number[]): Uint8Array => new Uint8Array(Float32Array.from(numbers).buffer);
const halves = (...numbers: number[]): readonly number[] => {
  const bytes = halvesOf(bytesOf(...numbers));
  return [...new Uint16Array(bytes.buffer, bytes.byteOffset, numbers.length)];
};
/** By IEEE 754's own words. */
function numberOf(half: number): number {
  const [sign, power, fraction] = [half & 0x8000 ? -1 : 1, (half >> 10) & 31, half & 1023];
  if (power === 31) return fraction ? NaN : sign * Infinity;
  return sign * (power === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (power - 25));
}

describe('numbers of 16 bits', () => {
  it('each is what it is', () => {
    const all = Array.from({ length: 0x10000 }, (_, half) => half).filter(half => !Number.isNaN(numberOf(half)));
    expect(halves(...all.map(numberOf))).toEqual(all);
    expect(numberOf(halves(NaN)[0] ?? 0)).toBeNaN();
  });
  it('between two, the nearer; in their middle, the even one', () => {
    const lower = Array.from({ length: 0x7bff }, (_, half) => half);
    const middle = lower.map(half => (numberOf(half) + numberOf(half + 1)) / 2);
    expect(halves(...middle)).toEqual(lower.map(half => half + (half & 1)));
    // float32 has 13 bits more: the neighbours of a middle are no ties.
    const [down, up] = [1 - 2 ** -23, 1 + 2 ** -23];
    expect(halves(...middle.map(n => n * down))).toEqual(lower);
    expect(halves(...middle.map(n => -n * up))).toEqual(lower.map(half => 0x8000 | (half + 1)));
  });
  it('what is too large is infinite, and told before; so is what is too small', () => {
    expect(halves(65_519.99, 65_520, -1e9, 3e-8, 2e-8).map(numberOf)).toEqual([65_504, Infinity, -Infinity, 2 ** -24, 0]);
    expect([LARGEST_HALF, -65_519.9, Infinity, NaN, 0].map(n => fitHalf(bytesOf(1, n)))).toEqual([true, true, true, true, true]);
    expect([65_520, -1e5, 3e38].map(n => fitHalf(bytesOf(1, n)))).toEqual([false, false, false]);
    expect([LEAST_NORMAL_HALF, 0, 1, -1e-6, 6.1e-5].map(n => hasTiny(bytesOf(1, n)))).toEqual([false, false, false, true, true]);
    // Wherever in a file they lie.
    expect(fitHalf(new Uint8Array([0, ...bytesOf(1e5)]).subarray(1))).toBe(false);
  });
});

/** `image` [1, 3, 8, 8] through what `build` adds to it, to `out`. */
function model(build: (nodes: NodeList, image: string) => string): Uint8Array {
  const nodes = new NodeList('n');
  nodes.node('Identity', [build(nodes, 'image')], {}, 'out');
  const draft: Draft = {
    opset: 17,
    nodes: nodes.nodes,
    constants: nodes.constants,
    states: new Map(),
    inputs: [{ name: 'image', dtype: 'float32', shape: [1, 3, 8, 8] }],
    outputs: [{ name: 'out', dtype: 'float32', shape: ['a', 'b', 'c', 'd'] }],
  };
  return modelOf(draft, { weights: new Map() });
}
/** Weights of a convolution of 3 × 3, seven over seven. */
const weights = (nodes: NodeList, to: number, from: number, scale = 1): string =>
  nodes.floats(
    Array.from({ length: to * from * 9 }, (_, i) => (scale * (((i * 37) % 97) - 48)) / 400),
    [to, from, 3, 3],
  );
const conv = (nodes: NodeList, value: string, to: number, from: number, scale = 1): string =>
  nodes.node('Conv', [value, weights(nodes, to, from, scale)], { pads: [1, 1, 1, 1] });

/** float32 in and out. */
async function run(bytes: Uint8Array, image = Float32Array.from({ length: 192 }, (_, i) => Math.sin(i))): Promise<Float32Array> {
  const session = await InferenceSession.create(bytes);
  expect(session.inputMetadata.map(m => (m.isTensor ? m.type : ''))).toEqual(['float32']);
  const { out } = await session.run({ image: new Tensor('float32', image, [1, 3, 8, 8]) });
  if (!(out?.data instanceof Float32Array)) throw new Error('no float32 came out');
  return out.data;
}

interface Written {
  readonly types: readonly string[];
  /** Of each tensor that the model holds: float32 (1), float16 (10), … */
  readonly held: readonly number[];
}
/** What a model says of itself: operators in their order, and how its tensors are stored. */
function written(bytes: Uint8Array): Written {
  const found = { types: [] as string[], held: [] as number[] };
  const graph = [...fieldsIn(inMemory(bytes))].find(({ number }) => number === 7)?.bytes() ?? new Uint8Array();
  for (const field of fieldsIn(inMemory(graph))) {
    if (field.number !== 1 && field.number !== 5) continue;
    for (const part of fieldsIn(inMemory(field.bytes()))) {
      if (field.number === 1 && part.number === 4) found.types.push(Buffer.from(part.bytes()).toString());
      if (field.number === 5 && part.number === 2) found.held.push(part.value);
    }
  }
  return found;
}
const largest = (values: Float32Array): number => values.reduce((most, n) => Math.max(most, Math.abs(n)), 0);
async function near(bytes: Uint8Array, part = 4e-3): Promise<void> {
  const [whole, half] = [await run(bytes), await run(inHalfPrecision(bytes))];
  expect(half).toHaveLength(whole.length);
  const off = whole.reduce((most, n, i) => Math.max(most, Math.abs(n - (half[i] ?? NaN))), 0);
  expect(off).toBeLessThan(part * largest(whole));
  // And it is another computation.
  expect(off).toBeGreaterThan(0);
}

describe('a model', () => {
  it('is halved between its first and its last weights, and float32 outside', async () => {
    const bytes = model((nodes, image) => {
      const seen = nodes.node('Relu', [conv(nodes, image, 8, 3)]);
      return nodes.node('Exp', [conv(nodes, seen, 8, 8)]);
    });
    const halved = inHalfPrecision(bytes);
    expect(written(halved)).toEqual({ types: ['Cast', 'Conv', 'Relu', 'Conv', 'Cast', 'Exp', 'Identity'], held: [10, 10] });
    expect(halved.length).toBeLessThan(0.6 * bytes.length);
    await near(bytes);
  });
  it('hands float32 on as that, though someone else has taken it rounded', () => {
    const bytes = model((nodes, image) => {
      const places = nodes.node('Exp', [image]);
      const rounded = conv(nodes, places, 3, 3);
      const turned = nodes.node('Transpose', [places], { perm: [0, 1, 3, 2] });
      return conv(nodes, nodes.node('Add', [rounded, nodes.node('Log', [turned])]), 3, 3);
    });
    const { types } = written(inHalfPrecision(bytes));
    expect(types).toEqual(['Exp', 'Cast', 'Conv', 'Transpose', 'Log', 'Cast', 'Add', 'Conv', 'Cast', 'Identity']);
  });
  it('makes boxes of a distribution in float32: its few weights are no work', async () => {
    const bytes = model((nodes, image) => {
      const raw = conv(nodes, image, 8, 3);
      return nodes.node('MatMul', [raw, nodes.node('Reshape', [nodes.floats([0, 1, 2, 3, 4, 5, 6, 7], [8]), nodes.ints([8, 1])])]);
    });
    expect(written(inHalfPrecision(bytes)).types).toEqual(['Cast', 'Conv', 'Reshape', 'Cast', 'MatMul', 'Identity']);
    await near(bytes);
  });
  it.each<[string, (nodes: NodeList, value: string) => string]>([
    [
      'a constant too large',
      (nodes, value) => nodes.node('Where', [nodes.node('Greater', [value, nodes.float(0)]), value, nodes.float(-1e30)]),
    ],
    [
      'an epsilon too small',
      (nodes, value) => nodes.node('Div', [value, nodes.node('Add', [nodes.node('Abs', [value]), nodes.float(1e-9)])]),
    ],
    [
      'sums over squares',
      (nodes, value) => nodes.node('Mul', [value, nodes.node('ReduceSum', [nodes.node('Pow', [value, nodes.float(2)]), nodes.ints([1])])]),
    ],
    ['an interpolation', (nodes, value) => nodes.node('Resize', [value, '', nodes.floats([1, 1, 2, 2], [4])], { mode: 'linear' })],
  ])('keeps %s in float32', async (_, part) => {
    const bytes = model((nodes, image) => {
      const last = part(nodes, conv(nodes, image, 8, 3));
      return conv(nodes, nodes.node('Clip', [last, nodes.float(-8), nodes.float(8)]), 4, 8);
    });
    await near(bytes, 2e-2);
    expect((await run(inHalfPrecision(bytes))).every(Number.isFinite)).toBe(true);
  });
  it('copies the nearest pixel in half precision, its scales float32', async () => {
    const bytes = model((nodes, image) => {
      const large = nodes.node('Resize', [conv(nodes, image, 8, 3), '', nodes.floats([1, 1, 2, 2], [4])], { mode: 'nearest' });
      return conv(nodes, large, 4, 8);
    });
    expect(written(inHalfPrecision(bytes))).toEqual({ types: ['Cast', 'Conv', 'Resize', 'Conv', 'Cast', 'Identity'], held: [10, 1, 10] });
    await near(bytes);
  });
  it('holds a weight in both forms where both are needed, and leaves whole numbers alone', async () => {
    const bytes = model((nodes, image) => {
      const shift = nodes.floats([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8], [1, 8, 1, 1]);
      const seen = nodes.node('Add', [conv(nodes, image, 8, 3), shift]);
      const rows = nodes.node('Reshape', [seen, nodes.ints([1, 8, 4, 16])]);
      return nodes.node('Add', [conv(nodes, nodes.node('Gather', [rows, nodes.ints([3, 1])], { axis: 2 }), 8, 8), shift]);
    });
    const { held } = written(inHalfPrecision(bytes));
    expect(held.toSorted((a, b) => a - b)).toEqual([1, 7, 7, 10, 10, 10]);
    await near(bytes);
  });
  it('computes in float32 with weights that are too large for it', async () => {
    const bytes = model((nodes, image) => conv(nodes, nodes.node('Tanh', [conv(nodes, image, 8, 3, 1e6)]), 4, 8));
    expect(written(inHalfPrecision(bytes))).toEqual({ types: ['Conv', 'Cast', 'Tanh', 'Conv', 'Cast', 'Identity'], held: [1, 10] });
    await near(bytes);
  });
  it('takes a normalization into the convolution before it, and rounds once', async () => {
    const numbers = (nodes: NodeList, make: (i: number) => number): string =>
      nodes.floats(
        Array.from({ length: 8 }, (_, i) => make(i)),
        [8],
      );
    const bytes = model((nodes, image) => {
      const parts = [(i: number) => 1 + i / 7, (i: number) => i / 3, (i: number) => i - 4, (i: number) => 0.01 + i].map(make =>
        numbers(nodes, make),
      );
      const seen = nodes.node('BatchNormalization', [conv(nodes, image, 8, 3), ...parts], { epsilon: { float: 1e-3 } });
      return conv(nodes, nodes.node('Sigmoid', [seen]), 4, 8);
    });
    expect(written(inHalfPrecision(bytes)).types).toEqual(['Cast', 'Conv', 'Sigmoid', 'Conv', 'Cast', 'Identity']);
    await near(bytes);
    // What is normalized is used by another too: then it stays.
    const shared = model((nodes, image) => {
      const raw = conv(nodes, image, 8, 3);
      const parts = [1, 0, 0, 1].map(n => numbers(nodes, () => n));
      return conv(nodes, nodes.node('Add', [raw, nodes.node('BatchNormalization', [raw, ...parts])]), 4, 8);
    });
    expect(written(inHalfPrecision(shared)).types).toContain('BatchNormalization');
    await near(shared);
  });
  it.each<[string, () => Uint8Array]>([
    ['no model', () => Buffer.from('<!doctype html>')],
    ['nothing', () => new Uint8Array()],
    ['cut', () => model((nodes, image) => conv(nodes, image, 8, 3)).subarray(0, 300)],
    [
      'with a value of its own making',
      () => model((nodes, image) => nodes.node('Add', [image, nodes.node('ConstantOfShape', [nodes.ints([1])])])),
    ],
  ])('is refused where it is %s', (_, bytes) => expect(() => inHalfPrecision(bytes())).toThrow(HalfRefused));
});
