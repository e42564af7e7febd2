import { expect, test } from 'vitest';
import { hoverAt } from '../../../server/features/hover.ts';
import { type Files, projectOf, ROOT } from './project-of.ts';

const B = 'widen = 0.5\nmodel = dict(neck=dict(channels=[1, 2], width=widen))\n';
const LAZY = 'from mmengine.config import read_base\nwith read_base():\n    from .b import *\n';
/** The lines of the hover but for fences. */
const CASES: readonly (readonly [name: string, files: Files, lines: readonly string[]])[] = [
  [
    'a key and its chain of overrides',
    { 'c.py': 'lr = 1\n', 'b.py': "_base_ = './c.py'\nlr = 2\n", 'a.py': "_base_ = './b.py'\nl$0r = 3\n" },
    ['lr = 3', '- was `2` in [b.py, line 2](b.py#L2)', '- was `1` in [c.py, line 1](c.py#L1)'],
  ],
  ['a name', { 'a.py': 'channels = [512, 1024]\nmodel = dict(x=chan$0nels)\n' }, ['channels = [512, 1024]']],
  [
    'a key of the base, as the base has it',
    { 'b.py': B, 'a.py': "_base_ = './b.py'\nwiden = 2\nn = _base_.model.neck.wid$0th * 2\n" },
    ['_base_.model.neck.width = 0.5', '- set in [b.py, line 2](b.py#L2)', '- made of `0.5` in [b.py, line 1](b.py#L1)'],
  ],
  [
    'a part that is merged',
    { 'b.py': B, 'a.py': "_base_ = './b.py'\nmodel = dict(ne$0ck=dict(width=1))\n" },
    ['model.neck = dict(channels=[1, 2], width=1)', '- was `dict(channels=[1, 2], width=widen)` in [b.py, line 2](b.py#L2)'],
  ],
  ['a name that is bound again', { 'a.py': 'l$0r = 1\nlr = 2\n' }, ['lr = 1', '- later `2` in [a.py, line 2](a.py#L2)']],
  [
    'a name that a lazy base has, too',
    { 'b.py': 'lr = 1\n', 'a.py': 'from mmengine.config import read_base\nwith read_base():\n    from .b import *\nl$0r = 2\n' },
    ['lr = 2', '- was `1` in [b.py, line 1](b.py#L1)'],
  ],
  ['a name that is read before it is bound again', { 'a.py': 'w = [1]\nx = $0w\nw = 2\n' }, ['w = [1]']],
  [
    'a name of the file that the base has too, before the two are merged',
    { 'b.py': B, 'a.py': "_base_ = './b.py'\nmodel = dict(neck=dict(width=1))\nx = mo$0del\n" },
    ['model = dict(neck=dict(width=1))'],
  ],
  [
    'a key of the base that the file has changed by then',
    { 'b.py': B, 'a.py': "_base_ = './b.py'\n_base_.widen = 2\nx = _base_.wi$0den\n_base_.widen = 3\n" },
    ['_base_.widen = 2', '- was `0.5` in [b.py, line 1](b.py#L1)'],
  ],
  [
    'in braces, as it is in the end',
    { 'b.py': B, 'a.py': "_base_ = './b.py'\n_base_.widen = 2\nx = {{ _base_.wi$0den }}\n_base_.widen = 3\n" },
    ['_base_.widen = 3', '- was `2` in [a.py, line 2](a.py#L2)', '- was `0.5` in [b.py, line 1](b.py#L1)'],
  ],
  [
    'a key that is replaced further down',
    { 'a.py': "model = dict(a=dict(wi$0dth=1), b=2)\nmodel['a']['width'] = 5\n" },
    ['model.a.width = 1', '- later `5` in [a.py, line 2](a.py#L2)'],
  ],
  ['a key of what is bound again', { 'a.py': 'a = dict(x$0=1)\na = dict(y=2)\n' }, ['a.x = 1', 'replaced further down']],
  ['in a function, what a name is in the end', { 'a.py': 'w = 1\nx = (lambda: $0w)()\ndef f():\n    return w\nw = 2\n' }, ['w = 1']],
  [
    'a class of lazy style',
    {
      'b.py': 'lr = 1\n',
      'a.py':
        'from mmengine.config import read_base\nwith read_base():\n    from .b import *\nfrom torch.nn import SyncBatchNorm\nx = dict(norm=dict(type=SyncBatch$0Norm))\n',
    },
    ['SyncBatchNorm = torch.nn.SyncBatchNorm'],
  ],
  [
    'a part that is merged in lazy style',
    { 'b.py': B, 'a.py': `${LAZY}model.update(dict(ne$0ck=dict(width=1)))\n` },
    ['model.neck = dict(channels=[1, 2], width=1)', '- was `dict(channels=[1, 2], width=widen)` in [b.py, line 2](b.py#L2)'],
  ],
  [
    'and by a named argument',
    { 'b.py': B, 'a.py': `${LAZY}model.update(ne$0ck=dict(width=1))\n` },
    ['model.neck = dict(channels=[1, 2], width=1)', '- was `dict(channels=[1, 2], width=widen)` in [b.py, line 2](b.py#L2)'],
  ],
  [
    'a part of a base that is changed',
    { 'b.py': B, 'a.py': "_base_ = './b.py'\n_base_.model.update(dict(ne$0ck=dict(width=1)))\n" },
    ['model.neck = dict(channels=[1, 2], width=1)', '- was `dict(channels=[1, 2], width=widen)` in [b.py, line 2](b.py#L2)'],
  ],
  [
    'a part that is read, as it is there',
    { 'b.py': B, 'a.py': `${LAZY}part = model.ne$0ck\npart.width = 2\n` },
    ['model.neck = dict(channels=[1, 2], width=0.5)', '- set in [b.py, line 2](b.py#L2)'],
  ],
  [
    'an item that is read',
    { 'a.py': "steps = [dict(size=1), dict(size=2)]\nlast = steps[-1]['si$0ze'] * 2\nsteps[-1]['size'] = 3\n" },
    ['steps[-1].size = 2'],
  ],
  [
    'a part that is assigned to by another name',
    { 'b.py': B, 'a.py': `${LAZY}part = model.neck\npart.wid$0th = 2\n` },
    ['part.width = 2', 'used as `model.neck.width`', '- was `widen` in [b.py, line 2](b.py#L2)'],
  ],
  ['the path of a base', { 'deep/b.py': B, 'a.py': "_base_ = './deep/b$0.py'\n" }, ['[b.py](deep/b.py#L1): `widen`, `model`']],
  [
    'a key of YAML',
    { 'b.py': B, 'a.yaml': '_base_: ./b.py\ndefault_scope: mmdet\nmodel:\n  neck:\n    wid$0th: 3\n' },
    ['model.neck.width = 3', '- was `widen` in [b.py, line 2](b.py#L2)'],
  ],
  [
    'a value of JSON',
    { 'b.py': B, 'a.json': '{"_base_": "./b.py", "default_scope": "mmdet", "widen": "ne$0ck"}' },
    ["widen = 'neck'", '- was `0.5` in [b.py, line 1](b.py#L1)'],
  ],
  ['a base of JSON', { 'b.py': B, 'a.json': '{"_base_": "./b.$0py", "default_scope": "mmdet"}' }, ['[b.py](b.py#L1): `widen`, `model`']],
  ['no key and no name', { 'a.py': '# a $0comment\nlr = 1\n' }, []],
];
test.each(CASES)('%s', async (_, files, lines) => {
  const { project, file, offset } = await projectOf(files);
  const found = hoverAt(project, file, offset, { verdict: null, sizes: [] }, site => `${site.file.slice(ROOT.length + 1)}#L${site.line}`);
  expect((found?.text ?? '').split('\n').filter(line => line && !line.startsWith('```'))).toEqual(lines);
});
