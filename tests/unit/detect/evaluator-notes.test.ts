import { expect, it } from 'vitest';
import type { Data } from '../../../server/detect/data.ts';
import { evaluatorNotes } from '../../../server/detect/evaluator-notes.ts';

const model = (most: number): Data => ({ test_cfg: { max_per_img: most } });
const coco = { type: 'mmdet.CocoMetric', proposal_nums: [100, 1, 10], metric: 'bbox' };

it.each<[string, Data, Data, readonly RegExp[]]>([
  ['mmyolo’s own', coco, model(300), []],
  ['no evaluator', undefined, model(300), []],
  ['another metric', { type: 'VOCMetric', metric: 'mAP' }, model(100), [/^`VOCMetric` .*COCO’s figures/]],
  ['masks beside boxes', { ...coco, metric: ['bbox', 'segm'] }, model(100), [/`segm`: boxes alone/]],
  ['thresholds of its own', { ...coco, iou_thrs: [0.5] }, model(100), [/`iou_thrs`/]],
  ['no thresholds', { ...coco, iou_thrs: null }, model(100), []],
  ['CocoMetric’s own numbers, of a hundred boxes', { type: 'CocoMetric' }, model(100), []],
  ['the same of more', { type: 'CocoMetric' }, model(300), [/without `proposal_nums` counts up to 1000/]],
  ['the same of any number', { type: 'CocoMetric' }, model(-1), [/up to 1000/]],
  ['a second stage lets them through', { type: 'CocoMetric' }, { test_cfg: { rcnn: { max_per_img: 100 } } }, []],
  ['numbers that are written', { ...coco, proposal_nums: [300, 100] }, model(300), [/^`proposal_nums` .*up to 300/]],
  ['fewer than COCO’s', { ...coco, proposal_nums: [1, 10] }, model(100), [/up to 10 /]],
])('%s', (_, evaluator, of, expected) => {
  expect(evaluatorNotes(evaluator, of)).toEqual(expected.map(pattern => expect.stringMatching(pattern)));
});
