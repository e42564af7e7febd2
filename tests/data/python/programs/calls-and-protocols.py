def f(a, b=2, /, c=3, *args, d, e=5, **kw): return (a, b, c, args, d, e, kw)
def tries(*calls):
    for text in calls:
        try: print(eval(text))
        except TypeError as e: print(text, "->", e)
def n0(): pass
def n1(a): pass
def n2(a, b=1): pass
def k(*, a, b): pass
def k1(a, *, b=1): pass
def p(a, b, /): pass
def pk(a, /, **kw): return a, kw
class C:
    def m(self): pass
    def m1(self, a): pass
    @staticmethod
    def s(a): pass
    @classmethod
    def c(cls, a): pass
    def __init__(self, x=1): pass
class D: pass
c = C()
l = lambda x: x
tries('f(1, d=1)', 'f(1,2,3,4,5,d=6,z=7)', 'f()', 'f(1)', 'f(a=1,d=2)', 'n0(1)', 'n0(1,2)', 'n0(a=1)', 'n1()', 'n1(1,2)', 'n1(1,a=1)', 'n2()', 'n2(1,2,3)', 'k()', 'k(a=1)', 'k(1)', 'k(1,2,a=1,b=2)', 'k1(1,2)', 'k1(1,2,b=3)', 'p(1)', 'p(a=1,b=2)', 'p(1, b=2)', 'pk(1, a=2)', 'pk(a=2)', 'c.m(1)', 'c.m1()', 'C.m()', 'c.s()', 'C.c()', 'C(1,2)', 'C(y=1)', 'D(1)', 'D(a=1)', 'l()', 'l(1,2)', 'l(*5)', 'l(**5)', 'l(**{1:2})', 'n2(**{"a":1}, **{"a":2})', 'n2(a=1, **{"a":2})', 'n1(*[1], *[2])', '5()', 'None()', '"a"(1)', 'c()', 'n1(b=1)', 'n1(1, b=1)', 'object(1)', 'len()', 'len(1,2)', 'len(x=1)', 'isinstance(1)', 'print(foo=1)', 'n1(1, *[2,3])', 'n2(b=1)', 'k(b=1)', 'f(1, 2, 3, d=1, a=5)')
class A:
    def __init__(self): return 5
tries('A()')
class B:
    def __new__(cls, *a): return object.__new__(cls)
tries('B(1,2) and 1')
class E:
    def __call__(self, *a, **k): return a, k
tries('E()(1, b=2)')
def deco(fn):
    def w(*a, **k):
        return fn(*a, **k)
    return w
@deco
def dd(a): return a
tries('dd()', 'dd(1)')
class P:
    @property
    def x(self): return 1
    @x.setter
    def x(self, v): print('set', v)
p_ = P(); p_.x = 3
print(p_.x)
try: del p_.x
except AttributeError as e: print(e)
class Q:
    @property
    def y(self): return 1
try: Q().y = 2
except AttributeError as e: print(e)
class S:
    __slots__ = ('a', 'b')
s = S()
try: s.c = 1
except AttributeError as e: print(e)
try: s.a
except AttributeError as e: print(e)
s.a = 1; print(s.a, hasattr(s, '__dict__')); del s.a
try: del s.a
except AttributeError as e: print(e)
class N:
    def __add__(self, o): return NotImplemented
    def __radd__(self, o): return 'radd'
    def __eq__(self, o): return NotImplemented
    def __lt__(self, o): return NotImplemented
class N2(N):
    def __radd__(self, o): return 'radd2'
print(1 + N(), N() + N2(), N() == 1, N() != 1)
for e in ['N() + 1', 'N() < 1', 'N() - 1', '-N()', 'N()[0]', 'len(N())', 'N() in N()', 'iter(N())', 'hash(N())', 'abs(N())', 'N() @ 1', 'N() ** 2', 'divmod(N(), 1)', '1 + "a"', '"a" + 1', '[] + ()', '{} < {}', '1 < "a"', 'None + 1', '[1]["a"]', '{}[[]]', 'for_' ]:
    try: print(eval(e))
    except Exception as x: print(e, type(x).__name__, x)
class I:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
print(list(I()), 20 in I(), [*reversed([1, 2])])
class G:
    def __getattr__(self, n): return 'ga_' + n
    def __getattribute__(self, n):
        if n == 'z': raise AttributeError(n)
        return object.__getattribute__(self, n)
g = G(); g.q = 1
print(g.q, g.z, g.w, getattr(g, 'zz'))
class EQ:
    def __eq__(self, o): return True
try: hash(EQ())
except TypeError as e: print(e)
print(EQ.__hash__)
class X1:
    def __bool__(self): return 5
try: bool(X1())
except TypeError as e: print(e)
class X2:
    def __len__(self): return -1
try: len(X2())
except ValueError as e: print(e)
try: bool(X2())
except ValueError as e: print(e)
class X3:
    def __str__(self): return 1
    def __repr__(self): return None
for fn in (str, repr):
    try: fn(X3())
    except TypeError as e: print(e)
class X4:
    def __iter__(self): return 5
try: iter(X4())
except TypeError as e: print(e)
class X5:
    def __index__(self): return 'a'
try: [1][X5()]
except TypeError as e: print(e)
class X6:
    def __hash__(self): return 'a'
try: hash(X6())
except TypeError as e: print(e)
class X7:
    def __contains__(self, x): return 'yes'
print(1 in X7())
def rec(): return rec()
try: rec()
except RecursionError as e: print(e)
print(super.__name__, __name__)
class CA:
    def f(self): return 'A'
    @classmethod
    def g(cls): return 'Ag' + cls.__name__
class CB(CA):
    def f(self): return 'B' + super().f() + super(CB, self).f()
    @classmethod
    def g(cls): return 'B' + super().g()
print(CB().f(), CB.g(), super(CB, CB()).f())
try: super(CB, 5)
except TypeError as e: print(e)
def ff():
    try: super()
    except RuntimeError as e: print(e)
ff()

try:
    class Mx(CA, CB): pass
except TypeError as e: print(e)
try:
    class My(CA, CA): pass
except TypeError as e: print(e)
try:
    class Mz(5): pass
except TypeError as e: print(e)
try:
    class Mb(bool): pass
except TypeError as e: print(e)
