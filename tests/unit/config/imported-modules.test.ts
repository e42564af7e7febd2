/** What a config imports of the user's own modules, beside what the real mmengine answered (`tests/data/config/modules.cases`): what stays unknown, and when it is read anew. */
import { describe, expect, test } from 'vitest';
import { canonical } from '../../../server/config/canonical.ts';
import { type ConfigContextOptions, configContext, resolveConfig } from '../../../server/config/index.ts';
import { assets } from '../../../server/project/assets.ts';
import { openParser } from '../../../server/syntax/parse.ts';
import { MemoryHost } from './memory-host.ts';

const parse = await openParser(assets.parserWasm, assets.grammarWasm);

function project(files: Readonly<Record<string, string>>, more: Partial<ConfigContextOptions> = {}) {
  const host = new MemoryHost({ '/ws/base.py': 'x = 1', ...files });
  const context = configContext({ host, parse, roots: ['/ws', '/site'], isOwn: file => file.startsWith('/ws/'), ...more });
  return {
    host,
    told(file = '/ws/c.py') {
      const { ok, value, problems, unknowns, modules = [] } = resolveConfig(context, file);
      return {
        ok,
        value: canonical(value),
        problems: problems.map(p => `${p.errorType}: ${p.message}`),
        unknowns: unknowns.filter(u => u.path.length === 0).map(u => u.reason),
        modules,
      };
    },
  };
}
const BASE = "_base_ = 'base.py'\n";
const unknown = (what: string) => ({ $unknown: what });

describe('what stays unknown', () => {
  const CASES: readonly (readonly [
    name: string,
    files: Readonly<Record<string, string>>,
    config: string,
    value: Record<string, unknown>,
  ])[] = [
    ['a module that is nowhere', {}, 'from nowhere import A\ny = 2', { A: unknown('module nowhere'), y: 2 }],
    [
      'what rests on PyTorch, and nothing beside it',
      { '/ws/m.py': 'import torch\nfrom torch import nn\nclass Net(nn.Module):\n    pass\nD = torch.device("cpu")\nK = 3' },
      'from m import D, K, Net',
      { D: unknown('torch.device'), K: 3, Net: unknown('m.Net') },
    ],
    [
      'whether something is installed',
      { '/ws/m.py': 'try:\n    import nowhere\n    K = 1\nexcept ImportError:\n    K = 2' },
      'from m import K',
      { K: unknown('module nowhere') },
    ],
    [
      'one name, and nothing beside it',
      {
        '/ws/m.py':
          'import socket\nHOST = socket.gethostname()\nL = [1]\ndef put(x):\n    L.append(x)\n    return socket.gethostname()\nK = len(L)',
        '/ws/n.py': 'from m import L, put\nA = put(2)\nB = 3',
      },
      'from m import HOST, K\nimport m\nfrom n import B\nlater = m.K',
      { HOST: unknown('m.HOST'), K: 1, B: unknown('socket.gethostname'), later: 1 },
    ],
    ['what a file holds', { '/ws/m.py': "K = open('names.txt').read()\n" }, 'from m import K', { K: unknown('open()') }],
    [
      'what a large installed package says',
      { '/site/big/__init__.py': `K = 1\n${'# much\n'.repeat(10_000)}`, '/site/small.py': 'K = 2' },
      'from big import K\nfrom small import K as L',
      { K: unknown('big.K'), L: 2 },
    ],
    [
      'what an installed package of many modules says, or one that is compiled in part',
      {
        '/site/many/__init__.py': 'K = 1',
        ...Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`/site/many/sub/m${i}.py`, ''])),
        '/site/fast/__init__.py': 'K = 1',
        '/site/fast/sub/_core.cpython-311-x86_64-linux-gnu.so': '',
        '/site/few/__init__.py': 'from .one import K',
        '/site/few/one.py': 'K = 2',
      },
      'from many import K as A\nfrom fast import K as B\nfrom few import K as C',
      { A: unknown('many.K'), B: unknown('fast.K'), C: 2 },
    ],
    [
      'which of two modules is meant',
      { '/ws/m.py': 'K = 1', '/ws/sub/m.py': 'K = 2', '/ws/sub/n.py': 'N = 3' },
      'from m import K\nfrom n import N',
      { K: unknown('m.K'), N: 3 },
    ],
  ];
  test.each(CASES)('%s', (_, files, config, value) => {
    const { told } = project({ ...files, '/ws/c.py': BASE + config }, { startedIn: () => ['/ws/sub', '/ws'] });
    expect(told()).toMatchObject({ value: { x: 1, ...value }, problems: [] });
  });
});

