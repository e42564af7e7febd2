from abc import ABC, ABCMeta, abstractmethod
import collections.abc
from numbers import Number

class Meta(type):
    def __new__(mcls, name, bases, ns, **kw):
        cls = super().__new__(mcls, name, bases, ns)
        cls.tag = kw.get('tag', name.lower())
        return cls
    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)
        cls.made = True
    def __call__(cls, *args, **kw):
        obj = super().__call__(*args, **kw)
        obj.called = cls.__name__
        return obj
    def __len__(cls):
        return 7
    def __getitem__(cls, key):
        return (cls.__name__, key)
    def __contains__(cls, x):
        return x == 1
    def __iter__(cls):
        return iter('ab')
    @property
    def prop(cls):
        return cls.tag * 2
    def method(cls):
        return cls.tag

class A(metaclass=Meta, tag='t'):
    def __init__(self, x=1):
        self.x = x
class B(A):
    def get(self):
        return super().__repr__()[:8]
print(type(A) is Meta, A.tag, B.tag, A.made, A(3).called, B().x, len(A), A['k'], 1 in A, list(A), A.prop, B.method())
print(hasattr(A(), 'method'), B().get(), isinstance(A, type), issubclass(Meta, type))

class Shape(ABC):
    @abstractmethod
    def area(self): ...
    @property
    @abstractmethod
    def name(self): ...
    def show(self):
        return f'{self.name}:{self.area()}'
class Half(Shape):
    def area(self):
        return 1
class Square(Half):
    @property
    def name(self):
        return 'sq'
for C in (Shape, Half):
    try:
        C()
    except TypeError as e:
        print(e)
print(Square().show(), Shape.__abstractmethods__ == frozenset({'area', 'name'}), isinstance(Square(), Shape))
Shape.register(int)
print(isinstance(3, Shape), issubclass(bool, Shape), isinstance('a', Shape))
print(isinstance([], collections.abc.Sequence), isinstance({}, collections.abc.Mapping), isinstance('', collections.abc.Iterable), isinstance(3, collections.abc.Iterable),
      isinstance((), collections.abc.Hashable), isinstance([], collections.abc.Hashable), isinstance(len, collections.abc.Callable), isinstance(iter([]), collections.abc.Iterator),
      isinstance({1}, collections.abc.Set), isinstance({}.keys(), collections.abc.KeysView), isinstance(range(3), collections.abc.Sequence), isinstance({1}, collections.abc.Sequence))
print(isinstance(1, Number), isinstance(1.5, Number), isinstance(True, Number), isinstance('1', Number))

class Mine(collections.abc.MutableMapping):
    def __init__(self):
        self.d = {}
    def __getitem__(self, k):
        return self.d[k]
    def __setitem__(self, k, v):
        self.d[k] = v
    def __delitem__(self, k):
        del self.d[k]
    def __iter__(self):
        return iter(self.d)
    def __len__(self):
        return len(self.d)
m = Mine()
m.update(a=1, b=2)
print(m['a'], m.get('z', 9), 'b' in m, list(m.items()), m.pop('a'), len(m), m == {'b': 2}, m.setdefault('c', 3), dict(m), list(m.keys()))

class Sized:
    def __len__(self):
        return 0
print(isinstance(Sized(), collections.abc.Sized), issubclass(Sized, collections.abc.Sized))

class Plugin:
    registry = []
    def __init_subclass__(cls, *, key=None, **kw):
        super().__init_subclass__(**kw)
        Plugin.registry.append((cls.__name__, key))
class P1(Plugin, key='one'): pass
class P2(P1): pass
print(Plugin.registry)
T = type('T', (A,), {'y': 5, 'f': lambda self: self.y})
print(T.__name__, T().f(), type(T).__name__, T.__mro__[1].__name__)
class Inst(type):
    def __instancecheck__(cls, x):
        return x == 42
    def __subclasscheck__(cls, c):
        return c is int
class Odd(metaclass=Inst): pass
print(isinstance(42, Odd), isinstance(1, Odd), issubclass(int, Odd), issubclass(str, Odd))
try:
    class Conflict(A, Shape): pass
except TypeError as e:
    print(e)
class Single(type):
    _all = {}
    def __call__(cls, *a, **k):
        if cls not in cls._all:
            cls._all[cls] = super().__call__(*a, **k)
        return cls._all[cls]
class S(metaclass=Single):
    def __init__(self): self.n = 1
print(S() is S())
class Desc:
    def __set_name__(self, owner, name):
        self.name = name
    def __get__(self, obj, owner=None):
        return self if obj is None else (self.name, obj.__dict__.get('_' + self.name))
    def __set__(self, obj, value):
        obj.__dict__['_' + self.name] = value
class D:
    a = Desc()
d = D(); d.a = 4
print(d.a, D.a.name, vars(d), d.__dict__ is vars(d))
d.__dict__['b'] = 8
d.__dict__.update(c=9)
print(d.b, d.c, sorted(d.__dict__), 'b' in d.__dict__)
del d.__dict__['b']
print(hasattr(d, 'b'))
class Slotted:
    __slots__ = ('x', 'y')
s = Slotted(); s.x = 1
try:
    s.z = 2
except AttributeError as e:
    print(e)
print(s.x, hasattr(s, 'y'))
class G:
    def __getattribute__(self, name):
        if name == 'magic':
            return 'm'
        return super().__getattribute__(name)
    def __getattr__(self, name):
        return 'fallback ' + name
g = G(); g.z = 1
print(g.magic, g.z, g.nope)
class W:
    def who(self):
        return __class__.__name__
class W2(W): pass
print(W2().who())
print(list[int], dict[str, int], int | None, isinstance(3, int | str), isinstance(None, int | None), (list[int])([1, 2]))
