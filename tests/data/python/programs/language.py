import sys
# names and scopes
x = 'global'
def outer():
    x = 'outer'
    def inner():
        nonlocal x
        x += '!'
        return x
    def g():
        global x
        return x
    return inner(), g(), x, sorted(locals())
print(outer(), 'x' in globals(), globals()['x'])
globals()['made'] = 3
print(made)
class K:
    a = 1
    b = [0 for _ in range(2)]
    c = sorted(locals())
    def f(self, a=a): return a
print(K.b, [n for n in K.c if not n.startswith('_')], K().f(), [n for n in dir(K()) if not n.startswith('_')])
# calls
def f(a, /, b, *c, d=4, **e): return a, b, c, d, e
print(f(1, 2, 3, d=5, z=6), f(*[1, 2], **{'d': 9}), f(1, *(2,), *[3], **{}, q=1))
print((lambda *a, k=2, **kw: (a, k, kw))(1, k=3, m=4))
# walrus, chained, conditional, star
if (n := len('abc')) > 2 and 1 < n <= 3 != 4: print(n)
a, *b, c = range(5); print(a, b, c)
(d, e), [g, *h] = (1, 2), [3, 4, 5]; print(d, e, g, h)
print([y for x in range(3) if (y := x * x)], y)
print({**{'a': 1}, 'b': 2, **{'a': 3}}, [*'ab', *{1: 2}], {*[1], 2})
# strings
v, w = 3.14159, 10
print(f'{v:.2f} {v!r:>10} {w:{w}} {v=:.1f} {w=} {"nested " + f"{w}"} {{}} {w:,} {1234567:,} {w:#x} {w:+d} {0.5:%}')
print('%s %r %5.1f %-4d| %04d %% %(a)s' % {'a': 1} if False else '%s %r %5.1f %-4d| %04d %%' % ('a', 'b', 2.25, 7, 42))
print('{0} {1:>{2}} {a[0]} {b.real}'.format(1, 'x', 4, a=[7], b=3), '{:,}'.format(10 ** 6), '{!r}'.format('q'))
print('a,b,c'.split(','), 'a b  c'.split(), 'a,b,c'.rsplit(',', 1), 'abc'.center(9, '*'), 'abcabc'.find('c', 3), 'Ab'.swapcase(), 'x'.join('abc'), 'a-b'.partition('-'), 'abc'.startswith(('x', 'ab')), 'tEsT'.title(), 'a\tb'.expandtabs(4),
      'prefix_x'.removeprefix('prefix_'), 'ab'.ljust(4) + '|', '12'.zfill(5), '1a'.isalnum(), 'abc'.isidentifier(), 'a\nb\n'.splitlines(True), 'aXbX'.rpartition('X'), 'abc'.translate({97: 'z', 98: None}), 'é'.encode(), b'ab'.decode(), b'a' + b'b', b'abc'[1], b'abc'[1:], 'a' 'b' "c", r'\n', b'\x00\xff')