/** What the real ones make of these is a value, each: nothing of it is known, and no error of it is the user's. */
describe('no error comes of what is not run', () => {
  const EXPRESSIONS = `isinstance(3, torch.Tensor)
isinstance('a', (int, torch.Tensor))
isinstance(1.5, int | torch.Tensor)
issubclass(torch.nn.Linear, int)
issubclass(int, torch.nn.Linear)
issubclass(bool, (torch.nn.Linear, int))
type(torch.float32).__name__
type(torch.float32) is int
callable(torch.pi)
hasattr(torch, 'nope')
hasattr(torch.Tensor, 'nope')
getattr(torch, 'nope', 3)
bytes(torch.__version__, 'utf8')
re.match(torch.__version__, 'a')
int('3', torch.iinfo(torch.int8).bits)
chr(torch.iinfo(torch.int8).bits)
'-'.join([torch.__version__, 'a'])
os.path.join('a', torch.__version__)
math.sqrt(torch.pi)`;
  test.each(EXPRESSIONS.split('\n'))('%s', expression => {
    const { told } = project({
      '/ws/m.py': `import math, os, re, torch\ndef f():\n    return ${expression}\n`,
      '/ws/c.py': `${BASE}from m import f\nK = f()`,
    });
    expect(told()).toMatchObject({ ok: true, problems: [], value: { x: 1, K: { $unknown: expect.any(String) } } });
  });
  const STATEMENTS: readonly (readonly [name: string, source: string])[] = [
    ['a module that is tried', 'try:\n    import torch.nope\n    K = 1\nexcept ImportError:\n    K = 2'],
    [
      'a name that is tried',
      'def f():\n    try:\n        from torch.nn import Nope\n        return 1\n    except ImportError:\n        return 2\nK = f()',
    ],
    ['a metaclass', 'class M(type(torch.nn.Module)): pass\nclass B(metaclass=M): q = 1\nK = B.q'],
    [
      'an exception that is caught',
      "try:\n    raise ValueError('x')\nexcept torch.cuda.OutOfMemoryError:\n    K = 1\nexcept ValueError:\n    K = 2",
    ],
    ['one of several', "try:\n    raise ValueError('x')\nexcept (torch.cuda.OutOfMemoryError, ValueError):\n    K = 2"],
    ['an exception that is raised', "K = 1\nraise torch.cuda.OutOfMemoryError('x')"],
    ['a pattern', 'match 3:\n    case torch.Tensor(): K = 1\n    case int(): K = 2'],
  ];
  test.each(STATEMENTS)('%s', (_, source) => {
    const { told } = project({ '/ws/m.py': `import torch\n${source}`, '/ws/c.py': `${BASE}from m import K` });
    expect(told()).toMatchObject({ ok: true, problems: [], value: { x: 1, K: { $unknown: expect.any(String) } } });
  });
});

test('a value of many levels is told of, as mmengine does', () => {
  const { told } = project({ '/ws/m.py': 'K = []\nfor i in range(100000): K = [K]', '/ws/c.py': `${BASE}from m import K\ny = 2` });
  expect(told().problems).toEqual(['RecursionError: maximum recursion depth exceeded']);
});

