"""Containers, iterators, typing and copies of the library."""
from collections import *
d = defaultdict(list); d['a'].append(1); print(d, d['b'], dict(d), d.default_factory, 'z' in d, d.get('q'))
try: defaultdict(5)
except TypeError as e: print(e)
d = defaultdict(); 
try: d['x']
except KeyError as e: print(repr(e))
print(defaultdict(int, a=1), defaultdict(lambda: 5)['x'], defaultdict(int).copy(), defaultdict(int, {1: 2}) | {3: 4})
c = Counter('abracadabra'); print(c, c.most_common(2), c['z'], c + Counter('aa'), c - Counter('aaab'), c & Counter('aab'), c | Counter('zz'), sorted(c.elements()), c.total(), -Counter(a=-1), +Counter(a=0)); c.update('aa'); c.subtract('a'); print(c['a']); del c['a']; print('a' in c, Counter(a=1) == Counter(a=1, b=0), Counter([1, 1]), Counter({'a': 2}), Counter(a=1) < Counter(a=2))
o = OrderedDict([('a', 1), ('b', 2)]); o.move_to_end('a'); print(o, o.popitem(last=False), o, list(reversed(o)), OrderedDict(a=1) == {'a': 1}, OrderedDict([(1, 2), (3, 4)]) == OrderedDict([(3, 4), (1, 2)]))
try: OrderedDict().popitem()
except KeyError as e: print(e)
try: o.move_to_end('zz')
except KeyError as e: print(e)
q = deque([1, 2, 3], maxlen=3); q.append(4); q.appendleft(0); print(q, q.maxlen, q[0]); q.rotate(1); print(q); q.extend([7, 8]); q.extendleft('ab'); print(q, q.count('b'), q.index('a')); q.reverse(); print(q, q.pop(), q.popleft(), len(q), deque('abc') == deque('abc'), deque([1]) < deque([2]), deque([1]) + deque([2]), deque([1]) * 2, 5 in q)
for f in (lambda: deque().pop(), lambda: deque().popleft(), lambda: deque([1])[5], lambda: deque([1]).remove(5), lambda: deque([1]).index(5), lambda: deque(maxlen=-1), lambda: deque(5), lambda: deque([1], maxlen=1).insert(0, 5), lambda: deque([1])[0:1], lambda: hash(deque())):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
P = namedtuple('P', 'x y', defaults=[5]); p = P(1); print(p, p.x, p[1], p._asdict(), p._replace(x=9), P._fields, P._field_defaults, P._make([3, 4]), p == (1, 5), repr(P), isinstance(p, tuple), P.__doc__, *p)
for f in (lambda: P(), lambda: P(1, 2, 3), lambda: p._replace(z=1), lambda: namedtuple('Q', 'a a'), lambda: namedtuple('Q', 'def'), lambda: namedtuple('1', 'a'), lambda: namedtuple('Q', '_a'), lambda: setattr(p, 'x', 5), lambda: P._make([1]), lambda: p.z):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(namedtuple('R', 'a def a', rename=True)._fields)
m = ChainMap({'a': 1}, {'a': 2, 'b': 3}); print(m, m['a'], m['b'], dict(m), m.maps, m.new_child({'c': 5})['c'], m.parents, len(m)); m['z'] = 9; print(m.maps[0])
try: m['q']
except KeyError as e: print(e)
class U(UserDict):
    def __setitem__(self, k, v): super().__setitem__(k, v * 2)
u = U(a=1); u['b'] = 2; print(u, u.data, len(u)); print(UserList([1, 2]) + [3], UserString('ab').upper())

import copy
a = [1, [2, 3], {'k': (4, [5])}]; b = copy.copy(a); c = copy.deepcopy(a); print(b == a, b is a, b[1] is a[1], c[1] is a[1], c == a, c[2]['k'][1] is a[2]['k'][1])
r = []; r.append(r); d = copy.deepcopy(r); print(d[0] is d)
class A:
    def __init__(self): self.x = [1]
    def __copy__(self): return 'copied'
    def __deepcopy__(self, memo): return 'deep'
