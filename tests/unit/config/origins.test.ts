/** Where values come from. A site is written `file:line text`. In a text, `$0` is where the cursor stands. */
import { describe, expect, test } from 'vitest';
import type { Origin } from '../../../server/config/index.ts';
import { originAt, pathsAt, valueAt } from '../../../server/config/origins.ts';
import { formatPath, parsePath } from '../../../server/config/path.ts';
import { plain } from '../../../server/python/origin.ts';
import type { Site } from '../../../server/python/value.ts';
import { ROOT, workspace } from './workspace.ts';

interface Told {
  readonly key?: string;
  readonly value: string;
  readonly literals?: readonly string[];
  /** Values of what was overridden, the latest first. */
  readonly overrides?: readonly string[];
}
type Files = Readonly<Record<string, string>>;

const CHANNELS: Files = {
  'base.py':
    "norm = dict(type='BN', eps=0.001)\nwiden_factor = 0.5\nmodel = dict(\n    backbone=dict(type='A', norm=norm),\n    neck=dict(type='N', in_channels=[256, 512, 1024], widen_factor=widen_factor))\n",
  'config.py':
    "_base_ = 'base.py'\nchannels = [512, 1024, 2048]\nmodel = dict(\n    neck=dict(in_channels=channels, width=int(256 * _base_.widen_factor)))\n",
};

