import { expect, test } from 'vitest';
import { assets } from '../../../server/project/assets.ts';
import { type Assignment, override } from '../../../server/rules/fit/override.ts';
import { openParser } from '../../../server/syntax/parse.ts';

const parse = await openParser(assets.parserWasm, assets.grammarWasm);

function written(text: string, assignments: readonly Assignment[]): string | null {
  const parsed = parse(text);
  if (parsed.kind === 'error') throw new Error(parsed.message);
  const edits = override('a.py', text, parsed.body, assignments);
  return edits === null
    ? null
    : edits.toSorted((a, b) => b.start - a.start).reduce((t, e) => t.slice(0, e.start) + e.text + t.slice(e.end), text);
}
const neck: Assignment = { path: ['model', 'neck', 'in_channels'], text: '[1, 2]' };
const width: Assignment = { path: ['model', 'neck', 'widen_factor'], text: '1.0' };
const head: Assignment = { path: ['model', 'bbox_head', 'head_module', 'widen_factor'], text: '1.0' };

const cases: readonly (readonly [name: string, text: string, assignments: readonly Assignment[], result: string | null])[] = [
  [
    'a part that is there, on one line',
    "model = dict(neck=dict(type='N'))\n",
    [neck, width],
    "model = dict(neck=dict(type='N', in_channels=[1, 2], widen_factor=1.0))\n",
  ],
  ['an argument that is there', 'model = dict(neck=dict(in_channels=c))\n', [neck], 'model = dict(neck=dict(in_channels=[1, 2]))\n'],
  [
    'a part that is not there, on lines of their own',
    "model = dict(\n    backbone=dict(\n        type='B'))\n",
    [neck, head],
    "model = dict(\n    backbone=dict(\n        type='B'),\n    neck=dict(in_channels=[1, 2]),\n    bbox_head=dict(head_module=dict(widen_factor=1.0)))\n",
  ],
  [
    'after a trailing comma',
    "model = dict(\n    backbone=dict(type='B'),\n)\n",
    [width],
    "model = dict(\n    backbone=dict(type='B'),\n    neck=dict(widen_factor=1.0),\n)\n",
  ],
  ['no model at all', "_base_ = './b.py'", [width], "_base_ = './b.py'\nmodel = dict(neck=dict(widen_factor=1.0))\n"],
  ['an empty dict', 'model = dict()\n', [width], 'model = dict(neck=dict(widen_factor=1.0))\n'],
  ['a display', "model = {'neck': {'type': 'N'}}\n", [width], "model = {'neck': {'type': 'N', 'widen_factor': 1.0}}\n"],
  ['a part that is a name', 'model = dict(neck=neck)\n', [width], null],
  ['the last of two assignments', 'model = 1\nmodel = dict()\n', [width], 'model = 1\nmodel = dict(neck=dict(widen_factor=1.0))\n'],
];
test.each(cases)('%s', (_, text, assignments, result) => expect(written(text, assignments)).toBe(result));