print(copy.copy(A()), copy.deepcopy(A()), copy.deepcopy([A()]))
class B:
    def __init__(self, v): self.v = v
b = B([1]); c = copy.deepcopy(b); d = copy.copy(b); print(c.v is b.v, d.v is b.v, type(c))
t = (1, 2); print(copy.copy(t) is t, copy.deepcopy(t) is t, copy.deepcopy(slice(1, [2], 3)), copy.deepcopy(len) is len, copy.copy({1, 2}), copy.deepcopy({'a': {1}}))
s = slice([1], 2); x = copy.deepcopy(s); print(x == s, x.start is s.start)
class C:
    __slots__ = ('a',)
c = C(); c.a = [1]; e = copy.deepcopy(c); print(e.a, e.a is c.a)

import re
print(re.match(r'(\w+) (\w+)', 'hello world').groups(), re.search(r'\d+', 'ab12').group(), re.findall(r'a(b)?', 'abaab'), re.sub(r'(\w)', r'<\1>', 'ab'), re.sub('a', lambda m: m.group().upper(), 'banana', count=2), re.split(r'[,;]', 'a,b;c'), re.split('(,)', 'a,b'), re.fullmatch('a+', 'aaa').span(), re.compile('a', re.I), re.match('a', 'b'), re.escape('a.b*c'), [m.start() for m in re.finditer('a', 'banana')], re.subn('a', 'x', 'aa'), re.match(r'(?P<n>\d+)', '12').groupdict(), re.search('a', 'xay'), re.I, re.I | re.M, type(re.I), re.purge(), re.match('(a)(b)?', 'a').groups(), re.match('(a)(b)?', 'a').group(0, 1, 2), re.match('(?P<x>a)', 'a')['x'], re.template if 0 else '', re.compile('a').pattern, re.compile(r'(?P<a>x)(y)').groupindex, re.compile('(a)').groups)
for p in ('(', '*', '[', 'a{2,1}', '(?P<1>a)', '\\', '(?<a', 'a**', '(?P=x)', r'\1', '(?z)', '[b-a]', '(?P<a>x)(?P<a>y)', ')', '(?<=a*)b', 'x{,3', r'\N', '(?#', 'a++b' if 0 else 'a'):
    try: print(re.compile(p))
    except re.error as e: print(p, '|', e, e.pos)
m = re.match(r'(?P<y>\d{4})-(?P<m>\d\d)', '2020-05 rest'); print(m, m.group('y', 'm'), m.start('m'), m.end(), m.span(2), m.expand(r'\2/\g<y>'), m.lastgroup, m.lastindex, m.string, m.pos, m.endpos, m.re.pattern, bool(m), m.regs)
print(re.sub(r'(?i)A', 'x', 'aA'), re.findall(r'(?m)^\w', 'a\nb'), re.findall(r'(?s)a.b', 'a\nb'), re.findall(r'(?x) a # comment', 'a'), re.findall(r'\bfoo\b', 'foo food'), re.findall(r'(?<!x)a', 'xa a'), re.findall('a*?', 'aa'), re.split('', 'ab'), re.sub('', '-', 'ab'), re.findall(b'a', b'aa'), re.sub(r'\s+', ' ', 'a \n b'), re.findall(r'(a|b)+', 'abab'), re.match(r'(a+)+b', 'aaab').group(1))

import heapq, bisect
h = [3, 1, 2]; heapq.heapify(h); heapq.heappush(h, 0); print(h, heapq.heappop(h), heapq.heappushpop(h, 5), heapq.heapreplace(h, 9), h, heapq.nlargest(2, [1, 5, 3]), heapq.nsmallest(2, [1, 5, 3], key=lambda x: -x), list(heapq.merge([1, 3], [2, 4])))
try: heapq.heappop([])
except IndexError as e: print(e)
a = [1, 2, 2, 3]; print(bisect.bisect(a, 2), bisect.bisect_left(a, 2), bisect.bisect_right(a, 2, 0, 2)); bisect.insort(a, 2.5); print(a, bisect.bisect([1, 5], 3, key=lambda x: x))

