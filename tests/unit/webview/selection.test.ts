import { describe, expect, test } from 'vitest';
import { boxesOf } from '../../../client/webview/preview/box.ts';
import { boxAt } from '../../../client/webview/preview/hit.ts';
import { hiddenSentence } from '../../../client/webview/preview/phrase.ts';
import { belowThreshold, classCounts, roundThreshold, shownBoxes } from '../../../client/webview/preview/selection.ts';
import type { DetectResult } from '../../../server/protocol.ts';
import { boxOf } from './box-of.ts';

const boxes = [
  boxOf({ index: 0, score: 0.9, label: 0, name: 'circle' }),
  boxOf({ index: 1, score: 0.5, label: 1, name: 'square' }),
  boxOf({ index: 2, score: 0.3, label: 0, name: 'circle' }),
  boxOf({ index: 3, score: 0.004, label: 1, name: 'square' }),
];

describe('the score to reach', () => {
  test('a box whose score is the threshold is shown', () => {
    expect(shownBoxes(boxes, { threshold: 0.3, hidden: new Set() }).map(box => box.index)).toEqual([0, 1, 2]);
  });
  test('a class that is off is not shown, and still counted', () => {
    expect(shownBoxes(boxes, { threshold: 0, hidden: new Set(['circle']) }).map(box => box.index)).toEqual([1, 3]);
    expect(classCounts(boxes, ['circle', 'square', 'star'], 0.3).map(row => row.count)).toEqual([2, 1, 0]);
  });
  test('of many classes, those with candidates are listed, most boxes first', () => {
    const classes = Array.from({ length: 80 }, (_, label) => (label === 0 ? 'circle' : label === 1 ? 'square' : `class ${label}`));
    expect(classCounts(boxes, classes, 0.3).map(row => row.name)).toEqual(['circle', 'square']);
  });
  test('what is hidden is told, with the best of it', () => {
    expect(hiddenSentence(belowThreshold(boxes, 0.4))).toBe('2 hidden; the next has 0.30');
    expect(hiddenSentence(belowThreshold(boxes, 0.1))).toBe('1 hidden; the next has 0.004');
    expect(hiddenSentence(belowThreshold(boxes, 0))).toBe('None hidden');
  });
  test('steps of 0.01 stay on the grid and within 0 and 1', () => {
    expect(roundThreshold(0.29 + 0.01)).toBe(0.3);
    expect([roundThreshold(-1), roundThreshold(7)]).toEqual([0, 1]);
  });
});

test('boxes are sorted by score and keep their place in the result', () => {
  const detections = [
    { label: 0, name: 'circle', score: 0.2, bbox: [1, 2, 11, 22] as const },
    { label: 1, name: 'square', score: 0.8, bbox: [0, 0, 5, 5] as const },
  ];
  const result: DetectResult = {
    kind: 'detections',
    image: 'a.jpg',
    width: 100,
    height: 100,
    detections,
    classes: ['circle', 'square'],
    palette: null,
    timings: { prepare: 1, network: 1, decode: 1 },
    provider: 'CPU',
    half: false,
    refused: [],
    weights: { kind: 'checkpoint', path: null, note: null },
    scoreThreshold: 0.001,
    suppression: { own: 0.65, threshold: 0.65, fixed: null, candidates: null },
  };
  expect(boxesOf(result)).toEqual([
    { index: 1, label: 1, name: 'square', score: 0.8, x: 0, y: 0, width: 5, height: 5, style: 'found' },
    { index: 0, label: 0, name: 'circle', score: 0.2, x: 1, y: 2, width: 10, height: 20, style: 'found' },
  ]);
});

describe('a point hits', () => {
  const outer = boxOf({ index: 0, x: 0, y: 0, width: 100, height: 100 });
  const inner = boxOf({ index: 1, x: 40, y: 40, width: 10, height: 10 });
  test('the smallest box that holds it', () => expect(boxAt([outer, inner], 45, 45)?.index).toBe(1));
  test('the outer one beside the inner', () => expect(boxAt([inner, outer], 20, 20)?.index).toBe(0));
  test('an edge, from a little outside', () =>
    expect([boxAt([outer], 102, 50), boxAt([outer], 102, 50, 3)?.index]).toEqual([undefined, 0]));
});
