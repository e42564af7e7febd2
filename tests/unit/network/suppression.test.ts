/** Boxes out of the graph, run by onnxruntime: those of the plain path, for every kind of head; and what is refused. */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import type { DenseHead, DetectorHead, DetectorRecipe, TestSettings } from '../../../runtime/detect/detection.ts';
import { detectionsOf, detectionsOfSuppressed } from '../../../runtime/detect/detections.ts';
import type { Geometry } from '../../../runtime/image/transform.ts';
import { type Draft, ExportRefused, modelOf, type OnnxPort } from '../../../runtime/onnx/export.ts';
import { PICTURE_SIZE, withSuppression } from '../../../runtime/onnx/suppression.ts';
import { chance } from '../../fuzz/seeded.ts';

const test: TestSettings = { scoreThreshold: 0.1, nmsIouThreshold: 0.5, nmsPre: 100, maxPerImage: 30, multiLabel: true };
const SIZE = [64, 48] as const;
const dense: DenseHead = {
  kind: 'dense',
  classes: 3,
  strides: [8, 16],
  sigmoid: true,
  centerness: false,
  clip: true,
  box: { coder: 'distance', offset: 0.5 },
};
const anchors = [8, 16].map(s => [[-s, -s, s, s] as const, [-2 * s, -s, 2 * s, s] as const]);
const baseSizes = [
  [
    [10, 13],
    [16, 30],
  ],
  [
    [30, 61],
    [62, 45],
  ],
] as const;
const points = { kind: 'points', classes: 3, strides: [8, 16], offset: 0.5, coder: 'distance', objectness: false } as const;

/** The head, and the channels a cell of its outputs, part by part. */
const HEADS: readonly (readonly [name: string, head: DetectorHead, channels: readonly number[]])[] = [
  ['anchors and an objectness', { kind: 'yolov5', classes: 3, strides: [8, 16], baseSizes }, [6, 8, 2]],
  ['points', points, [3, 4]],
  ['logarithms', { ...points, offset: 0, coder: 'logarithm', objectness: true }, [3, 4, 1]],
  ['dense distances', dense, [3, 4]],
  ['dense distances with a centerness', { ...dense, centerness: true }, [3, 4, 1]],
  ['dense distances that may leave the picture', { ...dense, clip: false }, [3, 4]],
  [
    'dense anchors',
    { ...dense, centerness: true, box: { coder: 'delta', anchors, means: [0, 0.1, 0, 0], stds: [0.1, 0.1, 0.2, 0.2] } },
    [6, 8, 2],
  ],
  [
    'dense anchors by a softmax',
    { ...dense, sigmoid: false, box: { coder: 'delta', anchors, means: [0, 0, 0, 0], stds: [1, 1, 1, 1] } },
    [8, 8],
  ],
  ['dense distributions', { ...dense, box: { coder: 'distribution', offset: 0, most: 4 } }, [3, 20]],
];

const SETTINGS: readonly (readonly [name: string, more: Partial<TestSettings>])[] = [
  ['as it is', {}],
  ['a few alone go into suppression', { nmsPre: 12 }],
  ['boxes with an area', { minSize: 0 }],
];

