"""Texts: their methods, formats and f-strings, and what is refused."""
print('abc'.capitalize(), 'ABC def'.swapcase(), 'hello world'.title(), "they're bill's".title(), 'ß'.upper(), 'ß'.casefold(), 'İ'.lower(), 'ǆ'.title(), 'ﬁ'.upper(), 'ΑΣ'.lower())
print('abc'.center(10, '*'), 'abc'.ljust(6, '-'), 'abc'.rjust(6), 'abc'.center(6), 'abc'.center(7), '42'.zfill(5), '-42'.zfill(5), '+x'.zfill(4), ''.zfill(2))
for f in (lambda: 'a'.center(5, 'ab'), lambda: 'a'.center('x'), lambda: 'a'.center(), lambda: 'a'.center(5, 5)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)

s = 'abcabc'
print(s.count('a'), s.count(''), s.count('bc', 2), s.count('a', 0, 3), 'aaa'.count('aa'), s.find('c'), s.find('z'), s.rfind('c'), s.find('', 10), s.find('', 6), s.rfind(''), s.index('c'), s.find('a', -3), s.find('a', 1, None))
for f in (lambda: s.index('z'), lambda: s.rindex('z'), lambda: s.find(5), lambda: s.count(), lambda: s.find('a', 'b')):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)

print('a b  c '.split(), ' a b '.split(' '), 'a,b,c'.split(',', 1), 'a,b,c'.rsplit(',', 1), ''.split(), ''.split(','), 'a\tb\nc\x0bd\x0ce\x1cf\x85g\u2028h'.split(), 'abc'.split('abc'), ' a  b c'.split(None, 1), ' a  b c '.rsplit(None, 1), 'a b c'.split(maxsplit=1), 'a--b'.split(sep='--'))
print('a\nb\r\nc\rd'.splitlines(), 'a\nb\n'.splitlines(True), ''.splitlines(), '\n'.splitlines(), 'a\x0bb\x0cc\x1cd\x85e\u2028f'.splitlines(), 'abc'.splitlines(keepends=True))
for f in (lambda: 'a'.split(''), lambda: 'a'.split(5), lambda: 'a'.split(',', 'x'), lambda: 'a'.rsplit('')):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)

print('a=b=c'.partition('='), 'a=b=c'.rpartition('='), 'abc'.partition('='), 'abc'.rpartition('='), ','.join('abc'), ''.join([]), ', '.join({'x': 1, 'y': 2}))
for f in (lambda: 'a'.partition(''), lambda: 'a'.join([1]), lambda: 'a'.join(['b', 5]), lambda: 'a'.join(5), lambda: 'a'.partition(5)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)

print(repr('  a '.strip()), repr('xxaxx'.strip('x')), repr('xyaxy'.lstrip('yx')), 'abc'.rstrip('cb'), 'aaa'.replace('a', 'b', 2), 'abc'.replace('', '-'), 'abc'.replace('', '-', 2), ''.replace('', 'x'), 'abc'.removeprefix('ab'), 'abc'.removesuffix('bc'), 'abc'.removeprefix('x'), 'abcabc'.replace('bc', ''))
for f in (lambda: 'a'.strip(5), lambda: 'a'.replace('a'), lambda: 'a'.replace(5, 'a'), lambda: 'a'.removeprefix(5)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)

for s in ('', 'abc', 'ABC', 'Abc Def', '123', '12a', ' \t', '²', '½', '٣', 'a_b', '1a', 'ª', '\n', 'é', '中', 'Ⅷ', 'class', '\u200b', 'ǅ'):
    print(ascii(s), [int(getattr(s, m)()) for m in ('isalnum', 'isalpha', 'isascii', 'isdecimal', 'isdigit', 'isidentifier', 'islower', 'isnumeric', 'isprintable', 'isspace', 'istitle', 'isupper')])

print('abc'.startswith('ab'), 'abc'.startswith(('x', 'a')), 'abc'.startswith('b', 1), 'abc'.endswith('c'), 'abc'.endswith(('b', 'bc')), 'abc'.startswith(''), 'abc'.startswith('', 5), 'abc'.endswith('b', 0, 2), 'abc'.startswith(()))
for f in (lambda: 'a'.startswith(5), lambda: 'a'.startswith(('a', 5)), lambda: 'a'.startswith((5, 'a')), lambda: 'a'.endswith([]), lambda: 'a'.startswith()):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)

print('abc'.translate({97: 'X', 98: None, 99: 100}), 'abc'.translate(str.maketrans('ab', 'xy', 'c')), str.maketrans({'a': 1, 'b': 'cc'}), 'hello'.translate(str.maketrans('l', 'L')))
for f in (lambda: str.maketrans('a', 'bc'), lambda: str.maketrans(5), lambda: str.maketrans({'ab': 1}), lambda: 'a'.translate(5), lambda: 'a'.translate({97: 'xx', 98: []}), lambda: 'b'.translate({98: []}), lambda: 'a'.translate({97: 0x110000})):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)

s = 'hello'
print(s[0], s[-1], s[1:3], s[::-1], s * 2, 0 * s, -1 * s, s + 'x', 'l' in s, 'll' in s, '' in s, 'a' < 'b', 'a' < 'B', 'abc' < 'abd', s == 'hello', s != 'x', len('a\U0001f600b'), 'a\U0001f600b'[1], 'a\U0001f600b'[::-1], list('\U0001f600x'))
for f in (lambda: s[10], lambda: s['a'], lambda: s + 5, lambda: 5 + s, lambda: s * 'a', lambda: 5 in s, lambda: s < 5, lambda: s * 1.5, lambda: s - s, lambda: s / 2, lambda: -s, lambda: s.foo, lambda: s(), lambda: s[1.0]):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
try: s[0] = 'x'
except TypeError as e: print(e)
try: del s[0]
except TypeError as e: print(e)

