"""Classes: attributes, descriptors, slots, metaclasses, abstract ones, data classes and enums."""
class A:
    def f(self): return ['A']
class B(A):
    def f(self): return ['B'] + super().f()
class C(A):
    def f(self): return ['C'] + super().f()
class D(B, C):
    def f(self): return ['D'] + super().f()
print(D().f(), [k.__name__ for k in D.__mro__], D.mro() == list(D.__mro__), super(B, D()).f())
try:
    class E(A, B): pass
except TypeError as e: print(e)
try:
    class F(A, A): pass
except TypeError as e: print(e)
try:
    class G(5): pass
except TypeError as e: print(e)
try:
    class H(bool): pass
except TypeError as e: print(e)
try:
    class I(int, str): pass
except TypeError as e: print(e)
try:
    class J(type(None)): pass
except TypeError as e: print(e)
try:
    class K(type(lambda: 0)): pass
except TypeError as e: print(e)
class L(*(A,)): pass
print(L.__bases__)
def f(): super()
try: f()
except RuntimeError as e: print(e)
def g(x): super()
try: g(1)
except RuntimeError as e: print(e)

class A:
    def __add__(self, o): return 'A.add'
    def __radd__(self, o): return 'A.radd'
    def __lt__(self, o): return 'A.lt'
    def __gt__(self, o): return 'A.gt'
    def __eq__(self, o): return NotImplemented
class B(A):
    def __radd__(self, o): return 'B.radd'
    def __gt__(self, o): return 'B.gt'
print(A() + B(), B() + A(), A() < B(), 1 + A(), A() < 1, 1 < A(), A() == A(), A() != 5, A() + A())
class C(A): pass
print(A() + C())
class D(int):
    def __radd__(self, o): return 'D.radd'
    def __rsub__(self, o): return 'rs'
print(1 + D(2), D(1) + 2, 1.5 + D(1), 5 - D(1), D(5) - D(1))

class A:
    def __getattr__(self, n):
        if n == 'boom': raise AttributeError('no boom')
        return 'got ' + n
    def __setattr__(self, n, v): print('set', n); super().__setattr__(n, v)
    def __delattr__(self, n): print('del', n); object.__delattr__(self, n)
a = A(); print(a.foo); a.foo = 1; print(a.foo); del a.foo; print(a.foo, hasattr(a, 'boom'), getattr(a, 'boom', 'd'))
class B:
    def __getattribute__(self, n): return 'always ' + n
b = B(); print(b.x, b.__dict__, b.__class__, type(b) is B)
class C:
    def __getattribute__(self, n):
        if n == 'x': raise AttributeError('x!')
        return object.__getattribute__(self, n)
    def __getattr__(self, n): return 'fallback ' + n
print(C().x, C().__class__.__name__, C().zz)
class D:
    @property
    def p(self): raise AttributeError('inner')
    def __getattr__(self, n): return 'ga ' + n
print(D().p)
class E:
    @property
    def p(self): return self.nope
try: E().p
except AttributeError as e: print(e)

class Desc:
    def __set_name__(self, owner, name): print('set_name', owner.__name__, name); self.n = name
    def __get__(self, o, t=None): return ('get', o is None, t.__name__)
    def __set__(self, o, v): print('set', v)
    def __delete__(self, o): print('delete')
class A:
    d = Desc()
a = A(); print(a.d, A.d); a.d = 5; del a.d; a.__dict__['d'] = 1; print(a.d)
class NonData:
    def __get__(self, o, t): return 'nondata'
class B: n = NonData()
b = B(); print(b.n); b.n = 5; print(b.n); del b.n; print(b.n)
class OnlySet:
    def __set__(self, o, v): o.__dict__['s'] = v * 2
class C: s = OnlySet()
c = C(); c.s = 5; print(c.s)
try: del c.s
except AttributeError as e: print(e)
class Bad:
    def __set_name__(self, o, n): 1/0
try:
    class E: b = Bad()
except RuntimeError as e: print(e, repr(e.__cause__))

class A:
    __slots__ = ('x', 'y')
    def __init__(self): self.x = 1
