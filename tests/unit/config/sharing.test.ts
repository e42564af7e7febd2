/** Configs that rest on one file hold its very values. What one of them does to them, no other sees, in whatever order they are read: as if each were read by itself. */
import { describe, expect, test } from 'vitest';
import { canonical } from '../../../server/config/canonical.ts';
import { ConfigDict } from '../../../server/config/config-dict.ts';
import type { ResolvedConfig } from '../../../server/config/index.ts';
import { originAt } from '../../../server/config/origins.ts';
import { formatPath } from '../../../server/config/path.ts';
import { Dict } from '../../../server/python/types/dict.ts';
import { List } from '../../../server/python/types/list.ts';
import { Tuple } from '../../../server/python/types/tuple.ts';
import type { Value } from '../../../server/python/value.ts';
import { ROOT, workspace } from './workspace.ts';

const BASE =
  "scale = (640, 640)\nnames = ['a', 'b']\ntrain = [dict(type='A', n=1), dict(type='B', keep=[dict(k=1)])]\nmodel = dict(\n    backbone=dict(type='R', depth=50, out=[0, 1]),\n    neck=dict(type='N', widen=0.5))\nloader = dict(dataset=dict(pipeline=train, scale=scale))\n";
const child = (text: string, base = 'base.py'): string => `_base_ = '${base}'\n${text}`;

const FAMILIES: readonly (readonly [name: string, files: Readonly<Record<string, string>>])[] = [
  [
    'children that change their base in place, and one that does not',
    {
      'base.py': BASE,
      'appends.py': child("_base_.train.append(dict(type='C'))\n_base_.names += ['c']\n"),
      'assigns.py': child('_base_.model.backbone.depth = 101\n_base_.model.backbone.out[0] = 9\n_base_.train[1].keep[0].k = 2\n'),
      'deletes.py': child("del _base_.model.neck\n_base_.model.backbone.pop('out')\n_base_.train.pop()\n"),
      'updates.py': child('_base_.model.update(backbone=dict(depth=18))\n_base_.loader.dataset.merge(dict(scale=(1, 2)))\n'),
      'leaves.py': child('x = 1\n'),
      'bare.py': child("b = _base_\nb.model.neck.widen = 1.0\nb['names'].clear()\nb = None\n"),
      'loops.py': child("for step in _base_.train:\n    step['seen'] = True\nstep = None\n"),
      'calls.py': child("def change(d):\n    d['n'] = 7\n\nchange(_base_.train[0])\n"),
    },
  ],
  [
    'children that merge',
    {
      'base.py': BASE,
      'deep.py': child('model = dict(neck=dict(widen=1.0, new=[1]))\n'),
      'removed.py': child("model = dict(_delete_=True, type='X')\n"),
      'inner.py': child("model = dict(backbone=dict(_delete_=True, type='S'))\n"),
      'twice.py': child("part = dict(_delete_=True, type='S')\nmodel = dict(backbone=part, neck=part)\nkept = [part]\n"),
      'grown.py': child("train = [*_base_.train, dict(type='C')]\nloader = dict(dataset=dict(pipeline=train))\ntrain[0]['n'] = 5\n"),
      'variable.py': child('steps = {{ _base_.train }}\nmodel = dict(neck=dict(steps={{ _base_.names }}))\n'),
    },
  ],
  [
    'children that only read, and some that seem to',
    {
      'base.py': BASE,
      'reads.py': child(
        "steps = _base_.train  # as in f(x)\ntrain = [*steps, dict(type='C')]\nloader = dict(dataset=dict(pipeline=train))\n",
      ),
      'doubles.py': child(
        'first = second = _base_.train\nboth = [first, second, {{ _base_.train }}]\nwide = _base_.model.neck.widen * 2\n',
      ),
      'opens.py': child('part = _base_.model.backbone\nmodel = dict(backbone=dict(_delete_=True, **part), neck=dict(widen=part.depth))\n'),
      'picks.py': child('kept = [step for step in _base_.train]\nlast = _base_.train[-1]\nmodel = dict(neck=last)\n'),
      'grows.py': child("some = _base_.names\nsome += ['c']\n"),
      'writes.py': child("part = _base_.model.backbone\npart['depth'] = 1\n"),
      'calls.py': child("part = _base_.model.backbone\nx = [part.update(depth=2)]\ny = [_base_.names\n.append('d')]\n"),
      'loops.py': child("part = _base_.model.backbone\nx = [0 for part['depth'] in [3]]\n"),
      'lambdas.py': child('x = [(lambda d: d.update(n=3))(_base_.train[0])]\n'),
      'texts.py': child("x = '#' + f'{_base_.names.append(1)}'\ny = '''\n# ''' + f'{_base_.train.pop()}'\n"),
      'leaves.py': child('x = 1\n'),
    },
  ],
  [
    'a chain, changed at each of its files',
    {
      'base.py': BASE,
      'one.py': child("_base_.train.append(dict(type='one'))\nmodel = dict(neck=dict(widen=0.75))\n"),
      'two.py': child("_base_.train.append(dict(type='two'))\n_base_.model.neck.widen *= 2\n", 'one.py'),
      'three.py': child('_base_.train[0].n = 3\nmodel = dict(backbone=dict(depth=34))\n', 'two.py'),
      'beside.py': child("_base_.train.insert(0, dict(type='beside'))\n", 'two.py'),
    },
  ],
  [
    'two bases, one of them shared',
    {
      'base.py': BASE,
      'run.py': "hooks = [dict(type='H', every=1)]\nlevel = 'INFO'\n",
      'a.py': "_base_ = ['base.py', 'run.py']\n_base_.hooks[0].every = 2\n",
      'b.py': "_base_ = ['run.py', 'base.py']\n_base_.hooks.append(_base_.train[0])\n_base_.train[0].n = 4\n",
    },
  ],
  [
    'lazy configs',
    {
      'base.py': BASE,
      'star.py':
        'from mmengine.config import read_base\nwith read_base():\n    from .base import *\ntrain.append(dict(type=1))\nmodel.neck.widen = 2\n',
      'some.py':
        'from mmengine.config import read_base\nwith read_base():\n    from .base import model, train as steps\nsteps[0].update(n=2)\n',
      'on.py':
        'from mmengine.config import read_base\nwith read_base():\n    from .star import *\nloader.dataset.scale = (3, 4)\ntrain[0] = model\n',
      'none.py': 'from mmengine.config import read_base\nwith read_base():\n    from .base import *\n',
    },
  ],
  [
    'JSON and YAML',
    {
      'base.py': BASE,
      'a.json': '{"_base_": "base.py", "model": {"neck": {"widen": 3}}, "train": [1]}',
      'b.yaml': '_base_: base.py\nshared: &s {k: [1]}\nother: {x: *s, y: *s}\nmodel: {backbone: {_delete_: true, type: Y}}\n',
      'c.py': child('_base_.shared.k.append(2)\n_base_.other.x.k.append(3)\n', 'b.yaml'),
    },
  ],
];

