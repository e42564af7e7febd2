import { expect, test } from 'vitest';
import { referencesAt } from '../../../server/features/references.ts';
import { finished } from '../../../server/project/steps.ts';
import { type Files, projectOf } from './project-of.ts';

const B = 'wid$0en = 0.5\nmodel = dict(neck=dict(width=widen))\n';
const WORKSPACE: Files = {
  'schedule.py': 'lr = 1\n',
  'b.py': B,
  'c.py': "_base_ = './b.py'\nmodel = dict(neck=dict(width=1))\n",
  'deep/d.py': "_base_ = '../c.py'\nwiden = 2\nx = _base_.widen + _base_.model.neck.width\n",
  'e.py': "_base_ = ['./b.py', './schedule.py']\nlr = 2\n",
  'other.py': 'widen = 3\nmodel = dict(neck=dict(width=1))\n',
};
const at = (file: string, from: string, to: string): Files => ({
  ...WORKSPACE,
  'b.py': B.replace('$0', ''),
  [file]: (WORKSPACE[file] ?? '').replace('$0', '').replace(from, to),
});

const CASES: readonly (readonly [name: string, files: Files, places: readonly string[]])[] = [
  ['a name', WORKSPACE, ['b.py:1 widen', 'b.py:2 widen', 'deep/d.py:2 widen', 'deep/d.py:3 _base_.widen']],
  [
    'a key that two configs override or read',
    at('b.py', 'width=', 'wi$0dth='),
    ['b.py:2 width', 'c.py:2 width', 'deep/d.py:3 _base_.model.neck.width'],
  ],
  [
    'asked for where it is read',
    at('deep/d.py', '_base_.widen', '_base_.wi$0den'),
    ['b.py:1 widen', 'b.py:2 widen', 'deep/d.py:2 widen', 'deep/d.py:3 _base_.widen'],
  ],
  [
    'however it is reached',
    {
      'b.py': 'model = dict(neck=dict(wi$0dth=1), stages=[dict(width=2)])\n',
      'c.py':
        "_base_ = './b.py'\nx = _base_.model['neck'].width\ny = [_base_['model'][\"neck\"]['width']]\nz = _base_.model.stages[0].width\n_base_.model.neck.width = 3\n",
    },
    ['b.py:1 width', 'c.py:5 _base_.model.neck.width', "c.py:2 _base_.model['neck'].width", `c.py:3 _base_['model']["neck"]['width']`],
  ],
  [
    'under lazy imports',
    {
      'b.py': 'model = dict(neck=dict(wi$0dth=1))\n',
      'c.py':
        'from mmengine.config import read_base\nwith read_base():\n    from .b import *\nmodel.update(dict(neck=dict(width=2)))\nmodel.neck.update(width=3)\n',
    },
    ['b.py:1 width', 'c.py:5 width', 'c.py:4 width'],
  ],
  ['a key that nobody overrides', at('other.py', 'width', 'wi$0dth'), ['other.py:2 width']],
];
test.each(CASES)('%s', async (_, files, places) => {
  const { project, file, offset, told } = await projectOf(files);
  expect(finished(referencesAt(project, file, offset, true)).map(told)).toEqual(places);
});
