/** Names of the file where one is read, and what their values have. */
import { expect, test } from 'vitest';
import { completionAt } from '../../../server/features/completion-at.ts';
import { type Files, projectOf } from './project-of.ts';

const B = 'widen = 0.5\nmodel = dict(neck=dict(width=widen, stages=[dict(depth=1)]))\n';
const TEXT = "_base_ = './b.py'\n";
const LAZY = 'from mmengine.config import read_base\nwith read_base():\n    from .b import *\n';
const CASES: readonly (readonly [name: string, text: string, labels: readonly string[]])[] = [
  ['an item of the base', `${TEXT}x = _base_.model['$0']\n`, ['neck']],
  ['further down', `${TEXT}x = _base_.model['neck']["$0"]\n`, ['width', 'stages']],
  ['in a formatted text', `${TEXT}x = f'{_base_.model.$0}'\n`, ['neck']],
  ['what a variable has that holds a part of the base', `${TEXT}y = _base_.model\nx = y.neck.stages[0].$0\n`, ['depth']],
  ['a dict of the file has no attributes', `${TEXT}y = dict(a=1)\nx = y.$0\n`, []],
  ['but items', `${TEXT}y = dict(a=dict(b=1))\nx = y['a']['$0\n`, ['b']],
  ['names that are bound by then', `${TEXT}y = 1\nx = $0\nz = 2\n`, ['y', '_base_']],
  ['as the value of a key', `${TEXT}y = 1\nx = dict(a=$0)\n`, ['y', '_base_']],
  ['in a list', `${TEXT}y = 1\nx = [3, $0\n`, ['y', '_base_']],
  ['not within a number', `${TEXT}y = 1\nx = 3$0\n`, []],
  ['not in a comment', `${TEXT}y = 1\nx = 3 # = $0\n`, []],
  ['names of a lazy base', `${LAZY}x = wid$0\n`, ['widen', 'model']],
  ['attributes of a lazy base', `${LAZY}model.neck.$0\n`, ['width', 'stages']],
  ['as they are by then', `${LAZY}model.neck.depth = 3\nmodel.neck.$0\nmodel.neck.more = 3\n`, ['width', 'stages', 'depth']],
];
test.each(CASES)('%s', async (_, text, labels) => {
  const files: Files = { 'b.py': B, 'a.py': text };
  const { project, file, offset } = await projectOf(files);
  expect(completionAt(project, file, offset).map(({ label }) => label)).toEqual(labels);
});
test('a name that is accepted closes its brackets', async () => {
  const { project, file, offset } = await projectOf({ 'b.py': B, 'a.py': `${TEXT}x = _base_.model['ne$0` });
  expect(completionAt(project, file, offset).map(({ text }) => text)).toEqual(["neck']"]);
});

const KEYS: readonly (readonly [name: string, text: string, label: string, text: string])[] = [
  ['a named argument of update', `${LAZY}model.update(neck=dict($0`, 'width', 'width='],
  ['a dict that is updated', `${LAZY}model.update(dict(neck=dict($0`, 'width', 'width='],
  ['a dict that is merged', `${LAZY}model.neck.merge(dict($0))\n`, 'width', 'width='],
  ['a display without quotes yet', `${TEXT}model = {'neck': {$0}}\n`, 'width', "'width': "],
  ['a display in quotes', `${TEXT}model = {'neck': {'$0'}}\n`, 'width', 'width'],
  ['a line of lazy style', `${LAZY}mo$0`, 'model', 'model'],
  ['a line of text style', `${TEXT}mo$0`, 'model', 'model = '],
  ['a dict of a display', `${TEXT}model = {'neck': dict($0)}\n`, 'width', 'width='],
];
test.each(KEYS)('keys of the base in %s', async (_, text, label, inserted) => {
  const { project, file, offset } = await projectOf({ 'b.py': B, 'a.py': text });
  expect(completionAt(project, file, offset).find(item => item.label === label)?.text).toBe(inserted);
});