describe.each(FAMILIES)('%s', (_, files) => {
  const names = Object.keys(files);
  const alone = new Map(names.map(name => [name, told(workspace(files).resolve(name))]));
  test.each([
    ['as they are listed', names],
    ['the other way round', names.toReversed()],
    ['twice', [...names, ...names]],
    ['from the middle', [...names.slice(names.length >> 1), ...names.slice(0, names.length >> 1)]],
  ])('%s', (__, order) => {
    const { host, resolve } = workspace(files);
    for (const name of order) expect([name, told(resolve(name))]).toEqual([name, alone.get(name)]);
    // And once more, when a child was typed in.
    for (const name of order) if (name.endsWith('.py')) host.write(`${ROOT}/${name}`, `${files[name]}\n# typed`);
    for (const name of order) expect([name, told(resolve(name))]).toEqual([name, alone.get(name)]);
  });
});

test('what a child does not name is the value of its base', () => {
  const { resolve } = workspace({
    'base.py': BASE,
    'a.py': child('model = dict(neck=dict(widen=1.0))\n'),
    'b.py': child('_base_.names.append(1)\n', 'a.py'),
  });
  const [base, a, b] = ['base.py', 'a.py', 'b.py'].map(name => resolve(name).value);
  const part = (of: Dict | undefined, ...keys: readonly string[]): Value | undefined =>
    keys.reduce<Value | undefined>((at, key) => (at instanceof Dict ? at.get(key) : undefined), of);
  expect(part(a, 'loader')).toBe(part(base, 'loader'));
  expect(part(a, 'model', 'backbone')).toBe(part(base, 'model', 'backbone'));
  expect(part(a, 'model')).not.toBe(part(base, 'model'));
  expect(part(b, 'model')).toBe(part(a, 'model'));
  expect(part(b, 'names')).not.toBe(part(base, 'names'));
});

/** All that is said of a config: its values in the order of its keys, and where each was written, and what it overrode. */
function told(config: ResolvedConfig): unknown {
  const origins: string[] = [];
  const walk = (value: Value, path: readonly (string | number)[]): void => {
    if (path.length) origins.push(`${formatPath(path)} ${JSON.stringify(originAt(config, path))}`);
    if (value instanceof Dict) {
      expect(value).toBeInstanceOf(ConfigDict);
      for (const [key, entry] of value.entries) walk(entry.value, [...path, String(key)]);
    } else if (value instanceof List || value instanceof Tuple) for (const [i, item] of value.items.entries()) walk(item, [...path, i]);
  };
  walk(config.value, []);
  return { ok: config.ok, value: canonical(config.value), origins, unknowns: config.unknowns, problems: config.problems };
}
