/** Which values a constructor is known to take, by its own statements: what it surely refuses, and where nothing is sure. */
import { describe, expect, it } from 'vitest';
import type { Choices } from '../../../server/registry/entry.ts';
import { createRegistry } from '../../../server/registry/registry.ts';
import { emptySnapshot } from '../../../server/registry/snapshot.ts';
import { MemoryHost } from './memory-host.ts';

function choices(source: string, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, Choices | undefined>> {
  const host = new MemoryHost({
    '/site/mmengine/__init__.py': '',
    '/site/mmengine/registry.py': "class Registry:\n    pass\nMODELS = Registry('model')\n",
    '/site/lib/__init__.py': '',
    '/site/lib/net.py': `from mmengine.registry import MODELS\n${source}`,
    ...Object.fromEntries(Object.entries(more).map(([name, text]) => [`/site/lib/${name}`, text])),
  });
  const registry = createRegistry(host, { roots: ['/site'], description: '' }, emptySnapshot);
  const net = registry.entriesOf('lib').find(entry => entry.name === 'Net');
  return Object.fromEntries(net?.parameters.map(({ name, choices: found }) => [name, found]) ?? []);
}
const all = (...values: readonly (string | number | null)[]): Choices => ({ values, of: null, caseless: false });

/** A class `Net` that is registered, by what stands in its constructor. */
const net = (init: string, { body = '', parameters = 'self, depth', bases = '' } = {}): string =>
  `@MODELS.register_module()\nclass Net${bases}:\n${indented(body, 4)}    def __init__(${parameters}):\n${indented(init, 8)}`;
const indented = (text: string, by: number): string =>
  text === '' ? '' : `${text.replace(/^(?=.)/gm, ' '.repeat(by)).replace(/\n*$/, '\n')}`;
const TABLE = { body: 'arch_settings = {\n    18: (2, 2),  # small\n    50: (3, 4),\n}\n' };

const CASES: readonly (readonly [name: string, source: string, depth: Choices | undefined])[] = [
  ['a raise', net("if depth not in self.arch_settings:\n    raise KeyError(f'invalid depth {depth}')", TABLE), all(18, 50)],
  ['an assertion', net("assert depth in self.arch_settings, 'no'", TABLE), all(18, 50)],
  ['a look-up', net('self.block, stages = self.arch_settings[depth]', TABLE), all(18, 50)],
  ['a look-up by the name of the class', net('x = Net.arch_settings[depth]', TABLE), all(18, 50)],
  ['a display', net("assert depth in ('a', 'b'), depth"), all('a', 'b')],
  ['a set of a dict', net('assert depth in set(self.arch_settings)', TABLE), all(18, 50)],
  ['its keys', net('assert (depth in self.arch_settings.keys())', TABLE), all(18, 50)],
  ['None besides', net("assert depth is None or depth in ['a']"), all('a', null)],
  ['by an attribute', net("self.depth = depth\nassert self.depth in ['a', 'b']"), all('a', 'b')],
  ['a table of the module', `TABLE = dict(a=1, b=2)\n${net('x = TABLE[depth]')}`, all('a', 'b')],
  [
    'keys from a list',
    net('x = self.zoo[depth]', { body: "zoo = {**dict.fromkeys(['t', 'tiny'], {'d': 1}), 'b': {}}" }),
    all('t', 'tiny', 'b'),
  ],
  [
    'texts alone',
    net(
      "if isinstance(depth, str):\n    depth = depth.lower()\n    assert depth in {'a', 'b'}, 'no'\n    x = 1\nelse:\n    x = depth['x']",
    ),
    { values: ['a', 'b'], of: 'str', caseless: true },
  ],

  ['nothing is refused', net('if depth not in self.arch_settings:\n    depth = 18', TABLE), undefined],
  ['a warning is no refusal', net("if depth not in self.arch_settings:\n    print('odd')", TABLE), undefined],
  ['only now and then', net("if other:\n    assert depth in ['a']", { parameters: 'self, depth, other' }), undefined],
  ['after a return', net("if other:\n    return\nassert depth in ['a']", { parameters: 'self, depth, other' }), undefined],
  ['another value by then', net("depth = depth or 'a'\nassert depth in ['a']"), undefined],
  ['a loop variable of the name', net("for depth in x:\n    pass\nassert depth in ['a']"), undefined],
  ['a part of the condition', net("assert depth in ['a'] or force"), undefined],
  ['a part of a text', net("assert depth in 'abc'"), undefined],
  ['a text in brackets', net("assert depth in ('abc')"), undefined],
  ['a table that is computed', net('x = self.zoo[depth]', { body: 'zoo = make()' }), undefined],
  ['a table that is changed', net('x = self.zoo[depth]', { body: "zoo = {'a': 1}\nzoo['b'] = 2" }), undefined],
  ['a table that the constructor fills', net('self.arch_settings[34] = (1,)\nassert depth in self.arch_settings', TABLE), undefined],
  ['a list is not looked up in by item', net('x = self.zoo[depth]', { body: 'zoo = [1, 2]' }), undefined],
  ['a look-up that may be left out', net('x = self.arch_settings[depth] if y else 1', TABLE), undefined],
  ['a default that it would refuse', net("assert depth in ['a']", { parameters: "self, depth='z'" }), undefined],
];

describe('choices', () => {
  it.each(CASES)('%s', (_, source, expected) => expect(choices(source).depth).toEqual(expected));

  const BASE = `class Base:\n    arch_settings = {18: 1, 50: 2}\n    def __init__(self, depth, style='a', **kwargs):\n        assert depth in self.arch_settings\n        assert style in ['a', 'b']\n`;
  it('are those of the table of the class that is built', () => {
    const source = `${BASE}@MODELS.register_module()\nclass Net(Base):\n    arch_settings = {101: 1}\n    def __init__(self, groups, **kwargs):\n        super().__init__(**kwargs)\n`;
    expect(choices(source)).toEqual({ groups: undefined, depth: all(101), style: all('a', 'b') });
  });
  it('come through a parameter that is passed on as it is', () => {
    const source = `${BASE}@MODELS.register_module()\nclass Net(Base):\n    def __init__(self, depth, how='a', other='a'):\n        other = str(other)\n        super().__init__(depth, style=how)\n`;
    expect(choices(source)).toEqual({ depth: all(18, 50), how: all('a', 'b'), other: undefined });
  });
  it('are not told where a class in between is not at hand', () => {
    const source = `from elsewhere import Odd\n${BASE}@MODELS.register_module()\nclass Net(Odd, Base):\n    def __init__(self, depth):\n        assert depth in self.arch_settings\n`;
    expect(choices(source).depth).toBeUndefined();
  });
  it('are found through imports', () => {
    const source = `from .table import TABLE as T\n${net('assert depth in T')}`;
    expect(choices(source, { 'table.py': "TABLE = {'x': 1, 'y': 2}\n" }).depth).toEqual(all('x', 'y'));
  });
});