const ORIGINS: readonly (readonly [name: string, files: Files, path: string, expected: Told])[] = [
  ['an element, through a variable', CHANNELS, 'model.neck.in_channels[2]', { key: 'config.py:2 2048', value: 'config.py:2 2048' }],
  [
    'a list, through a variable',
    CHANNELS,
    'model.neck.in_channels',
    {
      key: 'config.py:4 in_channels',
      value: 'config.py:4 channels',
      literals: ['config.py:2 [512, 1024, 2048]'],
      overrides: ['base.py:5 [256, 512, 1024]'],
    },
  ],
  [
    'what only the base says',
    CHANNELS,
    'model.neck.widen_factor',
    { key: 'base.py:5 widen_factor', value: 'base.py:5 widen_factor', literals: ['base.py:2 0.5'] },
  ],
  [
    'what was computed from a base',
    CHANNELS,
    'model.neck.width',
    { value: 'config.py:4 int(256 * _base_.widen_factor)', literals: ['config.py:4 256', 'base.py:2 0.5'] },
  ],
  [
    'a dict that was merged',
    CHANNELS,
    'model.neck',
    {
      key: 'config.py:4 neck',
      value: 'config.py:4 dict(in_channels=channels, width=int(256 * _base_.widen_factor))',
      overrides: ["base.py:5 dict(type='N', in_channels=[256, 512, 1024], widen_factor=widen_factor)"],
    },
  ],
  ['inside of a variable of the base', CHANNELS, 'model.backbone.norm.eps', { key: 'base.py:1 eps', value: 'base.py:1 0.001' }],
  ['a name at the top', CHANNELS, 'channels', { key: 'config.py:2 channels', value: 'config.py:2 [512, 1024, 2048]' }],
  [
    'three generations',
    { 'a.py': 'm = dict(x=1)\n', 'b.py': "_base_ = 'a.py'\nm = dict(x=2)\n", 'c.py': "_base_ = 'b.py'\nm = dict(x=3)\n" },
    'm.x',
    { value: 'c.py:2 3', overrides: ['b.py:2 2', 'a.py:1 1'] },
  ],
  ['bound twice in one file', { 'c.py': 'a = 1\na = 2\n' }, 'a', { value: 'c.py:2 2', overrides: ['c.py:1 1'] }],
  ['unpacked', { 'c.py': 'a, b = 1, 2\n' }, 'b', { key: 'c.py:1 b', value: 'c.py:1 2' }],
  [
    'a change of _base_',
    { 'a.py': 'm = dict(x=dict(y=1))\n', 'c.py': "_base_ = 'a.py'\n_base_.m.x.y = 2\n" },
    'm.x.y',
    { key: 'c.py:2 _base_.m.x.y', value: 'c.py:2 2', overrides: ['a.py:1 1'] },
  ],
  [
    'a change of an item',
    { 'c.py': "m = dict(x=1)\nm['x'] = 2\n" },
    'm.x',
    { key: "c.py:2 'x'", value: 'c.py:2 2', overrides: ['c.py:1 1'] },
  ],
  ['double star keeps places', { 'c.py': 'a = dict(x=1)\nb = dict(**a, y=2)\n' }, 'b.x', { key: 'c.py:1 x', value: 'c.py:1 1' }],
  ['double star of a display', { 'c.py': 'a = dict(x=1)\nb = {**a}\n' }, 'b.x', { key: 'c.py:1 x', value: 'c.py:1 1' }],
  ['a display', { 'c.py': "a = {'x y': [1, (2, 3)]}\n" }, "a['x y'][1][0]", { value: 'c.py:1 2' }],
  [
    'a comprehension',
    { 'c.py': 'sizes = [640, 320]\na = [dict(size=s) for s in sizes]\n' },
    'a[1].size',
    { key: 'c.py:2 size', value: 'c.py:2 s', literals: ['c.py:1 320'] },
  ],
  [
    'a slice',
    { 'a.py': "p = [dict(t='A'), dict(t='B')]\n", 'c.py': "_base_ = 'a.py'\nq = _base_.p[1:]\n" },
    'q[0]',
    { value: "a.py:1 dict(t='B')" },
  ],
  ['unpacked into a list', { 'c.py': "p = [dict(t='A')]\nq = [*p, dict(t='B')]\n" }, 'q[0].t', { value: "c.py:1 'A'" }],
  ['a deep copy', { 'c.py': 'import copy\na = dict(x=[1, 2])\nb = copy.deepcopy(a)\n' }, 'b.x[1]', { value: 'c.py:2 2' }],
  [
    'a base variable in braces',
    { 'a.py': 'x = dict(y=3)\n', 'c.py': "_base_ = 'a.py'\nz = dict(w={{ _base_.x.y }}, v=1)\n" },
    'z.w',
    { key: 'c.py:2 w', value: 'c.py:2 {{ _base_.x.y }}', literals: ['a.py:1 3'] },
  ],
  [
    'behind what was replaced in a text',
    { 'c.py': "n = '{{ fileBasenameNoExtension }}'; a = dict(x=7)\n" },
    'a.x',
    { key: 'c.py:1 x', value: 'c.py:1 7' },
  ],
  [
    'lazy style',
    {
      'a.py': 'm = dict(x=1)\n',
      'c.py': 'from mmengine.config import read_base\nwith read_base():\n    from .a import *\nm.update(dict(y=2))\n',
    },
    'm.y',
    { key: 'c.py:4 y', value: 'c.py:4 2' },
  ],
  [
    'a base of lazy style',
    { 'a.py': 'm = dict(x=1)\n', 'c.py': 'from mmengine.config import read_base\nwith read_base():\n    from .a import *\nm.x = 5\n' },
    'm.x',
    { value: 'c.py:4 5', overrides: ['a.py:1 1'] },
  ],
  ['JSON', { 'c.json': '{"a": {"b": [1, 20]}}' }, 'a.b[1]', { value: 'c.json:1 20' }],
  ['YAML', { 'c.yaml': 'a:\n  b: [1, 20]\n' }, 'a.b', { key: 'c.yaml:2 b', value: 'c.yaml:2 [1, 20]' }],
  [
    'YAML over JSON',
    { 'a.json': '{"x": {"y": 1}}', 'c.yaml': '_base_: a.json\nx:\n  y: 2\n' },
    'x.y',
    { value: 'c.yaml:3 2', overrides: ['a.json:1 1'] },
  ],
  [
    'a key of base that is changed by augmented assignment',
    { 'a.py': 'lr = 2\n', 'c.py': "_base_ = 'a.py'\n_base_.lr *= 3\n" },
    'lr',
    { key: 'c.py:2 _base_.lr', value: 'c.py:2 3', literals: ['c.py:2 3', 'a.py:1 2'], overrides: ['a.py:1 2'] },
  ],
  [
    'an item that is changed so',
    { 'c.py': "m = dict(x=1)\nm['x'] += 2\n" },
    'm.x',
    { key: "c.py:2 'x'", value: 'c.py:2 2', literals: ['c.py:2 2', 'c.py:1 1'], overrides: ['c.py:1 1'] },
  ],
  [
    'a named argument of update',
    { 'c.py': 'a = dict(x=1)\na.update(x=3)\n' },
    'a.x',
    { key: 'c.py:2 x', value: 'c.py:2 3', overrides: ['c.py:1 1'] },
  ],
  [
    'a named argument beside a dict',
    { 'c.py': 'a = dict(x=1)\na.update(dict(y=2), x=3)\n' },
    'a.x',
    { key: 'c.py:2 x', value: 'c.py:2 3', overrides: ['c.py:1 1'] },
  ],
  ['pairs', { 'c.py': "a = dict([('x', 1), ('y', 2)])\n" }, 'a.y', { key: "c.py:1 'y'", value: 'c.py:1 2' }],
  ['zip', { 'c.py': "a = dict(zip(['x', 'y'], [1, 2]))\n" }, 'a.y', { key: "c.py:1 'y'", value: 'c.py:1 2' }],
  ['setdefault', { 'c.py': "a = dict(x=1)\na.setdefault('y', 2)\n" }, 'a.y', { key: "c.py:2 'y'", value: 'c.py:2 2' }],
  ['a comprehension of a dict', { 'c.py': "a = {k: 2 for k in ['x']}\n" }, 'a.x', { key: 'c.py:1 k', value: 'c.py:1 2' }],
  [
    'an element that a comprehension computes',
    { 'c.py': 'a = [s * 2 for s in (3, 4)]\n' },
    'a[1]',
    { key: 'c.py:1 s * 2', value: 'c.py:1 s * 2', literals: ['c.py:1 2', 'c.py:1 4'] },
  ],
  ['a negative number is a literal', { 'c.py': 'a = dict(x=-1)\n' }, 'a.x', { key: 'c.py:1 x', value: 'c.py:1 -1' }],
  [
    'what a key chooses is not made of the key',
    { 'c.py': "m = dict(x=7)\na = m['x']\n" },
    'a',
    { value: "c.py:2 m['x']", literals: ['c.py:1 7'] },
  ],
  ['nor by get', { 'c.py': "m = dict(x=7)\na = m.get('x')\n" }, 'a', { value: "c.py:2 m.get('x')", literals: ['c.py:1 7'] }],
  ['a length', { 'c.py': "n = ('a', 'b')\na = len(n)\n" }, 'a', { value: 'c.py:2 len(n)', literals: ["c.py:1 ('a', 'b')"] }],
  ['a piece of a text', { 'c.py': "p = 'abc'\na = p[1:]\n" }, 'a', { value: 'c.py:2 p[1:]', literals: ["c.py:1 'abc'"] }],
  [
    'made by a function',
    { 'c.py': 'def f(x, y=5):\n    return dict(x=x, y=y)\na = f(3)\n' },
    'a.y',
    { key: 'c.py:2 y', value: 'c.py:2 y', literals: ['c.py:1 5'] },
  ],
  [
    'made by a loop',
    { 'c.py': 'a = []\nfor s in (1, 2):\n    a.append(dict(x=s))\n' },
    'a[1].x',
    { key: 'c.py:3 x', value: 'c.py:3 s', literals: ['c.py:2 2'] },
  ],
  [
    'a deleted key that is set again',
    { 'c.py': "a = dict(x=1)\ndel a['x']\na['x'] = 2\n" },
    'a.x',
    { key: "c.py:3 'x'", value: 'c.py:3 2' },
  ],
  ['an element that is assigned', { 'c.py': 'a = [1, 2]\na[1] = 5\n' }, 'a[1]', { key: 'c.py:2 5', value: 'c.py:2 5' }],
  ['inserted and appended', { 'c.py': 'a = [1]\na.insert(0, 7)\na += [8]\na.extend([9])\n' }, 'a[3]', { value: 'c.py:4 9' }],
  ['update keeps places', { 'c.py': 'a = dict(x=1)\na.update(dict(y=2))\na.update(z=3)\n' }, 'a.y', { key: 'c.py:2 y', value: 'c.py:2 2' }],
];

