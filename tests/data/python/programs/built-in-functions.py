"""What built-in functions take, give and refuse."""
assert any([1]); assert not any([]); assert not any([0, 0.0, '', None])
assert all([]); assert not all([1, 0])
class TestMatchingClass(dict): pass
print(TestMatchingClass(a=1))
print(list(map(lambda x, y: x*y, [1,2,3], [4,5])))

print(ascii('hello'), ascii('é'), ascii('安'), ascii('\U0001f600'), ascii(b'\xff'), ascii(['é']))

for f in bin, hex, oct:
    print(f(0), f(-5), f(2**70), f(True))
    try: f(1.5)
    except TypeError as e: print(e)
class I:
    def __index__(self): return 42
print(bin(I()), hex(I()), oct(I()))
class J:
    def __index__(self): return 'x'
try: hex(J())
except TypeError as e: print(e)

print(chr(97), chr(0x10ffff) == '\U0010ffff', ord('a'), ord(b'a'))
for a in (-1, 0x110000, 2**40):
    try: chr(a)
    except Exception as e: print(type(e).__name__, e)
for a in ('', 'ab', b'ab', 5, None):
    try: ord(a)
    except Exception as e: print(type(e).__name__, e)

class A: pass
class B:
    def __call__(self): pass
print(callable(A), callable(A()), callable(B()), callable(len), callable(lambda: 0), callable(1))

class A:
    x = 1
    def f(self): pass
print([n for n in dir(A()) if not n.startswith('__')])
class B:
    def __dir__(self): return ['q', 'a', 'b']
print(dir(B()))
def f():
    zz = 1; yy = 2
    return dir()
print(f())
class C:
    def __dir__(self): return 5
try: dir(C())
except TypeError as e: print(e)

print(divmod(7, -3), divmod(-7, 3), divmod(7.5, 2), divmod(-7.5, 2), divmod(True, 2))
for a, b in ((1, 0), (1.0, 0), (1, 0.0), ('a', 1), (1j, 1)):
    try: print(divmod(a, b))
    except Exception as e: print(type(e).__name__, e)

print(list(enumerate('abc', 5)), list(enumerate([], start=3)))
e = enumerate('ab'); print(next(e), e.__class__, iter(e) is e)
try: enumerate()
except TypeError as e: print(e)
try: enumerate(1)
except TypeError as e: print(e)
try: enumerate('a', 'b')
except TypeError as e: print(e)
print(list(enumerate('ab', 10**30)))

x = 10
def g():
    x = 20
    exec('x = 30')
    return x
print(g())
print(exec('x=1'))
def h():
    exec('nn = 5')
    return locals()
print(h())

print(list(filter(None, [0, 1, '', 'a', [], [1]])), list(filter(lambda x: x > 2, range(5))))
f = filter(None, [1]); print(next(f), next(f, 'end'))
try: filter(None)
except TypeError as e: print(e)
try: list(filter(5, [1]))
except TypeError as e: print(e)

print(format(5), format(5, 'x'), format('a', '>5'), format(1.5, '.3f'), format(None), format([1]))
try: format([1], '5')
except TypeError as e: print(e)
try: format(5, 's')
except ValueError as e: print(e)
class A:
    def __format__(self, spec): return 'spec=' + spec
print(format(A(), 'abc'), f'{A():x{1}y}', '{:hey}'.format(A()))
class B:
    def __format__(self, spec): return 5
try: format(B())
except TypeError as e: print(e)
try: format(1, 5)
except TypeError as e: print(e)

print(hash(1) == hash(1.0) == hash(True), hash('a') == hash('a'), hash((1, 2)) == hash((1, 2)), hash(-1), hash(-2), hash(0.5), hash(2**61-1), hash(2**61), hash(10**20), hash(float('inf')), hash(1j), hash(None) == hash(None))
for x in ([], {}, set(), bytearray(), slice(1)):
    try: print(hash(x))
    except TypeError as e: print(e)
class A:
    def __hash__(self): return 2**65
print(hash(A()))
class B:
    def __hash__(self): return 'a'
try: hash(B())
except TypeError as e: print(e)
class C:
    def __eq__(self, o): return True
try: hash(C())
except TypeError as e: print(e)
print(C.__hash__)
class D:
    def __hash__(self): return -1
print(hash(D()))

