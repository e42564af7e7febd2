/** The states that the page is looked at in. */
import { readFileSync } from 'node:fs';
import { actionsFor } from '../../client/preview/problem-actions.ts';
import type { Figures, Heading, View } from '../../client/preview-messages.ts';
import type { Subject } from '../../client/preview-subject.ts';
import type { DetectProblem, DetectResult, EvaluateResult } from '../../server/protocol.ts';

export const PICTURE = 'configs/demo/images/meadow.jpg';
const suppression: DetectResult['suppression'] = { own: 0.65, threshold: 0.65, fixed: null, candidates: 1 };
export const result: DetectResult = { ...JSON.parse(readFileSync('tests/data/preview/meadow.json', 'utf8')), suppression };

interface Validation {
  /** 00002.jpg of the demo's validation set, with what was annotated on it. */
  readonly truth: DetectResult;
  /** 00012.jpg by averaged and by raw weights. */
  readonly left: DetectResult;
  readonly right: DetectResult;
  readonly figures: Pick<EvaluateResult, 'stats' | 'perClass'>;
}
const recorded: Validation = JSON.parse(readFileSync('tests/data/preview/validation.json', 'utf8'));
export const validation: Validation = {
  ...recorded,
  truth: { ...recorded.truth, suppression },
  left: { ...recorded.left, suppression },
  right: { ...recorded.right, suppression },
};
/** Of states that show another picture than the demo's meadow. */
export const PICTURES: Readonly<Record<string, string>> = {
  truth: 'configs/demo/data/shapes/val/00002.jpg',
  evaluating: 'configs/demo/data/shapes/val/00002.jpg',
  compare: 'configs/demo/data/shapes/val/00012.jpg',
};
const NONE: Figures = { count: 24, running: null, result: null, only: null };
/** What is known of the whole set, in the states that show it. */
export const FIGURES: Readonly<Record<string, Figures>> = {
  truth: {
    ...NONE,
    result: {
      mean: validation.figures.stats[0] ?? -1,
      perClass: validation.figures.perClass.map(({ name, ap, ap50 }, label) => ({ name, ap, ap50, missed: [0, 1, 9, 2, 0][label] ?? 0 })),
      notes: [],
    },
    only: 2,
  },
  evaluating: { ...NONE, running: '00011.jpg, 12 of 24' },
};

export const subject: Subject = {
  config: '/project/shapes_yolov5_tiny.py',
  image: '/project/images/meadow.jpg',
  checkpoint: null,
  validation: false,
  iouThreshold: null,
  other: null,
};
export const FILM = [
  'crowd.jpg',
  'gray.jpg',
  'a name that is much too long.jpg',
  'meadow.jpg',
  'notebook.png',
  'panorama.jpg',
  'phone.jpg',
  'poster.jpg',
  'small.jpg',
];

export const heading: Heading = {
  config: 'shapes_yolov5_tiny.py',
  checkpoint: 'best_coco_bbox_mAP_epoch_42.pth',
  device: 'CPU',
  picture: { name: 'meadow.jpg', position: 4, count: 12 },
};

const otherNetwork: DetectProblem = {
  kind: 'problem',
  code: 'checkpoint-other-network',
  title: 'The checkpoint is for 5 classes, the config for 80',
  text: 'Six tensors of `bbox_head.head_module` have another shape than the config asks for; the other 342 fit. Set `num_classes` to 5, or choose a checkpoint that was trained on 80 classes.',
  details: [
    {
      label: 'Other shape',
      values: [
        'bbox_head.head_module.convs_pred.0.weight: 30 × 16 × 1 × 1 in the checkpoint, 255 × 16 × 1 × 1 in the config',
        'bbox_head.head_module.convs_pred.0.bias: 30 in the checkpoint, 255 in the config',
      ],
    },
    { label: 'Missing in the checkpoint', values: ['backbone.stem.conv.weight'] },
  ],
};

const stoppedByHand: DetectProblem = {
  kind: 'problem',
  code: 'cancelled',
  title: 'Stopped',
  text: 'Detection was stopped before it was done.',
  details: [],
};

export const states: Readonly<Record<string, View>> = {
  ready: { kind: 'ready', result },
  random: {
    kind: 'ready',
    result: {
      ...result,
      weights: { kind: 'random', path: null, note: null },
      detections: result.detections.map(found => ({ ...found, score: found.score * 0.4 })),
    },
  },
  'no-gpu': {
    kind: 'ready',
    result: {
      ...result,
      refused: [
        { provider: 'CUDA', reason: 'libcudart.so.13 is not on this machine' },
        { provider: 'WebGPU', reason: 'only a software adapter was found' },
      ],
    },
  },
  truth: { kind: 'ready', result: validation.truth },
  evaluating: { kind: 'ready', result: validation.truth },
  compare: { kind: 'ready', result: validation.left, other: { result: validation.right, names: ['EMA', 'raw'] } },
  progress: {
    kind: 'progress',
    phase: 'Session on the CPU',
    finished: [
      { phase: 'Network from the config', seconds: 0.06 },
      { phase: 'Reading best_coco_bbox_mAP_epoch_42.pth', seconds: 0.04 },
    ],
  },
  problem: { kind: 'problem', problem: otherNetwork, actions: actionsFor(otherNetwork) },
  stopped: { kind: 'problem', problem: stoppedByHand, actions: actionsFor(stoppedByHand) },
  empty: {
    kind: 'empty',
    facts: [
      ['Config', 'shapes_yolov5_tiny.py'],
      ['Checkpoint', 'the newest in work_dirs, beside the config, or its load_from'],
      ['Device', 'Auto'],
    ],
  },
};