describe('originAt', () => {
  test.each(ORIGINS)('%s', (_, files, path, expected) => {
    const config = workspace(files).resolve(Object.keys(files).at(-1) ?? '');
    const origin = originAt(config, parsePath(path) ?? []);
    expect(config.problems).toEqual([]);
    expect(told(origin, files, expected)).toEqual(expected);
  });
  test('there is no such path', () => {
    expect(originAt(workspace({ 'c.py': 'a = 1' }).resolve('c.py'), ['a', 'b'])).toBeUndefined();
  });
});

/** As much of an origin as was asked for. */
function told(origin: Origin | undefined, files: Files, expected: Told): Told | undefined {
  if (!origin) return undefined;
  const shown = (site: Site): string =>
    `${site.file.slice(ROOT.length + 1)}:${site.line} ${(files[site.file.slice(ROOT.length + 1)] ?? '').slice(site.start, site.end)}`;
  const overrides: string[] = [];
  for (let o = origin.overrides; o; o = o.overrides) overrides.push(shown(o.value));
  const literals = origin.literals.map(shown);
  return {
    ...(expected.key !== undefined && { key: shown(origin.key) }),
    value: shown(origin.value),
    ...(expected.literals || literals.length ? { literals } : {}),
    ...(expected.overrides || overrides.length ? { overrides } : {}),
  };
}

