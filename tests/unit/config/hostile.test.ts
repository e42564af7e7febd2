/** Texts that nobody should write: an answer in bounded time, and never a fault of ours. */
import { describe, expect, test } from 'vitest';
import { canonical } from '../../../server/config/canonical.ts';
import { workspace } from './workspace.ts';

/** Milliseconds that any of these may take, on a slow machine with others at work. */
const PATIENCE = 8000;

/** With any reason. */
const UNKNOWN = { $unknown: expect.any(String) };

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
  ['sixty doublings of a list', `a = [1]\n${'a = [a, a]\n'.repeat(60)}b = 1`, { a: UNKNOWN, b: 1 }],
  ['sixty doublings of a dict', `a = dict(x=1)\n${'a = dict(l=a, r=a)\n'.repeat(60)}b = 1`, { a: UNKNOWN, b: 1 }],
  ['sixty doublings of a tuple', `a = (1,)\n${'a = (a, a)\n'.repeat(60)}b = 1`, { a: UNKNOWN, b: 1 }],
  ['sixty doublings of a text', `a = 'x'\n${'a += a\n'.repeat(60)}b = 1`, { a: UNKNOWN, b: 1 }],
  ['a list of many names, written out', `a = [1]\n${'a = [a, a]\n'.repeat(40)}b = str(a)`, { a: UNKNOWN, b: UNKNOWN }],
  [
    'lists of many names, compared',
    `import copy\na = [1]\n${'a = [a, a]\n'.repeat(40)}b = a == copy.deepcopy(a)`,
    expect.objectContaining({ a: UNKNOWN }),
  ],
  ['ten doublings', `a = [1]\n${'a = [a, a]\n'.repeat(10)}b = len(a)`, expect.objectContaining({ b: 2 })],
  ['a text between each of its letters', "a = ('a' * 10**6).replace('', 'b' * 10**6)\nb = 1", { a: UNKNOWN, b: 1 }],
  ['a text of a hundred billion, filled up', "a = 'a'.zfill(10**11)\nb = 1", { a: UNKNOWN, b: 1 }],
  ['bytes of a terabyte', 'a = bytes(10**12)\nb = 1', { a: UNKNOWN, b: 1 }],
  ['a shift by a terabyte', 'a = 1 << 10**12\nb = 1', { a: UNKNOWN, b: 1 }],
  ['a width of ten billion', "a = f'{1:>10000000000}'\nb = 1", { a: UNKNOWN, b: 1 }],
  ['200 brackets', `a = ${'['.repeat(200)}${']'.repeat(200)}\nb = 1`, expect.objectContaining({ b: 1 })],
  ['a sum of a million', `a = ${'1 + '.repeat(999_999)}1\nb = 1`, { a: UNKNOWN, b: 1 }],
  [
    'a dict of 100,000',
    `a = {${Array.from({ length: 100_000 }, (_, i) => `'k${i}': ${i}`).join(', ')}}\nb = len(a)`,
    expect.objectContaining({ b: 100_000 }),
  ],
  ['20,000 dicts', `a = [${"dict(type='A', x=[1, 2.5]), ".repeat(20_000)}]\nb = len(a)`, expect.objectContaining({ b: 20_000 })],
  ['5 MB of one text', `a = '${'x'.repeat(5 * 2 ** 20)}'\nb = 1`, {}],
  ['a million of brackets', `a = [${'{}, '.repeat(1_000_000)}]`, {}],
  ['line ends of an old Macintosh', 'a = 1\rb = """x\ry"""\rc = 3\r', { a: 1, b: 'x\ny', c: 3 }],
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
    const config = workspace({ 'c.yaml': `k0: &a0 [1]\n${lines.join('\n')}\n` }).resolve('c.yaml');
    expect(performance.now() - started).toBeLessThan(PATIENCE);
    // What is no larger than others is known.
    expect(canonical(config.value)).toEqual(expect.objectContaining({ k0: [1], k1: [[1], [1], [1]], k30: UNKNOWN }));
  });
});
