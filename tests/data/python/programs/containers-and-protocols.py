"""Dictionaries, sets, iterators, instances that make themselves, sorting and code that is run."""
s = {1, 2, 3}; t = {3, 4}; print(s & t, s | t, s - t, s ^ t, s <= {1, 2, 3, 4}, s < s, s >= {1}, s.issubset([1, 2, 3]), s.isdisjoint([5]), s.union([9], (8,)), s.intersection([1], [1, 2]), s.difference([1]), s.symmetric_difference([1, 7]), len(s), 2 in s, set('aab') == {'a', 'b'}, set(), frozenset([1]), {1} == frozenset([1]), hash(frozenset([1, 2])) == hash(frozenset([2, 1])), s.copy() is s)
s.add(5); s.discard(9); s.remove(1); s.update([7], {8}); s &= {2, 3, 5, 7}; s |= {1}; s -= {7}; s ^= {3, 4}; print(sorted(s)); s.intersection_update([1, 2]); s.difference_update([1]); s.symmetric_difference_update([3]); print(sorted(s), frozenset({1}) | {2}, type(frozenset({1}) | {2}), type({2} | frozenset({1})))
for f in (lambda: set().remove(1), lambda: set().pop(), lambda: {[]}, lambda: set(5), lambda: {1} | [2], lambda: {1} < 5, lambda: {1}[0], lambda: set(1, 2), lambda: frozenset().add(1), lambda: hash(set()), lambda: {1} + {2}, lambda: {1}.union(5), lambda: {1} & 'a', lambda: set([[1]]), lambda: {1}.add(), lambda: {{}}, lambda: set(a=1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print({frozenset({1}): 'x'}[frozenset({1})], set([1]) in {frozenset([1])}, sorted({3, 1, 2}), {True, 1, 1.0}, max({1, 5}), sum({1, 2}))

class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n <= 0: raise StopIteration
        self.n -= 1; return self.n
print(list(It(3)), sum(It(4)), 2 in It(5), [*It(2)], dict(zip('ab', It(2))), tuple(It(2)), max(It(3)), sorted(It(3)), ' '.join(map(str, It(3))), list(zip(It(2), It(3))), any(It(1)), list(enumerate(It(2))), list(map(lambda a, b: a + b, It(2), It(2))))
a, b = It(2); print(a, b); a, *c = It(4); print(c)
i = iter([1, 2]); print(next(i), next(i), next(i, 'd'))
try: next(i)
except StopIteration as e: print(repr(e), e.value)
try: next(5)
except TypeError as e: print(e)
try: next([1])
except TypeError as e: print(e)
r = reversed([1, 2]); print(list(r), list(r)); 
class S:
    def __len__(self): return 3
    def __getitem__(self, i): return i * 10
print(list(reversed(S())), [x for x, _ in zip(S(), range(2))])
try: reversed(5)
except TypeError as e: print(e)
try: reversed({1})
except TypeError as e: print(e)
class R:
    def __reversed__(self): return iter('xyz')
print(list(reversed(R()))); z = zip([1, 2], [3]); print(next(z), list(z)); m = map(None, [1])
try: next(m)
except TypeError as e: print(e)

class Base:
    count = 0
    def __init_subclass__(cls): Base.count += 1
    def __new__(cls, *a): o = super().__new__(cls); o.made = True; return o
class C1(Base): pass
class C2(Base):
    def __init__(self, a): self.a = a
print(Base.count, C1().made, C2(5).a, isinstance(C2(1), Base))
class Single:
    _i = None
    def __new__(cls):
        if cls._i is None: cls._i = super().__new__(cls)
        return cls._i
print(Single() is Single())
class Other:
    def __new__(cls): return 5
    def __init__(self): print('never')
print(Other())

class Temp:
    def __init__(self): self._c = 0
    def get(self): return self._c
    def set(self, v):
        if v < -273: raise ValueError('too cold')
        self._c = v
    c = property(get, set, doc='celsius')
t = Temp(); t.c = 5; print(t.c, Temp.c.__doc__, Temp.c.fget.__name__)
try: t.c = -300
except ValueError as e: print(e)
class RO:
    @property
    def x(self): return 1
try: RO().x = 5
except AttributeError as e: print(e)
try: del RO().x
except AttributeError as e: print(e)
class WO:
    x = property(None, lambda s, v: None)
try: WO().x
except AttributeError as e: print(e)
class Sub(RO):
    @property
    def x(self): return super().x + 1
    @x.setter
    def x(self, v): print('set', v)
s = Sub(); s.x = 9; print(s.x); print(type(RO.x), repr(RO.x)[:16], isinstance(RO.x, property))

def f(x, *, y=2) -> int:
    "doc"
    return x
f.attr = 5; print(f.attr, f.__name__, f.__qualname__, f.__doc__, f.__module__, f.__defaults__, f.__kwdefaults__, f.__annotations__, callable(f), f.__dict__, f.__class__, f.__code__.co_name)
class A:
    def m(self): "md"
    class B:
        def n(self): pass
print(A.m.__qualname__, A.B.n.__qualname__, A().m.__doc__, A.B.__qualname__, A.B, (lambda: 0).__name__, (lambda: 0).__qualname__)
try: f.__name__ = 5
except TypeError as e: print(e)
print(repr(f)[:12], repr(A.m)[:15], repr(A().m)[:20], repr(len), repr([].append)[:24], repr(str.upper), repr(int.__add__), repr((5).__add__)[:20], repr(A().B)[:25], repr(print), repr(type), repr(dict.fromkeys)[:30])

print('%s' % 1e16, 1e16, 1e15 + 0.5, 123456789012345678, 0.1 + 0.2, 1/3, 2/3, 100/3, 1e-7, 1.0e+300, -1e-300, 5e-324, 2**0.5, 1e23, 1.5e300*1e10)
print(f'{1234.5678:.2e} {0.00001234:g} {123456789:g} {1e10:g} {0:e} {1e-10:.3g} {255:08b} {255:o} {-255:x} {3.0:g} {1e5:g} {1e16:g} {100000:,} {1e6:,.0f} {0.5:.0%} {1.5:+} {-0.0:+} {12345.6789:12.2f}| {12345:<10}| {12345:^10}| {12345:=+10}| {True:d} {65:c}')
print(round(1.005, 2), round(2.5), round(-1.5), round(1e300), round(123.456, -1), round(15, -1), round(25, -1), int(-3.7), int(3.7), 7 // -2, -7 % 3, 7.5 // 2, -7.5 % 2, divmod(-7, 2), 2 ** -2, (-8) ** (1/3) if 0 else '', 10 ** 20, 1e3 == 1000, 0.1 + 0.2 == 0.3)
print(int('0b101', 0), int('-0x1f', 16), int(' 12 '), float(' 1e3 '), float('-inf'), complex('1-2j'), 1_000.5_0, 0xff_ff, bin(-5), hex(255), oct(8), (255).to_bytes(2, 'little'), 3 .real, 1e400, -1e400, 1e308 * 10 - 1e308 * 10)

data = [('b', 2), ('a', 2), ('c', 1)]; print(sorted(data, key=lambda x: x[1]), sorted(data, key=lambda x: (-x[1], x[0])), sorted(data, reverse=True), sorted(data, key=lambda x: x[1], reverse=True)); data.sort(); print(data)
class K:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
    def __repr__(self): return f'K{self.v}'
print(sorted([K(3), K(1), K(2)]), max([K(1), K(5)], key=lambda k: k.v), min(K(1), K(0)) if 0 else '')
import functools; print(sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)), sorted('bAc', key=str.swapcase), sorted([[2], [1, 5], []]), sorted([(1, 'a'), (1, 'B')]), sorted([True, False, 2, 0.5]), sorted({'b': 1, 'a': 2}.items(), key=lambda kv: kv[1]))

import string
print('abc' 'def', 'a' * 3, 'ab' in 'cabd', 'a' not in 'b', 'abc'[::-1], 'abc'[-2:], 'hello world'.title(), 'Hello'.swapcase(), 'a,b,,c'.split(','), ' x '.strip() + '|', 'abc'.find('c'), 'aXbX'.replace('X', '-'), '-'.join('abc'), 'abc'.index('b'), 'a\tb'.expandtabs(4), 'abc'.zfill(5), '%05.1f' % 3.14159, '{:>8}'.format('x'), 'abc'.partition('b'), 'x=1;y=2'.split(';'), 'line1\nline2'.splitlines(), 'abc' < 'abd', 'é'.encode('utf-8'), b'\xc3\xa9'.decode(), 'ß'.upper(), 'straße'.casefold(), '\u00e9' == 'é', len('👍'), 'a' 'b' * 2, 'tEST'.capitalize(), 'x'.isidentifier(), '1'.isdigit(), 'Ⅷ'.isnumeric())

ns = {}
exec('''
class Foo:
    def bar(self): return 42
def baz(n): return n * 2
x = [i for i in range(3)]
''', ns)
print(ns['Foo']().bar(), ns['baz'](4), ns['x'], eval('baz(3)', ns), sorted(k for k in ns if not k.startswith('__')))
l = {}; exec('y = z + 1', {'z': 5}, l); print(l)
try: exec('raise ValueError("in exec")')
except ValueError as e: print(e)
try: eval('1/0')
except ZeroDivisionError as e: print(e)
try: exec('def f(:')
except SyntaxError as e: print(type(e).__name__, e.msg, e.lineno)
print(eval('[x for x in range(3)]'), eval('lambda: 5')(), eval("__import__('math').pi"))

def app(x, acc=[]): acc.append(x); return acc
print(app(1), app(2), app.__defaults__)
fns = [lambda: i for i in range(3)]; print([f() for f in fns])
def outer():
    x = 1
    def inner():
        nonlocal x; x += 1; return x
    def get(): return x
    return inner, get
i, g = outer(); i(); print(g())
class Acc:
    total = 0
    def add(self, n): self.total += n; return self
print(Acc().add(5).add(6).total, Acc.total)
x = 5
def shadow():
    x = 10
    class In:
        y = x
        def z(self): return x
    return In.y, In().z()
print(shadow())