print(isinstance(1, int), isinstance(True, int), isinstance(1, (str, (float, int))), isinstance(1, int | str), issubclass(bool, int), issubclass(int, (str, object)))
for f, a in ((isinstance, (1, 1)), (issubclass, (1, int)), (isinstance, (1, (int, 1))), (isinstance, ('a', (int, 1))), (issubclass, (int, 'a')), (isinstance, (1, list[int]))):
    try: print(f(*a))
    except TypeError as e: print(e)
class M(type):
    def __instancecheck__(cls, x): return x == 3
    def __subclasscheck__(cls, x): return x is int
class A(metaclass=M): pass
print(isinstance(3, A), isinstance(4, A), issubclass(int, A), issubclass(str, A), isinstance(A(), A))

it = iter([1,2,3].pop, 1); print(list(it))
class C:
    def __init__(self): self.n = 0
    def __call__(self): self.n += 1; return self.n
print(list(iter(C(), 4)))
try: iter(5)
except TypeError as e: print(e)
try: iter(5, 6)
except TypeError as e: print(e)
class S:
    def __getitem__(self, i):
        if i > 3: raise IndexError
        return i * 2
print(list(S()), 4 in S(), list(reversed([1, 2])))
class N:
    def __iter__(self): return 5
try: iter(N())
except TypeError as e: print(e)

class A:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
print(len(A(5)), bool(A(0)), bool(A(1)))
for n in (-1, 'a', 1.5, 2**70):
    try: len(A(n))
    except Exception as e: print(type(e).__name__, e)
try: len(5)
except TypeError as e: print(e)

print(min(1, 2), max([3, 1]), min('abc'), max(1, 2, key=lambda x: -x), min([], default=5), max([[1], [2, 3]], key=len))
for f in ((lambda: min()), (lambda: min([])), (lambda: min(1, 2, default=3)), (lambda: max(1)), (lambda: max(1, 'a')), (lambda: min([1], foo=2)), lambda: max(1, 2, key=5)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
nan = float('nan')
print(max(nan, 1), max(1, nan), min(1, nan))

print(pow(2, 10), pow(2, -1), pow(2, 10, 1000), pow(3, -1, 7), pow(-2, 3, 5), pow(2, 0.5), pow(0, 0), pow(-8, 1/3))
for a in ((2, -1, 4), (2, 3, 0), (2, 3.0, 5), (0, -1), (0.0, -1), ('a', 2), (2, 3, 'a')):
    try: print(pow(*a))
    except Exception as e: print(type(e).__name__, e)
print(pow(base=2, exp=3, mod=5), pow(2, exp=3))

print(1, 2, sep='-', end='!\n'); print(); print(sep='x'); print('a', None, 1.0, sep=None, end=None)
try: print(1, sep=5)
except TypeError as e: print(e)
try: print(1, end=5)
except TypeError as e: print(e)
try: print(1, foo=5)
except TypeError as e: print(e)
import io
f = io.StringIO(); print('hi', 5, file=f, sep=',', flush=True); print(repr(f.getvalue()))
class W:
    def write(self, s): out.append(s)
out = []; print('a', 'b', file=W()); print(out)

print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234, -2), round(1250, -2), round(1350, -2), round(1e20), round(0.5), round(1.5, None), round(2.5, 0), round(True), round(-0.4), round(12345.678, -2))
for a in ((float('nan'),), (float('inf'),), ('a',), (1.5, 'a'), (1j,)):
    try: print(round(*a))
    except Exception as e: print(type(e).__name__, e)
class A:
    def __round__(self, n=7): return n
print(round(A()), round(A(), 2), round(A(), None))
print(round(number=2.567, ndigits=1))

print(sorted([3, 1, 2]), sorted('hello', reverse=True), sorted(['b', 'A', 'c'], key=str.lower), sorted({3: 1, 1: 2}))
try: sorted([1, 'a'])
except TypeError as e: print(e)
try: sorted([1], lambda x: x)
except TypeError as e: print(e)
try: sorted()
except TypeError as e: print(e)
l = [(1, 'b'), (0, 'z'), (1, 'a'), (0, 'y')]
print(sorted(l, key=lambda t: t[0]), sorted(l, key=lambda t: t[0], reverse=True))

print(sum([1, 2]), sum([], 5), sum([[1], [2]], []), sum([0.1] * 10), sum((1, 2), start=10), sum([1, 2.5, True]))
for a in ((['a'], ), (['a'], 'b'), ([b'a'], b''), ([bytearray()], bytearray()), (5,), ([[1]],)):
    try: print(sum(*a))
    except Exception as e: print(type(e).__name__, e)

