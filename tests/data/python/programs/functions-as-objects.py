"""What functions, properties, slices and unusual classes say of themselves."""
def f(a, *, b=1): return b
for n in ('__name__', '__qualname__', '__dict__', '__code__', '__defaults__', '__kwdefaults__', '__doc__', '__annotations__', 'zz'):
    try: delattr(f, n); print(n, getattr(f, n))
    except Exception as e: print(n, type(e).__name__, e)
for n, v in (('__name__', 5), ('__dict__', None), ('__dict__', {'q': 1}), ('__kwdefaults__', {'b': 7}), ('__kwdefaults__', 5), ('__defaults__', 5), ('__doc__', 5), ('__annotations__', 5), ('__annotations__', {'a': 1})):
    try: setattr(f, n, v); print(n, getattr(f, n))
    except Exception as e: print(n, type(e).__name__, e)
print(f.q, f(1), f.__dict__)

class A:
    def _g(self): "getter doc"; return 1
    p = property(_g, doc='explicit')
    @p.setter
    def p(self, v): pass
    q = property(_g)
    q = q.setter(lambda s, v: 0)
    r = q.getter(lambda s: 2)
print(A.p.__doc__, A.q.__doc__, A.r.__doc__)

class S(float): pass
for c, b in (('S', float), ('T', tuple), ('L', list), ('I', int), ('Z', frozenset), ('Y', set), ('B', bytes), ('St', str), ('D', dict)):
    C = type(c, (b,), {})
    try: print(C(x=1))
    except TypeError as e: print(e)
class W(list):
    def __init__(self, a, x=None): super().__init__(a); self.x = x
print(W([1], x=2), W([1], x=2).x)
class N(tuple):
    def __new__(cls, a, x=None): return super().__new__(cls, a)
print(N((1,), x=2))

for f in (lambda: int.__new__(bool, 0), lambda: type('X', (bool,), {}), lambda: object.__new__(int), lambda: int.__new__(str), lambda: int.__new__(5), lambda: int.__new__(), lambda: str.__new__(int, 1)):
    try: print(f())
    except TypeError as e: print(e)

print(slice(10**30).indices(5), slice(-10**30, None).indices(5), slice(0, 10**30, 10**25).indices(5), slice(None, None, -10**30).indices(10))
try: print(slice(0, 5).indices(-1))
except ValueError as e: print(e)
print(slice(1).indices(10**30))

class AbstractClass:
    def __init__(self, bases): self.bases = bases
    def getbases(self): return self.bases
    __bases__ = property(getbases)
    def __call__(self): return AbstractInstance(self)
class AbstractInstance:
    def __init__(self, klass): self.klass = klass
    def getclass(self): return self.klass
    __class__ = property(getclass)
S = AbstractClass(bases=()); C = AbstractClass(bases=(S,))
print(isinstance(S(), S), isinstance(C(), S), isinstance(S(), C), issubclass(C, S), issubclass(S, (S, int)), isinstance(5, S), issubclass(S, C))
class F:
    @property
    def __class__(self): return int
print(isinstance(F(), int), F().__class__, type(F()))

import traceback
def f(): 1/0
try: f()
except Exception as e: print(type(e.__traceback__), e.__traceback__ is e.__traceback__)

def f():
    import sys
    return sys._getframe().f_code.co_name, sys._getframe(1).f_code.co_name, sys._getframe().f_lineno
print(f())
import inspect
print(inspect.currentframe().f_lineno, inspect.stack()[0].function if 0 else '')

src = ''
for i in range(21): src += ' ' * i + 'while 1:\n'
src += ' ' * 21 + 'pass\n'
try: compile(src, 'x', 'exec'); print('ok')
except SyntaxError as e: print(e.msg)
src = ''
for i in range(20): src += ' ' * i + 'while 1:\n'
src += ' ' * 20 + 'pass\n'
compile(src, 'x', 'exec'); print('ok')
src = ''
for i in range(30): src += ' ' * i + 'if 1:\n'
src += ' ' * 30 + 'pass\n'
compile(src, 'x', 'exec'); print('ok')

for s in ('"""abc\\', 'x = 1 + \\', '"\\', 'y = \\\n', 'def f():\\\n    pass\n', 'pass\\\n\n', 'if 1:\n    pass\\\n\n', 'x = 5\\', '"a\\\nb"', 'a = 1 \\\n\nb = 2\n', '\\\n', '\\', 'def fib(n):\n    \\\n\'\'\'Print\'\'\'\n    \\\na, b = 0, 1\n'):
    try: compile(s, 'x', 'exec'); print(repr(s), 'ok')
    except SyntaxError as e: print(repr(s), type(e).__name__, e.msg)

def nest(n, head, extra=''):
    src = ''
    for i in range(n): src += ' ' * i + head + '\n'
    src += ' ' * n + 'pass\n'
    if extra:
        for i in reversed(range(n)): src += ' ' * i + extra + '\n' + ' ' * (i + 1) + 'pass\n'
    return src
def tells(s):
    try: compile(s, 'x', 'exec'); return 'ok'
    except SyntaxError as e: return e.msg
for n in (7, 8, 10, 11, 20, 21):
    print(n, tells(nest(n, 'with a:')), tells(nest(n, 'for i in a:')), tells(nest(n, 'try:', 'except: ')), tells(nest(n, 'try:', 'finally: ')))
