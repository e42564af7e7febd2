import { describe, expect, test } from 'vitest';
import { pan, wholePicture, zoomAround, zoomTo } from '../../../client/webview/preview/zoom.ts';

const stage = { width: 632, height: 432 };

describe('the whole picture', () => {
  test('lies in the middle, as large as fits within the margin', () =>
    expect(wholePicture({ width: 1200, height: 400 }, stage)).toEqual({ scale: 0.5, x: 16, y: 116 }));
  test('is not blown up by more than four', () => expect(wholePicture({ width: 80, height: 60 }, stage).scale).toBe(4));
});

test('zooming keeps the point under the mouse', () => {
  const before = wholePicture({ width: 600, height: 400 }, stage);
  const after = zoomAround(before, 2, { x: 100, y: 50 }, before.scale);
  expect((100 - after.x) / after.scale).toBeCloseTo((100 - before.x) / before.scale);
  expect((50 - after.y) / after.scale).toBeCloseTo((50 - before.y) / before.scale);
});

test('zooming out stops at the whole picture', () =>
  expect(zoomAround({ scale: 1, x: 0, y: 0 }, 0.01, { x: 0, y: 0 }, 0.5).scale).toBe(0.5));

describe('moving', () => {
  const picture = { width: 600, height: 400 };
  test('stops when the picture’s edge is in the middle', () =>
    expect(pan({ scale: 2, x: 0, y: 0 }, 9999, -9999, picture, stage)).toEqual({ scale: 2, x: 316, y: -584 }));
  test('centres what is smaller than the stage', () =>
    expect(pan({ scale: 0.5, x: 0, y: 0 }, 50, 50, picture, stage)).toEqual({ scale: 0.5, x: 166, y: 116 }));
});

test('zooming to a box puts its middle in the stage’s', () => {
  const zoom = zoomTo({ x: 100, y: 100, width: 50, height: 20 }, stage);
  expect([zoom.x + 125 * zoom.scale, zoom.y + 110 * zoom.scale]).toEqual([316, 216]);
});
