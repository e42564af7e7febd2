/** Imports of a lazy config, completed: modules of bases and of libraries, and the names in them. */
import { expect, test } from 'vitest';
import { completionAt } from '../../../server/features/completion-at.ts';
import { type Files, projectOf } from './project-of.ts';

const READ = 'from mmengine.config import read_base\nwith read_base():\n';
const BASES: Files = {
  '_base_/runtime.py': "log_level = 'INFO'\ndefault_scope = None\n",
  'models/yolo-s.py': 'model = dict()\n',
  'models/yolo_s.py': 'model = dict(neck=dict(width=1))\ntrain_cfg = dict()\n',
};
type Case = readonly [name: string, files: Files, labels: readonly string[], not?: readonly string[]];
const CASES: readonly Case[] = [
  ['bases as modules', { ...BASES, 'models/a.py': `${READ}    from $0\n` }, ['.yolo_s', '.._base_.runtime'], ['.yolo-s', '.a']],
  ['what lies in a folder', { ...BASES, 'models/a.py': `${READ}    from ..$0\n` }, ['.._base_', '..models']],
  ['on the way down', { ...BASES, 'a.py': `${READ}    from ._base_.$0\n` }, ['._base_.runtime'], ['._base_']],
  [
    'but for what is imported',
    { ...BASES, 'models/a.py': `${READ}    from .yolo_s import *\n    from $0\n` },
    ['.._base_.runtime'],
    ['.yolo_s'],
  ],
  [
    'no bases outside of the block',
    { ...BASES, 'models/a.py': `${READ}    from .yolo_s import *\nfrom $0\n` },
    ['mmengine.config'],
    ['.._base_.runtime'],
  ],
  ['the word import', { ...BASES, 'a.py': `${READ}    from ._base_.runtime im$0\n` }, ['import']],
  ['names of a base', { ...BASES, 'models/a.py': `${READ}    from .yolo_s import $0\n` }, ['*', 'model', 'train_cfg']],
  ['names that follow', { ...BASES, 'models/a.py': `${READ}    from .yolo_s import (model,\n        $0\n` }, ['train_cfg'], ['model', '*']],
  ['the marker of bases', { 'a.py': `x = 1\nfrom mmengine.config import $0\n` }, ['read_base']],
  [
    'classes of a library',
    { ...BASES, 'a.py': `${READ}    from ._base_.runtime import *\nfrom mmdet.models import CSP$0\n` },
    ['CSPNeXt', 'CSPNeXtPAFPN'],
  ],
  ['nothing for a new name', { ...BASES, 'models/a.py': `${READ}    from .yolo_s import model as $0\n` }, [], ['train_cfg']],
  ['not below an import', { ...BASES, 'models/a.py': `${READ}    from .yolo_s import *\n$0\n` }, ['model'], ['import']],
];
test.each(CASES.map(([name, files, labels, not]) => ({ name, files, labels, not: not ?? [] })))('$name', async ({ files, labels, not }) => {
  const { project, file, offset } = await projectOf(files);
  const found = completionAt(project, file, offset).map(({ label }) => label);
  expect(found).toEqual(expect.arrayContaining([...labels]));
  expect(found.filter(label => not.includes(label))).toEqual([]);
});
