/** One part that fails does not blind the rest: what is known beside it, what is said of it, and where. */
import { describe, expect, test } from 'vitest';
import { canonical } from '../../../server/config/canonical.ts';
import { formatPath } from '../../../server/config/path.ts';
import { ROOT, workspace } from './workspace.ts';

type Files = Readonly<Record<string, string>>;
interface Told {
  /** `$unknown` where it is not known, whatever the reason. */
  readonly value: unknown;
  /** `kind errorType: file text`: the text that is marked. */
  readonly problems?: readonly string[];
  readonly unknowns?: readonly string[];
}

const U = '$unknown';
const CASES: readonly (readonly [name: string, files: Files, expected: Told])[] = [
  [
    'an undefined name',
    { 'c.py': 'a = dict(x=nope, y=2)\nb = a.copy()\nc = 3' },
    { value: { a: { x: U, y: 2 }, b: { x: U, y: 2 }, c: 3 }, problems: ['undefined-name NameError: c.py nope'] },
  ],
  [
    'two undefined names',
    { 'c.py': 'a = nope + nada' },
    { value: { a: U }, problems: ['undefined-name NameError: c.py nope', 'undefined-name NameError: c.py nada'] },
  ],
  [
    'in a function',
    { 'c.py': 'def f(x):\n    return nope\na = f(1)\nb = 2' },
    { value: { a: U, b: 2 }, problems: ['undefined-name NameError: c.py nope'] },
  ],
  [
    'a missing key',
    { 'c.py': "a = dict(x=1)\nb = a['y']\nc = a['x']" },
    { value: { a: { x: 1 }, b: U, c: 1 }, problems: ["evaluation-error KeyError: c.py a['y']"] },
  ],
  [
    'what imported code would give',
    { 'c.py': 'import datetime\na = dict(x=datetime.datetime.now().year, y=2)\nb = 3' },
    { value: { a: { x: U, y: 2 }, b: 3 }, problems: [], unknowns: ['a.x'] },
  ],
  [
    'what only a run tells',
    {
      'c.py': 'import time\ndef now():\n    return dict(a=[time.time() > 0, 1], b=(time.time(), 2))\nx = now()\ny = time.time() * 2\nz = 3',
    },
    { value: { x: { a: [U, 1], b: { $tuple: [U, 2] } }, y: U, z: 3 }, problems: [], unknowns: ['x.a[0]', 'x.b[0]', 'y'] },
  ],
  [
    'a condition that is not known',
    { 'c.py': 'import socket\na = 1\nif socket.gethostname():\n    a = 2\n    b = 3\nc = 4' },
    { value: { a: U, b: U, c: 4 }, problems: [] },
  ],
  [
    'a loop that is not known',
    { 'c.py': 'import glob\nfiles = []\nfor f in glob.glob("*"):\n    files.append(f)\nb = 1' },
    { value: { f: U, files: U, b: 1 }, problems: [] },
  ],
  [
    'what is made of it',
    { 'c.py': 'import socket\nh = socket.gethostname()\na = h + "x"\nb = [h, 1]\nc = h.upper()\nd = 2' },
    { value: { h: U, a: U, b: [U, 1], c: U, d: 2 }, problems: [] },
  ],
  [
    'an update that is not known',
    { 'c.py': 'import json\na = dict(x=1)\na.update(json.load(open("x")))\nb = dict(y=a)' },
    { value: { a: U, b: { y: U } }, problems: [] },
  ],
  [
    'a failing statement in a loop',
    { 'c.py': 'a = []\nfor i in range(3):\n    a.append(1 // (1 - i))\nb = 1' },
    { value: { i: U, a: U, b: 1 }, problems: ['evaluation-error ZeroDivisionError: c.py 1 // (1 - i)'] },
  ],
  ['a caught exception is none', { 'c.py': 'try:\n    a = {}["x"]\nexcept KeyError:\n    a = 1' }, { value: { a: 1 }, problems: [] }],
  [
    'a base that is not there',
    { 'c.py': "_base_ = ['nowhere.py']\na = _base_.x.y\nb = dict(c=1, d=_base_.z)\ne = 2" },
    { value: { a: U, b: { c: 1, d: U }, e: 2 }, problems: ["base-not-found FileNotFoundError: c.py 'nowhere.py'"] },
  ],
  [
    'one of two bases is not there',
    { 'a.py': 'x = 1', 'c.py': "_base_ = ['a.py', 'nowhere.py']\nb = _base_.x" },
    { value: { x: 1, b: 1 }, problems: ["base-not-found FileNotFoundError: c.py 'nowhere.py'"] },
  ],
  [
    'an error in a base is said there',
    { 'a.py': 'x = nope\ny = 1', 'c.py': "_base_ = 'a.py'\nz = _base_.y" },
    { value: { x: U, y: 1, z: 1 }, problems: ['undefined-name NameError: a.py nope'] },
  ],
  [
    'bases in a circle',
    { 'a.py': "_base_ = 'c.py'\nx = 1", 'c.py': "_base_ = 'a.py'\ny = 2" },
    { value: { x: 1, y: 2 }, problems: ["base-cycle RecursionError: a.py 'c.py'"] },
  ],
  ['a base of itself', { 'c.py': "_base_ = 'c.py'\ny = 2" }, { value: { y: 2 }, problems: ["base-cycle RecursionError: c.py 'c.py'"] }],
  [
    'a key in two bases',
    { 'a.py': 'x = 1\ny = 1', 'b.py': 'x = 2', 'c.py': "_base_ = ['a.py', 'b.py']\nz = 3" },
    { value: { x: 1, y: 1, z: 3 }, problems: ["base-duplicate-key KeyError: c.py 'b.py' (a.py x, b.py x)"] },
  ],
  [
    'a dict over a list',
    { 'a.py': 'x = dict(y=[1])\nw = 1', 'c.py': "_base_ = 'a.py'\nx = dict(y=dict(z=2))" },
    { value: { x: { y: { z: 2 } }, w: 1 }, problems: ['merge-type-conflict TypeError: c.py y (a.py [1])'] },
  ],
  [
    'a dict over what is not known',
    { 'a.py': 'import json\nx = json.load(1)\nw = 1', 'c.py': "_base_ = 'a.py'\nx = dict(z=2)" },
    { value: { x: U, w: 1 }, problems: [] },
  ],
  [
    '_delete_ over what is not known',
    { 'a.py': 'import json\nx = json.load(1)', 'c.py': "_base_ = 'a.py'\nx = dict(_delete_=True, z=2)" },
    { value: { x: { z: 2 } }, problems: [] },
  ],
  [
    'what is computed from a base variable',
    {
      'a.py': 'x = 2\ny = [1]',
      'c.py': "_base_ = 'a.py'\nb = len({{ _base_.x }})\nc = dict(d={{ _base_.y }}, e='{{ _base_.x }}/z', f=[{{ _base_.x }}])",
    },
    { value: { x: 2, y: [1], b: U, c: { d: [1], e: U, f: [2] } }, problems: [] },
  ],
  ['an endless loop', { 'c.py': 'a = 1\nwhile True:\n    b = 2\nc = 3' }, { value: { a: 1, b: U, c: U }, problems: [] }],
  [
    'a list too long',
    { 'c.py': 'a = [0] * 10**9\nb = "x" * 10**10\nc = 9**9**9\nd = 1' },
    { value: expect.objectContaining({ d: 1 }), problems: [] },
  ],
  [
    'a syntax error',
    { 'c.py': 'a = 1\nb = dict(x=\nc = 2' },
    { value: expect.objectContaining({ a: 1 }), problems: [expect.stringMatching(/^syntax-error SyntaxError: c.py/)] },
  ],
  [
    'a call with an unknown argument',
    { 'c.py': 'import json\na = dict(x=int(json.load(1)), y=max(1, json.load(1)), z=f"{json.load(1)}", w=len(json.load(1)))' },
    { value: { a: { x: U, y: U, z: U, w: U } }, problems: [] },
  ],
  [
    'a missing base of lazy style',
    { 'c.py': 'from mmengine.config import read_base\nwith read_base():\n    from .nowhere import *\na = model.x\nb = 1' },
    { value: expect.objectContaining({ a: U, b: 1 }), problems: ['base-not-found ConfigParsingError: c.py from .nowhere import *'] },
  ],
  [
    'an override of a method',
    { 'a.py': 'm = dict(x=1)', 'c.py': "_base_ = 'a.py'\n_base_.m.keys = 2\nb = 1" },
    { value: expect.objectContaining({ b: 1 }), problems: ['evaluation-error AttributeError: c.py _base_.m.keys'] },
  ],
];

describe('recovery', () => {
  test.each(CASES)('%s', (_, files, expected) => {
    const config = workspace(files).resolve(Object.keys(files).at(-1) ?? '');
    expect(blurred(canonical(config.value))).toEqual(expected.value);
    if (expected.unknowns) expect(config.unknowns.map(u => formatPath(u.path))).toEqual(expected.unknowns);
    const text = (site: { file: string; start: number; end: number }): string =>
      `${site.file.slice(ROOT.length + 1)} ${(files[site.file.slice(ROOT.length + 1)] ?? '').slice(site.start, site.end)}`;
    const problems = config.problems.map(
      p => `${p.kind} ${p.errorType}: ${text(p.site)}${p.related.length ? ` (${p.related.map(r => text(r.site)).join(', ')})` : ''}`,
    );
    expect(problems).toEqual(expected.problems);
    expect(config.ok).toBe(problems.length === 0);
  });
});

function blurred(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(blurred);
  if (typeof value !== 'object' || value === null) return value;
  if (U in value) return U;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => !(typeof v === 'object' && v !== null && '$ref' in v))
      .map(([k, v]) => [k, blurred(v)]),
  );
}
