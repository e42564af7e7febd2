"""Containers, iterators, functions of all of them, and what is said where that fails."""
CASES = r'''
[1,2,3][5]
[1,2,3]['a']
[][0]
[1].pop(5)
[].pop()
[1].pop('a')
[1].remove(2)
[1].index(2)
[1, 2, 1].index(1, 1), [1, 2].index(2, -1), [1,2,3].index(3, 0, 10)
[1, 2].index(1, 1)
[1].insert(0)
[1].append()
[1].append(1, 2)
[1].extend(5)
[1].extend()
[1].count(), 1
[3, 1, 2].sort(lambda x: x)
[3, 1, 2].sort(foo=1)
[1, 'a'].sort()
['a', 1].sort()
[1, None, 2].sort()
[3, 1, 2].sort(key=5)
[3, 1, 2].sort(reverse='a')
sorted([3, 1, 2], reverse=True), sorted('bac', key=lambda c: -ord(c)), sorted([(1, 'b'), (1, 'a'), (0, 'c')], key=lambda t: t[0]), sorted([(1, 'b'), (1, 'a'), (0, 'c')], key=lambda t: t[0], reverse=True), sorted({3: 1, 1: 2}), sorted([True, 0, 2])
sorted([float('nan'), 1.0, 0.5, 3.0, float('nan'), 0.1])
sorted([1, 2], [3])
sorted()
sorted(5)
sorted([1, 'a', 2.0])
sorted([1j, 2j])
sorted([{}, {}])
sorted([3, 1], key=None, reverse=0)
list('ab', 'c')
list(5)
list(x=1)
tuple(5)
tuple('a', 'b')
dict(5)
dict([1])
dict(['ab', 'c'])
dict(['ab', 'cd']), dict([(1, 2)]), dict(a=1), dict({'a': 1}, b=2), dict([('a', 1)], a=2), dict(zip('ab', [1, 2]))
dict([1], [2])
dict(a=1)['b']
{}[1]
{}['a b']
{1: 2}[(1, 2)]
{}[[]]
{[]: 1}
{(1, []): 1}
{{}: 1}
{1, []}
set(5)
set([[]])
set([1], [2])
frozenset([1], [2])
frozenset(5)
{1}.remove(2)
{1}.remove('a')
set().pop()
{}.popitem()
{}.pop('a')
{}.pop('a', 1), {'a': 2}.pop('a')
{}.pop()
{}.get()
{}.get('a', 1, 2)
{}.setdefault('a'), {'a': 1}.setdefault('a', 5)
{}.update(5)
{}.update([1])
{}.update([(1, 2, 3)])
{}.update(1, 2)
{}.foo
[].foo
().foo
(1).foo
(1.5).foo
None.foo
set().foo
{}.items().foo
(lambda: 1).foo
len.foo
range(5).foo
int.foo
{'a': 1}.keys() & {'a', 'b'}, sorted({'a': 1}.keys() | ['b']), {'a': 1}.keys() - {'a'}, {'a': 1}.keys() ^ {'a'}, {'a': 1}.items() & {('a', 1)}, {'a': 1}.keys() == {'a'}, {'a': 1}.keys() <= {'a', 'b'}, {'a': 1}.items() == {('a', 1)}, {'a': 1}.keys().isdisjoint({'b'}), 'a' in {'a': 1}.keys(), ('a', 1) in {'a': 1}.items(), 1 in {'a': 1}.values(), ['a'] == {'a': 1}.keys()
{'a': 1}.keys() & 5
{'a': 1}.keys()[0]
{'a': 1} | {'b': 2}, {'a': 1} | {'a': 2}, {'a': 1} == {'a': 1.0}, {'a': 1, 'b': 2} == {'b': 2, 'a': 1}, {'a': 1} != {'a': 2}
{} | []
{'a': 1} | 5
{} < {}
{1: 'a', True: 'b', 1.0: 'c'}
{1: 2}.fromkeys([1, 2]), dict.fromkeys('ab'), dict.fromkeys([1], []), dict.fromkeys(range(2), 'x')
dict.fromkeys(5)
dict.fromkeys()
{'a': 1}.copy(), {'a': 1}.__contains__('a'), {'a': 1}.__len__(), {'a': 1}.__getitem__('a'), {'a': 1}.__eq__({'a': 1}), {'a': 1}.__or__({'b': 1})
{'a': 1}.__ror__({'b': 1}), {'a': 1}.__ior__({'b': 1})
[1, 2] + [3], [1] * 3, 2 * [1], [1, 2] == [1, 2], [1, 2] < [1, 3], [1] < [1, 2], [] < [1], [1, 2] != [2, 1], [[1], 2] > [[0], 3], (1, 2) < (1, 2, 3), (1,) + (2,), (1,) * 2, () == (), [] == (), [1, 2] <= [1, 2]
[1] + (2,)
(1,) + [2]
[1] * 1.5
[1] * [1]
[1, 2].__add__([3]), [1].__mul__(2), [1, 2].__contains__(1), [1].__len__(), [1, 2].__getitem__(slice(0, 1)), [1].__eq__([1]), [1].__lt__([2]), [1].__iter__().__next__(), [1].__reversed__().__next__()
[1].__rmul__(2), [1].__iadd__([2]), [1].__imul__(2), (1,).__rmul__(2), [1].__setitem__(0, 5), [1].__delitem__(0)
(1, 2, 3).index(4)
(1, 2, 1).index(1, 1), (1, 2).count(1)
(1, 2).index(2, 5)
(1,)[1]
(1,)['a']
()[0]
(1, 2)[1:], (1, 2, 3)[::-1], (1,)[5:]
{1, 2} | {3}, {1, 2} & {2}, {1, 2} - {2}, {1, 2} ^ {2, 3}, {1} < {1, 2}, {1} <= {1}, {1} == frozenset([1]), {1} | frozenset([2]), frozenset([1]) | {2}, {1, 2} > {1}, {1} != {2}, {1}.isdisjoint({2}), {1} >= {1}
{1} | [2]
{1} & 5
{1} - [1]
{1} < [1]
{1} + {2}
[] | {1}
{1, 2}.union([3], (4,)), {1, 2}.intersection([2], [2, 3]), {1, 2}.difference([1]), {1}.symmetric_difference([2]), {1}.issubset([1, 2]), {1, 2}.issuperset([1]), {1}.union(), {1}.intersection(), sorted(frozenset('ab').union('c')), {1}.isdisjoint([2])
{1}.union(5)
{1}.union([[]])
{1}.issubset(5)
{1}.add([])
{1}.add()
{1}.discard([])
[] in {1}
{1} in {1}, {1} in {frozenset([1])}
{frozenset([1])}.remove({2})
{frozenset([1])}.discard({1}), {frozenset([1])}.__contains__({1})
set(), {1}, frozenset(), frozenset([1]), {frozenset([1])}, set('a'), {None}, {'a'}, {(1, 2)}
repr(set([1, 2, 3])), {3, 1, 2}, {10, 5, 1}, set(range(10)), {True, 1, 1.0}, {0, False}
range(5), range(1, 5), range(1, 10, 2), range(0), list(range(10, 0, -3)), range(5)[1], range(5)[-1], range(10)[2:5], range(10)[::-1], range(10)[::2], range(10)[5:2], len(range(0, 10, 3)), 3 in range(5), 5 in range(5), 2.0 in range(5), 'a' in range(5), range(5).index(3), range(5).count(3), range(5) == range(0, 5), range(0) == range(1, 1), range(0, 3, 2) == range(0, 4, 2), range(5).start, range(1, 5).stop, range(1, 5, 2).step, bool(range(0)), list(reversed(range(3))), range(True, 3)
range(5)[5]
range(5)['a']
range(1.5)
range('a')
range()
range(1, 2, 3, 4)
range(1, 5, 0)
range(5).index(7)
range(5).index('a')
range(a=1)
range(5) + range(5)
range(5) < range(6)
range(5).foo
range(5)[::0]
reversed({1})
reversed(5)
reversed(iter([]))
reversed()
reversed([], [])
list(reversed([1, 2])), list(reversed('ab')), list(reversed((1, 2)))
enumerate()
enumerate(5)
enumerate([], 'a')
enumerate([], persistent=False)
enumerate([1], 1, 2)
list(enumerate('ab', 1)), list(enumerate('ab', start=-1)), list(enumerate(iterable='ab')), list(enumerate('a', 10**20))
zip(5)
zip([1], 5)
list(zip([1, 2], 'ab')), list(zip()), list(zip([1])), list(zip([1, 2], [3], strict=False))
list(zip([1, 2], [3], strict=True))
list(zip([1], [3, 4], strict=True))
list(zip([1], [2], [3, 4], strict=True))
list(zip([1, 2], [2, 3], [3], strict=True))
zip([1], foo=1)
map(len)
map()
map(len, 5)
list(map(len, [1]))
list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(map(str, [1])), list(map(None, [])) 
list(map(None, [1]))
list(filter(None, [0, 1, '', 'a'])), list(filter(lambda x: x > 1, [1, 2, 3])), list(filter(str.isdigit, 'a1'))
filter(None)
filter(None, 5)
filter(None, [], [])
next(iter([1, 2])), next(iter([]), 'd'), next(iter({}), None)
iter(5, 5)
iter()
iter(1, 2, 3)
list(iter(iter([1, 2]).__next__, 2))
slice(1), slice(1, 2), slice(1, 2, 3), slice(None), slice(1).start, slice(1).stop, slice(1, 2, 3).step, slice(1, 10, 2).indices(5), slice(None, None, -1).indices(5), slice(-3, None).indices(5), slice(1) == slice(1), slice(1, 2) < slice(1, 3), slice(None, 10).indices(3)
slice()
slice(1, 2, 3, 4)
slice(1).indices()
slice(1).indices(-1)
slice('a').indices(5)
slice(1, 2, 0).indices(5)
bytes('a')
bytes(-1)
bytes([256])
bytes(['a'])
bytes(1.5)
bytes(None)
bytes([-1])
bytes(5, 'utf-8')
bytes('a', 'b', 'c', 'd')
'a' + b'a'
'a' in b'a'
300 in b'a'
bytes.fromhex('6')
bytes.fromhex('zz')
bytes.fromhex(5)
bytes.maketrans(b'ab', b'a')
bytearray(b'abc'), bytearray(3), bytearray([1]), bytearray(), bytearray('a', 'ascii'), bytearray(b'ab') + b'c', b'c' + bytearray(b'ab'), bytearray(b'ab') * 2, bytearray(b'ab')[0], bytearray(b'ab')[::-1], bytearray(b'ab') == b'ab', bytearray(b'a').hex(), bytearray(b'a,b').split(b',')
bytearray(b'a')[5]
bytearray(b'a').append(256)
bytearray(b'a').append('a')
bytearray().pop()
bytearray(b'a').pop(5)
bytearray(b'a').remove(98)
bytearray(b'a').extend('a')
bytearray(b'a').extend([256])
bytearray(b'a').extend(5)
bytearray(b'a').insert(0, 'a')
bytearray(b'a').index(b'x')
bytearray('a')
memoryview('a')
memoryview(b'abc')[5]
memoryview(5)
isinstance(1, 'a')
isinstance(1, (int, 'a'))
issubclass(1, int)
issubclass(int, 1)
isinstance(1)
isinstance(1, int | str), isinstance(1, (str, (int,))), isinstance('a', int | None), isinstance(None, int | None)
getattr(1, 'foo')
getattr(1, 'foo', 2), getattr(1, 'real'), hasattr(1, 'real'), hasattr(1, 'foo')
getattr(1, 5)
getattr(1)
setattr(1, 'a', 2)
setattr(object(), 'a', 2)
delattr(1, 'a')
hasattr(1, 1)
callable(len), callable(1), callable(int), callable(lambda: 1)
type()
type(1, 2)
type('X', (1,), {})
object(1)
object().foo
print(sep=1)
print(foo=1)
print(end=1)
abs()
abs(1, 2)
len()
len([], [])
len(5)
repr()
hash()
id() 
ord()
chr()
hex()
round('a')
sum([1, 'a'])
sum(['a', 'b'], start='')
max(1, 'a')
max([1, 'a'])
max([], key=len)
max(5)
max(None, None)
min([[1], [0]]), max({'a': 1, 'b': 0}), min({'a': 1}, {'b': 2}, key=len), max('a', 'b'), max([1, 3, 2], key=lambda x: -x)
eval('1+1'), eval('x', {'x': 5})
eval(5)
exec(5)
compile('1', 'f', 'eval') is not None
compile('1', 'f', 'foo')
vars(5)
dir(5) == sorted(dir(5)), 'real' in dir(5)
KeyError('a'), str(KeyError('a')), repr(KeyError('a', 1)), str(KeyError('a', 1)), str(KeyError()), ValueError('a').args, str(ValueError('a', 1)), str(ValueError()), repr(ValueError()), repr(ValueError('x')), str(IndexError(5)), OSError(2, 'x'), str(OSError(2, 'x')), OSError(2, 'x', 'f'), str(OSError(2, 'x', 'f')), OSError('a').errno, type(OSError(2, 'x')), OSError(13, 'p').errno, type(OSError(13, 'x')), type(OSError(17, 'x')), str(OSError(9999, 'x')), FileNotFoundError(2, 'a').strerror, str(OSError(2, 'x', 'f', None, 'g')), OSError(2, 'x', 'f').filename, OSError(1, 2, 3, 4, 5).filename2, OSError().errno, StopIteration(5).value, SystemExit(3).code, str(ImportError('a', name='b')), ImportError('a', name='b', path='c').name, ModuleNotFoundError('x').name, AttributeError('a', name='b', obj=1).name, NameError('a', name='x').name, UnicodeDecodeError('utf-8', b'abc', 1, 2, 'r').start, str(UnicodeDecodeError('utf-8', b'abc', 1, 2, 'r')), str(UnicodeEncodeError('ascii', 'abc', 1, 3, 'r')), SyntaxError('a').msg, str(SyntaxError('a', ('f', 1, 2, 't')))
ValueError(foo=1)
Exception('a', b=1)
ImportError('a', foo=1)
UnicodeDecodeError('a')
[x for x in 5]
[*5]
{**5}
{**{1: 2}}, {*[1], *[2]}, (*[1], 2), [*'ab', *range(2)]
print(*5)
len(**5)
len(*[[]], **{})
(lambda x: x)()
(lambda x: x)(1, 2)
(lambda x, *, y: x)(1)
(lambda x: x)(1, x=2)
(lambda x: x)(y=1)
(lambda *a, **k: (a, k))(1, x=2)
(lambda x, y: x)(1)
(lambda x, y, z: x)()
5()
'a'()
None()
[]()
[1, 2, 3](0)
int.__new__(int, 5), str.__new__(str, 'a'), object.__new__(object) is not None, tuple.__new__(tuple, [1]), list.__new__(list), dict.__new__(dict), float.__new__(float, 1.5), bool.__new__(bool, 1)
isinstance(..., type(...)), type(None), type(NotImplemented), type(...)(), type(None)()
None is None, None == None, None != 1
x
__name__
undefined_name
1 is 1, () is (), None is not 1
list[int], dict[str, int], tuple[int, ...], type[int], list[int]((1, 2)), list[int].__origin__, list[int].__args__, int | str, (int | str).__args__, list[int] == list[int], list['a'], set[int], frozenset[int], int | None, list[int] | None, type(list[int]), type(int | str)
int[5]
object[5]
list[int][0]
int | 5
'%s' % ([],), '%s' % {}, '{}'.format([]), f'{[]}', str([1, 'a', None, 1.5, (1,), {2}, {'a': b'x'}]), repr(['\n', "it's"]), str({'a': 'b'}), str(('a',))
'''
for case in CASES.strip().split('\n'):
    try:
        print(eval(case))
    except Exception as e:
        print(type(e).__name__, e)
