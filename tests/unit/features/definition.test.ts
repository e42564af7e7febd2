import { expect, test } from 'vitest';
import { definitionAt } from '../../../server/features/definition.ts';
import { type Files, projectOf } from './project-of.ts';

const B = "widen = 0.5\nmodel = dict(type='M', neck=dict(channels=[1, 2], width=widen))\n";
const LAZY = 'from mmengine.config import read_base\nwith read_base():\n';
const PACKAGE = {
  'mmdet/__init__.py': '',
  'mmdet/models/__init__.py': 'from .detectors import *\nfrom .necks import (FPN, # of two\n                    PAFPN as P)\n',
  'mmdet/models/detectors/__init__.py': 'from .rtm import RTMDet\nfrom .loop import *\n',
  'mmdet/models/detectors/loop.py': 'from . import *\n',
  'mmdet/models/detectors/rtm.py': '@MODELS.register_module()\nclass RTMDet(Base):\n    pass\n',
  'mmdet/models/necks.py': 'class PAFPN:\n    pass\n',
};
const CASES: readonly (readonly [name: string, files: Files, places: readonly string[]])[] = [
  ['a base', { 'b.py': B, 'a.py': "_base_ = './b$0.py'\n" }, ['b.py:1']],
  ['a key that overrides', { 'b.py': B, 'a.py': "_base_ = './b.py'\nmodel = dict(neck=dict(wid$0th=1))\n" }, ['b.py:2 width']],
  [
    'a key that overrides twice',
    { 'c.py': 'lr = 1\n', 'b.py': "_base_ = './c.py'\nlr = 2\n", 'a.py': "_base_ = './b.py'\nl$0r = 3\n" },
    ['b.py:2 lr', 'c.py:1 lr'],
  ],
  ['a key that overrides nothing', { 'a.py': 'model = dict(ne$0ck=1)\n' }, ['a.py:1 neck']],
  ['a name', { 'a.py': 'w = 1\nw = 2\nmodel = dict(x=$0w)\nw = 3\n' }, ['a.py:2 w']],
  ['a name of a comprehension', { 'a.py': 'x = 1\nsizes = [$0x * 32 for x in range(3)]\n' }, ['a.py:2 x']],
  ['a key of the base', { 'b.py': B, 'a.py': "_base_ = './b.py'\nn = _base_.model.neck.wid$0th\n" }, ['b.py:2 width']],
  ['a part on the way', { 'b.py': B, 'a.py': "_base_ = './b.py'\nn = _base_.model.ne$0ck.width\n" }, ['b.py:2 neck']],
  ['an item of the base', { 'b.py': B, 'a.py': "_base_ = './b.py'\nn = _base_.model['neck'].channels[$01]\n" }, ['b.py:2 2']],
  ['a key of the base in braces', { 'b.py': B, 'a.py': "_base_ = './b.py'\nn = {{ _base_.model.neck.wid$0th }}\n" }, ['b.py:2 width']],
  ['a key of the base in quoted braces', { 'b.py': B, 'a.py': "_base_ = './b.py'\nn = '{{ _base_.wid$0en }}'\n" }, ['b.py:1 widen']],
  [
    'of a base’s base',
    { 'c.py': 'lr = 1\n', 'b.py': "_base_ = './c.py'\n", 'a.py': "_base_ = ['./b.py']\nx = _base_.l$0r\n" },
    ['c.py:1 lr'],
  ],
  [
    'a name that a lazy base brings',
    { 'b.py': 'lr = 1\n', 'a.py': 'from mmengine.config import read_base\nwith read_base():\n    from .b import *\nx = dict(y=l$0r)\n' },
    ['b.py:1 lr'],
  ],
  ['the path of a lazy base', { '_base_/b.py': 'lr = 1\n', 'a.py': `${LAZY}    from ._base_$0.b import *\n` }, ['_base_/b.py:1']],
  [
    'a name that is imported from a lazy base',
    { 'b.py': 'x = 1\nlr = 1\n', 'a.py': `${LAZY}    from .b import l$0r as rate\n` },
    ['b.py:2 lr'],
  ],
  [
    'where it is read, by its other name',
    { 'b.py': 'x = 1\nlr = 1\n', 'a.py': `${LAZY}    from .b import lr as rate\ny = ra$0te\n` },
    ['b.py:2 lr'],
  ],
  [
    'of a base’s lazy base',
    { 'c.py': 'lr = 1\n', 'b.py': `${LAZY}    from .c import *\n`, 'a.py': `${LAZY}    from .b import l$0r\n` },
    ['c.py:1 lr'],
  ],
  [
    'what a key of lazy style overrides',
    { 'b.py': 'model = dict(neck=dict(width=1))\n', 'a.py': `${LAZY}    from .b import *\nmodel.update(dict(neck=dict(wi$0dth=2)))\n` },
    ['b.py:1 width'],
  ],
  [
    'and a named argument',
    { 'b.py': 'model = dict(neck=dict(width=1))\n', 'a.py': `${LAZY}    from .b import *\nmodel.neck.update(wi$0dth=2)\n` },
    ['b.py:1 width'],
  ],
  [
    'a part that is merged in lazy style',
    { 'b.py': 'model = dict(neck=dict(width=1))\n', 'a.py': `${LAZY}    from .b import *\nmodel.update(dict(ne$0ck=dict(width=2)))\n` },
    ['b.py:1 neck'],
  ],
  [
    'a part that is read',
    { 'b.py': 'model = dict(neck=dict(width=1))\n', 'a.py': `${LAZY}    from .b import *\nx = model.ne$0ck.width\n` },
    ['b.py:1 neck'],
  ],
  ['a key that is changed further down by another name', { 'a.py': "a = dict(x$0=1)\nb = a\nb['x'] = 3\n" }, ['a.py:1 x']],
  [
    'a class that a package takes from a module of its own',
    { ...PACKAGE, 'a.py': 'from mmdet.models import RTM$0Det\n' },
    ['mmdet/models/detectors/rtm.py:2 RTMDet'],
  ],
  ['by another name', { ...PACKAGE, 'a.py': 'from mmdet.models import $0P\n' }, ['mmdet/models/necks.py:1 PAFPN']],
  ['a module of a package', { ...PACKAGE, 'a.py': 'from mmdet.models.detectors import r$0tm\n' }, ['mmdet/models/detectors/rtm.py:1']],
  ['what a package does not have', { ...PACKAGE, 'a.py': 'from mmdet.models import Go$0ne\n' }, ['mmdet/models/__init__.py:1']],
  [
    'a base in JSON',
    { 'b.json': '{"model": {"neck": {"width": 1}}}', 'a.py': "_base_ = './b.json'\nmodel = dict(neck=dict(wid$0th=2))\n" },
    ['b.json:1 "width"'],
  ],
  ['from YAML', { 'b.py': B, 'a.yaml': '_base_: ./b.py\ndefault_scope: mmdet\nmodel:\n  neck:\n    wid$0th: 3\n' }, ['b.py:2 width']],
  ['from JSON', { 'b.py': B, 'a.json': '{"_base_": "./b.py", "default_scope": "mmdet", "wi$0den": 3}' }, ['b.py:1 widen']],
  [
    'in braces of JSON',
    { 'b.py': B, 'a.json': '{"_base_": "./b.py", "default_scope": "mmdet", "x": "{{ _base_.wi$0den }}"}' },
    ['b.py:1 widen'],
  ],
  ['while half typed', { 'b.py': B, 'a.py': "_base_ = './b.py'\nx = dict(\ny = _base_.wid$0en\n" }, ['b.py:1 widen']],
];
test.each(CASES)('%s', async (_, files, places) => {
  const { project, file, offset, told } = await projectOf(files);
  expect(definitionAt(project, file, offset).map(told)).toEqual(places);
});
