"""Exceptions, contexts, generators, patterns, unpacking, parameters, closures and decorators."""
try: 1/0
except ZeroDivisionError as e: print(repr(e), e.args, str(e), type(e).__mro__)
try: raise ValueError
except ValueError as e: print(repr(e), e.args)
try: raise ValueError(1, 2)
except (TypeError, ValueError) as e: print(e, repr(e))
def f():
    try: return 'try'
    finally: print('fin')
print(f())
def g():
    for i in range(3):
        try: continue
        finally: print('f', i)
    else: return 'else'
print(g())
def h():
    try: 1/0
    except: return 'except'
    else: return 'else'
    finally: return 'finally'
print(h())
try:
    try: raise KeyError('a')
    except KeyError as e: raise ValueError('b') from e
except ValueError as e: print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
try:
    try: raise KeyError('a')
    except KeyError: raise ValueError('b')
except ValueError as e: print(e.__cause__, repr(e.__context__), e.__suppress_context__)
try:
    try: raise KeyError('a')
    except KeyError: raise ValueError('b') from None
except ValueError as e: print(e.__cause__, repr(e.__context__), e.__suppress_context__)
try: e
except NameError as x: print(x)
for bad in (5, 'a', int, None):
    try: raise bad
    except TypeError as e: print(e)
try: raise ValueError from 5
except TypeError as e: print(e)
try: raise
except RuntimeError as e: print(e)
try:
    try: 1/0
    except 5: pass
except TypeError as e: print(e)

class MyE(Exception):
    def __init__(self, a, b=2): super().__init__(a, b); self.a = a
    def __str__(self): return f'MyE<{self.a}>'
try: raise MyE(1)
except MyE as e: print(e, repr(e), e.args)
class E2(ValueError): pass
try: raise E2('x')
except ValueError as e: print(type(e).__name__, e, isinstance(e, E2))
print(issubclass(E2, Exception), E2.__mro__)
e = E2('a'); e.foo = 5; print(e.foo, e.__dict__)
print(KeyError('a'), KeyError('a', 'b'), str(KeyError()), OSError(2, 'No such'), repr(OSError(2, 'msg', 'file')), OSError(2, 'msg', 'file'), OSError(2, 'x').errno, type(OSError(2, 'x')), type(OSError(17, 'x')), StopIteration(5).value, SystemExit(3).code, UnicodeDecodeError('utf8', b'\xff', 0, 1, 'bad'), UnicodeEncodeError('ascii', 'é', 0, 1, 'bad'), SyntaxError('m', ('f', 1, 2, 'text')), ImportError('m', name='n', path='p').name, AttributeError('m', name='n', obj=5).name, NameError('m', name='q').name)
e = ValueError('x'); e.add_note('note'); print(e.__notes__)
try: e.add_note(5)
except TypeError as x: print(x)
print(e.with_traceback(None) is e, e.__traceback__)

try: raise ExceptionGroup('g', [ValueError(1), TypeError(2), ExceptionGroup('n', [KeyError(3)])])
except* ValueError as eg: print('VE', eg.exceptions, repr(eg))
except* (TypeError, KeyError) as eg: print('TK', eg)
try:
    try: raise ValueError(1)
    except* TypeError: print('no')
except ValueError as e: print(repr(e))
try: ExceptionGroup('x', [])
except ValueError as e: print(e)
eg = ExceptionGroup('m', [ValueError(1), KeyError(2)])
print(eg.subgroup(ValueError), eg.split(KeyError), eg.message, str(eg), repr(eg), eg.derive([OSError(1)]))

class C:
    def __init__(self, n, s=False): self.n = n; self.s = s
    def __enter__(self): print('enter', self.n); return self.n
    def __exit__(self, t, v, tb): print('exit', self.n, t and t.__name__, v, tb is not None); return self.s
with C(1) as a, C(2) as b: print(a, b)
with C(3, True): 1/0
try:
    with C(4): raise KeyError('k')
except KeyError as e: print(repr(e))
with (C(5) as x, C(6) as y,): print(x, y)
for bad in (5, object(), None):
    try:
        with bad: pass
    except Exception as e: print(type(e).__name__, e)
class D:
    def __enter__(self): return (1, 2)
    def __exit__(self, *a): pass
with D() as (p, q): print(p, q)
from contextlib import contextmanager, suppress, closing, ExitStack, nullcontext, redirect_stdout
@contextmanager
def cm(x):
    print('in', x)
    try: yield x * 2
    except ValueError as e: print('caught', e)
    finally: print('out')
with cm(5) as v: print(v)
with cm(6): raise ValueError('boo')
with suppress(KeyError): {}['a']
@cm(7)
def deco(): print('deco')
deco()
with ExitStack() as st:
    st.enter_context(cm(8)); st.callback(print, 'cb', 1); st.push(lambda *a: True); raise OSError
print('after')
def f():
    with C(9): return 'ret'
print(f())

def g():
    x = yield 1
    print('got', x)
    try: y = yield 2
    except ValueError as e: print('caught', e); y = None
    yield 3
    return 'done'
