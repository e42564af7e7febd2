import { describe, expect, test } from 'vitest';
import { resolvedText } from '../../../server/features/resolved-text.ts';
import { projectOf } from './project-of.ts';

const FILES = {
  's.py': 'lr = 1\n',
  'b.py': `stages = ['a_long_name_of_a_stage', 'a_long_name_of_another_stage', 'a_long_name_of_the_last_stage_of_all']
model = dict(type='M', neck=dict(stages=stages, width=0.5))
`,
  'a.py': "_base_ = ['./b.py', './s.py']\nmodel = dict(neck=dict(width=1, one=(1, ), **{'not a name': None}))\nlr = 2\n",
};

describe('a resolved config as Python', () => {
  test('each line leads back to where it was written', async () => {
    const { project, file, told } = await projectOf(FILES);
    const found = resolvedText(project, file, false);
    const lines = (found?.text ?? '').split('\n').slice(0, -1);
    expect(lines.map((line, i) => `${line}  # ${found?.origins[i] ? told(found.origins[i]) : '-'}`)).toEqual([
      'stages = [  # b.py:1 stages',
      "    'a_long_name_of_a_stage',  # b.py:1 'a_long_name_of_a_stage'",
      "    'a_long_name_of_another_stage',  # b.py:1 'a_long_name_of_another_stage'",
      "    'a_long_name_of_the_last_stage_of_all',  # b.py:1 'a_long_name_of_the_last_stage_of_all'",
      ']  # b.py:1 stages',
      'model = dict(  # a.py:2 model',
      "    type='M',  # b.py:2 type",
      '    neck={  # a.py:2 neck',
      "        'stages': [  # b.py:2 stages",
      "            'a_long_name_of_a_stage',  # b.py:1 'a_long_name_of_a_stage'",
      "            'a_long_name_of_another_stage',  # b.py:1 'a_long_name_of_another_stage'",
      "            'a_long_name_of_the_last_stage_of_all',  # b.py:1 'a_long_name_of_the_last_stage_of_all'",
      '        ],  # b.py:2 stages',
      "        'width': 1,  # a.py:2 width",
      "        'one': (1,),  # a.py:2 one",
      "        'not a name': None,  # a.py:2 'not a name'",
      '    },  # a.py:2 neck',
      ')  # a.py:2 model',
      'lr = 2  # a.py:3 lr',
    ]);
  });
  test('it is Python, and means the same', async () => {
    const { project, file } = await projectOf(FILES);
    const text = resolvedText(project, file, false)?.text ?? '';
    const again = await projectOf({ 'r.py': text });
    expect(again.project.config(again.file).problems).toEqual([]);
    expect(resolvedText(again.project, again.file, false)?.text).toBe(text);
  });
  test('what is not known is told, and stays Python', async () => {
    const { project, file } = await projectOf({ 'a.py': 'import os\na = [1, float("inf"), len, {1, 2}]\nb = os.environ["NOT_SET"]\n' });
    expect((resolvedText(project, file, false)?.text ?? '').split('\n')[0]).toBe("a = [1, float('inf'), 'builtins.len', {1, 2}]");
  });
  test('imports of lazy style are no part of it', async () => {
    const { project, file } = await projectOf({
      'b.py': 'from mmdet.models import ResNet\nmodel = dict(type=ResNet)\n',
      'a.py': 'from mmengine.config import read_base\nwith read_base():\n    from .b import *\nmodel.update(depth=50)\n',
    });
    expect(resolvedText(project, file, false)?.text).toBe("model = dict(type='mmdet.models.ResNet', depth=50)\n");
  });
  test('keys that are no names of Python', async () => {
    const { project, file } = await projectOf({ 'a.json': '{"default_scope": "mmdet", "a b": 1, "class": {"x": 1}}' });
    expect(resolvedText(project, file, false)?.text).toBe(
      "default_scope = 'mmdet'\nglobals()['a b'] = 1\nglobals()['class'] = dict(x=1)\n",
    );
  });
  test('bases, wherever they are named', async () => {
    const { project, file } = await projectOf({
      'b.py': "model = dict(type='M')\n",
      'a.py': "x = 1\n_base_ = './b.py'\nmodel = dict(y=x)\n",
    });
    expect(resolvedText(project, file, true)?.text).toBe("model = dict(type='M')\n");
  });
  test('the bases alone, to compare with', async () => {
    const { project, file } = await projectOf(FILES);
    const lines = (resolvedText(project, file, true)?.text ?? '').split('\n');
    expect(lines).toContain('        width=0.5,');
    expect(lines).toContain('lr = 1');
  });
});
