import { describe, expect, test } from 'vitest';
import { placeTags, type Rect, type TagWanted } from '../../../client/webview/preview/tags.ts';

const bounds: Rect = { x: 0, y: 0, width: 200, height: 100 };
const tag = (x: number, y: number, width: number, height: number, always = false): TagWanted => ({
  box: { x, y, width, height },
  width: 40,
  height: 16,
  always,
});
const place = (...wanted: TagWanted[]): readonly (Rect | null)[] => placeTags(wanted, bounds, 0);
const at = (x: number, y: number): Rect => ({ x, y, width: 40, height: 16 });

describe('a tag stands', () => {
  test('above its box, at the left', () => expect(place(tag(50, 40, 60, 30))).toEqual([at(50, 24)]));
  test('above at the right where the left is taken', () =>
    expect(place(tag(50, 40, 60, 30), tag(30, 40, 80, 30))).toEqual([at(50, 24), at(30, 70)]));
  test('above at the right where the left would leave the stage', () => expect(place(tag(-20, 40, 80, 30))).toEqual([at(20, 24)]));
  test('below where there is no room above', () => expect(place(tag(50, 4, 60, 30))).toEqual([at(50, 34)]));
  test('inside where there is none below either', () => expect(place(tag(50, 0, 60, 100))).toEqual([at(50, 0)]));
  test('nowhere where every place is taken', () => expect(place(tag(50, 0, 40, 100), tag(50, 0, 40, 100))).toEqual([at(50, 0), null]));
  test('at the edge of the stage all the same when it is the focused one', () =>
    expect(place(tag(-300, 40, 60, 30, true))).toEqual([at(0, 24)]));
});

test('no two of many overlap, and none leaves the stage', () => {
  const wanted = Array.from({ length: 60 }, (_, n) => tag((n * 37) % 180, (n * 53) % 90, 30, 20));
  const placed = place(...wanted).filter(rect => rect !== null);
  expect(placed.length).toBeGreaterThan(8);
  for (const [n, a] of placed.entries()) {
    expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= 200 && a.y + a.height <= 100).toBe(true);
    for (const b of placed.slice(n + 1))
      expect(a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height).toBe(false);
  }
});
