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
  it('of another number of classes, where the head is as wide as it has classes, as YOLOv8’s: by its last layers', () => {
    const head: readonly Expected[] = [
      { name: 'bbox_head.cls.0.conv.weight', shape: [80, 4], dtype: 'float32' },
      { name: 'bbox_head.cls.0.bn.bias', shape: [80], dtype: 'float32' },
      { name: 'bbox_head.cls.2.weight', shape: [80, 80], dtype: 'float32' },
      { name: 'bbox_head.cls.2.bias', shape: [80], dtype: 'float32' },
    ];
    const given = checkpoint({
      'bbox_head.cls.0.conv.weight': zeros(64, 4),
      'bbox_head.cls.0.bn.bias': zeros(64),
      'bbox_head.cls.0.bn.running_mean': zeros(64),
      'bbox_head.cls.2.weight': zeros(20, 64),
      'bbox_head.cls.2.bias': zeros(20),
    });
    expect(() => weightsFrom(given, head, 80)).toThrow(/It was trained on 20 classes, and the config has 80\./);
  });
  it('of anchors with a box and an objectness each', () => {
    const head: readonly Expected[] = [{ name: 'bbox_head.convs_pred.0.bias', shape: [255], dtype: 'float32' }];
    expect(() => weightsFrom(checkpoint({ 'bbox_head.convs_pred.0.bias': zeros(18) }), head, 80)).toThrow(/trained on 1 class, and/);
    expect(() => weightsFrom(checkpoint({ 'bbox_head.convs_pred.0.bias': zeros(77) }), head, 80)).toThrow(/Only the last layers differ/);
  });
  it('of a number of classes that cannot be told is not said to be another than it was', () => {
    // Three anchors with 5 and 13 classes each, or 18 with 3.
    const one: readonly Expected[] = [{ name: 'bbox_head.convs_pred.0.bias', shape: [18], dtype: 'float32' }];
    expect(() => weightsFrom(checkpoint({ 'bbox_head.convs_pred.0.bias': zeros(54) }), one, 1)).toThrow(/Only the last layers differ/);
    // A narrower head of the same classes.
    const names = ['bbox_head.cls_convs.0.conv.bias', 'bbox_head.reg_convs.0.conv.bias'];
    const wide: readonly Expected[] = names.map(name => ({ name, shape: [256], dtype: 'float32' }));
    const narrow = checkpoint(Object.fromEntries(names.map(name => [name, zeros(128)])));
    expect(() => weightsFrom(narrow, wide, 4)).not.toThrow(/It was trained on/);
    const backbone: readonly Expected[] = [{ name: 'backbone.stages.0.bias', shape: [96], dtype: 'float32' }];
    expect(() => weightsFrom(checkpoint({ 'backbone.stages.0.bias': zeros(48) }), backbone, 4)).not.toThrow(/It was trained on/);
  });
  it('of a backbone alone, or without a head', () => {
    expect(problem(checkpoint({ 'stem.weight': zeros(4, 3) }), 1).text).toMatch(/^It holds a `backbone` alone/);
    expect(problem(checkpoint({ 'backbone.stem.weight': zeros(4, 3) }), 1).text).toMatch(/^It has no `bbox_head`\./);
  });
  it('of a model as OpenMMLab publishes it, by its name', () => {
    const given = checkpoint({ 'backbone.stem.weight': zeros(8, 3), 'bbox_head.conv.weight': zeros(12, 8) });
    expect(problem({ ...given, path: '/w/yolov8_s_fast_20230117_180101-5aa5f0f1.pth' }, 1).text).toMatch(
      /other widths \(most of them 2 ×\): it was trained as `yolov8_s_fast`\./,
    );
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
  it('of a module that held this one', () =>
    expect(problem(checkpoint({ 'model.backbone.stem.weight': zeros(4, 3), 'model.bbox_head.conv.weight': zeros(6, 4) }), 1).text).toMatch(
      /^Before each of its names stands `model\.`/,
    ));
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
