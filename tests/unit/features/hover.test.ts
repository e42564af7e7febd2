import { expect, test } from 'vitest';
import { hoverAt } from '../../../server/features/hover.ts';
import { type Files, projectOf, ROOT } from './project-of.ts';

const B = 'widen = 0.5\nmodel = dict(neck=dict(channels=[1, 2], width=widen))\n';
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
  ['a name that is bound again', { 'a.py': 'l$0r = 1\nlr = 2\n' }, ['lr = 2', '- was `1` in [a.py, line 1](a.py#L1)']],
  [
    'a name that a lazy base has, too',
    { 'b.py': 'lr = 1\n', 'a.py': 'from mmengine.config import read_base\nwith read_base():\n    from .b import *\nl$0r = 2\n' },
    ['lr = 2', '- was `1` in [b.py, line 1](b.py#L1)'],
  ],
  ['no key and no name', { 'a.py': '# a $0comment\nlr = 1\n' }, []],
];
test.each(CASES)('%s', async (_, files, lines) => {
  const { project, file, offset } = await projectOf(files);
  const found = hoverAt(project, file, offset, null, site => `${site.file.slice(ROOT.length + 1)}#L${site.line}`);
  expect((found?.text ?? '').split('\n').filter(line => line && !line.startsWith('```'))).toEqual(lines);
});
