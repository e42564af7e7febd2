/** What a scan makes of one module, by form of registration; and constructors through their bases. */
import { describe, expect, it } from 'vitest';
import { packagesOf } from '../../../server/registry/packages.ts';
import { moduleFiles } from '../../../server/registry/scan/module-files.ts';
import { modulesOf } from '../../../server/registry/scan/modules.ts';
import { outlinesOf } from '../../../server/registry/scan/outlines.ts';
import { scan } from '../../../server/registry/scan/registrations.ts';
import { statements } from '../../../server/registry/scan/statements.ts';
import { emptySnapshot } from '../../../server/registry/snapshot.ts';
import { MemoryHost } from './memory-host.ts';

const REGISTRY = `from mmengine.registry import MODELS as ROOT, Registry
MODELS = Registry('model', parent=ROOT, locations=['lib.models'])
`;
const ENGINE = {
  '/site/mmengine/__init__.py': '',
  '/site/mmengine/registry/__init__.py': 'from .registry import Registry\nfrom .root import MODELS\n',
  '/site/mmengine/registry/registry.py': 'class Registry:\n    pass\n',
  '/site/mmengine/registry/root.py': "from .registry import Registry\nMODELS = Registry('model')\n",
  '/site/mmengine/model.py':
    'import torch.nn as nn\n\n\nclass BaseModule(nn.Module):\n    def __init__(self, init_cfg=None):\n        super().__init__()\n',
};

/** `lib/net.py` with a registry in `lib/registry.py`, and what else is given. */
function scanned(net: string, more: Readonly<Record<string, string>> = {}) {
  const host = new MemoryHost({
    ...ENGINE,
    '/site/lib/__init__.py': '',
    '/site/lib/registry.py': REGISTRY,
    '/site/lib/net.py': net,
    ...more,
  });
  const environment = { roots: ['/site'], description: '' };
  const modules = modulesOf(packagesOf(host, environment), outlinesOf(host, environment, null));
  return scan(modules, emptySnapshot, moduleFiles(host, '/site/lib', 'lib'));
}
/** `scope::registry name → target(parameter, required!, …, **)`. */
const told = (net: string, more?: Readonly<Record<string, string>>): string[] =>
  scanned(net, more).entries.map(entry => {
    const parameters = [...entry.parameters.map(({ name, required }) => `${name}${required ? '!' : ''}`), ...(entry.open ? ['**'] : [])];
    return `${entry.under}::${entry.registry} ${entry.name} ${entry.target}(${parameters.join(', ')})`;
  });

const HEAD = 'import torch.nn as nn\nfrom mmengine.model import BaseModule\nfrom lib.registry import MODELS\n';