a = A(); print(a.x, hasattr(a, 'y'), hasattr(a, '__dict__'))
for f in (lambda: a.y, lambda: setattr(a, 'z', 1), lambda: a.__dict__, lambda: delattr(a, 'y'), lambda: A.x.__get__(5)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class B(A): pass
b = B(); b.z = 5; print(b.z, b.__dict__)
try:
    class C:
        __slots__ = ('a',); a = 1
except ValueError as e: print(e)
try:
    class D: __slots__ = (1,)
except TypeError as e: print(e)
class E: __slots__ = 'single'
e = E(); e.single = 1; print(e.single, E.single)
try:
    class F: __slots__ = ('a b',)
except TypeError as e: print(e)
try:
    class G(int): __slots__ = ('a',)
except TypeError as e: print(e)
class H(A): __slots__ = ('w',)
h = H(); h.w = 1; h.y = 3; print(h.w, h.y)
try: h.q = 1
except AttributeError as e: print(e)
print(A.__slots__, type(A.x))

class M(type):
    def __new__(m, n, b, d, **k): print('new', n, sorted(x for x in d if not x.startswith('__')), k); return super().__new__(m, n, b, d)
    def __init__(c, n, b, d, **k): print('init', n); super().__init__(n, b, d)
    def __call__(c, *a, **k): print('call', a, k); return super().__call__(*a, **k)
    @classmethod
    def __prepare__(m, n, b, **k): print('prepare', n, k); return {'injected': 1}
    def meth(c): return 'meth of ' + c.__name__
    @property
    def pr(c): return 'pr'
    def __repr__(c): return f'<M {c.__name__}>'
    def __len__(c): return 5
    def __iter__(c): return iter('xyz')
    def __getitem__(c, i): return i
    def __contains__(c, i): return i == 1
    def __getattr__(c, n): return 'mga ' + n
class A(metaclass=M, k=1): y = 2
a = A(); print(A.injected, A.meth(), A.pr, A, len(A), list(A), A[5], 1 in A, A.zz, type(A))
try: a.meth
except AttributeError as e: print(e)
class B(A): pass
print(type(B), B.injected)
try:
    class N(type): pass
    class C(A, metaclass=N): pass
except TypeError as e: print(e)
def f(n, b, d): return (n, b, sorted(d))
class X(metaclass=f): z = 1
print(X)

class A:
    def __init_subclass__(cls, /, tag=None, **k): super().__init_subclass__(**k); cls.tag = tag; print('sub', cls.__name__, tag)
    def __class_getitem__(cls, i): return f'{cls.__name__}[{i}]'
class B(A, tag=5): pass
class C(B): pass
print(B.tag, C.tag, A[int], B['x'])
try:
    class D(A, foo=1): pass
except TypeError as e: print(e)
try: object.__init_subclass__(5)
except TypeError as e: print(e)
try:
    class E(foo=1): pass
except TypeError as e: print(e)
try: int[3]
except TypeError as e: print(e)
class P: pass
try: P[1]
except TypeError as e: print(e)
try: P()[1]
except TypeError as e: print(e)

x = 'global'
class A:
    x = 'class'
    y = x
    def f(self): return x
    l = [x for _ in range(1)]
    g = [i for i in x]
    z = (lambda: x)()
print(A.y, A().f(), A.l, A.g, A.z)
def o():
    x = 'local'
    class B:
        print(x)
        x = 'inner'
        print(x)
        def f(self): return x
    return B
print(o()().f())
class C:
    try: del nope
    except NameError as e: print(e)
    a = 1
    del a
print(hasattr(C, 'a'))
class D:
    def __f(self): return 'mangled'
    __v = 5
    def g(self): return self.__f(), self.__v
    def h(self): self.__w = 1; return self.__dict__
print(D().g(), [n for n in dir(D) if 'D' in n], D().h(), D()._D__f())

from abc import ABC, abstractmethod, ABCMeta
class A(ABC):
    @abstractmethod
    def f(self): return 'base f'
    @property
    @abstractmethod
    def p(self): ...
    @classmethod
    @abstractmethod
    def c(cls): ...
try: A()
except TypeError as e: print(e)
class B(A):
    def f(self): return super().f()
try: B()
except TypeError as e: print(e)
class C(B):
    p = 1
    def c(self): pass
print(C().f(), sorted(A.__abstractmethods__), C.__abstractmethods__)
class D(ABC):
    @classmethod
    def __subclasshook__(cls, c): return hasattr(c, 'quack') or NotImplemented
class E:
    def quack(self): pass
print(issubclass(E, D), isinstance(E(), D), issubclass(int, D)); D.register(int); print(isinstance(5, D), issubclass(bool, D))

from dataclasses import dataclass, field, asdict, astuple, replace, fields
@dataclass
class P:
    x: int
    y: int = 5
    z: list = field(default_factory=list)
p = P(1); print(p, p == P(1), p == P(2), asdict(p), astuple(p), replace(p, x=9), [f.name for f in fields(P)], P.__match_args__)
try: P()
except TypeError as e: print(e)
@dataclass(frozen=True, order=True)
class Q:
    a: int
    b: str = field(default='x', compare=False, repr=False)
    def __post_init__(self): print('post')
q = Q(1); print(q, hash(q) == hash(Q(1)), q < Q(2), sorted([Q(3), Q(1)]))
try: q.a = 5
except Exception as e: print(type(e).__name__, e)
try:
    @dataclass
    class R:
        a: int = 1
        b: str
except TypeError as e: print(e)
try:
    @dataclass
    class S: a: list = []
except ValueError as e: print(e)
@dataclass(slots=True, kw_only=True)
class T: a: int; b: int = 2
print(T(a=1))
try: T(1)
except TypeError as e: print(e)

class Meta(type):
    def __eq__(c, o): return True
    def __hash__(c): return 5
class A(metaclass=Meta): pass
print(hash(A), A == 5)

class A:
    def m(self): pass
    def __repr__(self): return 'A!'
    @classmethod
    def c(cls): pass
print(A().m, A.c, [A().m], A().m.__func__.__name__)
print(str((5).__add__)[:24], str(dict.fromkeys)[:40], type((5).__add__), (5).__add__(3), type([].append), [].__len__(), type(A.__init__), type(object().__str__))
import types
print(isinstance((5).__add__, types.MethodWrapperType), callable((5).__add__), (5).__add__.__name__, 'a'.__eq__('a'))
class B(int):
    def __add__(self, o): return super().__add__(o) + 1
print(B(5) + 3)
class L(list):
    def append(self, x): super().append(x * 2)
    def __len__(self): return super().__len__() + 100
l = L(); l.append(2); print(l, len(l))


# `super` with a class alone is bound to nothing.
class Grown:
    def __init__(self, size=1):
        self.size = size


class Careless(Grown):
    def __init__(self):
        print(super(Careless), super(Careless).__init__())

    def sized(self):
        try:
            super(Careless).__init__(3)
        except TypeError as e:
            print(e)
        try:
            super(Careless).__init__(size=3)
        except TypeError as e:
            print(e)
        try:
            super(Careless).sized()
        except AttributeError as e:
            print(e)
        try:
            super(Careless, 3)
        except TypeError as e:
            print(e)
        return hasattr(self, 'size')


print(Careless().sized())