print(str(5), str(b'a'), str(b'abc', 'ascii'), str(object=5), str(), str(b'\xff', errors='replace', encoding='utf8'), repr(str(None)), str([1, 'a']), str(bytearray(b'ab'), 'utf-8'))
for f in (lambda: str('a', 'ascii'), lambda: str(5, 'ascii'), lambda: str(b'\xff', 'ascii'), lambda: str(1, 2, 3, 4), lambda: str(foo=1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class A:
    def __str__(self): return 5
try: str(A())
except TypeError as e: print(e)
class B:
    def __repr__(self): return 5
try: repr(B())
except TypeError as e: print(e)
class C:
    def __repr__(self): return 'C!'
print(str(C()), f'{C()}', f'{C()!r:>5}', '%s %r' % (C(), C()), [C()], {C(): C()} , (C(),))
class D(str):
    def __str__(self): return 'D!'
d = D('x'); print(d, d + 'y', f'{d}', '%s' % d, ''.join([d]), str(d), repr(d), [d], type(d + 'z'), type(d.upper()), type(str(d)))

for s in ('a', "it's", 'say "hi"', '''it's "x"''', '\n\t\r\\', '\x00\x7f\x80\xa0\xad', '\u200b\u2028\ufeff', '\ud800', '\U0001f600', '\U000e0001', 'é', '\x1b'):
    print(ascii(repr(s)))

print('{} {}'.format(1, 2), '{0} {1} {0}'.format('a', 'b'), '{a} {b}'.format(a=1, b=2), '{0.real} {0.imag}'.format(1+2j), '{0[0]} {0[1]}'.format([5, 6]), '{a[x]}'.format(a={'x': 1}), '{!r} {!s} {!a}'.format('é', 'é', 'é'), '{{}}'.format(), '{:{}}'.format(5, 4), '{:{w}.{p}}'.format(3.14159, w=8, p=3), '{:>{}}|'.format('a', 5), '{0:{0}}'.format(5))
for a in (('{', ), ('}',), ('{}',), ('{0} {}', 1, 2), ('{} {0}', 1, 2), ('{a}',), ('{0.foo}', 1), ('{0[a]}', [1]), ('{0[5]}', [1]), ('{!x}', 1), ('{:d}', 'a'), ('{:x}', 1.5), ('{:5', 1), ('{!}', 1), ('{0[}', 1), ('{0.}', 1), ('{:s}', 5), ('{0!r', 1), ('{0!rx}', 1), ('{-1}', 1), ('{:{:{}}}', 1, 2, 3), ('{ }', 1), ('{0[]}', 1)):
    try: print(a[0].format(*a[1:]))
    except Exception as e: print(type(e).__name__, e)
print('{0}{1}'.format(*'ab'), '{x}'.format_map({'x': 3}))
class Df(dict):
    def __missing__(self, k): return '<' + k + '>'
print('{x} {y}'.format_map(Df(x=1)))

for v, s in ((5, ''), (5, '5'), (5, '<5'), (5, '^5'), (5, '*^7'), (-5, '05'), (-5, '=5'), (-5, '*=6'), (5, '+'), (5, ' '), (1234567, ','), (1234567, '_'), (255, '#x'), (255, '#010x'), (255, '#b'), (255, '_b'), (255, 'X'), (5, 'c'), (65, 'c'), (5, 'e'), (5, '.2f'), (5, '%'), (5, 'n'), (123456789, '020,'), (-123456, '012,'), (5, 'd'), (5, 'o'), (0x123456, '_x'), (10**20, ','), (True, 'd'), (True, '5'), (3, '.3'), (5, 'z'), (5, '+#x'), (1.5, ''), (1.5, '5'), (1.5, '<8'), (1.5, '08'), (-1.5, '08.2f'), (1234.5, ','), (1234567.891, ',.2f'), (1234.5, '_.1f'), (1e20, ''), (1e20, ',f'), (0.1, '.20f'), (1.0, 'g'), (1.0, '#g'), (1e-5, 'g'), (123456789.0, 'g'), (1.0, 'n'), (0.5, '%'), (0.12345, '.1%'), (float('nan'), '5'), (float('inf'), '010'), (float('-inf'), '+'), (float('nan'), '.2f'), (-0.0, ''), (-0.0, 'z'), (-0.001, 'z.1f'), (1.5, 'd'), (1.5, 'x'), (2.5, '.0f'), (1e100, '.3g'), (12.0, 'E'), (1.5, 'F'), ('abc', ''), ('abc', '5'), ('abc', '>5'), ('abc', '^6'), ('abc', '.2'), ('abc', '-^10.2s'), ('abc', '05'), ('abc', '=5'), ('abc', '+'), ('abc', ','), ('abc', 'd'), (5, '{'), (5, '<<5'), (5, '}5'), ('é', 'é>3'), (5, '1000'[:2]), (5, '10.5d'), (5, ',x'), (5, ',_'), (5, '__'), (1.5, '_,'), (5, '0<5'), (5, '<05'), ('a', '0<5'), ('a', '<05'), (1j, '.1f'), (1+2j, '>12'), (1+2j, '08'), (1j, '='), (None, ''), ([], ''), (5, '.f'), (5, '.'), (5, 'xx'), (5, '5.5.5'), (12345.678, '015,.1f'), (0.0001, ''), (1e16, ''), (123456.0, '.3'), (1.0, '.1'), (0.00001, ''), (5, '-'), (5.0, ' .1f')):
    try: print(repr(v), repr(s), repr(format(v, s)))
    except Exception as e: print(repr(v), repr(s), type(e).__name__, e)