it.each(HEADS.flatMap(([name, head, channels]) => SETTINGS.map(([what, more]) => [`${name}, ${what}`, head, channels, more] as const)))(
  'finds what the plain path finds: %s',
  async (_, head, channels, more) => {
    const recipe: DetectorRecipe = {
      size: SIZE,
      transforms: [],
      normalization: { mean: [0, 0, 0], std: [1, 1, 1], bgrToRgb: false },
      head,
      test: { ...test, ...more },
      classes: ['a', 'b', 'c'],
      palette: null,
    };
    const random = chance(7).real;
    const ports = channels.flatMap((count, part) =>
      head.strides.map((stride, level): OnnxPort => {
        const shape = [1, count, SIZE[1] / stride, SIZE[0] / stride];
        return { name: `raw${part}.${level}`, dtype: 'float32', shape };
      }),
    );
    const spread = ({ yolov5: null, points: [-0.5, 3], dense: [-4, 24] } as const)[head.kind];
    const raw = ports.map(({ shape }) => {
      const sides = shape.map(Number);
      // Most boxes have an area, and not all.
      const [least, most] = (sides[1] === 4 && spread) || ([-3, 1] as const);
      const data = Float32Array.from({ length: sides.reduce((a, b) => a * b, 1) }, () => least + random() * (most - least));
      return { shape: sides, data };
    });
    const draft: Draft = { opset: 17, nodes: [], constants: [], states: new Map(), inputs: ports, outputs: ports };
    const session = await InferenceSession.create(modelOf(withSuppression(draft, recipe), { weights: new Map() }));
    const geometry: Geometry = {
      width: 57,
      height: 40,
      scale: [1, 1],
      padding: { top: 0, bottom: 0, left: 0, right: 0 },
      inner: [57, 40],
    };
    const feeds = new Map(ports.map(({ name, shape }, i) => [name, new Tensor('float32', raw[i]!.data, shape.map(Number))]));
    if (session.inputNames.includes(PICTURE_SIZE))
      feeds.set(PICTURE_SIZE, new Tensor('float32', Float32Array.from(geometry.inner), [1, 2]));
    const { boxes, scores, labels } = await session.run(Object.fromEntries(feeds));
    const numbers = ({ data }: Tensor): number[] => Array.from(data, Number);
    const suppressed = detectionsOfSuppressed(
      recipe,
      {
        boxes: Float32Array.from(numbers(boxes!)),
        scores: Float32Array.from(numbers(scores!)),
        labels: Int32Array.from(numbers(labels!)),
      },
      geometry,
    );
    const plain = detectionsOf(recipe, raw, geometry);
    expect(plain.length).toBeGreaterThan(5);
    expect(suppressed.map(d => d.label)).toEqual(plain.map(d => d.label));
    for (const [i, { score, bbox }] of plain.entries()) {
      expect(suppressed[i]!.score).toBeCloseTo(score, 5);
      for (const [side, at] of bbox.entries()) expect(suppressed[i]!.bbox[side]).toBeCloseTo(at, 3);
    }
  },
);

const single: Draft = {
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
const head: DetectorRecipe['head'] = { ...points, classes: 2, strides: [8] };

it('gives boxes, scores and labels', () => {
  const { outputs } = withSuppression(single, { head, test, size: [16, 16] });
  expect(outputs.map(({ name, shape }) => [name, shape])).toEqual([
    ['boxes', ['found', 4]],
    ['scores', ['found']],
    ['labels', ['found']],
  ]);
});
it('and of many pictures, which one each is of', () => {
  const inputs: Draft['inputs'] = [{ name: 'image', dtype: 'float32', shape: ['batch', 3, 16, 16] }];
  expect(withSuppression({ ...single, inputs }, { head, test, size: [16, 16] }).outputs.map(({ name }) => name)).toContain('pictures');
});
it('asks where a picture ends, if boxes end there', () => {
  const { inputs } = withSuppression(single, { head: { ...dense, classes: 2, strides: [8] }, test, size: [16, 16] });
  expect(inputs.map(({ name, shape }) => [name, shape])).toEqual([
    ['image', [1, 3, 16, 16]],
    [PICTURE_SIZE, [1, 2]],
  ]);
});

it.each<[string, Partial<Pick<DetectorRecipe, 'head' | 'test'>>, RegExp]>([
  ['a dense head without nms_pre', { head: { ...dense, classes: 2, strides: [8] }, test: { ...test, nmsPre: -1 } }, /Set it/],
  ['soft suppression', { test: { ...test, soft: { method: 'linear', sigma: 0.5, minScore: 0.01 } } }, /soft_nms/],
  ['a least size', { test: { ...test, minSize: 4 } }, /min_bbox_size/],
  ['suppression over classes, with several a box', { test: { ...test, classAgnostic: true } }, /over classes/],
])('refuses %s', (_, more, message) => {
  expect(() => withSuppression(single, { head, test, size: [16, 16], ...more })).toThrow(message);
  expect(() => withSuppression(single, { head, test, size: [16, 16], ...more })).toThrow(ExportRefused);
});