i = g(); print(next(i), i.send('a'), i.throw(ValueError('v')))
try: next(i)
except StopIteration as e: print(e.value)
i = g()
try: i.send(5)
except TypeError as e: print(e)
i.close(); print(list(i))
def d():
    r = yield from g()
    print('r', r)
    yield from [7, 8]
print(list(d()))
def ex():
    try: yield 1
    finally: print('cleanup')
e = ex(); next(e); e.close(); e.close()
def bad():
    try: yield 1
    except GeneratorExit: yield 2
b = bad(); next(b)
try: b.close()
except RuntimeError as x: print(x)
def si():
    yield 1
    raise StopIteration('x')
try: list(si())
except RuntimeError as x: print(x, repr(x.__cause__))
def re():
    yield next(me)
me = re()
try: next(me)
except ValueError as x: print(x)
ge = (x * 2 for x in range(3)); print(type(ge), sum(ge), list(ge)); print(g.__name__, i.__name__, i.gi_running, i.gi_frame)
def inf():
    n = 0
    while True: yield n; n += 1
import itertools
print(list(itertools.islice(inf(), 3)), [a + b for a, b in zip(inf(), 'xyz') if 0] )
try: (x for x in 5)
except TypeError as x: print(x)
def gg(): yield; return
print(list(gg()))

def m(x):
    match x:
        case 0 | 1: return 'small'
        case int(n) if n > 100: return f'big {n}'
        case int(): return 'int'
        case 'a' | "b": return 'ab'
        case str() as s: return 'str ' + s
        case []: return 'empty'
        case [a]: return f'one {a}'
        case [a, *rest, b] if a == b: return f'same {rest}'
        case (a, b): return f'pair {a} {b}'
        case [1, [2, x], *_]: return f'nested {x}'
        case {'k': v, **rest}: return f'map {v} {rest}'
        case {}: return 'anymap'
        case None | True: return 'singleton'
        case float(f): return f'float {f}'
        case _: return 'other'
for x in (0, 1, 50, 500, 'a', 'zz', [], [1], (1, 2, 1), (1, 2), [1, [2, 3], 4], {'k': 1, 'z': 2}, {}, {'q': 1}, None, True, False, 1.5, b'x', {1, 2}, range(2), 1+2j): print(repr(x), m(x))
class P:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x = x; self.y = y
def p(o):
    match o:
        case P(0, 0): return 'origin'
        case P(x=0): return 'x0'
        case P(x, y=5): return f'y5 {x}'
        case P(a, b): return f'{a},{b}'
        case P(): return 'P'
for o in (P(0, 0), P(0, 1), P(2, 5), P(3, 4)): print(p(o))
try:
    match P(1, 2):
        case P(1, 2, 3): pass
except TypeError as e: print(e)
class Q: pass
try:
    match Q():
        case Q(1): pass
except TypeError as e: print(e)
import math
match math.pi:
    case math.pi: print('pi')
match [1, 2, 3]:
    case [x, y, *z]: print(x, y, z)
match -5, 1+2j:
    case -5, 1+2j: print('neg complex')
match = 5; case = 6; _ = 7; print(match, case, _)
match {'a': {'b': [1, {'c': 2}]}}:
    case {'a': {'b': [_, {'c': c}]}}: print(c)
match 'x':
    case 'y': pass
    case other: print(other)

a, b = 1, 2; a, b = b, a; print(a, b); a, *b, c = range(5); print(a, b, c); (a, b), c = [1, 2], 3; print(a, b, c); [a, [b, *c]] = 1, [2, 3, 4]; print(a, b, c); *a, = 'xy'; print(a)
for f in ("a, b = 1", "a, b = [1]", "a, b = [1, 2, 3]", "a, *b, c = [1]", "a, b = {}", "a, b = 'abc'", "(a, b), c = 1, 2", "a, b = iter([1])", "a, b = None"):
    try: exec(f)
    except Exception as e: print(f, type(e).__name__, e)
def f(*a, **k): return a, k
print(f(*[1, 2], 3, *'a', x=1, **{'y': 2}), f(**{'z': 1}, w=2))
for s in ("f(**{'a': 1}, a=2)", "f(*5)", "f(**5)", "f(**{1: 2})", "f(a=1, **{'a': 2})", "print(*None)"):
    try: eval(s)
    except TypeError as e: print(s, e)
d = {}; d['x'], d['y'] = 1, 2; print(d); i = 0; l = [0, 0]; i, l[i] = 1, 9; print(i, l)
a = b = c = []; a.append(1); print(b, c is a)
for i, (x, y) in enumerate([(1, 2), (3, 4)]): print(i, x, y)
for x, *y in [(1, 2, 3), 'ab']: print(x, y)

def f(a, b=2, /, c=3, *args, d, e=5, **kw): return a, b, c, args, d, e, kw
print(f(1, d=4), f(1, 2, 3, 4, 5, d=6, z=7), f.__defaults__, f.__kwdefaults__, f.__code__.co_argcount, f.__code__.co_varnames, f.__annotations__)
for s in ("f()", "f(1)", "f(1, a=2, d=3)", "f(d=1)", "f(1, b=2, d=1)", "f(1, 2, 3, c=4, d=5)"):
    try: print(s, eval(s))
    except TypeError as e: print(s, e)
