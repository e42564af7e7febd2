/** Texts that nobody should write: an answer in bounded time, and never a fault of ours. */
import { describe, expect, test } from 'vitest';
import { canonical } from '../../../server/config/canonical.ts';
import { workspace } from './workspace.ts';

/** Milliseconds that any of these may take, on a slow machine with others at work. */
const PATIENCE = 8000;

const TEXTS: readonly (readonly [name: string, text: string, value?: unknown])[] = [
  ['10,000 brackets', `a = ${'['.repeat(10_000)}${']'.repeat(10_000)}\nb = 1`],
  ['10,000 open brackets', `a = ${'['.repeat(10_000)}\nb = 1`],
  ['a list of 100,000', `a = [${'1, '.repeat(100_000)}]\nb = len(a)`, expect.objectContaining({ b: 100_000 })],
  ['a list of a billion', 'a = [0] * 10**9\nb = 1', expect.objectContaining({ b: 1 })],
  ['a text of ten billion', "a = 'a' * 10**10\nb = 1", expect.objectContaining({ b: 1 })],
  ['a tower of powers', 'a = 9**9**9\nb = 1', expect.objectContaining({ b: 1 })],
  ['an endless loop', 'a = 1\nwhile True:\n    pass', { a: 1 }],
  ['an endless recursion', 'def f(): return f()\na = f()\nb = 1', expect.objectContaining({ b: 1 })],
  ['a list that holds itself', 'a = []\na.append(a)\nb = 1', expect.anything()],
  ['a dict that holds itself', 'a = {}\na["a"] = a\nb = 1', expect.anything()],
  ['ever longer lists', 'a = [1]\nwhile True:\n    a += a'],
  ['ever deeper lists', 'a = []\nfor i in range(5000):\n    a = [a]\nb = 1', expect.anything()],
  ['Windows line ends', 'a = """x\r\ny"""\r\nb = dict(\r\n    c=1)\r\n', { a: 'x\ny', b: { c: 1 } }],
  ['form feeds and odd blanks', 'a = 1\n\f\nb = dict(\n\tc=1)\n', { a: 1, b: { c: 1 } }],
  ['a null character', 'a = 1\0\nb = 2'],
  ['letters of other scripts', 'größe = 1\nb = "日本語 🎉"', { größe: 1, b: '日本語 🎉' }],
  ['nothing but a backslash', '\\'],
  ['an open f-string', "a = f'{\nb = 2", expect.objectContaining({ b: 2 })],
  ['braces', '{{', expect.anything()],
  ['a million of braces', `a = '${'{{'.repeat(100_000)}'\nb = 1`, expect.objectContaining({ b: 1 })],
];

describe('hostile', () => {
  for (const [name, text, value] of TEXTS) {
    test(name, () => {
      const started = performance.now();
      const config = workspace({ 'c.py': text }).resolve('c.py');
      expect(performance.now() - started).toBeLessThan(PATIENCE);
      const shown = canonical(config.value);
      if (value !== undefined) expect(shown).toEqual(value);
      expect(config.problems.filter(p => p.message.includes('internal'))).toEqual([]);
      expect(config.unknowns.filter(u => u.reason.includes('internal'))).toEqual([]);
    });
  }
  test('deep JSON', () => {
    expect(workspace({ 'c.json': '['.repeat(100_000) }).resolve('c.json').problems[0]?.errorType).toBe('RecursionError');
  });
  test('YAML that grows', () => {
    const lines = Array.from({ length: 30 }, (_, i) => `k${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]`);
    const started = performance.now();
    workspace({ 'c.yaml': `k0: &a0 [1]\n${lines.join('\n')}\n` }).resolve('c.yaml');
    expect(performance.now() - started).toBeLessThan(PATIENCE);
  });
});
