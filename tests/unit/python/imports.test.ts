/** Imports over files in memory: as Python does them, and lazily as libraries are read. */
import { expect, test } from 'vitest';
import type { Host } from '../../../server/project/host.ts';
import { addedFolder, folderFinder, stubFinder } from '../../../server/python/import/folder-finder.ts';
import type { InterpreterOptions } from '../../../server/python/interpreter.ts';
import { outcome as written } from './outcome.ts';
import { parse } from './parser.ts';

function hostOf(files: Readonly<Record<string, string>>): Host {
  const isFolder = (path: string): boolean => Object.keys(files).some(f => f.startsWith(`${path}/`));
  return {
    read: path => files[path] ?? null,
    version: path => (path in files ? 'one' : null),
    kind: path => (path in files ? 'file' : isFolder(path) ? 'folder' : null),
    list: folder =>
      [
        ...new Set(
          Object.keys(files)
            .filter(f => f.startsWith(`${folder}/`))
            .map(f => f.slice(folder.length + 1).split('/')[0] ?? ''),
        ),
      ].map(name => ({ name, kind: isFolder(`${folder}/${name}`) ? 'folder' : 'file' })),
  };
}
/** What a program writes beside which the files lie, and how it ended. */
const outcome = (program: string, files: Readonly<Record<string, string>>, options: Partial<InterpreterOptions> = {}): string =>
  written(program, {
    finders: [folderFinder(hostOf(Object.fromEntries(Object.entries(files).map(([k, v]) => [`/p/${k}`, v]))), '/p')],
    complete: () => true,
    ...options,
  });
const PACKAGE = {
  'a/__init__.py': "print('init a')\nfrom .b import x\nname = __name__, __package__, __file__\n",
  'a/b.py': "print('init b')\nfrom . import c\nx = c.y + 1\n__all__ = ['x', 'z']\nz = 3\n_w = 4\n",
  'a/c.py': "print('init c')\ny = 1\ndef f(): return __name__\nclass K: pass\n",
};

/** Never called. */
const BAD = `x = 1\n\ndef bad():\n    if x\n        return${' '.repeat(200)}\n`;
/** What the grammar takes, and Python's compiler does not. */
const REFUSED = 'x = 1\n\ndef bad(a):\n    global a\n';

test('what stands in a function that no one calls, where someone may be writing it', () => {
  const isWritten = (file: string): boolean => file.startsWith('/p/own');
  const run = (module: string, text: string): string =>
    outcome(`import ${module}\nprint(${module}.x)`, { [`${module}.py`]: text }, { isWritten, lazy: name => name.endsWith('library') });
  expect(run('own', BAD)).toBe("[SyntaxError: expected ':' (own.py, line 4)]");
  expect(run('own', REFUSED)).toBe("[SyntaxError: name 'a' is parameter and global (own.py, line 4)]");
  // A library that is being worked on is refused like any other text.
  expect(run('own_library', BAD)).toBe("[SyntaxError: expected ':' (own_library.py, line 4)]");
  expect(run('own_library', REFUSED)).toBe("[SyntaxError: name 'a' is parameter and global (own_library.py, line 4)]");
  // Where nothing else is said, one that is installed was compiled before.
  expect(run('library', BAD)).toBe('1\n');
});

