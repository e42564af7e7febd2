"""Containers that change, iterators that end, and what of the library goes with them."""
import collections, functools, itertools, math, operator, sys


def tries(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as e:
            print(type(e).__name__, e)


# slices that are assigned and deleted
l = list(range(10))
l[2:4] = 'abc'; print(l)
l[::2] = range(6) if len(l[::2]) == 6 else [0] * len(l[::2]); print(l)
l[5:2] = [9]; print(l)
del l[1:8:3]; print(l)
del l[-1], l[0]; print(l)
l[len(l):] = [7]; l[:0] = [8]; print(l)
l *= 2; print(l); l += (1,); print(l); l *= 0; print(l)


def assign(key, value, to=None):
    to = to if to is not None else [1, 2, 3, 4]
    to[key] = value
    return to


def delete(key, of=None):
    of = of if of is not None else [1, 2, 3, 4]
    del of[key]
    return of


tries(lambda: assign(slice(None, None, 2), [1]), lambda: assign(9, 1), lambda: assign('a', 1), lambda: assign(slice(0, 1), 5), lambda: delete(9), lambda: delete('a'),
      lambda: delete(slice(None, None, 0)), lambda: assign(0, 1, (1,)), lambda: delete(0, 'ab'), lambda: assign(slice(3, 0, -2), 'xy'), lambda: delete(slice(3, None, -2)))
b = bytearray(b'abcdef')
b[1:3] = b'XYZ'; print(b); del b[::2]; print(b); b += b'!'; b *= 2; print(b); b[0] = 65; print(b, b.pop(), b.pop(0), b)
tries(lambda: assign(0, 256, bytearray(b'a')), lambda: assign(0, 'a', bytearray(b'a')), lambda: assign(0, 1, b'a'), lambda: assign(slice(0, 1), [300], bytearray(b'a')))

# sorting: comparisons in order, keys, what may fail
class Noisy:
    def __init__(self, n): self.n = n
    def __lt__(self, other):
        print(self.n, '<', other.n, end='; ')
        return self.n < other.n
    def __repr__(self): return f'N{self.n}'


print(sorted([Noisy(n) for n in (3, 1, 2, 5, 4)]), sorted([Noisy(n) for n in (3, 1, 2)], reverse=True))
print(min(Noisy(2), Noisy(1)), max([Noisy(1), Noisy(3), Noisy(2)]))
nan = float('nan')
print(sorted([3, nan, 2, 1.5, nan, 0]), sorted([(i % 7, i) for i in range(70)], key=lambda p: p[0])[:12])
print(sorted(range(200), key=lambda n: (n * 37) % 101)[:20], sorted('hello world', reverse=True))


def changing():
    l = [3, 1, 2]
    l.sort(key=lambda x: l.append(x) or x)


tries(changing, lambda: sorted([1, 'a', 2]), lambda: [1, None].sort(), lambda: sorted([(1, {}), (1, {})]))

# iterators that came to their end stay there
l = [1, 2]
i = iter(l)
print(list(i), l.append(3), list(i), next(i, 'end'))
print([type(iter(x)).__name__ for x in ([], (), 'a', {}, {1}, range(1), b'', {}.items(), {}.values())], [type(reversed(x)).__name__ for x in ([], (), 'a', {}, range(1), {}.items())])


class Items:
    def __getitem__(self, i):
        if i > 2: raise StopIteration if i == 3 else IndexError
        return i * 10


print(list(Items()), 20 in Items(), list(iter([1, 2, 0, 3].pop, 0)))
d = {'a': 1, 'b': 2}


def grow():
    for k in d: d[k + 'x'] = 1


def shrink():
    s = {1, 2, 3}
    for x in s: s.discard(x)


tries(grow, shrink)
d = {'a': 1, 'b': [2]}
print(('a', 1) in d.items(), ('b', [2]) in d.items(), d.items() == {'b': [2], 'a': 1}.items(), d.keys() >= {'a'}, d.keys().isdisjoint(['c']))
print({nan: 1, float('nan'): 2, nan: 3}.__len__(), nan in [nan], [nan] == [nan], {1: 'a', 1.0: 'b', True: 'c'}, {0: 1, -0.0: 2})
print(d | {'c': 3}, {'z': 0} | d, d.setdefault('q', 5), d.popitem(), list(reversed(d)))


class Shown(list):
    def __getitem__(self, i): return 'item'
    def __iter__(self): return super().__iter__()


print(list(Shown([1, 2])), Shown([1])[0], Shown([3]).__iter__().__next__())


class Walked(dict):
    def __iter__(self): return iter(['k'])
    def keys(self): return ['k']
    def __getitem__(self, k): return 'v'


print(dict(Walked(a=1)), {**Walked(a=1)}, list(Walked(a=1)))
print(repr(frozenset([1])), type('S', (set,), {})([1]), type('F', (frozenset,), {})(), type('L', (list,), {})([1]))

# deque
q = collections.deque([1, 2, 3], maxlen=4)
q.append(4); q.appendleft(0); print(q, q.maxlen, q.index(2), q.count(1), 2 in q, q * 2, q + collections.deque([9]), list(reversed(q)))
q.rotate(1); print(q); q.rotate(-2); print(q); q.extendleft('ab'); print(q, q[0], q[-1], q == collections.deque('ba'), q.copy())
tries(lambda: collections.deque([], -1), lambda: collections.deque().pop(), lambda: q.index('zz'), lambda: q.insert(0, 1), lambda: q + [1], lambda: collections.deque([1]) < collections.deque([2]), lambda: collections.deque([], 'a'))

# itertools
print(list(itertools.islice(range(20), 2, 15, 4)), list(itertools.islice('abc', None)), list(itertools.accumulate([1, 2, 3], initial=10)), list(itertools.accumulate(iterable=[1, 2, 3], func=operator.mul)))
it = iter(range(10)); print(list(itertools.islice(it, 0, 5, 3)), list(it))
print(list(itertools.compress(data='abc', selectors=[1, 0, 1])), list(itertools.repeat(object=1, times=2)), list(zip(itertools.count(1, 2), 'ab')), list(itertools.pairwise('abcd')))
tries(lambda: itertools.islice([], -1), lambda: itertools.islice([], 0, 5, 0), lambda: itertools.repeat(1, 2, 3), lambda: itertools.accumulate([], foo=1), lambda: list(itertools.permutations([1], -1)))

# functools
calls = []
f = functools.lru_cache(lambda x: calls.append(x) or x)
print(f(1), f(1.0), f(True), f(1), f('1'), calls)
g = functools.lru_cache(typed=True)(lambda x: calls.append(x) or x)
print(g(1), g(1.0), g(1), len(calls), functools.partial(int, base=2)('101'), functools.reduce(operator.add, [1, 2], 5))
tries(lambda: functools.lru_cache('a'), lambda: functools.reduce(operator.add, []))

# exact mathematics
print(math.isqrt(10**40 + 1), math.isqrt(2**200), math.hypot(3, 4), math.hypot(1, 1), math.hypot(1e200, 1e200), math.hypot(5e-324, 5e-324), math.dist((1, 2), (4, 6)), math.hypot())
print(math.frexp(0.1), math.frexp(5e-324), math.ldexp(0.5, 3), math.ldexp(1, -1074), math.ldexp(3, -1075), math.nextafter(1, 2), math.nextafter(0, -1), math.ulp(1.0), math.ulp(5e-324), math.remainder(5, 3), math.remainder(-7, 2), math.modf(-2.5), math.modf(float('-inf')))
print(math.log2(2**1000), math.log2(2**1500), math.log10(10**400), math.comb(50, 25), math.perm(10, 3), math.gcd(12, 18, 27), math.lcm(4, 6), math.fsum([0.1] * 10), math.prod([1.5, 2]), math.copysign(1, -0.0))
tries(lambda: math.ldexp(1, 2000), lambda: math.isqrt(-1), lambda: math.dist([1], [1, 2]), lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.exp(1000), lambda: math.factorial(-1), lambda: math.floor(float('nan')), lambda: math.sqrt('a'))
print(sys.float_info.max, sys.float_info.epsilon, sys.float_info.dig, sys.float_info[0] == sys.float_info.max, sys.maxsize, sys.int_info.bits_per_digit, sys.flags.optimize, sys.byteorder)
