/** What was annotated beside what was found, and two results beside each other. */
import { describe, expect, test } from 'vitest';
import { pairsOf } from '../../../client/webview/preview/pairs.ts';
import { boxesIn, countMarks, marksOf } from '../../../client/webview/preview/truth.ts';
import type { DetectionRecord, DetectResult, TruthRecord } from '../../../server/protocol.ts';
import { boxOf } from './box-of.ts';

const found = (score: number, name = 'circle'): DetectionRecord => ({ label: 0, name, score, bbox: [0, 0, 10, 10] });
const result = (detections: readonly DetectionRecord[]): DetectResult => ({
  kind: 'detections',
  image: '/a.jpg',
  width: 100,
  height: 100,
  detections,
  classes: ['circle'],
  palette: null,
  timings: { prepare: 1, network: 1, decode: 1 },
  provider: 'CPU',
  half: false,
  refused: [],
  weights: { kind: 'checkpoint', path: null, note: null },
  scoreThreshold: 0,
  suppression: { own: 0.65, threshold: 0.65, fixed: null, candidates: null },
});
const object = (crowd = false): TruthRecord['objects'][number] => ({ label: 0, name: 'circle', bbox: [1, 1, 11, 11], crowd });

describe('marks', () => {
  const truth: TruthRecord = {
    objects: [object(), object(), object(), object(true)],
    matches: [{ object: 0, iou: 0.9 }, null, { object: 2, iou: 0.6 }],
  };
  const detected = result([found(0.9), found(0.5), found(0.2)]);

  test('missed first, the hopeless before the nearly found, then extra, then matched', () => {
    const marks = marksOf(detected, truth, 0.3);
    expect(marks.map(({ kind, iou, score }) => [kind, iou, score])).toEqual([
      ['missed', null, null],
      ['missed', null, 0.2],
      ['extra', null, 0.5],
      ['matched', 0.9, 0.9],
    ]);
    expect(countMarks(marks)).toEqual({ matched: 1, missed: 2, extra: 1 });
    // Each is told apart by its number, and the object that is met is drawn below what meets it.
    expect(boxesIn(marks).map(({ style, index }) => [style, index])).toEqual([
      ['truth', -1],
      ['missed', -2],
      ['missed', -3],
      ['extra', 1],
      ['found', 0],
    ]);
  });
  test('a threshold changes what reaches it and nothing else', () => {
    expect(countMarks(marksOf(detected, truth, 0))).toEqual({ matched: 2, missed: 1, extra: 1 });
    expect(countMarks(marksOf(detected, truth, 0.95))).toEqual({ matched: 0, missed: 3, extra: 0 });
  });
  test('a crowd is missed by none, and what meets it is no extra', () => {
    const marks = marksOf(result([found(0.9)]), { objects: [object(true)], matches: [{ object: 0, iou: 1 }] }, 0.3);
    expect(countMarks(marks)).toEqual({ matched: 1, missed: 0, extra: 0 });
    expect(marksOf(result([]), { objects: [object(true)], matches: [] }, 0.3)).toEqual([]);
  });
});

describe('pairs', () => {
  test('by class and overlap, each once; what one side alone has comes first', () => {
    const left = [boxOf({ index: 0, score: 0.9 }), boxOf({ index: 1, score: 0.8, x: 50 }), boxOf({ index: 2, score: 0.7, name: 'star' })];
    const right = [boxOf({ index: 0, score: 0.6, x: 1 }), boxOf({ index: 1, score: 0.5 }), boxOf({ index: 2, score: 0.4, name: 'star' })];
    const named = pairsOf(left, right).map(({ left: a, right: b }) => [a?.score ?? null, b?.score ?? null]);
    expect(named).toEqual([
      [0.8, null],
      [null, 0.6],
      [0.9, 0.5],
      [0.7, 0.4],
    ]);
  });
  test('boxes without an area pair with nothing', () => {
    const flat = boxOf({ width: 0 });
    expect(pairsOf([flat], [flat])).toHaveLength(2);
  });
});
