/** What is read from a config, and what is refused in words. */
import { describe, expect, it } from 'vitest';
import { recipeFromText, recipeText } from '../../../runtime/detect/recipe-text.ts';
import type { DetectorRecipe } from '../../../runtime/index.ts';
import type { Data, DataRecord } from '../../../server/detect/data.ts';
import { notDrawn } from '../../../server/detect/head.ts';
import { DetectFailure } from '../../../server/detect/problem.ts';
import { dependsOnPicture, recipeOf, resizedRecipe } from '../../../server/detect/recipe.ts';

const steps: readonly DataRecord[] = [
  { type: 'LoadImageFromFile' },
  { type: 'YOLOv5KeepRatioResize', scale: [640, 384] },
  { type: 'LetterResize', scale: [640, 384], allow_scale_up: false, pad_val: { img: 114 } },
  { type: 'LoadAnnotations', with_bbox: true },
  { type: 'mmdet.PackDetInputs' },
];
const head: DataRecord = {
  type: 'YOLOv5Head',
  head_module: { type: 'YOLOv5HeadModule', num_classes: 2 },
  prior_generator: { type: 'mmdet.YOLOAnchorGenerator', base_sizes: [[[10, 13]], [[30, 61]]], strides: [8, 16] },
};
const model: DataRecord = {
  type: 'YOLODetector',
  data_preprocessor: { type: 'mmdet.DetDataPreprocessor', mean: [0, 0, 0], std: [255, 255, 255], bgr_to_rgb: true },
  bbox_head: head,
  test_cfg: { multi_label: true, nms_pre: 30000, score_thr: 0.001, nms: { type: 'nms', iou_threshold: 0.65 }, max_per_img: 300 },
};
const config = (more: DataRecord = {}, pipeline: readonly Data[] = steps): DataRecord => ({
  default_scope: 'mmyolo',
  model: { ...model, ...more },
  test_dataloader: {
    dataset: {
      type: 'YOLOv5CocoDataset',
      metainfo: {
        classes: ['cat', 'dog'],
        palette: [
          [1, 2, 3],
          [4, 5, 6],
        ],
      },
      pipeline,
    },
  },
});
const refusal = (data: Data): string => {
  try {
    recipeOf(data);
  } catch (e) {
    if (e instanceof DetectFailure) return `${e.problem.title}. ${e.problem.text}`;
    throw e;
  }
  throw new Error('it was read');
};

describe('a recipe', () => {
  it('has what suppression asks by itself', () => {
    const asking = (nms: DataRecord): DetectorRecipe =>
      recipeOf(config({ test_cfg: { nms: { type: 'nms', iou_threshold: 0.5, ...nms } } }));
    expect(asking({ offset: 1, score_threshold: 0.2 }).test).toMatchObject({ nmsOffset: 1, nmsScoreThreshold: 0.2 });
    expect(recipeFromText(recipeText(asking({ offset: 1, score_threshold: 0.2 })))?.test).toMatchObject({
      nmsOffset: 1,
      nmsScoreThreshold: 0.2,
    });
    expect(asking({ offset: 0, score_threshold: 0 }).test).toEqual(asking({}).test);
  });
  it('has LetterResize’s ways to fill and to interpolate', () => {
    const letter = (more: DataRecord): DetectorRecipe => recipeOf(config({}, [{ type: 'LetterResize', scale: [64, 96], ...more }]));
    const base = { kind: 'letter-resize', scale: [64, 96], allowScaleUp: true, padValue: 0 };
    expect(letter({ use_mini_pad: true, stretch_only: true }).transforms).toEqual([{ ...base, filling: 'least' }]);
    expect(letter({ stretch_only: true, interpolation: 'bicubic' }).transforms).toEqual([{ ...base, filling: 'none', cubic: true }]);
    for (const more of [{ use_mini_pad: true }, { stretch_only: true, interpolation: 'bicubic' }])
      expect(recipeFromText(recipeText(letter(more)))?.transforms).toEqual(letter(more).transforms);
    const depends = (more: DataRecord): boolean => dependsOnPicture(config({}, [{ type: 'LetterResize', scale: [64, 96], ...more }]));
    expect([depends({ use_mini_pad: true }), depends({ stretch_only: true })]).toEqual([true, false]);
    const wide = config({}, [{ type: 'LetterResize', scale: [64, 96], use_mini_pad: true }]);
    expect([recipeOf(wide, [640, 100]).size, recipeOf(wide).size]).toEqual([
      [64, 32],
      [64, 96],
    ]);
  });
  it('is the config’s own', () => {
    expect(recipeOf(config())).toEqual({
      size: [640, 384],
      transforms: [
        { kind: 'yolov5-keep-ratio-resize', scale: [640, 384] },
        { kind: 'letter-resize', scale: [640, 384], allowScaleUp: false, padValue: 114 },
      ],
      normalization: { mean: [0, 0, 0], std: [255, 255, 255], bgrToRgb: true, behind: 0 },
      head: { kind: 'yolov5', classes: 2, strides: [8, 16], baseSizes: [[[10, 13]], [[30, 61]]] },
      test: {
        scoreThreshold: 0.001,
        nmsIouThreshold: 0.65,
        nmsPre: 30000,
        maxPerImage: 300,
        multiLabel: true,
        classAgnostic: false,
        productOnly: false,
        minSize: -1,
      },
      classes: ['cat', 'dog'],
      palette: [
        [1, 2, 3],
        [4, 5, 6],
      ],
    });
  });
  it('finds the dataset within what wraps it, and knows the names of known datasets', () => {
    const wrapped = {
      ...config(),
      test_dataloader: { dataset: { type: 'ConcatDataset', datasets: [{ type: 'CocoDataset', pipeline: steps }] } },
    };
    expect(recipeOf(wrapped).classes).toEqual(['person', 'bicycle']);
    const unknown = { ...config(), test_dataloader: { dataset: { type: 'MyDataset', pipeline: steps } } };
    expect(recipeOf(unknown).classes).toEqual(['class 0', 'class 1']);
  });
  it('has one label a box where there is one class', () => {
    const single = { ...head, head_module: { num_classes: 1 } };
    expect(recipeOf(config({ bbox_head: single })).test.multiLabel).toBe(false);
  });
  it('reads a head without anchors, and YOLOX’s own rules', () => {
    const yolox = { type: 'YOLOXHead', head_module: { num_classes: 2, featmap_strides: [8, 16, 32] } };
    const pipeline = [
      { type: 'mmdet.Resize', scale: [416, 416], keep_ratio: true },
      { type: 'mmdet.Pad', pad_to_square: true, pad_val: { img: [114, 114, 114] } },
    ];
    const recipe = recipeOf(
      config(
        {
          bbox_head: yolox,
          test_cfg: { yolox_style: true, multi_label: true, score_thr: 0.001, max_per_img: 300, nms: { type: 'nms', iou_threshold: 0.65 } },
        },
        pipeline,
      ),
    );
    expect(recipe.head).toEqual({ kind: 'points', classes: 2, strides: [8, 16, 32], offset: 0, coder: 'logarithm', objectness: true });
    expect(recipe.test).toMatchObject({ maxPerImage: 0, productOnly: true });
    expect([recipe.size, recipe.transforms[1]]).toEqual([[416, 416], { kind: 'pad', size: [416, 416], value: 114 }]);
  });
});

