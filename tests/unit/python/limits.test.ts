/** What ends a run, what nothing in the program can catch, and how deep a program may go. */
import { Worker } from 'node:worker_threads';
import { afterEach, expect, test, vi } from 'vitest';
import { LIMITS } from '../../../server/python/meter.ts';
import { run } from '../../../server/python/run.ts';
import { ending, parse } from './parser.ts';

/** Program → how it ends; it prints nothing on the way. */
const STOPS: readonly (readonly [program: string, end: string])[] = [
  ['try:\n    copyright\nexcept:\n    print("caught")', 'unknown copyright'],
  ['try:\n    import torch\nfinally:\n    print("finally")', 'unknown module torch'],
  [
    'class M:\n    def __enter__(self): return self\n    def __exit__(self, *a):\n        print("exit")\n        return True\nwith M():\n    (1).__sizeof__()',
    'unknown object.__sizeof__',
  ],
  ['def g():\n    try:\n        yield open("x")\n    except BaseException:\n        print("caught")\nlist(g())', 'unknown open()'],
  ['def f():\n    try:\n        return copyright\n    finally:\n        return 1\nf()', 'unknown copyright'],
  ['import json\ntry:\n    json.loads("1")\nexcept Exception:\n    print(1)', 'unknown json.loads'],
  ['import random\nif random.random() > 2: print(1)', 'unknown random.random'],
  ['import os\nos.path.exists("a")', 'unknown os.path.exists'],
  ['import collections\ncollections._nothing_of_ours', 'unknown collections._nothing_of_ours'],
  ['import ctypes\nclass A(ctypes.Structure): pass\nprint(A())', 'unknown A(ctypes.Structure)'],
  ['async def g():\n    yield 1\nanext(g(), 0)', 'unknown anext() with a default'],
  ["import re\nre.match('(a+)+$', 'a' * 40 + 'b')", 'unknown a regular expression that takes too long'],
  ['[0] * 10**10', 'limit memory'],
  ["'a' * 10**10", 'limit memory'],
  ["'a'.center(10**10)", 'limit memory'],
  ['bytes(10**10)', 'limit memory'],
  ['9**9**9', 'limit memory'],
  ['1 << 10**12', 'limit memory'],
  ['list(range(10**10))', 'limit steps'],
  ["'{:>{w}}'.format('a', w=10**10)", 'limit memory'],
  ['x = [0] * 1000\nwhile True: x += x', 'limit memory'],
  ["x = 'ab'\nwhile True: x += x", 'limit memory'],
  ['x = 3\nwhile True: x *= x', 'limit memory'],
  ['l = []\nwhile True: l.append([0] * 100)', 'limit memory'],
  ['while True: pass', 'limit steps'],
  ['def f(): return f\nwhile f(): pass', 'limit steps'],
  ['def g():\n    while True: yield\nfor x in g(): pass', 'limit steps'],
  ['import itertools\nfor x in itertools.repeat(1): pass', 'limit steps'],
  ['import itertools\nlist(itertools.product(range(100), repeat=10))', 'limit steps'],
  ['try:\n    while True: pass\nexcept BaseException:\n    print(1)', 'limit steps'],
];
test.each(STOPS)('%s', (program, end) => {
  let out = '';
  const ended = run(parse, program, {
    file: 'stop.py',
    write: text => {
      out += text;
    },
    limits: { steps: 2_000_000 },
  });
  expect(ended.kind === 'stopped' ? ending(ended.reason) : ended.kind).toBe(end);
  expect(out).toBe('');
});

/** One step of each goes through a million items or characters, and counts for more. */
const LONG_STEPS: readonly string[] = ['2 in a', 'a == b', 'min(a)', "s.count('ab')", "s.find('ab')", "s.split('b')"];
test.each(LONG_STEPS)('a long step: %s', step => {
  const program = `a, b, s = [1] * 10**6, [1] * 10**6, 'a' * 10**6\nfor i in range(100): ${step}`;
  const ended = run(parse, program, { file: 'stop.py', write: () => {}, limits: { steps: 100_000 } });
  expect(ended.kind === 'stopped' ? ending(ended.reason) : ended.kind).toBe('limit steps');
});

