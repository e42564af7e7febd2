import { expect, test } from 'vitest';
import type { Diagnostic, Fix, Severity } from '../../../server/rules/diagnostic.ts';
import { withRightFixes } from '../../../server/rules/right-fixes.ts';

const fix: Fix = { title: 'Mend it', edits: [{ file: 'a', start: 0, end: 1, text: 'x' }], preferred: true };
const told = (code: string, severity: Severity, fixes: readonly Fix[] = []): Diagnostic => ({
  code,
  severity,
  message: code,
  site: { file: 'a', start: 0, end: 1, line: 1 },
  related: [],
  fixes,
});

/** Whether a fix of one is offered, which leaves these. */
const isOffered = (one: Diagnostic, before: readonly Diagnostic[], after: readonly Diagnostic[]): boolean =>
  withRightFixes([one], { ok: true, found: before }, false, () => ({ ok: true, found: after, model: 'same' }))[0]?.fixes.length === 1;

const wrong = told('pipeline-order', 'warning', [fix]);
const cases: readonly (readonly [name: string, one: Diagnostic, after: readonly Diagnostic[], isOffered: boolean])[] = [
  ['what leaves nothing', wrong, [], true],
  ['what is still there', wrong, [told('pipeline-order', 'warning')], false],
  ['what is still there in milder words', wrong, [told('pipeline-order', 'hint')], false],
  ['a new error', wrong, [told('pipeline-missing-key', 'error')], false],
  ['a new warning', wrong, [told('test-mode', 'warning')], false],
  ['a new hint is worth it', wrong, [told('test-mode', 'hint')], true],
  ['what is no more than information is, too', wrong, [told('bound-twice', 'information')], true],
  ['one hint for another is not', told('pipeline-order', 'hint', [fix]), [told('test-mode', 'hint')], false],
];
test.each(cases)('%s', (_, one, after, expected) => {
  expect(isOffered(one, [one], after)).toBe(expected);
});

test('a hint that becomes a warning withholds the fix', () => {
  expect(isOffered(wrong, [wrong, told('test-mode', 'hint')], [told('test-mode', 'warning')])).toBe(false);
});

test('where one leaves nothing, those that leave a hint are not offered', () => {
  const other: Fix = { title: 'Mend it by halves', edits: [{ file: 'a', start: 0, end: 1, text: 'y' }], preferred: true };
  const one = told('pipeline-order', 'warning', [other, fix]);
  const after = (tried: Fix): readonly Diagnostic[] => (tried.title === fix.title ? [] : [told('test-mode', 'hint')]);
  const [right] = withRightFixes([one], { ok: true, found: [one] }, false, tried => ({ ok: true, found: after(tried), model: 'same' }));
  expect(right?.fixes.map(({ title }) => title)).toEqual([fix.title]);
});