test('an f-string that only later Pythons take is wrong where it is known that an earlier one runs', () => {
  const run = (value: string, pythonMinor?: number): string =>
    outcome(
      'import own\nprint(own.x)',
      { 'own.py': `x = 1\n\ndef bad(a):\n    return ${value}\n` },
      { isWritten: () => true, ...(pythonMinor && { pythonMinor }) },
    );
  for (const [value, told] of [
    ['f"{a["x"]}"', "f-string: expecting '}'"],
    ['f"no {1}" f"{\' \'.join(a)} {", ".join(a)}"', "f-string: expecting '}'"],
    ['f\'{"\\n".join(a)}\'', 'f-string expression part cannot include a backslash'],
    ["f'{a!r }'", "f-string: expecting '}'"],
    ["f'{\n a}'", 'unterminated string literal (detected at line 4)'],
  ] as const) {
    expect(run(value, 11)).toBe(`[SyntaxError: ${told} (own.py, line 4)]`);
    for (const minor of [undefined, 12]) expect(run(value, minor)).toBe('1\n');
  }
  for (const minor of [undefined, 11, 12]) {
    // Wrong for all of them.
    expect(run("f'{a b}'", minor)).toBe('[SyntaxError: f-string: invalid syntax. Perhaps you forgot a comma? (own.py, line 4)]');
    expect(run("f'{'", minor)).toBe("[SyntaxError: f-string: expecting '}' (own.py, line 4)]");
    expect(run(`'{' f"{a['x']!r:>{len('{')}}" rf'{a}' # {\n`, minor)).toBe('1\n');
  }
  // A text within is told of once, and so are its tokens.
  expect(run(`f'{f"{a b}"}'`, 11)).toBe('[SyntaxError: f-string: invalid syntax. Perhaps you forgot a comma? (own.py, line 4)]');
  expect(run(`f'{f"{"}'`, 11)).toBe("[SyntaxError: f-string: f-string: expecting '}' (own.py, line 4)]");
  expect(run("f'{1a}'", 11)).toBe('[SyntaxError: invalid decimal literal (own.py, line 4)]');
});

