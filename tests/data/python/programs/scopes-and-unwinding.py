# class scoping
x = 'g'
def f():
    x = 'f'
    class A:
        print(x)
        x = 'a'
        print(x)
        def m(self): return x
        l = [x for _ in range(1)]
    return A
A = f()
print(A().m(), A.l)
def g():
    y = 1
    class B:
        nonlocal y
        y = 2
    return y, hasattr(B, 'y')
print(g())
class C:
    global zz
    zz = 5
print(zz, hasattr(C, 'zz'))
class D:
    __priv = 1
    def get(self): return self.__priv
    def __m(self): return 'm'
    def call(self): return self.__m()
    def kw(self, __a=3): return __a
    __slots__ = ()
print(D().get(), D().call(), D._D__priv, sorted(n for n in vars(D) if 'priv' in n or '__m' == n[-3:]))
try: D().__priv
except AttributeError as e: print(e)
class _E:
    __q = 4
    def f(self):
        def __inner(): return self.__q
        return __inner()
print(_E().f(), _E._E__q)
class F(D):
    def __init__(self):
        self.__x = 1
try: F().__x
except AttributeError as e: print(e)
# closure
def outer():
    def inner(): return v
    try: inner()
    except NameError as e: print(e)
    v = 1
    return inner
fn = outer()
print(fn())

def noc(): pass
print(noc.__closure__)
def de():
    try:
        del q
    except UnboundLocalError as e: print(e)
    q = 1
    del q
    try: q
    except UnboundLocalError as e: print(e)
de()
# walrus
print([y := 1, y**2], y)
print([z for i in range(3) if (z := i) > 0], z)
def w():
    [k := i for i in range(4)]
    return k
print(w())
if (n := len('abc')) > 2: print(n)
# star
a, *b = 1, 2, 3
*a, b = [1]
print(a, b)
a, (b, *c), d = 1, (2, 3, 4), 5
print(a, b, c, d)
for i, *j in [(1, 2, 3), (4,)]: print(i, j)
[a, b] = 1, 2
try: a, b = 1
except TypeError as e: print(e)
try: a, b = 1, 2, 3
except ValueError as e: print(e)
try: a, *b, c = 1,
except ValueError as e: print(e)
x = [0, 1, 2]
i = 0
i, x[i] = 1, 9
print(i, x)
a = b = c = []
a.append(1); print(b, c)
print(1 < 2 < 3 > 2 != 5, 1 < 3 < 2, 1 == 1.0 == True)
def t():
    for i in range(3):
        try:
            if i == 0: continue
            if i == 1: break
        finally: print('fin', i)
    try: return 'try'
    finally: return 'finally'
print(t())
def t2():
    while True:
        try: return 1
        finally: break
    return 2
print(t2())
def t3():
    for i in range(2):
        try: 1/0
        except ZeroDivisionError: continue
        finally: print('f')
    else: print('else')
t3()
try:
    try: raise ValueError(1)
    finally: raise KeyError(2)
except KeyError as e: print(repr(e), repr(e.__context__), e.__cause__)
try:
    try: 1/0
    except ZeroDivisionError as e: raise ValueError('v') from e
except ValueError as e: print(repr(e.__cause__), e.__suppress_context__)
try:
    raise ValueError from None
except ValueError as e: print(e.__cause__, e.__suppress_context__)
try: raise 5
except TypeError as e: print(e)
try: raise ValueError from 5
except TypeError as e: print(e)
class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        print('prepare', name, bases, kw)
        return {'injected': 7}
    def __new__(mcs, name, bases, ns, **kw):
        print('new', sorted(k for k in ns if not k.startswith('__')))
        return super().__new__(mcs, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw):
        print('init', kw)
    def __call__(cls, *a, **k):
        print('call', a, k)
        return super().__call__(*a, **k)
class M(metaclass=Meta, flag=1):
    y = injected
M()
class Base:
    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        cls.tag = tag
class Sub(Base, tag='t'): pass
print(Sub.tag)
try:
    class Sub2(Base, bad=1): pass
except TypeError as e: print(e)
class Desc:
    def __set_name__(self, owner, name): print('set_name', owner.__name__, name)
    def __get__(self, o, t): return (o is None, t.__name__)
    def __set__(self, o, v): print('set', v)
    def __delete__(self, o): print('delete')
class H: d = Desc()
print(H.d, H().d)
h = H(); h.d = 4; del h.d
class CG:
    def __class_getitem__(cls, i): return (cls.__name__, i)
print(CG[int], CG[1, 2])
