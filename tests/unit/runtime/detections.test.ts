/** Raw outputs to boxes: thresholds, classes, suppression, and the metadata that carries the recipe. */
import { describe, expect, it } from 'vitest';
import { bestFirst } from '../../../runtime/detect/best-first.ts';
import { Candidates, ruleOf, scoreClasses } from '../../../runtime/detect/candidates.ts';
import type { DenseHead, DetectorRecipe, PointHead, TestSettings } from '../../../runtime/detect/detection.ts';
import { detectionsOf, misfit } from '../../../runtime/detect/detections.ts';
import { exportedModelOf, withMetadata } from '../../../runtime/detect/exported-model.ts';
import { type Boxes, type NmsSettings, suppress } from '../../../runtime/detect/nms.ts';
import { type RawOutput, sigmoid } from '../../../runtime/detect/raw-output.ts';
import { recipeFromText, recipeText } from '../../../runtime/detect/recipe-text.ts';
import { softSuppress } from '../../../runtime/detect/soft-nms.ts';
import type { Geometry } from '../../../runtime/image/transform.ts';

const test: TestSettings = { scoreThreshold: 0.1, nmsIouThreshold: 0.5, nmsPre: 100, maxPerImage: 10, multiLabel: true };
const recipe: DetectorRecipe = {
  size: [16, 16],
  transforms: [{ kind: 'letter-resize', scale: [16, 16], allowScaleUp: false, padValue: 114 }],
  normalization: { mean: [0, 0, 0], std: [255, 255, 255], bgrToRgb: true },
  head: { kind: 'yolov5', classes: 2, strides: [8], baseSizes: [[[4, 6]]] },
  test,
  classes: ['a', 'b'],
  palette: null,
};
const plain: Geometry = { width: 16, height: 16, scale: [1, 1], padding: { top: 0, bottom: 0, left: 0, right: 0 }, inner: [16, 16] };
const NEVER = -20;

/** One level of 2 × 2 cells, one anchor. Logits by cell. */
function outputs(
  cells: Record<number, { readonly object: number; readonly classes: readonly [number, number]; readonly box?: readonly number[] }>,
): readonly RawOutput[] {
  const [classes, boxes, object] = [new Float32Array(8).fill(NEVER), new Float32Array(16), new Float32Array(4).fill(NEVER)];
  for (const [cell, given] of Object.entries(cells)) {
    const at = Number(cell);
    object[at] = given.object;
    for (const [c, logit] of given.classes.entries()) classes[c * 4 + at] = logit;
    for (const [side, logit] of given.box?.entries() ?? []) boxes[side * 4 + at] = logit;
  }
  return [
    { shape: [1, 2, 2, 2], data: classes },
    { shape: [1, 4, 2, 2], data: boxes },
    { shape: [1, 1, 2, 2], data: object },
  ];
}

describe('decoding of YOLOv5', () => {
  it('puts a box of the anchor’s size at the middle of its cell', () => {
    const found = detectionsOf(recipe, outputs({ 3: { object: 20, classes: [20, NEVER] } }), plain);
    expect(found).toEqual([{ label: 0, score: 1, bbox: [10, 9, 14, 15] }]);
  });
  it('gives a box once a class, or its best class alone', () => {
    const both = outputs({ 0: { object: 20, classes: [0, 1] } });
    expect(detectionsOf(recipe, both, plain).map(d => [d.label, d.score])).toEqual([
      [1, Math.fround(1 / (1 + Math.exp(-1)))],
      [0, 0.5],
    ]);
    expect(detectionsOf({ ...recipe, test: { ...test, multiLabel: false } }, both, plain).map(d => d.label)).toEqual([1]);
  });
  it('asks the objectness alone first, then the product', () => {
    const weak = Math.log(0.3 / 0.7);
    expect(detectionsOf(recipe, outputs({ 0: { object: weak, classes: [weak, NEVER] } }), plain)).toEqual([]);
    expect(
      detectionsOf(
        { ...recipe, test: { ...test, scoreThreshold: 0.05 } },
        outputs({ 0: { object: weak, classes: [weak, NEVER] } }),
        plain,
      )[0]?.score,
    ).toBeCloseTo(0.09, 6);
  });
  it('leaves the padding, then the scale, and clamps to the picture', () => {
    const geometry: Geometry = {
      width: 20,
      height: 14,
      scale: [0.5, 0.5],
      padding: { top: 2, bottom: 2, left: 0, right: 0 },
      inner: [16, 16],
    };
    const [found] = detectionsOf(recipe, outputs({ 3: { object: 20, classes: [20, NEVER] } }), geometry);
    expect(found?.bbox).toEqual([20, 14, 20, 14]);
    const [other] = detectionsOf(recipe, outputs({ 0: { object: 20, classes: [20, NEVER] } }), geometry);
    expect(other?.bbox).toEqual([4, 0, 12, 10]);
  });
  it('says what does not fit', () => {
    expect(misfit(recipe, outputs({}))).toBeNull();
    expect(misfit(recipe, outputs({}).slice(1))).toMatch(/2 outputs/);
    expect(misfit({ ...recipe, head: { ...recipe.head, classes: 3 } }, outputs({}))).toMatch(/\[1, 2, 2, 2\]; \[1, 3, 2, 2\]/);
  });
});

