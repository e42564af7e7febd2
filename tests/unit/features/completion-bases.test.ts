/** What a base has, completed: names behind `_base_.`, and the paths of bases. */
import { expect, test } from 'vitest';
import { basesOf } from '../../../server/features/base-values.ts';
import { completion } from '../../../server/features/completion.ts';
import { assets } from '../../../server/project/assets.ts';
import { loadUsage } from '../../../server/registry/usage.ts';
import { type Files, projectOf } from './project-of.ts';

const B = "widen = 0.5\nmodel = dict(type='M', neck=dict(width=widen, stages=[dict(depth=1)]))\n";
const CASES: readonly (readonly [name: string, files: Files, labels: readonly string[]])[] = [
  ['names of the base', { 'b.py': B, 'a.py': "_base_ = './b.py'\nx = _base_.$0\n" }, ['widen', 'model']],
  ['below a part', { 'b.py': B, 'a.py': "_base_ = './b.py'\nx = _base_.model.neck.$0\n" }, ['width', 'stages']],
  ['below an item', { 'b.py': B, 'a.py': "_base_ = './b.py'\nx = _base_.model.neck.stages[0].$0\n" }, ['depth']],
  ['in braces', { 'b.py': B, 'a.py': "_base_ = './b.py'\nx = {{ _base_.model.$0 }}\n" }, ['type', 'neck']],
  ['in quoted braces', { 'b.py': B, 'a.py': "_base_ = './b.py'\nx = '{{ _base_.model.$0 }}'\n" }, ['type', 'neck']],
  ['keys of a part', { 'b.py': B, 'a.py': "_base_ = './b.py'\nmodel = dict(neck=dict($0))\n" }, ['width', 'stages']],
  [
    'files of a library',
    { 'mmdet/.mim/configs/yolo/y.py': '', 'mmdet/.mim/configs/_base_/r.py': '', 'a.py': "_base_ = 'mmdet::$0'\n" },
    ['mmdet::_base_/', 'mmdet::yolo/'],
  ],
  ['files of its folders', { 'mmdet/.mim/configs/yolo/y.py': '', 'a.py': "_base_ = ['mmdet::yolo/$0']\n" }, ['mmdet::yolo/y.py']],
  ['no files of a library that is not at hand', { 'a.py': "_base_ = 'mmpose::$0'\n" }, []],
];
test.each(CASES)('%s', async (_, files, labels) => {
  const { project, file, offset } = await projectOf(files);
  const found = completion({
    text: project.host.read(file) ?? '',
    offset,
    config: project.readable(file),
    registry: project.registry,
    usage: loadUsage(assets.facts),
    bases: () => basesOf(project, file).map(base => project.config(base)),
    file,
    list: folder => project.host.list(folder),
    configsOf: library => project.configsOf(library),
  });
  expect(
    found
      .filter(({ kind, label }) => (kind !== 'argument' && !/^(?:type|_delete_|_scope_)$/.test(label)) || labels.includes(label))
      .map(({ label }) => label),
  ).toEqual(labels);
});