class A:
    def __init__(self): self.x = 1
print(vars(A()), 'A' in globals(), 'x' in vars(A()))
try: vars(5)
except TypeError as e: print(e)
def f(a, b=2):
    c = 3
    return locals()
print(f(1))

print(list(zip('ab', [1, 2, 3])), list(zip()), list(zip([1])), list(zip(*[(1, 2), (3, 4)])))
try: list(zip([1], [1, 2], strict=True))
except ValueError as e: print(e)
try: list(zip([1, 2], [1], strict=True))
except ValueError as e: print(e)
try: list(zip([1, 2], [1, 2], [1], strict=True))
except ValueError as e: print(e)
try: zip(1)
except TypeError as e: print(e)
try: zip([], foo=1)
except TypeError as e: print(e)

print(abs(-5), abs(-5.5), abs(3+4j), abs(True), abs(-2**70), abs(-0.0))
try: abs('a')
except TypeError as e: print(e)
class A:
    def __abs__(self): return 'abs'
print(abs(A()))

s = slice(1, 10, 2); print(s, s.start, s.stop, s.step, s.indices(5), slice(None, None, -1).indices(5), slice(5) == slice(None, 5, None), slice(-3, None).indices(10))
try: slice()
except TypeError as e: print(e)
try: slice(1, 2, 0).indices(5)
except ValueError as e: print(e)
try: [1][::0]
except ValueError as e: print(e)
try: [1]['a':]
except TypeError as e: print(e)
class G:
    def __getitem__(self, i): return i
g = G(); print(g[1:2], g[1:2, 3], g[...], g[::], g[1, 2], g[()], g[:, None])
print(slice(1,2) < slice(1,3), repr(slice('a', [], ())))
a = list(range(10)); a[::2] = 'abcde'; print(a)
try: a[::2] = 'ab'
except ValueError as e: print(e)
del a[1:5:2]; print(a); a[2:2] = [7, 8]; print(a); a[5:] = []; print(a)

o = object(); print(type(o), o == o, o != object(), bool(o))
try: object(1)
except TypeError as e: print(e)
try: o.x = 1
except AttributeError as e: print(e)
class A: pass
try: A(1)
except TypeError as e: print(e)
class B:
    def __init__(self, x): pass
try: B()
except TypeError as e: print(e)
class C:
    def __new__(cls, x): return super().__new__(cls)
try: C()
except TypeError as e: print(e)
print(type(C(1)))
try: object.__new__(5)
except TypeError as e: print(e)
try: object.__new__(int)
except TypeError as e: print(e)

class A:
    x = 1
a = A(); print(getattr(a, 'x'), getattr(a, 'y', 5), hasattr(a, 'y')); setattr(a, 'z', 9); print(a.z); delattr(a, 'z'); print(hasattr(a, 'z'))
for f in (lambda: getattr(a, 'q'), lambda: getattr(a, 5), lambda: delattr(a, 'q'), lambda: setattr(a, 5, 1), lambda: getattr(a), lambda: hasattr(a, 1), lambda: del_x()):
    try: f()
    except Exception as e: print(type(e).__name__, e)

c = 3 + 4j; print(c, c.real, c.imag, c.conjugate(), abs(c), c * c, c / 2, c ** 2, -c, +c, c == 3+4j, complex('1+2j'), complex(1, 2), complex('1'), complex(), complex('j'), complex('-1e3J'), repr(complex(0, -0.0)), repr(complex(-0.0, 1)), complex(float('nan'), float('inf')))
for f in (lambda: complex('a'), lambda: complex('1 + 2j'), lambda: complex('1', 2), lambda: complex(1, '2'), lambda: c < c, lambda: c // 2, lambda: c % 2, lambda: int(c), lambda: float(c), lambda: complex([]), lambda: 1j / 0):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print((1+2j).__class__, hash(1+0j) == hash(1), 1j ** 2, (2+0j) ** -1, 0j ** 0, format(1+2j, '.2f'), '{:>10}'.format(1j), f'{1.5+2.25j:.1f}', complex(1e308, 1e308) * 10, 1j * float('inf'))
class A:
    def __complex__(self): return 5j
print(complex(A()))
class B:
    def __float__(self): return 2.5
print(complex(B()), complex(B(), 1))