describe('decoding of heads without anchors', () => {
  const head: PointHead = { kind: 'points', classes: 2, strides: [8], offset: 0.5, coder: 'distance', objectness: false };
  // Cell 3 of 2 × 2 lies at 12, 12.
  const level = (box: readonly number[], object: number | null): readonly RawOutput[] => {
    const [classes, boxes] = [new Float32Array(8).fill(NEVER), new Float32Array(16)];
    classes[3] = 0;
    for (const [side, n] of box.entries()) boxes[side * 4 + 3] = n;
    const two = [
      { shape: [1, 2, 2, 2], data: classes },
      { shape: [1, 4, 2, 2], data: boxes },
    ];
    return object === null ? two : [...two, { shape: [1, 1, 2, 2], data: new Float32Array(4).fill(object) }];
  };
  it('takes distances to the four sides in strides', () => {
    expect(detectionsOf({ ...recipe, head }, level([1, 0.5, 0.25, 0.125], null), plain)).toEqual([
      { label: 0, score: 0.5, bbox: [4, 8, 14, 13] },
    ]);
    expect(detectionsOf({ ...recipe, head: { ...head, offset: 0 } }, level([1, 0.5, 0.25, 0.125], null), plain)[0]?.bbox).toEqual([
      0, 4, 10, 9,
    ]);
  });
  it('takes the way to the centre and the logarithms of the sides', () => {
    const yolox: PointHead = { ...head, offset: 0, coder: 'logarithm', objectness: true };
    expect(detectionsOf({ ...recipe, head: yolox }, level([0.25, 0, Math.log(0.5), 0], 20), plain)[0]?.bbox).toEqual([8, 4, 12, 12]);
  });
  it('asks the objectness alone, but for YOLOX', () => {
    const yolox: PointHead = { ...head, objectness: true };
    // Objectness 0.1 does not pass 0.1; neither does the product of 0.05 but for a lower threshold.
    const outputs = level([1, 1, 1, 1], Math.log(0.1 / 0.9));
    const at = (scoreThreshold: number, productOnly: boolean): number =>
      detectionsOf({ ...recipe, head: yolox, test: { ...test, scoreThreshold, productOnly } }, outputs, plain).length;
    expect([at(0.11, false), at(0.04, false), at(0.04, true), at(0.06, true)]).toEqual([0, 1, 1, 0]);
  });
  it('says what does not fit', () => {
    expect(misfit({ ...recipe, head }, level([], null))).toBeNull();
    // Masks and keypoints come behind, and are left alone.
    expect(misfit({ ...recipe, head }, level([], 0))).toBeNull();
    expect(misfit({ ...recipe, head: { ...head, objectness: true } }, level([], null))).toMatch(/2 outputs; 3 for each of 1 levels/);
    expect(misfit({ ...recipe, head: { ...head, classes: 3 } }, level([], null))).toMatch(/\[1, 2, 2, 2\]; \[1, 3, 2, 2\]/);
  });
});