from typing import *
print(List[int], Dict[str, int], Optional[int], Union[int, str], Union[int, None], Any, Callable[[int], str], Tuple[int, ...], Type[int], TypeVar('T'), Literal['a', 1], ClassVar[int], Final[int], list[int], int | str, int | None, Annotated[int, 5], get_origin(List[int]), get_args(Dict[str, int]), NoReturn, Iterable[int], Generator[int, str, None], Union[int], Optional[Union[int, str]])
class N(NamedTuple):
    a: int
    b: str = 'x'
print(N(1), N._fields, N.__annotations__, N._field_defaults)
class T(TypedDict, total=False): a: int
print(T(a=1), T.__annotations__, T.__total__)
X = TypeVar('X')
class G(Generic[X]):
    def f(self) -> X: ...
print(G[int], G.__parameters__, G[int]().__class__, G.__orig_bases__)
@runtime_checkable
class P(Protocol):
    def m(self): ...
class Q:
    def m(self): pass
print(isinstance(Q(), P), isinstance(5, P), cast(int, 'a'), get_type_hints(N), NewType('U', int)(5))
def f(a: int, b: 'str' = 'x') -> None: ...
print(f.__annotations__, get_type_hints(f))
@overload
def g(a: int): ...
def g(a): return a
print(g(1))

import io
s = io.StringIO('a\nb\nc'); print(s.readline(), s.read(), s.seek(0), list(s), s.tell()); s = io.StringIO(); s.write('x'); print(s.getvalue(), s.writable(), s.closed); s.close()
try: s.read()
except ValueError as e: print(e)
b = io.BytesIO(b'abc'); print(b.read(2), b.read(), b.getvalue(), b.seek(1), b.read(1), b.readline()); 
with io.StringIO('q') as f: print(f.read())
print(io.TextIOWrapper(io.BytesIO('é\n'.encode()), encoding='utf8').read())

import traceback, sys
def f(): 1/0
try: f()
except ZeroDivisionError as e:
    print(traceback.format_exception_only(type(e), e), sys.exc_info()[0], sys.exc_info()[1])
print(sys.exc_info())

import inspect
def f(a, b: int = 2, *args, c, d=5, **kw) -> str: "doc"
s = inspect.signature(f); print(s, list(s.parameters), s.parameters['b'].default, s.parameters['b'].annotation, s.return_annotation, s.parameters['args'].kind, inspect.isfunction(f), inspect.isclass(int), inspect.getdoc(f), inspect.ismethod(f), inspect.isgeneratorfunction(f), s.bind(1, c=3).arguments, inspect.getfullargspec(f))

import weakref
class A: pass
a = A(); r = weakref.ref(a); print(r() is a); w = weakref.WeakKeyDictionary(); w[a] = 5; print(w[a], len(w)); v = weakref.WeakValueDictionary(); v['k'] = a; print(v['k'] is a); p = weakref.proxy(a); p.x = 5; print(a.x)
try: weakref.ref(5)
except TypeError as e: print(e)

from collections import Counter
a = Counter(a=3, b=1); i = id(a); a += Counter(b=2, c=1); print(a, id(a) == i); a -= Counter(a=1); a |= Counter(z=5); a &= Counter(z=3, a=1); print(a, Counter(a=1) <= Counter(a=1), Counter(a=1) < Counter(a=1), Counter(a=2) > Counter(a=1), Counter(a=1) >= Counter(b=1))
try: Counter.fromkeys('a')
except NotImplementedError as e: print(e)
import operator
for f in (lambda: operator.concat(1, 2), lambda: operator.concat([1], (2,)), lambda: operator.abs(None), lambda: operator.abs('a')):
    try: print(f())
    except TypeError as e: print(e)
n = float('nan'); print(operator.countOf([n, n, 1], n), operator.indexOf([1, 2], 2), operator.iconcat([1], [2]))
