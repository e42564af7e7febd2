/** Texts as they are while someone types: what is known of them, and the one fault that is told. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { canonical } from '../../../server/config/canonical.ts';
import { pathsAt } from '../../../server/config/origins.ts';
import { formatPath } from '../../../server/config/path.ts';
import { ROOT, workspace } from './workspace.ts';

const U = { $unknown: expect.anything() };

/** `$0` is where the cursor is: the innermost path there is the last column. */
const CASES: readonly (readonly [text: string, value: unknown, fault: string, path?: string])[] = [
  [
    "model = dict(backbone=dict(type='$0",
    { model: { backbone: { type: '' } } },
    'unterminated string literal (detected at line 1)',
    'model.backbone.type',
  ],
  [
    "a = 1\nmodel = dict(backbone=dict(type='mmdet.Res$0\nb = 2\n",
    { a: 1, model: { backbone: { type: 'mmdet.Res' } }, b: 2 },
    'unterminated string literal (detected at line 2)',
    'model.backbone.type',
  ],
  ['a = dict(x=$0\nb = 2', { a: { x: U }, b: 2 }, "'(' was never closed", 'a'],
  ['a = dict(x=1, $0\nb = 2', { a: { x: 1 }, b: 2 }, "'(' was never closed", 'a'],
  ['a = dict(x=1$0\nb = 2', { a: { x: 1 }, b: 2 }, "'(' was never closed", 'a.x'],
  ['a = [1, (2, {3: 4\nb = 2', { a: [1, { $tuple: [2, { $dict: [[3, 4]] }] }], b: 2 }, "'{' was never closed"],
  ['a = $0\nb = 2', { a: U, b: 2 }, 'invalid syntax'],
  ['a = 1 +\nb = 2', { a: 1, b: 2 }, 'invalid syntax'],
  ['c = dict(y=1)\na = c.\nb = 2', { c: { y: 1 }, a: { y: 1 }, b: 2 }, 'invalid syntax'],
  ['a = dict(x=dict(y=1)\n    z=2)\nb = 2', { a: { x: { y: 1 }, z: 2 }, b: 2 }, 'invalid syntax. Perhaps you forgot a comma?'],
  [
    "model = dict(\n    backbone=dict(\n        type='A'\n    neck=dict(type='N'))\nb = 2",
    { model: { backbone: { type: 'A' }, neck: { type: 'N' } }, b: 2 },
    "'(' was never closed",
  ],
  [
    "model = dict(\n    backbone=dict(type='A'),\n    neck=di ct(type='N'),\n    head=dict(type='H'))\nb = 2",
    { model: { backbone: { type: 'A' } }, b: 2 },
    'invalid syntax. Perhaps you forgot a comma?',
  ],
  ['if True:\n    a = 1\nelse:\n    a = (\nb = 2', { a: 1, b: 2 }, "'(' was never closed"],
  ['a = """one\ntwo = 3\n"""\nb = (\nc = 1', { a: 'one\ntwo = 3\n', b: { $tuple: [] }, c: 1 }, "'(' was never closed"],
  ['a = 1\n)\nb = 2', { a: 1, b: 2 }, "unmatched ')'"],
  ['a = 5 5\nb = 2', expect.objectContaining({ b: 2 }), 'invalid syntax'],
];

describe('half-typed', () => {
  for (const [text, value, fault, path] of CASES) {
    test(text, () => {
      const config = workspace({ 'c.py': text.replace('$0', '') }).resolve('c.py');
      expect(canonical(config.value)).toEqual(value);
      expect(config.problems.map(p => p.message)).toEqual([fault]);
      if (path !== undefined) expect(pathsAt(config, `${ROOT}/c.py`, text.indexOf('$0')).map(formatPath).at(-1)).toBe(path);
    });
  }

  test('a base that is half typed', () => {
    const config = workspace({ 'a.py': 'x = dict(y=1\nz = 2', 'c.py': "_base_ = 'a.py'\nx = dict(w=3)" }).resolve('c.py');
    expect(canonical(config.value)).toEqual({ x: { y: 1, w: 3 }, z: 2 });
    expect(config.problems.map(p => `${p.kind} ${p.site.file}`)).toEqual([`syntax-error ${ROOT}/a.py`]);
  });
});

describe('every prefix of a sample config', () => {
  const folder = fileURLToPath(new URL('../../../configs/', import.meta.url));
  const name = readdirSync(folder).find(f => f.endsWith('_mmdet-resnet50.py')) ?? '';
  const base = '_base_ = []\ndeepen_factor = 0.33\nmodel = dict(neck=dict(in_channels=[1, 2, 3]))\n';
  const text = readFileSync(folder + name, 'utf8').replace(/_base_ = .*/, "_base_ = 'base.py'");

  test('is read to the statement before its end, and never twice as wrong', () => {
    const { host, resolve } = workspace({ 'base.py': base, 'c.py': '' });
    const at = text.indexOf('model = ');
    for (let end = at + 9; end < text.length; end += 7) {
      host.write(`${ROOT}/c.py`, text.slice(0, end));
      const config = resolve('c.py');
      expect(config.problems.length).toBe(1);
      expect(canonical(config.value)).toEqual(expect.objectContaining({ channels: [512, 1024, 2048], deepen_factor: { $float: '0.33' } }));
    }
  });
  test('without any one of its tokens, the statement behind survives', () => {
    const { host, resolve } = workspace({ 'base.py': base, 'c.py': '' });
    const whole = `${text}\nlast = 7\n`;
    for (const token of whole.matchAll(/\w+|'[^']*'|[^\s\w]/g)) {
      if (token.index < whole.indexOf('deepen_factor') || token.index >= whole.indexOf('last =')) continue;
      host.write(`${ROOT}/c.py`, whole.slice(0, token.index) + whole.slice(token.index + token[0].length));
      expect({ without: token[0], at: token.index, ...Object(canonical(resolve('c.py').value)) }).toEqual(
        expect.objectContaining({ last: 7 }),
      );
    }
  });
});