describe('decoding of mmdet’s dense heads', () => {
  const dense: DenseHead = {
    kind: 'dense',
    classes: 2,
    strides: [8],
    sigmoid: true,
    centerness: false,
    clip: true,
    box: { coder: 'distance', offset: 0.5 },
  };
  // Cell 3 of 2 × 2 lies at 12, 12; cell 0 at 4, 4.
  const level = (channels: number, cells: Readonly<Record<number, readonly number[]>>, else_ = 0): RawOutput => {
    const data = new Float32Array(4 * channels).fill(else_);
    for (const [cell, values] of Object.entries(cells)) for (const [c, n] of values.entries()) data[4 * c + Number(cell)] = n;
    return { shape: [1, channels, 2, 2], data };
  };
  const run = (head: DenseHead, parts: readonly RawOutput[], more: Partial<TestSettings> = {}, geometry = plain) => {
    expect(misfit({ ...recipe, head }, parts)).toBeNull();
    return detectionsOf({ ...recipe, head, test: { ...test, ...more } }, parts, geometry);
  };
  it('ends boxes where the picture does, and multiplies by the inverse of the scale', () => {
    const parts = [level(2, { 3: [0, NEVER] }, NEVER), level(4, { 3: [6, 6, 8, 2] })];
    const half: Geometry = { ...plain, width: 7, scale: [2, 2], inner: [14, 16] };
    expect(run(dense, parts, {}, half)).toEqual([{ label: 0, score: 0.5, bbox: [3, 3, 7, 7] }]);
    expect(run({ ...dense, clip: false }, parts, {}, half)[0]?.bbox).toEqual([3, 3, 10, 7]);
  });
  it('multiplies the centerness after the threshold, and sorts by the product', () => {
    const head = { ...dense, centerness: true };
    const parts = [
      level(2, { 0: [2, NEVER], 3: [0, NEVER] }, NEVER),
      level(4, { 0: [1, 1, 1, 1], 3: [1, 1, 1, 1] }),
      level(1, { 0: [-3], 3: [3] }),
    ];
    expect(run(head, parts).map(d => [d.bbox[0], d.score.toFixed(3)])).toEqual([
      [11, '0.476'],
      [3, '0.042'],
    ]);
  });
  it('takes the best of each level; without a limit all but the last, as mmdet does', () => {
    const parts = [level(2, { 0: [2, NEVER], 1: [1, NEVER], 3: [0, NEVER] }, NEVER), level(4, { 0: [1, 1, 1, 1] })];
    expect(run(dense, parts, { nmsPre: 1 })).toHaveLength(1);
    expect(run(dense, parts, { nmsPre: -1 })).toHaveLength(2);
  });
  it('drops boxes without an extent where asked', () => {
    const parts = [level(2, { 0: [2, NEVER], 3: [1, NEVER] }, NEVER), level(4, { 0: [1, 1, 1, 1], 3: [0, 1, 0, 1] })];
    expect(run(dense, parts)).toHaveLength(2);
    expect(run(dense, parts, { minSize: 0 }).map(d => d.bbox)).toEqual([[3, 3, 5, 5]]);
  });
  it('takes the way from an anchor', () => {
    const anchors = [[[-4, -2, 4, 2] as const]];
    const head: DenseHead = { ...dense, clip: false, box: { coder: 'delta', anchors, means: [0, 0, 0, 0], stds: [0.5, 0.5, 1, 1] } };
    const parts = [level(2, { 3: [0, NEVER] }, NEVER), level(4, { 3: [0.5, 0, Math.log(0.5), 99] })];
    // The anchor of cell 3 lies around 8, 8. A side grows by no more than 1000 / 16.
    expect(run(head, parts)[0]?.bbox.map(side => Number(side.toFixed(3)))).toEqual([8, -117, 12, 133]);
  });
  it('takes the mean of a distribution', () => {
    const head: DenseHead = { ...dense, clip: false, box: { coder: 'distribution', offset: 0, most: 1 } };
    const parts = [level(2, { 3: [0, NEVER] }, NEVER), level(8, { 3: [0, 0, 50, -50, 0, 0, -50, 50] })];
    expect(run(head, parts)[0]?.bbox).toEqual([4, 8, 12, 16]);
  });
  it('takes the background from a softmax', () => {
    const parts = [level(3, { 0: [NEVER, NEVER, 0], 3: [0, Math.log(2), 0] }, 0), level(4, {})];
    const found = run({ ...dense, sigmoid: false }, parts, { scoreThreshold: 0.4 });
    expect(found.map(d => [d.label, Number(d.score.toFixed(4))])).toEqual([[1, 0.5]]);
  });
});

describe('the best first', () => {
  it.each([0, 1, 7, 500, 5000, 6000])('%d of 5,000', most => {
    // Many are equal, many differ in their last bits alone.
    const scores = Float32Array.from({ length: 5000 }, (_, i) => ((i * 7919) % 97) / 97 / (i % 3 ? 1 : 1 + 2 ** -20));
    const sorted = Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
    expect([...bestFirst(scores, most)]).toEqual(sorted.slice(0, most));
  });
});

