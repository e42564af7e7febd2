/** Boxes out of the graph: what is refused. That they are the plain path's is seen on the demo's pictures, in tests/parity/detect.test.ts. */
import { expect, it } from 'vitest';
import type { DetectorRecipe, TestSettings } from '../../../runtime/detect/detection.ts';
import { type Draft, ExportRefused } from '../../../runtime/onnx/export.ts';
import { withSuppression } from '../../../runtime/onnx/suppression.ts';

const test: TestSettings = { scoreThreshold: 0.1, nmsIouThreshold: 0.5, nmsPre: 100, maxPerImage: 10, multiLabel: true };
const head: DetectorRecipe['head'] = { kind: 'points', classes: 2, strides: [8], offset: 0.5, coder: 'distance', objectness: false };
const draft: Draft = {
  opset: 17,
  nodes: [],
  constants: [],
  states: new Map(),
  inputs: [{ name: 'image', dtype: 'float32', shape: [1, 3, 16, 16] }],
  outputs: [
    { name: 'classes', dtype: 'float32', shape: [1, 2, 2, 2] },
    { name: 'boxes', dtype: 'float32', shape: [1, 4, 2, 2] },
  ],
};

it('gives boxes, scores and labels', () => {
  const { outputs } = withSuppression(draft, { head, test, size: [16, 16] });
  expect(outputs.map(({ name, shape }) => [name, shape])).toEqual([
    ['boxes', ['found', 4]],
    ['scores', ['found']],
    ['labels', ['found']],
  ]);
});
it('and of many pictures, which one each is of', () => {
  const inputs: Draft['inputs'] = [{ name: 'image', dtype: 'float32', shape: ['batch', 3, 16, 16] }];
  expect(withSuppression({ ...draft, inputs }, { head, test, size: [16, 16] }).outputs.map(({ name }) => name)).toContain('pictures');
});

const dense: DetectorRecipe['head'] = {
  kind: 'dense',
  classes: 2,
  strides: [8],
  sigmoid: true,
  centerness: false,
  clip: true,
  box: { coder: 'distance', offset: 0.5 },
};
it.each<[string, Partial<Pick<DetectorRecipe, 'head' | 'test'>>, RegExp]>([
  ['a head whose boxes end with the picture', { head: dense }, /end at the edge of the picture/],
  ['soft suppression', { test: { ...test, soft: { method: 'linear', sigma: 0.5, minScore: 0.01 } } }, /soft_nms/],
  ['a least size', { test: { ...test, minSize: 0 } }, /min_bbox_size/],
  ['suppression over classes, with several a box', { test: { ...test, classAgnostic: true } }, /over classes/],
])('refuses %s', (_, more, message) => {
  expect(() => withSuppression(draft, { head, test, size: [16, 16], ...more })).toThrow(message);
  expect(() => withSuppression(draft, { head, test, size: [16, 16], ...more })).toThrow(ExportRefused);
});
