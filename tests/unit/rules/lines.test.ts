import { expect, test } from 'vitest';
import { changed } from '../../../server/text/document.ts';
import { Lines } from '../../../server/text/lines.ts';

test('offsets become lines and UTF-16 columns, and come back', () => {
  const text = 'a\r\n𝒳b\n\rc';
  const lines = new Lines(text);
  expect(lines.count).toBe(4);
  expect(lines.position(3)).toEqual({ line: 1, character: 0 });
  expect(lines.position(5)).toEqual({ line: 1, character: 2 });
  expect([0, 1, 3, 4, 5, 6, 7, 8, 9].map(o => lines.offset(lines.position(o)))).toEqual([0, 1, 3, 4, 5, 6, 7, 8, 9]);
  expect(lines.text(1)).toBe('𝒳b');
});

test('a column past the end of a line is its end', () => {
  const lines = new Lines('ab\ncd');
  expect(lines.offset({ line: 0, character: 99 })).toBe(2);
  expect(lines.offset({ line: 9, character: 0 })).toBe(5);
});

test('changes follow one another', () => {
  const document = { uri: 'file:///a.py', path: '/a.py', version: 1, text: 'one\ntwo\n' };
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } };
  expect(
    changed(
      document,
      [
        { range, text: 'zwei\ndrei' },
        { range: { start: { line: 2, character: 0 }, end: { line: 2, character: 4 } }, text: '3' },
      ],
      2,
    ).text,
  ).toBe('one\nzwei\n3\n');
});