describe('soft suppression', () => {
  const candidates = {
    boxes: Float32Array.from([0, 0, 10, 10, 0, 0, 10, 8, 20, 20, 30, 30]),
    labels: Int32Array.from([0, 0, 0]),
    scores: Float32Array.from([0.9, 0.8, 0.7]),
  };
  const settings = { iouThreshold: 0.3, limit: 0, classAgnostic: false };
  const by = (method: 'naive' | 'linear' | 'gaussian', minScore = 1e-3): string[] =>
    Array.from(softSuppress(candidates, settings, { method, sigma: 0.5, minScore }).scores, n => n.toFixed(4));
  it('takes score from what overlaps a better box', () => {
    expect(by('linear')).toEqual(['0.9000', '0.7000', '0.1600']);
    expect(by('gaussian')).toEqual(['0.9000', '0.7000', (0.8 * Math.exp(-0.64 / 0.5)).toFixed(4)]);
  });
  it('and drops what has too little left', () => {
    expect(by('naive')).toEqual(['0.9000', '0.7000']);
    expect(by('linear', 0.2)).toEqual(['0.9000', '0.7000']);
  });
  it('over classes, unless each goes by itself', () => {
    const two = { ...candidates, labels: Int32Array.from([0, 1, 0]) };
    const left = (more: Partial<NmsSettings>): number[] => {
      const { labels } = softSuppress(two, { ...settings, classAgnostic: true, ...more }, { method: 'naive', sigma: 0.5, minScore: 1e-3 });
      return Array.from(labels);
    };
    expect([left({}), left({ split: 4 }), left({ split: 3 })]).toEqual([
      [0, 0],
      [0, 0],
      [0, 1, 0],
    ]);
  });
});

describe('suppression', () => {
  const settings = { iouThreshold: 0.5, limit: 0, classAgnostic: false };
  const boxes = Float32Array.from([0, 0, 10, 10, 0, 0, 10, 9, 0, 0, 10, 10, 20, 20, 30, 30]);
  const left = (given: Omit<Boxes, 'scores'>, more: NmsSettings): readonly number[] =>
    suppress({ ...given, scores: new Float32Array(given.labels.length).fill(0.5) }, more);
  it('drops what overlaps a better box of the same class', () =>
    expect(left({ boxes, labels: [0, 0, 1, 0] }, settings)).toEqual([0, 2, 3]));
  it('drops it across classes where asked', () =>
    expect(left({ boxes, labels: [0, 0, 1, 0] }, { ...settings, classAgnostic: true })).toEqual([0, 3]));
  it('keeps what overlaps by no more than the threshold', () => {
    const halves = Float32Array.from([0, 0, 10, 10, 0, 0, 10, 5]);
    expect(left({ boxes: halves, labels: [0, 0] }, settings)).toEqual([0, 1]);
    expect(left({ boxes: halves, labels: [0, 0] }, { ...settings, iouThreshold: 0.499 })).toEqual([0]);
  });
  it('leaves all at a threshold of 1, equal ones too', () => {
    expect(left({ boxes, labels: [0, 0, 0, 0] }, { ...settings, iouThreshold: 1 })).toEqual([0, 1, 2, 3]);
    expect(left({ boxes, labels: [0, 0, 0, 0] }, { ...settings, iouThreshold: 1, limit: 3 })).toEqual([0, 1, 2]);
    expect(left({ boxes, labels: [0, 0, 0, 0] }, { ...settings, iouThreshold: 1 - 2 ** -20 })).toEqual([0, 1, 3]);
  });
  it('stops at the limit', () => expect(left({ boxes, labels: [0, 0, 1, 0] }, { ...settings, limit: 1 })).toEqual([0]));
  it('lets boxes with negative sides meet another class below 10,000 candidates only, as mmcv does', () => {
    // Class 1 is moved by the largest coordinate and one: 11. A box of class 1 from -11 lands on class 0's.
    const pair = [0, 0, 10, 10, -11, -11, -1, -1];
    expect(left({ boxes: Float32Array.from(pair), labels: [0, 1] }, settings)).toEqual([0]);
    const many = Float32Array.from([...pair, ...new Array(4 * 9_998).fill(0)]);
    expect(left({ boxes: many, labels: [0, 1, ...new Array(9_998).fill(0)] }, { ...settings, limit: 2 })).toEqual([0, 1]);
  });
  it('takes each class by itself from 10,000 candidates on, whatever was asked', () => {
    const all = { ...settings, classAgnostic: true, limit: 2 };
    const many = (count: number) => ({
      boxes: new Float32Array(4 * count).fill(0).map((_, i) => (i % 4 > 1 ? 10 : 0)),
      labels: Array.from({ length: count }, (_, i) => i % 2),
    });
    expect(left(many(9_999), all)).toEqual([0]);
    expect(left(many(10_000), all)).toEqual([0, 1]);
    expect(left(many(10_000), { ...all, split: 10_001 })).toEqual([0]);
    expect(left(many(4), { ...all, split: 4 })).toEqual([0, 1]);
  });
  it('counts ends as pixels with an offset of 1', () => {
    // Ten of eleven pixels' rows are shared, 5 of 11 in the other.
    const halves = { boxes: Float32Array.from([0, 0, 10, 10, 0, 0, 10, 5]), labels: [0, 0] };
    expect([left(halves, settings), left(halves, { ...settings, offset: 1 })]).toEqual([[0, 1], [0]]);
    // Those that end where others begin share a row of pixels; those of the class after it do not.
    const near = Float32Array.from([0, 0, 1, 1, 1, 0, 2, 1]);
    const low = { ...settings, iouThreshold: 0.3 };
    expect([left({ boxes: near, labels: [0, 0] }, { ...low, offset: 1 }), left({ boxes: near, labels: [0, 0] }, low)]).toEqual([
      [0],
      [0, 1],
    ]);
    expect(left({ boxes: near, labels: [0, 1] }, { ...low, offset: 1 })).toEqual([0, 1]);
  });
  it('leaves out what scores no more than its own threshold', () => {
    const apart = {
      boxes: Float32Array.from([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]),
      labels: [0, 0, 1],
      scores: Float32Array.from([0.9, 0.5, 0.4]),
    };
    const from = (scoreThreshold: number, more: Partial<NmsSettings> = {}) => suppress(apart, { ...settings, ...more, scoreThreshold });
    expect([from(0), from(0.5), from(0.45), from(0.95)]).toEqual([[0, 1, 2], [0], [0, 1], []]);
    expect(from(0.5, { iouThreshold: 1 })).toEqual([0]);
  });
});