it.each<[string, DataRecord, Partial<DetectorRecipe['test']>]>([
  [
    'the smaller of two limits counts',
    { max_per_img: 300, nms: { iou_threshold: 0.6, max_num: 20 } },
    { maxPerImage: 20, nmsIouThreshold: 0.6 },
  ],
  ['be it the other', { max_per_img: 10, nms: { iou_threshold: 0.6, max_num: 20 } }, { maxPerImage: 10 }],
  ['the one that is there', { yolox_style: true, max_per_img: 10, nms: { iou_threshold: 0.6, max_num: 20 } }, { maxPerImage: 20 }],
  ['candidates go class after class from this number on', { nms: { split_thr: 50 } }, { split: 50 }],
  ['without suppression none falls out', { max_per_img: 10, nms: null }, { maxPerImage: 10, nmsIouThreshold: 1 }],
])('%s', (_, test, expected) => expect(recipeOf(config({ test_cfg: test })).test).toMatchObject(expected));

describe('pictures of changing sizes', () => {
  const changing = config({ data_preprocessor: { pad_size_divisor: 32, pad_value: 7 } }, [
    { type: 'mmdet.Resize', scale: [1333, 800], keep_ratio: true },
  ]);
  it('make the network as large as they need', () => {
    expect([dependsOnPicture(changing), dependsOnPicture(config())]).toEqual([true, false]);
    expect(recipeOf(changing, [500, 375]).size).toEqual([1088, 800]);
    expect(recipeOf(changing, [375, 500]).size).toEqual([800, 1088]);
    expect(recipeOf(changing)).toMatchObject({ size: [1344, 800], normalization: { behind: 7 } });
    expect(resizedRecipe(recipeOf(changing), changing, [1333, 1340])).toEqual({ ...recipeOf(changing), size: [1344, 1344] });
    expect(() => resizedRecipe(recipeOf(config()), config(), [320, 320])).toThrow('The test pipeline makes 640 × 384 of every picture');
  });
  it('are padded as the pipeline and the preprocessor say', () => {
    const steps = [
      { type: 'mmdet.Resize', scale: [100, 60], keep_ratio: true, interpolation: 'bicubic' },
      { type: 'mmdet.Pad', size_divisor: 8 },
    ];
    const recipe = recipeOf(config({ data_preprocessor: {} }, steps), [50, 20]);
    expect(recipe.transforms).toEqual([
      { kind: 'keep-ratio-resize', scale: [100, 60], cubic: true },
      { kind: 'pad-to-multiple', divisor: 8, value: 0 },
    ]);
    expect(recipe.size).toEqual([104, 40]);
  });
});