/** The program's worker has ten times the stack of these tests. `f()` of each goes as deep as Python goes: RecursionError, which the program catches. */
const DEEP: readonly string[] = [
  'def f(): return f()\n',
  'def h(x): return [h(v) for v in [x]]\nf = lambda: h(1)\n',
  'class A:\n    def __getattr__(self, n): return getattr(self, n + "x")\nf = lambda: A().x\n',
  'class A:\n    def __repr__(self): return repr(self)\nf = lambda: str([A()])\n',
  'class A:\n    def __eq__(self, o): return self == o\nf = lambda: A() == A()\n',
  'def f():\n    l = []\n    for i in range(5000): l = [l]\n    return repr(l)\n',
  'import copy\ndef f():\n    l = []\n    for i in range(5000): l = [l]\n    return copy.deepcopy(l)\n',
  'def f():\n    l, m = [], []\n    for i in range(5000): l, m = [l], [m]\n    return l == m\n',
  'def g(): yield from g()\nf = lambda: list(g())\n',
  'class A:\n    def __call__(self): return self()\nf = A()\n',
  'class M(type):\n    def __call__(cls): return cls()\nclass A(metaclass=M): pass\nf = A\n',
  'def f(): return sorted([2, 1], key=lambda v: f())\n',
  'import functools\n@functools.lru_cache\ndef g(n): return g(n + 1)\nf = lambda: g(0)\n',
  `def f(): return ${'(1 + '.repeat(30)}f()${')'.repeat(30)}\n`,
];
test.each(DEEP)('deep: %s', program => {
  let out = '';
  const ended = run(parse, `${program}try:\n    f()\nexcept RecursionError as e:\n    print('deep')\n`, {
    file: 'deep.py',
    write: text => {
      out += text;
    },
  });
  expect([ended.kind === 'stopped' ? ending(ended.reason) : ended.kind, out]).toEqual(['done', 'deep\n']);
});

test('a tree that is too deep is refused', () => {
  for (const brackets of [2_000, 10_000])
    expect(run(parse, `x = ${'['.repeat(brackets)}${']'.repeat(brackets)}`, { file: 'n.py', write: () => {} }).kind).toBe('syntax');
});

test('what was cancelled before does not begin, however short it is', () => {
  const written: string[] = [];
  const cancel = new Int32Array([1]);
  const ended = run(parse, 'print(1)', { file: 'c.py', write: text => void written.push(text), limits: { ...LIMITS, cancel } });
  expect([ended.kind === 'stopped' && ending(ended.reason), written]).toEqual(['cancelled', []]);
});
test('another thread cancels', async () => {
  const cancel = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(
    'const { workerData } = require("node:worker_threads"); setTimeout(() => Atomics.store(workerData, 0, 1), 100);',
    { eval: true, workerData: cancel },
  );
  const ended = run(parse, 'while True: pass', { file: 'c.py', write: () => {}, limits: { ...LIMITS, steps: 1e12, cancel } });
  await worker.terminate();
  expect(ended.kind === 'stopped' && ending(ended.reason)).toBe('cancelled');
});

afterEach(() => vi.restoreAllMocks());
/** Milliseconds that processors work from one look to the next, while the clock goes on by an hour. */
function endedWhereWorked(milliseconds: number): string {
  let clock = 0,
    work = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (clock += 3_600_000));
  const usage = (): NodeJS.CpuUsage => ({ user: (work += milliseconds) * 1000, system: 0 });
  vi.spyOn(process, 'cpuUsage').mockImplementation(usage);
  Object.assign(process, 'threadCpuUsage' in process ? { threadCpuUsage: usage } : {});
  const ended = run(parse, 'for i in range(100_000): pass', { file: 't.py', write: () => {} });
  return ended.kind === 'stopped' ? String(ending(ended.reason)) : ended.kind;
}
test('a machine that has other things to do takes no time from a program', () => {
  expect(endedWhereWorked(1)).toBe('done');
});
test('what has worked for too long ends', () => {
  expect(endedWhereWorked(20_000)).toContain('time');
});
