/** Checkpoints of other networks: what is told, and the guess at why. */
import { describe, expect, it } from 'vitest';
import type { Checkpoint, Expected } from '../../../runtime/index.ts';
import { NO_META } from '../../../runtime/weights/checkpoint.ts';
import { StoredTensor } from '../../../runtime/weights/tensor.ts';
import { DetectFailure } from '../../../server/detect/problem.ts';
import { openCheckpoint, weightsFrom } from '../../../server/detect/weights.ts';
import { dataPath } from '../../data-file.ts';

const zeros = (...shape: number[]): StoredTensor => {
  const size = shape.reduce((a, b) => a * b, 1);
  const strides = shape.map((_, i) => shape.slice(i + 1).reduce((a, b) => a * b, 1));
  return new StoredTensor('float32', shape, strides, 0, { type: 'float32', bytes: () => new Uint8Array(4 * size) });
};
const checkpoint = (state: Readonly<Record<string, StoredTensor>>, classes: readonly string[] | null = null): Checkpoint => ({
  path: '/a/b.pth',
  format: 'zip',
  state: new Map(Object.entries(state)),
  raw: null,
  meta: { ...NO_META, classes },
});
const network: readonly Expected[] = [
  { name: 'backbone.stem.weight', shape: [4, 3], dtype: 'float32' },
  { name: 'bbox_head.conv.weight', shape: [6, 4], dtype: 'float32' },
];
const problem = (given: Checkpoint, classes: number): DetectFailure['problem'] => {
  try {
    weightsFrom(given, network, classes);
  } catch (e) {
    if (e instanceof DetectFailure) return e.problem;
    throw e;
  }
  throw new Error('it fits');
};

describe('weights for a network', () => {
  it('are its own bytes where everything fits', () => {
    const weights = weightsFrom(
      checkpoint({ 'backbone.stem.weight': zeros(4, 3), 'bbox_head.conv.weight': zeros(6, 4), more: zeros(1) }),
      network,
      1,
    );
    expect([...weights].map(([name, bytes]) => [name, bytes.length])).toEqual([
      ['backbone.stem.weight', 48],
      ['bbox_head.conv.weight', 96],
    ]);
  });
  it('of another number of classes', () => {
    const told = problem(
      checkpoint({ 'backbone.stem.weight': zeros(4, 3), 'bbox_head.conv.weight': zeros(25, 4) }, Array(20).fill('x')),
      80,
    );
    expect(told.text).toMatch(/^It was trained on 20 classes, and the config has 80\. Of 2 tensors that the network needs, 1 fit\./);
    expect(told.details).toEqual([
      { label: 'Of another shape: 1', values: ['bbox_head.conv.weight: [25, 4] in the checkpoint, [6, 4] in the network'] },
    ]);
  });
  it('of another width', () =>
    expect(problem(checkpoint({ 'backbone.stem.weight': zeros(8, 3), 'bbox_head.conv.weight': zeros(6, 8) }), 1).text).toMatch(
      /widen_factor/,
    ));
  it('of another training, by its name', () => {
    const given = checkpoint({ 'backbone.stem.weight': zeros(8, 3), 'bbox_head.conv.weight': zeros(6, 8) });
    const named = { ...given, meta: { ...given.meta, told: [['experiment_name', 'yolov8_s_20260101_101010']] as const } };
    expect(problem(named, 1).text).toMatch(/^The same modules are there with other widths: it was trained as `yolov8_s`\. Of 2 tensors/);
  });
  it('of another model altogether', () =>
    expect(problem(checkpoint({ 'fc.weight': zeros(1) }), 1).text).toMatch(/^It has no tensor of this network: it is of another model\./));
  it('of another backbone', () => {
    const told = problem(checkpoint({ 'backbone.layer.weight': zeros(8, 3), 'bbox_head.conv.weight': zeros(6, 4) }), 1);
    expect(told.text).toMatch(/What differs is in `backbone`\./);
    expect(told.details.map(d => d.label)).toEqual(['In the network alone: 1', 'In the checkpoint alone: 1']);
  });
});

it('a file that is none is told with what to do', () => {
  expect(() => openCheckpoint(dataPath('weights/script.pth'))).toThrow(
    /script\.pth is no checkpoint\. This is a TorchScript program.*Choose the checkpoint/,
  );
  expect(() => openCheckpoint('/absent.pth')).toThrow(/absent\.pth cannot be read/);
});
