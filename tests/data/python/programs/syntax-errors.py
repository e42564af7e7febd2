"""What CPython says of texts that its grammar, or only its compiler, refuses; and texts that it takes."""
exact = [
    "def f(x):\n    global x", "f(a=1, a=2)", "f(**a, b)", "f(a=1, b)", "f(**a, *b)",
    "f(x for x in y, 1)", "f(x for x in y,)", "f(__debug__=1)", "'a' b'b'",
    "def f(a, a): pass", "def f(a=1, b): pass", "def f(*): pass", "def f(*, **k): pass", "def f(/, a): pass",
    "def f(a, /, b, /): pass", "def f(*a, /): pass", "def f(*a, *b): pass", "def f(**k, a): pass", "lambda a, a: 0",
    "return", "class A:\n return 1", "yield", "class A:\n yield", "await x", "def f():\n await x", "break",
    "if 1:\n continue", "while 1:\n def f():\n  break", "nonlocal x", "def f():\n nonlocal x", "x = 1\ndef f():\n nonlocal x",
    "def f():\n x = 1\n global x", "def f():\n print(x)\n global x", "def f():\n global x\n nonlocal x",
    "def f(x):\n nonlocal x", "x = 1\nglobal x", "def f():\n global x\n x: int = 1", "def f():\n x: int\n global x",
    "from __future__ import nope", "x = 1\nfrom __future__ import division", "from __future__ import braces",
    "def f():\n from x import *", "try: pass\nexcept: pass\nexcept A: pass", "try: pass\nexcept A, B: pass",
    "try: pass\nexcept* A: pass\nexcept B: pass", "try: pass\nexcept*: pass",
    "def f():\n for i in x:\n  try: pass\n  except* A: break", "def f():\n try: pass\n except* A: return",
    "async def f():\n yield from x", "async def f():\n yield 1\n return 2", "def f():\n async for x in y: pass",
    "def f(): [x async for x in y]", "[(yield) for x in y]", "def f(): return ((yield) for x in y)",
    "*a", "x = *a", "*a = b", "*a, *b = c", "(*a), b = c", "[*a for a in b]", "(a, b) += 1", "[a, b] += 1",
    "(a, b): int", "[a]: int", "__debug__ = 1", "x.__debug__ = 1", "def f(__debug__): pass", "import x as __debug__", "del __debug__",
    "[x := 0 for x in y]", "[y for x in (z := w)]", "class A: [y := x for x in z]", "[i for i in (lambda: (j := 1))()]",
    "[i for i in x if (j := 0) for j in y]", "from t import x,", "print 1", "exec 'a'",
    "match x:\n case a: pass\n case b: pass", "match x:\n case _: pass\n case b: pass", "match x:\n case 1 | a: pass",
    "match x:\n case (a, a): pass", "match x:\n case {'a': 1, 'a': 2}: pass", "match x:\n case A(a=1, a=2): pass",
    "match x:\n case A(a=1, b): pass", "(", "[1, 2", ")", "(1]", "'a", "'''a", "  x", "if 1:\n  x\n y",
    "if 1:\nx", "def f():\npass", "class A:\npass", "for x in y:\n  pass\nelse:\npass", "while 1:\nx", "0777",
]
for text in exact:
    try:
        compile(text, '<text>', 'exec')
    except SyntaxError as e:
        print(repr(text), type(e).__name__, e.msg if e.msg != 'invalid syntax' else '')
    else:
        print(repr(text), 'is taken')
refused = [
    "f(1, x for x in y)", "f(True=1)", "raise X, Y", "x = (1,\ny = 2", "1__0", "1_",
    "x = y := 0", "f(a=b := 1)", "x := 1", "lambda: x := 1", "[i for i in i := [1]]", "await = 1", "def f(async): pass", "async = 1",
    "async def f():\n await await x", "f(,)", "a b", "x = 5 5", "else: pass", "x ==", "{1: 2, 3}", "match x:\n case {**_}: pass",
    "match x:\n case {**a, 'b': 1}: pass", "def f(x, (a, b)): pass", "import a.b as c.d", "with a as f(): pass", "for f() in x: pass",
    "f() = 1", "del f()", "a + 1 = 2", "None = 1", "(a, 1) = b", "def f(None): pass", "class None: pass", "x.None", "a += b += c",
]
for text in refused:
    try:
        compile(text, '<text>', 'exec')
    except SyntaxError:
        print('no', repr(text))
    else:
        print(repr(text), 'is taken')
taken = [
    "f(a=1, *b)", "f((x for x in y), 1)", "f(x for x in y)", "(a): int", "(a) = 1", "(a.b): int = 1", "x = *a, *b", "a[*b]", "a[*b, 1:2]",
    "def f(*args: *b): pass", "lambda: (yield)", "if (x := 1): pass", "f(x := 1)", "[x := 1, 2]", "a[x := 1]", "{x := 1}", "print(*a, sep='')",
    "with (a as b, c): pass", "match = case = type = 1", "match(x)", "for x in *a, b: pass", "def f():\n return *a, b", "del (a), [b, c], (d, e)",
    "@a.b[1](2)\ndef f(): pass", "class A(*b, **c): pass", "nonlocal_ = 1", "async def f():\n return [await x async for x in y]",
    "def f():\n x = 1\n class A:\n  nonlocal x\n  x = 2", "try: pass\nexcept* (A, B) as e: pass", "def f(a, /, b, *, c): pass",
    "def f():\n def g():\n  nonlocal y\n if (y := 1): pass", "def f():\n def g():\n  nonlocal y\n del y", "x = 0xdead_beef + 1_0.0_1e1_0j", "match [a, b]:\n case [1, *_]: pass",
]
for text in taken:
    try:
        compile(text, '<text>', 'exec')
    except SyntaxError as e:
        print(repr(text), 'is refused')
for text in ["1 +", "x = 1", "", "(1", "1; 2"]:
    try: eval(text)
    except SyntaxError: print('eval', repr(text))
try: exec('x = (')
except SyntaxError as e: print(e, e.lineno, e.filename)