describe('mmdet’s dense heads', () => {
  const dense = (head: DataRecord, test: DataRecord = {}): DetectorRecipe =>
    recipeOf(config({ bbox_head: { num_classes: 2, ...head }, test_cfg: test }));
  it('have anchors around a cell’s corner', () => {
    const { head, test } = dense({ type: 'mmdet.RetinaHead' }, { min_bbox_size: 0, max_per_img: 100 });
    if (head.kind !== 'dense' || head.box.coder !== 'delta') throw new Error(head.kind);
    expect(head.box.anchors.map(level => level.length)).toEqual([9, 9, 9, 9, 9]);
    // Base scale 4, ratio 0.5, stride 8: 32 × √2 wide.
    expect(head.box.anchors[0]?.[0]?.map(side => side.toFixed(4))).toEqual(['-22.6274', '-11.3137', '22.6274', '11.3137']);
    expect(test).toMatchObject({ scoreThreshold: 0, nmsPre: -1, minSize: 0, maxPerImage: 100 });
  });
  it('have points, of the head’s own strides or a generator’s', () => {
    expect(dense({ type: 'mmdet.FCOSHead', strides: [8, 16] }).head).toEqual({
      kind: 'dense',
      classes: 2,
      strides: [8, 16],
      sigmoid: true,
      centerness: true,
      clip: true,
      box: { coder: 'distance', offset: 0.5 },
    });
    const points = { type: 'mmdet.MlvlPointGenerator', offset: 0, strides: [8, 16, 32] };
    expect(dense({ type: 'mmdet.RTMDetSepBNHead', anchor_generator: points }).head).toMatchObject({
      strides: [8, 16, 32],
      centerness: false,
      box: { coder: 'distance', offset: 0 },
    });
    const anchors = { type: 'AnchorGenerator', octave_base_scale: 8, scales_per_octave: 1, ratios: [1], strides: [8, 16] };
    expect(dense({ type: 'mmdet.GFLHead', anchor_generator: anchors, reg_max: 12 }).head).toMatchObject({
      box: { coder: 'distribution', offset: 0, most: 12 },
    });
  });
  it('suppress softly where asked', () =>
    expect(dense({ type: 'mmdet.RetinaHead' }, { nms: { type: 'soft_nms', method: 'gaussian' } }).test).toMatchObject({
      nmsIouThreshold: 0.3,
      soft: { method: 'gaussian', sigma: 0.5, minScore: 1e-3 },
    }));
});

it('what a head gives beside its boxes is not drawn, and said so', () => {
  expect(notDrawn({ bbox_head: { type: 'mmyolo.YOLOv5InsHead' } })).toBe('YOLOv5InsHead gives masks too; boxes alone are drawn.');
  expect(notDrawn({ bbox_head: head })).toBeNull();
});

describe('what is not supported is said, never guessed', () => {
  it.each([
    [{}, /no model in this config/],
    [config({ bbox_head: { type: 'mmdet.TOODHead' } }), /The head is mmdet\.TOODHead, which detection does not decode yet/],
    [config({ bbox_head: { type: 'mmdet.RTMDetHead' } }), /The boxes of RTMDetHead cannot be read/],
    [
      config({ bbox_head: { type: 'mmdet.FCOSHead', num_classes: 2, bbox_coder: { type: 'MyCoder' } } }),
      /The boxes of FCOSHead cannot be read/,
    ],
    [
      config({ bbox_head: { type: 'RetinaHead', num_classes: 2, anchor_generator: { type: 'MyAnchors' } } }),
      /The boxes of RetinaHead cannot/,
    ],
    [config({ bbox_head: undefined, roi_head: { type: 'StandardRoIHead' } }), /two stages/],
    [config({ test_cfg: { nms: { type: 'nms_match' } } }), /Suppression by nms_match/],
    [config({ test_cfg: { nms: { type: 'nms', iou_threshold: 0.5, offset: 2 } } }), /an offset of 2 is not supported/],
    [config({ test_cfg: { nms: { type: 'soft_nms', score_threshold: 0.2 } } }), /soft_nms takes no `score_threshold`/],
    [config({}, [{ type: 'RandomFlip' }]), /The step RandomFlip/],
    [config({}, [{ type: 'mmdet.Resize', scale: [640, 640], interpolation: 'lanczos' }]), /Resizing by cv2, lanczos/],
    [
      config({}, [
        {
          type: 'mmdet.Resize',
          scale: [
            [640, 640],
            [800, 800],
          ],
        },
      ]),
      /A scale of Resize that is not two numbers/,
    ],
    [config({}, [{ type: 'LoadImageFromFile' }]), /leaves pictures as they are/],
    [config({}, [{ type: 'LetterResize', scale: [64, 64], backend: 'pillow' }]), /Resizing by pillow/],
    [{ ...config(), test_dataloader: {} }, /no test pipeline/],
  ])('%#', (data, sentence) => expect(refusal(data)).toMatch(sentence));
});