it('a class counts where its score is above the threshold in float32, however unsure the prior', () => {
  for (const scoreThreshold of [-1, 0, 0.001, 0.3, 1]) {
    const rule = ruleOf({ scoreThreshold, multiLabel: true });
    const above = Array.from({ length: 40 }, (_, i) => Math.fround(Math.abs(scoreThreshold) * (1 + i * i * 6e-8)));
    for (const sure of [...above, 0, 0.0067, 0.5, 0.9999999, 1]) {
      const border = Math.log(scoreThreshold / (sure - scoreThreshold));
      const near = Array.from({ length: 81 }, (_, i) => border + (i - 40) * 1e-7);
      const data = Float32Array.from([...near, -Infinity, NaN, -100, -5, 0, 5, ...Array.from({ length: 40 }, (_, i) => 16 + i / 20), 100]);
      const found = new Candidates();
      scoreClasses({ data, count: data.length, start: 0, step: 1 }, sure, 7, rule, found);
      const expected = [...data.keys()].filter(i => Math.fround(sigmoid(data[i]!) * sure) > rule.threshold);
      expect([...found.labels]).toEqual(expected);
    }
  }
});

describe('an exported model', () => {
  const model = { recipe, config: 'c.py', key: 'k', checkpoint: null, half: true };
  it('carries its recipe', () => {
    const told = exportedModelOf(withMetadata(Buffer.from([8, 8]), model));
    expect(told).toEqual({
      ...model,
      recipe: {
        ...recipe,
        normalization: { ...recipe.normalization, behind: 0 },
        test: { ...test, classAgnostic: false, productOnly: false, minSize: -1 },
      },
    });
  });
  it('is none where the metadata is missing, cut or of another kind', () => {
    const bytes = withMetadata(Buffer.from([8, 8]), model);
    expect(exportedModelOf(Buffer.from([8, 8]))).toBeNull();
    expect(exportedModelOf(bytes.subarray(0, bytes.length / 2))).toBeNull();
    expect(recipeFromText(recipeText(recipe).replace('"yolov5"', '"yolov99"'))).toBeNull();
    expect(recipeFromText('{')).toBeNull();
  });
});