test('what a base has done to a module is not known to its child', () => {
  const { told } = project({
    '/ws/m.py': 'L = [1]\nK = 2',
    '/ws/b.py': `${BASE}from m import L\nL.append(2)\nfirst = list(L)`,
    '/ws/c.py': "_base_ = 'b.py'\nfrom m import L as M\nsecond = list(M)",
  });
  expect(told('/ws/b.py').value).toMatchObject({ first: [1, 2] });
  expect(told().value).toMatchObject({ first: [1, 2], second: unknown('m.L') });
});

test('of all names of what is not at hand nothing is known, and so not what the config has', () => {
  const { host, told } = project({ '/ws/c.py': `${BASE}from late import *\ny = 2` });
  expect(told()).toMatchObject({ value: { x: 1, y: 2 }, problems: [], ok: false, unknowns: ['all that late has'] });
  host.write('/ws/late.py', 'K = 4\n_L = 5');
  expect(told()).toMatchObject({ value: { x: 1, y: 2, K: 4 }, ok: true, unknowns: [] });
});

test('another file sees nothing of it', () => {
  const { told } = project({
    '/ws/m.py': 'L = [1]',
    '/ws/b.py': `${BASE}from m import L\nL.append(2)`,
    '/ws/c.py': `${BASE}from m import L`,
  });
  expect(told('/ws/b.py').value).toMatchObject({ L: [1, 2] });
  expect(told().value).toMatchObject({ L: [1] });
});

test('a module that has changed is read anew, one that has come to be is found', () => {
  const { host, told } = project({
    '/ws/lib/__init__.py': 'from .a import K\n',
    '/ws/lib/a.py': 'K = 1',
    '/ws/c.py': `${BASE}from lib import K\n`,
  });
  expect(told()).toMatchObject({ value: { K: 1 }, modules: ['/ws/lib/__init__.py', '/ws/lib/a.py'] });
  host.write('/ws/lib/a.py', 'K = 2');
  expect(told().value).toMatchObject({ K: 2 });
  host.write('/ws/lib/a.py', 'K = = 2');
  expect(told().problems).toEqual(['SyntaxError: invalid syntax (a.py, line 1)']);
  host.write('/ws/lib/a.py', 'K = 3');
  expect(told()).toMatchObject({ value: { K: 3 }, problems: [] });
  const later = project({ '/ws/c.py': `${BASE}from late import K\n` });
  expect(later.told().value).toMatchObject({ K: unknown('module late') });
  later.host.write('/ws/late.py', 'K = 4');
  expect(later.told().value).toMatchObject({ K: 4 });
});

test('a module that does not end, ends', () => {
  const { told } = project(
    { '/ws/m.py': 'def f():\n    while True: pass\n', '/ws/c.py': `${BASE}y = 2\nfrom m import f\nz = f()` },
    { limits: { steps: 20_000 } },
  );
  expect(told()).toMatchObject({ value: { x: 1, y: 2, z: { $unknown: 'more steps than a config may use' } }, problems: [] });
});

test('a module in a folder that the config puts on the path, or of another name, is read anew', () => {
  const { host, told } = project(
    {
      '/ws/tools/t.py': 'K = 1',
      '/ws/tools/mmdet/__init__.py': 'raise ValueError',
      '/src/inner/__init__.py': 'L = 1',
      '/ws/c.py': `${BASE}import sys\nsys.path.insert(0, '/ws/tools')\nfrom t import K\nfrom outer import L\nfrom mmdet import M\n`,
    },
    { packages: new Map([['outer', '/src/inner']]), isOwn: file => file.startsWith('/ws/') || file.startsWith('/src/') },
  );
  expect(told()).toMatchObject({
    problems: [],
    value: { K: 1, L: 1, M: unknown('mmdet.M') },
    modules: ['/ws/tools/t.py', '/src/inner/__init__.py'],
  });
  host.write('/ws/tools/t.py', 'K = 2');
  expect(told().value).toMatchObject({ K: 2, L: 1 });
  host.write('/src/inner/__init__.py', 'L = 2');
  expect(told().value).toMatchObject({ K: 2, L: 2 });
});
