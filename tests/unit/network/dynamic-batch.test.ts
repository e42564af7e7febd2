/** What differs between two numbers of pictures, and the model that is made of it. */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { BATCHES, merged } from '../../../runtime/onnx/dynamic-batch.ts';
import { type Draft, ExportRefused, modelOf } from '../../../runtime/onnx/export.ts';
import { NodeList } from '../../../runtime/onnx/node-list.ts';

/** Each picture's four numbers as a row, and beside it a row of three sevens; `twice`: how many rows two pictures would have. */
function draft(batch: number, change: (nodes: NodeList) => void = () => undefined): Draft {
  const nodes = new NodeList('c');
  nodes.node('Reshape', ['image', nodes.ints([batch, 4])], {}, 'rows');
  nodes.node('Expand', [nodes.floats([7], [1]), nodes.ints([batch, 3])], {}, 'sevens');
  nodes.node('Identity', [nodes.int(2 * batch)], {}, 'twice');
  change(nodes);
  return {
    opset: 17,
    nodes: nodes.nodes,
    constants: nodes.constants,
    states: new Map(),
    inputs: [{ name: 'image', dtype: 'float32', shape: [batch, 1, 2, 2] }],
    outputs: [
      { name: 'rows', dtype: 'float32', shape: [batch, 4] },
      { name: 'sevens', dtype: 'float32', shape: [batch, 3] },
      { name: 'twice', dtype: 'int64', shape: [] },
    ],
  };
}
const [first, second] = BATCHES;

it('runs with any number of pictures', async () => {
  const both = merged(draft(first), draft(second));
  expect(both.inputs[0]?.shape).toEqual(['batch', 1, 2, 2]);
  const session = await InferenceSession.create(modelOf(both, { weights: new Map() }));
  for (const batch of [1, 2, 5]) {
    const image = new Tensor(
      'float32',
      Float32Array.from({ length: 4 * batch }, (_, i) => i),
      [batch, 1, 2, 2],
    );
    const { rows, sevens, twice } = await session.run({ image });
    expect([rows?.dims, sevens?.dims, Number(twice?.data[0])]).toEqual([[batch, 4], [batch, 3], 2 * batch]);
    expect([...(rows?.data ?? [])]).toEqual([...image.data]);
  }
});

it('leaves a side of a shape open, and computes what else hangs on the number', () => {
  const { constants, nodes } = merged(draft(first), draft(second));
  expect(constants.find(c => c.shape[0] === 2)?.values).toEqual([-1, 4]);
  // Its own three, and four for the number itself, [batch, 3] and twice the batch.
  expect(nodes).toHaveLength(7);
});

describe('refuses what it cannot say', () => {
  it.each([
    [
      'another node',
      (nodes: NodeList) => nodes.node('Relu', ['rows'], {}, 'more'),
      (nodes: NodeList) => nodes.node('Abs', ['rows'], {}, 'more'),
    ],
    ['a node more', () => undefined, (nodes: NodeList) => nodes.node('Abs', ['rows'], {}, 'more')],
    ['other numbers', (nodes: NodeList) => nodes.floats([1], [1]), (nodes: NodeList) => nodes.floats([2], [1])],
    ['no multiple', (nodes: NodeList) => nodes.ints([first + 1]), (nodes: NodeList) => nodes.ints([second + 1])],
    ['a table of another size', (nodes: NodeList) => nodes.ints([1, 2]), (nodes: NodeList) => nodes.ints([1, 2, 3])],
  ])('%s', (_, one, other) =>
    expect(() =>
      merged(
        draft(first, nodes => void one(nodes)),
        draft(second, nodes => void other(nodes)),
      ),
    ).toThrow(ExportRefused),
  );
});