interface Case {
  readonly name: string;
  readonly source: string;
  readonly entries: readonly string[];
}
const CASES: readonly Case[] = [
  {
    name: 'a decorator',
    source: '@MODELS.register_module()\nclass Net(nn.Module):\n    def __init__(self, width, depth=3):\n        pass\n',
    entries: ['lib::model Net lib.net.Net(width!, depth)'],
  },
  { name: 'a name', source: "@MODELS.register_module('N')\nclass Net(nn.Module):\n    pass\n", entries: ['lib::model N lib.net.Net()'] },
  {
    name: 'names',
    source: "@MODELS.register_module(name=['N', 'M'], force=True)\nclass Net(nn.Module):\n    pass\n",
    entries: ['lib::model N lib.net.Net()', 'lib::model M lib.net.Net()'],
  },
  {
    name: 'two decorators, and others between',
    source: "@MODELS.register_module()\n@other(\n    1)\n@MODELS.register_module('B')\nclass Net:\n    pass\n",
    entries: ['lib::model Net lib.net.Net()', 'lib::model B lib.net.Net()'],
  },
  {
    name: 'a function',
    source: '@MODELS.register_module()\ndef net(a, *, b=1, **kwargs):\n    pass\n',
    entries: ['lib::model net lib.net.net(a!, b, **)'],
  },
  {
    name: 'a call',
    source: "class Net:\n    pass\n\nMODELS.register_module('N', module=Net)\nMODELS.register_module(name='M')(Net)\n",
    entries: ['lib::model N lib.net.Net()', 'lib::model M lib.net.Net()'],
  },
  {
    name: 'a loop over a display',
    source: 'for module in [\n        nn.ReLU, nn.GELU,  # two\n]:\n    MODELS.register_module(module=module)\n',
    entries: ['lib::model ReLU torch.nn.ReLU(**)', 'lib::model GELU torch.nn.GELU(**)'],
  },
  {
    name: 'a loop over pairs',
    source: "for name, module in [('relu', nn.ReLU), ('gelu', nn.GELU)]:\n    MODELS.register_module(name, module=module)\n",
    entries: ['lib::model relu torch.nn.ReLU(**)', 'lib::model gelu torch.nn.GELU(**)'],
  },
  {
    name: 'a loop over what is computed: a variable is no name',
    source: 'for module in make():\n    MODELS.register_module(module=module)\n',
    entries: [],
  },
  {
    name: 'another name for the method',
    source: "register = MODELS.register_module\n@register()\nclass Net:\n    pass\n@register('N')\nclass M:\n    pass\n",
    entries: ['lib::model Net lib.net.Net()', 'lib::model N lib.net.M()'],
  },
  {
    name: 'the older, inner form',
    source:
      "class Net:\n    pass\nMODELS._register_module(Net, 'N')\nMODELS._register_module(module=Net, module_name=['M', 'O'], force=True)\n",
    entries: ['lib::model N lib.net.Net()', 'lib::model M lib.net.Net()', 'lib::model O lib.net.Net()'],
  },
  {
    name: 'by position: name, force, module',
    source: "class Net:\n    pass\nMODELS.register_module('N', True, Net)\n",
    entries: ['lib::model N lib.net.Net()'],
  },
  {
    name: 'what is forced comes over what was there',
    source:
      "@MODELS.register_module()\nclass A:\n    pass\n@MODELS.register_module('A', force=True)\nclass B:\n    pass\n@MODELS.register_module('A')\nclass C:\n    pass\n",
    entries: ['lib::model A lib.net.B()'],
  },
  {
    name: 'a registry of its own, by another name of the class, with a scope and a parent',
    source:
      "from mmengine.registry import Registry as R\nOWN = R('net', None, parent=MODELS, scope='mine')\n@OWN.register_module()\nclass Net:\n    pass\n",
    entries: ['mine::model Net lib.net.Net()'],
  },
  {
    name: 'within a function, under a name',
    source: "def f():\n    MODELS.register_module('N', module=nn.ReLU)\n    @MODELS.register_module()\n    class Inner:\n        pass\n",
    entries: ['lib::model N torch.nn.ReLU(**)', 'lib::model Inner lib.net.Inner(**)'],
  },
  {
    name: 'a function that something else wraps',
    source: '@MODELS.register_module()\n@cached(maxsize=3)\ndef net(a):\n    pass\n',
    entries: ['lib::model net lib.net.net(a!, **)'],
  },
  {
    name: 'in a try',
    source: 'try:\n    @MODELS.register_module()\n    class Net(nn.Module):\n        pass\nexcept ImportError:\n    pass\n',
    entries: ['lib::model Net lib.net.Net()'],
  },
  {
    name: 'not in a string, and not in a comment',
    source: '"""\n@MODELS.register_module()\nclass Net:\n    pass\n"""\n# @MODELS.register_module()\nclass Other:\n    pass\n',
    entries: [],
  },
  {
    name: "torch's own method of that name",
    source: "class Net(nn.Module):\n    def __init__(self):\n        self.register_module('conv', nn.Conv2d(1, 2, 3))\n",
    entries: [],
  },
  {
    name: 'a default with brackets, strings and commas',
    source:
      "@MODELS.register_module()\nclass Net(BaseModule):\n    def __init__(self, a: Tuple[int, int] = (1, 2), b=dict(type='BN', x=[1, 2]), c=',)', *, d: str='x=1') -> None:\n        super().__init__()\n",
    entries: ['lib::model Net lib.net.Net(a, b, c, d)'],
  },
  {
    name: '**kwargs to a base of another module',
    source:
      '@MODELS.register_module()\nclass Net(BaseModule):\n    def __init__(self, width, **kwargs):\n        super().__init__(**kwargs)\n',
    entries: ['lib::model Net lib.net.Net(width!, init_cfg)'],
  },
  {
    name: '**kwargs that are looked into',
    source:
      "@MODELS.register_module()\nclass Net(BaseModule):\n    def __init__(self, width, **kwargs):\n        kwargs.pop('x', None)\n        super().__init__(**kwargs)\n",
    entries: ['lib::model Net lib.net.Net(width!, init_cfg, **)'],
  },
  {
    name: '**kwargs that go elsewhere',
    source:
      '@MODELS.register_module()\nclass Net(BaseModule):\n    def __init__(self, width, **kwargs):\n        super().__init__()\n        self.net = make(**kwargs)\n',
    entries: ['lib::model Net lib.net.Net(width!, **)'],
  },
  {
    name: 'what the call gives is not taken from outside',
    source:
      'class Base(BaseModule):\n    def __init__(self, a, b, c=1, d=2):\n        super().__init__()\n\n@MODELS.register_module()\nclass Net(Base):\n    def __init__(self, e, **kwargs):\n        super().__init__(e, c=3, **kwargs)\n',
    entries: ['lib::model Net lib.net.Net(e!, b!, d)'],
  },
  {
    name: 'a constructor that is inherited whole, over several bases',
    source:
      'class Mixin:\n    pass\n\nclass Base(BaseModule):\n    def __init__(self, a):\n        pass\n\n@MODELS.register_module()\nclass Net(Mixin, Base):\n    pass\n',
    entries: ['lib::model Net lib.net.Net(a!)'],
  },
  {
    name: 'a base that is nowhere',
    source: 'from elsewhere import Base\n\n@MODELS.register_module()\nclass Net(Base):\n    pass\n',
    entries: ['lib::model Net lib.net.Net(**)'],
  },
  {
    name: 'a backslash at the end of an import',
    source: 'from lib.registry import \\\n    MODELS as M\n\n@M.register_module()\nclass Net:\n    pass\n',
    entries: ['lib::model Net lib.net.Net()'],
  },
];