print(1j * 1j, (1 + 2j).real, complex(1, 2), abs(3 + 4j))
# numbers
print(7 // -2, -7 % 3, 2 ** -1, 2 ** 100, 10 / 4, 1e16, 1e-5, 0.1 + 0.2, round(2.5), round(-1.567, 2), divmod(-7, 2), int('0x1f', 16), int(3.9), float('inf'), 5 .bit_length(), (3.0).is_integer(), 0b101, 1_000, ~5, 5 ^ 3, 1 << 4, True + True, hash(1) == hash(1.0), int(True), abs(-3), pow(2, 5, 7), sum([0.1] * 3), min(3, 1, 2), max('a', 'bb', key=len), min([], default=0))
# containers
l = [3, 1, 2]; l.sort(reverse=True); l[1:2] = [9, 8]; del l[0]; l *= 2; print(l, l[::-1], l.index(8), l.count(9), l.pop(), sorted(l, key=lambda z: -z), list(reversed(l)))
dct = {'a': 1}; dct |= {'b': 2}; print(dct | {'c': 3}, dct.setdefault('z', []), dct.pop('a'), dct.keys() & {'b', 'q'}, dict.fromkeys('ab', 0), dict(zip('ab', [1, 2])), list(dct.items()), {1: 2} == {1.0: 2}, dict([('k', 'v')], m=1))
st = {1, 2, 3}; print(st & {2}, st | {4}, st - {1}, st ^ {1, 9}, st.issubset({1, 2, 3, 4}), {1} < {1, 2}, frozenset([1]) in {frozenset([1])}, len(st), st.isdisjoint({7}))
t = (1, 'a'); print(t + (2,), t * 2, t.index('a'), t < (1, 'b'), (1,), ())
print(list(zip([1, 2], 'ab')), list(enumerate('ab', 1)), list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(filter(None, [0, 1, '', 'a'])), any([0, 1]), all([]), list(range(10, 0, -3)), range(5)[1:3], len(range(0, 10, 3)))
print(slice(1, 2).indices(5), [1, 2, 3][slice(None, None, 2)])
# exceptions
def tries():
    try:
        raise ValueError('v')
    except (TypeError, ValueError) as e:
        try:
            raise KeyError('k') from e
        except KeyError as k:
            return type(k.__cause__).__name__, str(k), k.args
    else:
        return 'no'
    finally:
        print('finally')
print(tries())
class MyError(Exception):
    def __init__(self, msg, code=1):
        super().__init__(msg); self.code = code
try:
    raise MyError('bad', code=7)
except Exception as e:
    print(repr(e), e.code, isinstance(e, MyError), e.args)
for bad in (lambda: [][1], lambda: {}['q'], lambda: 1 / 0, lambda: int('x'), lambda: None.x, lambda: (1).foo, lambda: 'a' + 1, lambda: undefined, lambda: len(3), lambda: [1, 2] < 3, lambda: f(), lambda: (lambda: 0)(1), lambda: next(iter([])), lambda: 3(), lambda: {[]: 1}, lambda: 'abc'.nope(), lambda: 'a'.index('z')):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
# generators
def gen():
    got = yield 1
    print('got', got)
    try:
        yield 2
    except ValueError:
        yield 'caught'
    return 'r'
gg = gen(); print(next(gg), gg.send('s'), gg.throw(ValueError)); print(list(gg))
def dele():
    r = yield from gen()
    yield r
it = dele(); print(next(it), next(it), next(it), next(it, 'end'))
print(sum(i * i for i in range(4)), max((c, i) for i, c in enumerate('abc')))
# classes
class Base:
    count = 0
    def __init__(self, *a, **k): self.a = a; self.k = k; Base.count += 1
    def __repr__(self): return f'{type(self).__name__}{self.a}'
    @staticmethod
    def s(x): return x
    @classmethod
    def c(cls, *a): return cls(*a)
    @property
    def p(self): return self._p
    @p.setter
    def p(self, v): self._p = v * 2
    @p.deleter
    def p(self): del self._p
    def __eq__(self, o): return self.a == o.a
    def __hash__(self): return hash(self.a)
    def __getitem__(self, i): return self.a[i]
    def __len__(self): return len(self.a)
    def __call__(self, x): return x + 1
    def __contains__(self, x): return x in self.a
    def __add__(self, o): return Base(*self.a, *o.a)
    def __iadd__(self, o): self.a += o.a; return self
    def __enter__(self): return self
    def __exit__(self, *e): return True
    def __bool__(self): return False
    def __format__(self, spec): return f'<{spec}>'
    def __delitem__(self, i): print('del', i)
    def __setitem__(self, i, v): print('set', i, v)
    def __lt__(self, o): return self.a < o.a
class Left(Base):
    def m(self): return 'L'
class Right(Base):
    def m(self): return 'R'
class Both(Left, Right):
    def m(self): return super().m() + super(Left, self).m()
o = Both.c(1, 2)
o.p = 4
print(o, o.p, o.s(3), o == Base(1, 2), {o: 1}[Base(1, 2)], o[0], len(o), o(1), 2 in o, o + o, bool(o), f'{o:x}', o.m(), [k.__name__ for k in Both.__mro__], sorted([Base(2), Base(1)]), list(o), Both.__name__, o.__class__.__bases__ == (Left, Right))
o += Base(3); print(o); del o[0]; o[1] = 2
del o.p
print(hasattr(o, 'p'), getattr(o, 'zz', 'dflt'), callable(o), Base.count > 0)
with o as oo: raise ValueError
setattr(o, 'dyn', 1); print(vars(o)['dyn']); delattr(o, 'dyn'); print('dyn' in vars(o))
class Attr:
    def __getattr__(self, n):
        if n.startswith('x'): return n
        raise AttributeError(n)
    def __setattr__(self, n, v): object.__setattr__(self, n, v + 1)
at = Attr(); at.y = 1; print(at.y, at.xx, hasattr(at, 'q'))
def ann(a: int, b: 'str' = 'z') -> list: ...
print(ann.__annotations__, ann.__defaults__, ann.__name__, ann.__qualname__, ann.__module__, ann.__code__.co_varnames)
class Doc:
    """doc"""
    v: int = 3
    u: 'str'
print(Doc.__doc__, Doc.__annotations__, Doc().__doc__, Doc.__module__, Doc.__qualname__)
for i in range(3):
    if i == 1: continue
    if i == 5: break
else:
    print('else')
while True:
    break
assert 1 == 1, 'no'
try:
    assert 1 == 2, ('no', 1)
except AssertionError as e:
    print(e)
del x
try:
    x
except NameError as e:
    print(e)
print(type(3), type(None), type(print).__name__, type(lambda: 0).__name__, type(Base).__name__, Ellipsis, NotImplemented, __name__)
exec_ok = isinstance(sys.modules, dict)
print(exec_ok, 'sys' in sys.modules, sys.modules['sys'] is sys)
print(id(o) == id(o), o is o, o is not None, print is print)