const PLACES: readonly (readonly [text: string, paths: readonly string[]])[] = [
  ['a = di$0ct(x=1)', ['a']],
  ['a = dict(x=1$0)', ['a', 'a.x']],
  ['a = dict(x$0=1)', ['a', 'a.x']],
  ['channels = [512, 10$024]\nmodel = dict(neck=dict(a=channels))', ['channels', 'model.neck.a', 'channels[1]', 'model.neck.a[1]']],
  ['channels = [512, 1024]\nmodel = dict(neck=dict(a=chan$0nels))', ['model', 'model.neck', 'model.neck.a']],
  ["a = {'x': {'y': '$0'}}", ['a', 'a.x', 'a.x.y']],
  ['a = 1\n# $0\n', []],
];

describe('pathsAt', () => {
  test.each(PLACES)('%s', (text, paths) => {
    const config = workspace({ 'c.py': text.replace('$0', '') }).resolve('c.py');
    expect(pathsAt(config, `${ROOT}/c.py`, text.indexOf('$0')).map(formatPath)).toEqual(paths);
  });
});

describe('valueAt', () => {
  test('elements and entries', () => {
    const config = workspace({ 'c.py': "a = dict(b=[1, {2: 'x'}])" }).resolve('c.py');
    const at = (path: string): unknown => plain(valueAt(config, parsePath(path) ?? []) ?? null);
    expect([at('a.b[0]'), at('a.b[-1][2]'), at('a.nope'), at('a.b[5]')]).toEqual([1, 'x', null, null]);
  });
});

describe('paths as texts', () => {
  test.each(['model.neck.in_channels[2]', "a['x y'].b", 'a[0][1].c', "a['it\\'s']"])('%s', text => {
    const path = parsePath(text);
    expect(path && formatPath(path)).toBe(text);
  });
  test.each(['a..b', 'a[', '1a', 'a b'])('%s is none', text => expect(parsePath(text)).toBeNull());
});
