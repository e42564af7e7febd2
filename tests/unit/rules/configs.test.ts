import { expect, test } from 'vitest';
import { globMatches, isConfig } from '../../../server/project/configs.ts';

const told: readonly (readonly [path: string, text: string, is: boolean])[] = [
  ['/w/a.py', "_base_ = './b.py'\n", true],
  ['/w/a.py', "model = dict(\n    type='YOLODetector')\n", true],
  ['/w/a.py', "model = {'type': 'X'}\n", true],
  ['/w/a.py', 'with read_base():\n    from .b import *\n', true],
  ['/w/configs/schedule.py', 'max_epochs = 300\n', true],
  ['/w/schedule.py', 'max_epochs = 300\n', false],
  ['/w/configs/__init__.py', 'x = 1\n', false],
  ['/w/models/net.py', "class Net:\n    pass\n\nmodel = dict(type='Net')\n", false],
  ['/w/tools/train.py', 'import argparse\n\ndef main():\n    pass\n', false],
  ['/w/a.py', "_base_ = './b.py'\n\ndef half(x):\n    return x // 2\n", true],
  ['/w/a.py', "def half(x):\n    return x // 2\n\ndefault_scope = 'mmdet'\n", true],
  ['/w/tools/show.py', "def main():\n    cfg._base_ = 'x'\n    default_scope = 'mmdet'\n", false],
  ['/w/a.yaml', '_base_: b.yaml\n', false],
];
test.each(told)('%s: %s', (path, text, is) => expect(isConfig(path, text, [], '/w')).toBe(is));

test('a pattern of the user makes a config of any file', () => {
  expect(isConfig('/w/experiments/one.py', 'lr = 1\n', ['experiments/**/*.py'], '/w')).toBe(true);
  expect(globMatches('a/**/*.py', 'a/b/c/d.py')).toBe(true);
  expect(globMatches('a/*.py', 'a/b/c.py')).toBe(false);
  expect(globMatches('a?.py', 'ab.py')).toBe(true);
});
