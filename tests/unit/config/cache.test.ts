/** A config is resolved anew when a file that it was made from has changed, and only then. */
import { expect, test } from 'vitest';
import { canonical } from '../../../server/config/canonical.ts';
import { ROOT, workspace } from './workspace.ts';

test('nothing has changed', () => {
  const { resolve } = workspace({ 'a.py': 'x = 1', 'c.py': "_base_ = 'a.py'" });
  expect(resolve('c.py')).toBe(resolve('c.py'));
});
test('a base has changed', () => {
  const { host, resolve } = workspace({ 'a.py': 'x = 1', 'b.py': "_base_ = 'a.py'", 'c.py': "_base_ = 'b.py'" });
  const before = resolve('c.py');
  host.write(`${ROOT}/a.py`, 'x = 2');
  expect(canonical(before.value)).toEqual({ x: 1 });
  expect(canonical(resolve('c.py').value)).toEqual({ x: 2 });
});
test('a base has come to be', () => {
  const { host, resolve } = workspace({ 'c.py': "_base_ = 'a.py'" });
  expect(resolve('c.py').ok).toBe(false);
  host.write(`${ROOT}/a.py`, 'x = 2');
  expect(canonical(resolve('c.py').value)).toEqual({ x: 2 });
});
test('what one child does to its base, another does not see', () => {
  const { resolve } = workspace({ 'a.py': 'm = dict(x=[1])', 'b.py': "_base_ = 'a.py'\n_base_.m.x.append(2)", 'c.py': "_base_ = 'a.py'" });
  expect(canonical(resolve('b.py').value)).toEqual({ m: { x: [1, 2] } });
  expect(canonical(resolve('c.py').value)).toEqual({ m: { x: [1] } });
});
test('the files of a chain, in order', () => {
  const { resolve } = workspace({
    'a.py': 'x = 1',
    'b.py': "_base_ = 'a.py'",
    'd.py': "_base_ = 'a.py'\n_base_.x = 2\ny = 2",
    'c.py': "_base_ = ['b.py', 'd.py']",
  });
  expect(resolve('c.py').chain).toEqual(['a.py', 'b.py', 'd.py', 'c.py'].map(f => `${ROOT}/${f}`));
});