describe('scan', () => {
  it.each(CASES)('$name', ({ source, entries }) => {
    expect(told(HEAD + source)).toEqual(entries);
  });

  it('follows relative imports, aliases and stars', () => {
    const net = 'from . import registry\nfrom .bases import *\n\nR = registry.MODELS\n\n@R.register_module()\nclass Net(Base):\n    pass\n';
    const bases = 'from .deep import Hidden as Base\n';
    const deep = 'class Hidden:\n    def __init__(self, x):\n        pass\n';
    expect(told(net, { '/site/lib/bases.py': bases, '/site/lib/deep.py': deep })).toEqual(['lib::model Net lib.net.Net(x!)']);
  });

  it('says where a name is computed', () => {
    const found = scanned(`${HEAD}def register(name):\n    MODELS.register_module(name, module=make(name))\n`);
    expect(found.entries).toEqual([]);
    expect(found.computed).toEqual([{ module: 'lib.net', under: 'lib', registry: 'model' }]);
  });

  it.each([
    ['a helper', 'def register(cls):\n    MODELS.register_module(module=cls)\n    return cls\n@register\nclass Net:\n    pass\n'],
    ['a helper in one line', 'def register(cls): MODELS.register_module(module=cls); return cls\n'],
    ['a helper that is a decorator within', 'def register(cls):\n    return MODELS.register_module()(cls)\n'],
    ['a helper for any registry', 'def register(registry, cls):\n    registry.register_module(module=cls)\n', null],
    ['a decorator of any registry', 'def make(registry):\n    @registry.register_module()\n    class Net:\n        pass\n', null],
    ['one of several', "@REGISTRIES['model'].register_module()\nclass Net:\n    pass\n", null],
    ['the method by another name', 'R = MODELS.register_module; other(R)\n'],
    ['the method, handed on', 'import functools\nregister = functools.partial(MODELS.register_module, force=True)\n'],
    ['the method, asked for', "register = getattr(MODELS, 'register_module')\n"],
    ['a loop in one line', 'for cls in (A, B): MODELS.register_module(module=cls)\n'],
    ['a comprehension', '[MODELS.register_module(module=one) for one in (A, B)]\n'],
    ['a class that is given back', 'class Net:\n    pass\nNet = MODELS.register_module()(Net)\n'],
    [
      'all of a module',
      'def register_all(names):\n    for one in names.values():\n        MODELS.register_module(module=one)\nregister_all(globals())\n',
    ],
    ['what derives from a class', 'class Base:\n    def __init_subclass__(cls, **kwargs):\n        MODELS.register_module(module=cls)\n'],
    [
      'what a metaclass makes',
      'class Meta(type):\n    def __new__(m, *a):\n        c = super().__new__(m, *a)\n        MODELS.register_module()(c)\n        return c\n',
    ],
    ['an item of the table', "MODELS._module_dict['X'] = A\n"],
    ['the table, filled', 'MODELS.module_dict.update(made)\n'],
    ['the table by another name', 'table = MODELS._module_dict\n'],
  ] as const)('says where a run alone tells: %s', (_, source, registry: string | null = 'model') => {
    expect(scanned(HEAD + source).computed).toContainEqual(
      expect.objectContaining({ module: 'lib.net', under: registry && 'lib', registry }),
    );
  });

  it.each([
    ['a method of that name', 'class R:\n    def register_module(self, name):\n        self._register_module(name)\n'],
    ["PyTorch's", "def add(net):\n    net.register_module('conv', nn.Conv2d(1, 2, 3))\n    super().register_module(name, net)\n"],
    ['a question', "if 'X' in MODELS.module_dict:\n    print(MODELS._module_dict['X'], MODELS.module_dict.keys())\n"],
    ['a string, a comment', "print('MODELS.register_module')  # MODELS.register_module\n"],
  ])('takes for no registration: %s', (_, source) => {
    expect(scanned(HEAD + source)).toMatchObject({ entries: [], computed: [] });
  });

  it('knows a registry, its scope, its root and its locations', () => {
    expect(scanned('').registries).toMatchObject([
      { scope: 'lib', name: 'model', root: 'model', variable: 'lib.registry.MODELS', locations: ['lib.models'] },
    ]);
  });
});