test('what stands in a function of an installed module that no one calls', () => {
  const run = (text: string, options: Partial<InterpreterOptions> = {}): string =>
    outcome('import library\nprint(library.x)', { 'library.py': text }, { lazy: () => true, isTaken: () => false, ...options });
  expect(run(BAD)).toBe("[SyntaxError: expected ':' (library.py, line 4)]");
  expect(run(REFUSED)).toBe("[SyntaxError: name 'a' is parameter and global (library.py, line 4)]");
  expect(run(BAD, { lazy: () => false })).toBe("[SyntaxError: expected ':' (library.py, line 4)]");
  expect(run(`x = 1\n${'# long\n'.repeat(100)}def f(a):\n    global a\n`)).toMatch(/^\[SyntaxError: name 'a' is parameter and global/);
  // It was seen before that Python takes it, or nothing is wrong.
  expect(run(`${BAD}${'# long\n'.repeat(100)}`, { isTaken: () => true })).toBe('1\n');
  expect(run('x = 1\n\ndef good(a):\n    return a\n')).toBe('1\n');
  // What a later Python may take.
  const later = 'x = 1\n\ndef f(a):\n    def g[T = int](b):\n        pass\n';
  expect(run(later)).toBe("[unknown /p/library.py:4: expected '(']");
  expect(run(later, { pythonMinor: 12 })).toBe("[unknown /p/library.py:4: expected '(']");
  expect(run(later, { pythonMinor: 11 })).toBe("[SyntaxError: expected '(' (library.py, line 4)]");
  expect(run(BAD, { pythonMinor: 12 })).toBe("[SyntaxError: expected ':' (library.py, line 4)]");
});

test('whether a lazy package can be imported, where that is tried', () => {
  const tried = (statement: string, files: Readonly<Record<string, string>>): string =>
    outcome(`try:\n    ${statement}\n    print('here')\nexcept ImportError as e:\n    print('no:', e)`, files, {
      lazy: name => name !== '__main__',
    });
  const refuses = {
    'p/__init__.py': "from .a import x\nraise ImportError('needs q')\n",
    'p/a.py': 'x = 1\n',
    'p/b/__init__.py': '',
    'p/b/c.py': 'y = 1\n',
  };
  for (const statement of [
    'import p',
    'import p as q',
    'import p.a',
    'import p.b.c',
    'from p import a',
    'from p.b import c',
    'from p.b.c import y',
  ])
    expect(tried(statement, refuses)).toBe('no: needs q\n');
  expect(outcome('import p.a\nprint(p.a.x)', refuses, { lazy: () => true })).toBe('1\n');
  expect(tried('import p', { 'p/__init__.py': 'try:\n    import nope\nexcept ImportError:\n    nope = None\n' })).toBe('here\n');
  expect(tried('from p import x', { 'p/__init__.py': 'x = 1\n' })).toBe('here\n');
  // All else that becomes of it is found out when something of it is needed.
  expect(tried('import p', { 'p/__init__.py': "raise ValueError('other')\n" })).toBe('here\n');
});

test('what a stand-in of ours cannot import is a gap of ours', () => {
  const finders = [stubFinder(hostOf({ '/s/torch/__init__.py': 'x = 1\n', '/s/torch/a.py': 'import nope\n' }), '/s')];
  expect(outcome('import torch.a', {}, { finders })).toBe('[unknown module torch.a]');
  expect(outcome('try:\n    import torch.a\nexcept ImportError:\n    pass', {}, { finders })).toBe('[unknown module torch.a]');
});

test('packages, relative imports, names of modules', () => {
  expect(outcome('import a\nprint(a.x, a.name, a.c.f(), a.b.x)', PACKAGE)).toBe(
    "init a\ninit b\ninit c\n2 ('a', 'a', '/p/a/__init__.py') a.c 2\n",
  );
  expect(outcome('import a.b as q, a.c\nprint(q.x, a.c.K, a.c.K.__module__, a.c.f.__module__)', PACKAGE)).toBe(
    "init a\ninit b\ninit c\n2 <class 'a.c.K'> a.c a.c\n",
  );
  expect(outcome('from a.b import *\nprint(x, z)\nprint(_w)', PACKAGE)).toBe(
    "init a\ninit b\ninit c\n2 3\n[NameError: name '_w' is not defined]",
  );
  expect(
    outcome("import importlib, sys\nm = importlib.import_module('.c', 'a')\nprint(m is sys.modules['a.c'], 'a.b' in sys.modules)", PACKAGE),
  ).toBe('init a\ninit b\ninit c\nTrue True\n');
});

test('circular imports', () => {
  const files = { 'p.py': 'import q\na = 1\nb = q.c\n', 'q.py': 'import p\nc = 2\ndef late(): return p.a\n' };
  expect(outcome('import p, q\nprint(p.b, q.late())', files)).toBe('2 1\n');
  const from = { 'p.py': 'from q import c\na = 1\n', 'q.py': 'from p import a\nc = 2\n' };
  expect(outcome('import p', from)).toBe(
    "[ImportError: cannot import name 'a' from partially initialized module 'p' (most likely due to a circular import) (/p/p.py)]",
  );
});

test('what is missing', () => {
  expect(outcome('import nope', {})).toBe("[ModuleNotFoundError: No module named 'nope']");
  expect(outcome('import a.nope', PACKAGE)).toBe("init a\ninit b\ninit c\n[ModuleNotFoundError: No module named 'a.nope']");
  expect(outcome('from a import nope', PACKAGE)).toBe(
    "init a\ninit b\ninit c\n[ImportError: cannot import name 'nope' from 'a' (/p/a/__init__.py)]",
  );
  expect(outcome('import a.c.d', PACKAGE)).toBe(
    "init a\ninit b\ninit c\n[ModuleNotFoundError: No module named 'a.c.d'; 'a.c' is not a package]",
  );
  expect(outcome('import nope', {}, { complete: () => false })).toBe('[unknown module nope]');
  expect(outcome('try:\n    import nope\nexcept ImportError:\n    print("none")', {})).toBe('none\n');
  expect(outcome('try:\n    import nope\nexcept ImportError:\n    print("none")', {}, { complete: () => false })).toBe(
    '[unknown module nope]',
  );
  expect(outcome('import a', { 'a.py': 'x = 1 +\n' })).toBe('[SyntaxError: invalid syntax (a.py, line 1)]');
  expect(outcome('from . import x', {})).toBe('[ImportError: attempted relative import with no known parent package]');
});

test('a module that fails is not kept', () => {
  expect(
    outcome(
      'import sys\nfor i in range(2):\n    try:\n        import bad\n    except ValueError as e:\n        print(e, "bad" in sys.modules)',
      { 'bad.py': "raise ValueError('no')" },
    ),
  ).toBe('no False\nno False\n');
});

test('lazy modules: imports wait for their names, and a package for what it alone has', () => {
  const lazy = { lazy: () => true };
  expect(outcome("import a.c\nprint('before')\nprint(a.c.y)\nprint(a.x)", PACKAGE, lazy)).toBe('init c\nbefore\n1\ninit a\ninit b\n2\n');
  const files = {
    'm.py': "import never\nfrom n import v, w\nprint('m')\ndef f(): return v\n",
    'n.py': "print('n')\nv = 5\nw = 6\n",
  };
  expect(outcome('import m\nprint("main")\nprint(m.f(), m.w)', files, lazy)).toBe('m\nmain\nn\n5 6\n');
  expect(outcome('import m\nm.never', files, lazy)).toBe("m\n[ModuleNotFoundError: No module named 'never']");
});

test('a name of a package that is a function and a submodule', () => {
  const files = {
    'ops/__init__.py': 'from .nms import nms\n',
    'ops/nms.py': 'def nms(): return "function"\n',
    'use.py': 'from ops import nms\nimport ops.nms\ndef f(): return nms()\n',
  };
  for (const lazy of [false, true]) expect(outcome('import use\nprint(use.f())', files, { lazy: () => lazy })).toBe('function\n');
});

test('an import in a try happens where it stands, also in a lazy module', () => {
  const files = { 'm.py': 'try:\n    import nope\n    have = True\nexcept ImportError:\n    have = False\n' };
  expect(outcome('import m\nprint(m.have)', files, { lazy: () => true })).toBe('False\n');
});

test('a stand-in lacks what the real module has: unknown; what that lacks too: an error', () => {
  const host = hostOf({ '/s/torch/__init__.py': 'x = 1\n', '/s/torch/nn.py': 'class Module: pass\n' });
  const finders = [
    stubFinder(host, '/s', (module, name) => (module === 'torch.nn' && name === 'GRU' ? true : module === 'torch.nn' ? false : 'unsure')),
  ];
  expect(outcome('import torch.nn as nn\nprint(nn.Module.__name__)\nnn.GRU', {}, { finders })).toBe('Module\n[unknown torch.nn.GRU]');
  expect(outcome('from torch.nn import GRU', {}, { finders })).toBe('[unknown torch.nn.GRU]');
  expect(outcome('import torch.nn as nn\nnn.Grue', {}, { finders })).toBe("[AttributeError: module 'torch.nn' has no attribute 'Grue']");
  expect(outcome('try:\n    from torch.nn import Grue\nexcept ImportError as e:\n    print("none")', {}, { finders })).toBe('none\n');
  expect(outcome('import torch\ntorch.anything', {}, { finders })).toBe('[unknown torch.anything]');
});

test('a stand-in says of itself what is installed, and nothing where that is not known', () => {
  const host = hostOf({ '/s/PIL/__init__.py': '', '/s/PIL/Image.py': '' });
  const of = (version: string | null) => [
    stubFinder(
      host,
      '/s',
      () => true,
      () => false,
      top => (top === 'PIL' ? version : null),
    ),
  ];
  expect(outcome('import PIL\nprint(PIL.__version__)', {}, { finders: of('13.0.0') })).toBe('13.0.0\n');
  expect(outcome('import PIL\nPIL.__version__', {}, { finders: of(null) })).toBe('[unknown the version of PIL]');
  expect(outcome('from PIL import Image\nprint(hasattr(Image, "__version__"))', {}, { finders: of('13.0.0') })).toBe('False\n');
});

test('what is opaque may be named, decorate and be derived from, and no more', () => {
  const finders = [{ find: (name: string) => (name === 'cv2' ? ({ kind: 'opaque', reason: name } as const) : null) }];
  expect(
    outcome(
      'import cv2\nCODES = {"a": cv2.INTER}\n@cv2.jit(nopython=True)\ndef f(): pass\nclass A(cv2.Base): pass\nprint(cv2 is None, f.__name__, A.__name__)\nA()',
      {},
      { finders },
    ),
  ).toBe('False f A\n[unknown A(cv2.Base)]');
  expect(outcome('import cv2\nif cv2.flag: print(1)', {}, { finders })).toBe('[unknown cv2.flag]');
  expect(outcome('import cv2\nisinstance(1, cv2.Mat)', {}, { finders })).toBe('[unknown cv2.Mat]');
});

test('folders that the program adds to sys.path', () => {
  const files = {
    'carried/lib/__init__.py': '',
    'carried/lib/one.py': 'x = 1\n',
    'same.py': 'x = "beside"\n',
    'carried/same.py': 'x = "carried"\n',
  };
  const host = hostOf(Object.fromEntries(Object.entries(files).map(([k, v]) => [`/p/${k}`, v])));
  const run = (program: string): string => outcome(`import sys\n${program}`, files, { open: addedFolder(host, '/p') });
  expect(run('import lib')).toBe("[ModuleNotFoundError: No module named 'lib']");
  expect(run("sys.path.append('/p/carried')\nfrom lib import one\nimport same\nprint(one.x, same.x)")).toBe('1 beside\n');
  expect(run("sys.path.insert(0, 'carried')\nimport lib.one, same\nprint(lib.one.x, same.x)")).toBe('1 carried\n');
  expect(run("sys.path.append('/p/carried')\nimport missing")).toBe("[ModuleNotFoundError: No module named 'missing']");
  // What lies there, nobody can say.
  expect(run("sys.path.append('/elsewhere')\nimport missing")).toBe('[unknown module missing]');
  expect(run("sys.path += [b'odd']\nimport missing")).toBe('[unknown module missing]');
  expect(outcome("import sys\nsys.path.append('/p/carried')\nimport lib", files)).toBe('[unknown module lib]');
  expect(outcome("import sys\nsys.path.append('carried')\nimport lib", files, { open: addedFolder(host, null) })).toBe(
    '[unknown module lib]',
  );
});

test('trees are read once', () => {
  let reads = 0;
  const counting = (source: string): ReturnType<typeof parse> => {
    reads++;
    return parse(source);
  };
  const files = { 'm.py': 'x = 1\n' };
  outcome('import m', files, { parse: counting });
  expect(reads).toBe(2);
});

test('what a program asks of itself', () => {
  expect(
    outcome('import inspect, a.c\nprint(inspect.getfile(a.c.K), inspect.getfile(a.c.f), inspect.getmodule(a.c.f).__name__)', PACKAGE),
  ).toBe('init a\ninit b\ninit c\n/p/a/c.py /p/a/c.py a.c\n');
  expect(
    outcome('from m import f\nprint(f())', {
      'm.py': 'import sys, inspect\ndef f(): return inspect.getmodule(sys._getframe(1)).__name__, sys._getframe().f_code.co_name\n',
    }),
  ).toBe("('__main__', 'f')\n");
});

test('where a module lies that we stand in for is not known', () => {
  const without = (module: string): string => outcome(`from ${module} import nothing_such`, {});
  expect(without('typing')).toBe("[ImportError: cannot import name 'nothing_such' from 'typing' (unknown location)]");
  expect(without('math')).toBe("[ImportError: cannot import name 'nothing_such' from 'math' (unknown location)]");
  expect(outcome('try:\n    from typing import nothing_such\nexcept ImportError as e:\n    print(e.name, e.path)', {})).toBe(
    'typing None\n',
  );
});
