import { expect, test } from 'vitest';
import { RecentTexts } from '../../../server/project/recent-texts.ts';

const long = (end: string): string => 'x = 1\n'.repeat(5000) + end;

test('tells long texts of one length apart, and short ones as they are', () => {
  const kept = new RecentTexts<number>(3);
  kept.set(long('# 1'), 1);
  kept.set(long('# 2'), 2);
  kept.set('short', 3);
  expect([kept.get(long('# 1')), kept.get(long('# 2')), kept.get(long('# 3')), kept.get('short')]).toEqual([1, 2, undefined, 3]);
});

test('lets the one go that was not asked for longest', () => {
  const kept = new RecentTexts<number>(2);
  kept.set(long('# 1'), 1);
  kept.set(long('# 2'), 2);
  kept.get(long('# 1'));
  kept.set(long('# 3'), 3);
  expect([kept.get(long('# 1')), kept.get(long('# 2')), kept.get(long('# 3'))]).toEqual([1, undefined, 3]);
});

test('does not take a text for another whose key it looks like', () => {
  const kept = new RecentTexts<number>(3);
  const text = long('# 1');
  kept.set(text, 1);
  let hash = 0;
  for (const c of text) hash = (Math.imul(hash, 31) + c.charCodeAt(0)) | 0;
  expect(kept.get(`${text.length} ${hash}`)).toBe(undefined);
});