describe('docstrings', () => {
  const TOLD = [['Net.', 'How wide it is, in channels.', 'How deep.']];
  const DOCS: readonly (readonly [style: string, doc: string])[] = [
    [
      'Google',
      'Net.\n\n    Args:\n        width (int): How wide it is,\n            in channels.\n        depth (int or\n            None): How deep.\n\n    Returns:\n        x: No.\n    ',
    ],
    [
      'numpy',
      'Net.\n\n    Parameters\n    ----------\n    width : int\n        How wide it is,\n        in channels.\n    depth\n        How deep.\n\n    Returns\n    -------\n    x : int\n    ',
    ],
    ['Sphinx', 'Net.\n\n    :param int width: How wide it is,\n        in channels.\n    :param depth: How deep.\n    :return: No.\n    '],
  ];
  const told = (source: string) =>
    scanned(HEAD + source).entries.map(({ summary, parameters }) => [summary, ...parameters.map(({ description }) => description)]);
  it.each(DOCS)("%s's style: of the class, or of its constructor", (_, doc) => {
    expect(told(`@MODELS.register_module()\nclass Net:\n    """${doc}"""\n    def __init__(self, width, depth):\n        pass\n`)).toEqual(
      TOLD,
    );
    const inner = doc.replaceAll('\n    ', '\n        ');
    expect(
      told(
        `@MODELS.register_module()\nclass Net:\n    'Net.'\n    def __init__(self, width, depth):\n        r"""${inner}"""\n        pass\n`,
      ),
    ).toEqual(TOLD);
  });
});

describe('statements', () => {
  it('reads strings, comments, brackets and continued lines as Python does', () => {
    const source = "a = 1  # x\nif a:\n    b = '''\nnot = here\n'''\n\tc = (1,\n# (\n2)\nd = 1 + \\\n  2\n";
    expect(statements(source).map(({ indent, start, end, line }) => [indent, line, source.slice(start, end)])).toEqual([
      [0, 1, 'a = 1'],
      [0, 2, 'if a:'],
      [4, 3, "b = '''\nnot = here\n'''"],
      [8, 6, 'c = (1,\n# (\n2)'],
      [0, 9, 'd = 1 + \\\n  2'],
    ]);
  });
});
