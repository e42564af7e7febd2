import collections, contextlib, copy, functools, itertools, math, operator, os, os.path as osp, re, string, sys, textwrap, types, typing, inspect, pathlib, heapq, bisect, io
from collections import OrderedDict, defaultdict, namedtuple, Counter, deque, ChainMap
from typing import Any, Dict, List, NamedTuple, Optional, Union, TypeVar, Generic, Callable, Tuple

P = namedtuple('P', 'x y', defaults=[5])
p = P(1)
print(p, p.y, p._replace(x=3), P._fields, p == (1, 5), p[0], [*p], P._make([7, 8])._asdict(), isinstance(p, tuple), P.__name__)
try:
    P()
except TypeError as e:
    print(e)
class N(NamedTuple):
    a: int
    b: str = 'q'
    def both(self):
        return f'{self.a}{self.b}'
print(N(1), N(1).both(), N._fields, N(a=2, b='r').b, N.__annotations__)
d = OrderedDict([('a', 1), ('b', 2)])
d.move_to_end('a')
print(d, list(d), d == OrderedDict([('a', 1), ('b', 2)]), d == {'a': 1, 'b': 2}, d.popitem(last=False))
dd = defaultdict(list); dd['x'].append(1); print(dd, dict(dd), dd.get('z'), 'z' in dd)
print(Counter('abracadabra').most_common(2), Counter(a=1) + Counter(a=2, b=1), Counter('ab')['z'])
q = deque([1, 2, 3], maxlen=3); q.append(4); q.appendleft(0); print(q, q.pop(), len(q)); q.rotate(1); print(list(q))
print(ChainMap({'a': 1}, {'a': 2, 'b': 3})['b'])
f = functools.partial(int, base=2)
print(f('101'), f.keywords, functools.reduce(operator.add, [1, 2, 3], 10))
@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(50), fib.__name__, fib.__wrapped__.__name__)
def deco(fn):
    @functools.wraps(fn)
    def inner(*a, **k):
        "inner doc"
        return fn(*a, **k) + 1
    return inner
@deco
def named(x):
    "its doc"
    return x
print(named(1), named.__name__, named.__doc__, named.__wrapped__(1), inspect.signature(named))
class CP:
    n = 0
    @functools.cached_property
    def v(self):
        CP.n += 1
        return CP.n
c = CP(); print(c.v, c.v, CP.n, c.__dict__)
@functools.total_ordering
class TO:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v
print(TO(1) <= TO(2), TO(1) > TO(2), TO(2) >= TO(2))
print(list(itertools.chain([1], (2, 3), 'a')), list(itertools.islice(itertools.count(3, 2), 3)), list(itertools.product('ab', repeat=2))[:3], list(itertools.permutations([1, 2, 3], 2))[:4],
      list(itertools.combinations('abc', 2)), list(itertools.accumulate([1, 2, 3])), [(k, list(g)) for k, g in itertools.groupby('aabbb')], list(itertools.zip_longest([1], [2, 3], fillvalue=0)),
      list(itertools.repeat(1, 2)), list(itertools.chain.from_iterable([[1], [2]])), list(itertools.takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(itertools.starmap(pow, [(2, 3)])), list(itertools.pairwise([1, 2, 3])))
print(operator.itemgetter(1, 0)([5, 6]), operator.attrgetter('a.b')(types.SimpleNamespace(a=types.SimpleNamespace(b=3))), operator.methodcaller('upper')('x'), operator.mul(2, 3))
a = [1, {'b': [2]}, (3, [4])]
b = copy.deepcopy(a); b[1]['b'].append(9); b[2][1].append(8); print(a, b)
same = [1]; pair = copy.deepcopy([same, same]); print(pair[0] is pair[1])
loop = []; loop.append(loop); l2 = copy.deepcopy(loop); print(l2[0] is l2)
class DC:
    def __init__(self): self.v = [1]
    def __deepcopy__(self, memo):
        n = DC(); memo[id(self)] = n; n.v = copy.deepcopy(self.v, memo); n.v.append('d'); return n
print(copy.deepcopy(DC()).v, copy.copy(a)[1] is a[1])
print(math.ceil(1.2), math.floor(-1.2), math.log2(8), math.log(8, 2), math.sqrt(16), math.pi, math.gcd(12, 18), math.prod([2, 3]), math.isclose(0.1 + 0.2, 0.3), math.inf, math.factorial(10), math.hypot(3, 4), math.log10(1000), math.exp(0), math.comb(5, 2), math.trunc(-1.7), math.fsum([.1] * 10))
print(osp.join('a', '/b', 'c'), osp.splitext('x/y.tar.gz'), osp.basename('/a/b/'), osp.dirname('/a/b.py'), osp.normpath('a/./b/../c'), osp.isabs('/a'), osp.split('a/b'), os.sep)
print(re.match(r'(\w+)-(?P<n>\d+)', 'ab-12 x').groups(), re.sub(r'\d', lambda m: str(int(m[0]) + 1), 'a1b9'), re.findall(r'a(b)?', 'abaa'), re.split(r'[,;]\s*', 'a, b;c'), re.search('z', 'a'), re.fullmatch('a|ab', 'ab') is not None, re.compile('^x', re.M).findall('x\nx'), re.sub('(a)(b)', r'\2\1', 'abab'), re.escape('a.b*c'), bool(re.match('.*$', 'a\n')), re.match(r'a{2,}', 'aaa').span())
print(string.ascii_lowercase[:3], textwrap.dedent('  a\n   b\n'), sys.version_info >= (3, 8), sys.version_info[0], sys.version_info.major)
T = TypeVar('T')
class Box(Generic[T]):
    def __init__(self, v: T) -> None: self.v = v
print(Box[int](3).v, Optional[int], isinstance([], List), Dict[str, Any].__origin__, issubclass(Box, Generic), Union[int, str], typing.cast(int, 'a'), Callable[[int], str] is not None, Tuple[int, ...] is not None)
@contextlib.contextmanager
def cm(x):
    print('in', x)
    try:
        yield x * 2
    finally:
        print('out')
with cm(2) as v:
    print(v)
with contextlib.suppress(KeyError):
    {}['a']
with contextlib.ExitStack() as st:
    st.enter_context(cm(1)); st.callback(print, 'cb')
@cm(5)
def decorated(): return 'd'
print(decorated())
def spec(a, b=1, /, c=2, *args, d, e=5, **kw): pass
print(inspect.signature(spec), inspect.getfullargspec(spec).args, inspect.getfullargspec(spec).kwonlyargs, inspect.isfunction(spec), inspect.isclass(Box), list(inspect.signature(Box).parameters))
print(inspect.signature(spec).bind(1, d=2).arguments, inspect.signature(functools.partial(spec, 1, d=3)))
pp = pathlib.Path('a/b') / 'c.txt'
print(pp, pp.name, pp.suffix, pp.stem, pp.parent, pp.with_suffix('.py'), str(pp), pp.parts)
h = [3, 1, 2]; heapq.heapify(h); print(heapq.heappop(h), bisect.bisect([1, 3, 5], 3), bisect.bisect_left([1, 3, 5], 3))
s = io.StringIO(); s.write('abc'); print(s.getvalue(), file=s); print(repr(s.getvalue()))
ns = types.SimpleNamespace(a=1); ns.b = 2; print(ns)