def g(a, b): pass
for s in ("g()", "g(1)", "g(1, 2, 3)", "g(1, a=2)", "g(1, 2, c=3)", "g(c=1)", "g(1, b=2, c=3)"):
    try: eval(s)
    except TypeError as e: print(s, e)
def h(*, a, b, c): pass
for s in ("h()", "h(a=1)", "h(a=1, b=2)", "h(1, 2, 3)", "h(1, a=1, b=2, c=3)"):
    try: eval(s)
    except TypeError as e: print(s, e)
def k(a=1): pass
for s in ("k(1, 2)", "k(b=1)"):
    try: eval(s)
    except TypeError as e: print(s, e)
def m(x, l=[]): l.append(x); return l
print(m(1), m(2)); 
def n(): pass
try: n(1)
except TypeError as e: print(e)
print((lambda *a, k=1: (a, k))(1, 2, k=3), (lambda: (yield))().__class__)

def counter():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
c = counter(); print(c(), c(), c.__closure__[0].cell_contents, c.__code__.co_freevars)
def f():
    print(x)
    x = 1
try: f()
except UnboundLocalError as e: print(e)
def g():
    def h(): return y
    try: h()
    except NameError as e: print(e)
    y = 5
    return h()
print(g())
z = 1
def k():
    global z
    z = 2
    del z
k()
try: z
except NameError as e: print(e)
def m():
    try: del q
    except UnboundLocalError as e: print(e)
    q = 1
m()
def d():
    a = 1
    del a
    def b(): return a
    try: b()
    except NameError as e: print(e)
d()
fs = []
for i in range(3):
    def f(): return i
    fs.append(f)
print([f() for f in fs])

def deco(arg):
    def wrap(f):
        print('wrapping', f.__name__, arg)
        def inner(*a, **k): return (arg, f(*a, **k))
        return inner
    return wrap
@deco(1)
@deco(2)
def f(x): return x
print(f(5), f.__name__)
import functools
def d2(f):
    @functools.wraps(f)
    def w(*a): return f(*a)
    return w
@d2
def doc(): "docstring"
print(doc.__name__, doc.__doc__, doc.__wrapped__.__name__)
class CD:
    def __init__(self, f): self.f = f
    def __call__(self, *a): return ('CD', self.f(*a))
@CD
def z(a): return a
print(z(1))
@lambda f: 5
def five(): pass
print(five)
def cls(c): c.extra = 1; return c
@cls
class X: pass
print(X.extra)
@functools.lru_cache(maxsize=2)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(30), fib.cache_info()); fib.cache_clear(); print(fib.cache_info())
@functools.singledispatch
def sd(x): return 'default'
@sd.register
def _(x: int): return 'int'
@sd.register(str)
def _(x): return 'str'
print(sd(1), sd('a'), sd([]), sd(True))
class T:
    @functools.cached_property
    def cp(self): print('computing'); return 5
t = T(); print(t.cp, t.cp)
@functools.total_ordering
class O:
    def __init__(s, v): s.v = v
    def __eq__(s, o): return s.v == o.v
    def __lt__(s, o): return s.v < o.v
print(O(1) <= O(2), O(1) >= O(2), O(2) > O(1))
p = functools.partial(int, base=2); print(p('101'), p.func, p.args, p.keywords, repr(functools.partial(f, 1))[:17]); print(functools.reduce(lambda a, b: a * b, [1, 2, 3, 4]), functools.reduce(lambda a, b: a + b, [], 5))
try: functools.reduce(lambda a, b: a, [])
except TypeError as e: print(e)

x = [1, 2, 3]
del x[0], x[-1]
print(x)
try: del undefined
except NameError as e: print(e)
assert True, 'no'
try: assert False, 'msg'
except AssertionError as e: print(repr(e))
try: assert 0
except AssertionError as e: print(repr(e))
if 1: pass
elif 2: pass
for i in []: pass
else: print('for else')
while False: pass
else: print('while else')
for i in range(3):
    if i == 1: break
else: print('not')
print(1 < 2 < 3, 1 < 3 < 2, 1 == 1 != 2, not 1 == 2, 1 if 0 else 2, 0 or [] or 'x', 1 and 0 and 2, (1, 2) < (1, 2, 3), None is None, 'a' in 'abc' == True)
lambda: (yield)
print(f"{1_000:,}", 0xdead_beef, 1e3, 1E-3, 1_0.5_0, .5, 5., 0o17, 0b1, 1j, 0_0)
print(__name__, __doc__)
i = 5; i += 1; i -= 2; i *= 3; i //= 2; i **= 2; i %= 7; i <<= 2; i |= 1; i ^= 3; i &= 0xf; i >>= 1; print(i); i = 7; i /= 2; print(i)

match [1, 2, 3]:
    case [x, y, *z]: print(x, y, z)
def f():
    match [1, 2]:
        case [x, y]:
            print(x)
    for i in range(2):
        match [i]:
            case [a]:
                print(a)
f()
match [5]:
    case [x]: print(x)
