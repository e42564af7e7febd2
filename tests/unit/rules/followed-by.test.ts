import { expect, test } from 'vitest';
import type { Edit } from '../../../server/rules/diagnostic.ts';
import { edited } from '../../../server/rules/edited.ts';
import { followedBy } from '../../../server/rules/followed-by.ts';

const edit = (start: number, end: number, text: string): Edit => ({ file: 'a', start, end, text });
const TEXT = 'abcdefghij';

const told: readonly (readonly [name: string, first: readonly Edit[], second: readonly Edit[]])[] = [
  ['apart', [edit(1, 3, 'XYZ')], [edit(7, 8, '')]],
  ['the second before the first', [edit(6, 8, '')], [edit(0, 1, '__')]],
  ['into what was written', [edit(2, 2, 'XYZ')], [edit(3, 4, 'y')]],
  ['over the end of what was written', [edit(2, 4, 'XY')], [edit(3, 6, '-')]],
  ['over all that was written', [edit(2, 4, 'XY'), edit(6, 7, 'Z')], [edit(1, 8, '!')]],
  ['at the end of the text', [edit(10, 10, '\nx = 1')], [edit(16, 16, '\ny = 2'), edit(0, 2, '')]],
  ['two at one place', [edit(4, 4, 'X')], [edit(5, 5, 'Y')]],
  ['nothing first', [], [edit(4, 5, 'Y')]],
  ['nothing then', [edit(4, 5, 'Y'), edit(0, 1, '')], []],
];
test.each(told)('edits that follow others: %s', (_, first, second) => {
  const both = followedBy(first, second);
  expect(edited(TEXT, both)).toBe(edited(edited(TEXT, first), second));
});

test('each file has its own', () => {
  const both = followedBy([edit(0, 1, 'X')], [{ file: 'b', start: 0, end: 1, text: 'Y' }]);
  expect(both).toEqual([edit(0, 1, 'X'), { file: 'b', start: 0, end: 1, text: 'Y' }]);
});
