import { expect, test } from 'vitest';
import { outlineOf } from '../../../server/features/outline.ts';
import type { OutlineItem } from '../../../server/features/outline-item.ts';
import { projectOf } from './project-of.ts';

const CASES: readonly (readonly [name: string, text: string, lines: readonly string[]])[] = [
  [
    'parts, their types and values',
    "lr = 0.01\nmodel = dict(type='YOLODetector', neck=dict(width=1, 'a' 'b'))\nflag = True\nnothing = None\n",
    [
      'lr number 0.01',
      'model dict YOLODetector',
      '  type text YOLODetector',
      '  neck dict',
      '    width number 1',
      'flag truth',
      'nothing nothing',
    ],
  ],
  [
    'a pipeline by its steps',
    "train_pipeline = [dict(type='A'), dict(type='B', x=1), *more, 3]\n",
    ['train_pipeline list', '  [0] dict A', '    type text A', '  [1] dict B', '    type text B', '    x number 1'],
  ],
  [
    'a display, and what is set below the base',
    "d = {'a': {'b': 'x'}}\n_base_.model.neck = dict()\n",
    ['d dict', '  a dict', '    b text x', '_base_.model.neck dict'],
  ],
  [
    'what lazy style updates',
    "model.update(dict(backbone=dict(depth=50)), neck=dict(width=1))\nmodel.neck.merge({'x': 1})\nprint('x')\n",
    [
      'model dict update',
      '  backbone dict',
      '    depth number 50',
      '  neck dict',
      '    width number 1',
      'model.neck dict merge',
      '  x number 1',
    ],
  ],
  [
    'items, several names at once, and what a block sets',
    "model['neck'] = dict(width=1)\npipe[1].scale = (1, 2)\na, b = 1, 'x'\nif True:\n    c = 3\nnames += ['y']\n",
    ["model['neck'] dict", '  width number 1', 'pipe[1].scale list', 'a number 1', 'b text x', 'c number 3', 'names list'],
  ],
  ['half typed', "lr = 1\nmodel = dict(\n    type='M',\nend = 2\n", ['lr number 1', 'model dict M', '  type text M', 'end number 2']],
];
test.each(CASES)('%s', async (_, text, lines) => {
  const { project, file } = await projectOf({ 'a.py': text });
  const told = (items: readonly OutlineItem[], indent: string): readonly string[] =>
    items.flatMap(({ name, kind, detail, children }) => [`${indent}${name} ${kind} ${detail}`.trimEnd(), ...told(children, `${indent}  `)]);
  expect(told(outlineOf(project, file), '')).toEqual(lines);
});
