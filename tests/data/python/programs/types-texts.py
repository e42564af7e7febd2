"""Texts: every method, both ways of formatting, encodings, and what is said where that fails."""
CASES = r'''
'abc'.upper(), 'ABC'.lower(), 'aBc'.swapcase(), 'abc def'.title(), 'ABC'.capitalize(), 'ß'.upper(), 'ß'.casefold(), 'ŉ'.upper(), 'ﬃ'.upper(), 'İ'.lower(), 'ς'.upper(), 'ΑΣ'.lower(), 'Σ'.lower(), 'ΑΣΑ'.lower()
'ǆ'.title(), 'ǆ'.upper(), 'ǆ'.capitalize(), 'ǅ'.swapcase(), 'ǅ'.lower(), 'ǅ'.isupper(), 'ǅ'.islower(), 'ǅ'.istitle(), 'ﬁn'.title(), 'ﬁn'.capitalize()
"they're bill's friends".title(), 'hello3world foo_bar x1y'.title(), 'ab-cd'.title(), 'ÀÉ'.title(), "l'été".title()
'ß'.title(), 'ŉx'.title(), 'İ'.title(), 'ΣΑΣ'.title(), 'aΣ b'.title()
'abc'.isupper(), 'ABC'.isupper(), 'AB1'.isupper(), '1'.isupper(), ''.isupper(), 'Ab'.istitle(), 'AB'.istitle(), 'A B'.istitle(), 'A1b'.istitle(), 'A1B'.istitle(), ''.istitle(), "They'Re".istitle()
'abc'.isalpha(), 'ab1'.isalpha(), ''.isalpha(), 'ª'.isalpha(), 'é'.isalpha(), '中'.isalpha(), 'ⅷ'.isalpha(), '\u0345'.isalpha()
'12'.isdigit(), '²'.isdigit(), '½'.isdigit(), '½'.isnumeric(), '²'.isdecimal(), '٣'.isdecimal(), '٣'.isdigit(), 'Ⅷ'.isnumeric(), '一'.isnumeric(), '𝟗'.isdecimal(), ''.isnumeric(), '𐄇'.isnumeric()
'ab1'.isalnum(), 'a b'.isalnum(), '½'.isalnum(), '²'.isalnum(), '_'.isalnum(), 'é1'.isalnum()
' \t\n'.isspace(), ''.isspace(), '\x1c'.isspace(), '\x85'.isspace(), '\xa0'.isspace(), '\u200b'.isspace(), '\u3000'.isspace(), '\ufeff'.isspace(), '\u180e'.isspace()
'abc'.isidentifier(), '1a'.isidentifier(), '_'.isidentifier(), 'é'.isidentifier(), 'a b'.isidentifier(), ''.isidentifier(), 'def'.isidentifier(), 'aͯ'.isidentifier(), '℘'.isidentifier(), '·a'.isidentifier(), 'a·'.isidentifier()
'abc'.isprintable(), 'a\n'.isprintable(), ''.isprintable(), '\xa0'.isprintable(), '\xad'.isprintable(), '😀'.isprintable(), '\u0378'.isprintable(), '\ue000'.isprintable()
'abc'.isascii(), 'é'.isascii(), ''.isascii()
'abc'.center(10), 'abc'.center(10, '*'), 'abc'.center(9, '*'), 'ab'.center(5, '*'), 'abc'.center(2), 'abc'.ljust(6, '.'), 'abc'.rjust(6, '.'), ''.center(3, 'x'), ''.center(4, 'x'), 'a'.center(4,'x')
'abc'.center()
'abc'.center(10, 'ab')
'abc'.center(10, '')
'abc'.center('a')
'abc'.ljust(10, 5)
'abc'.ljust(10, b'x')
'42'.zfill(5), '-42'.zfill(5), '+42'.zfill(5), 'abc'.zfill(2), ''.zfill(3), '--1'.zfill(5), '-'.zfill(3)
'a,b,c'.split(','), 'a,b,c'.split(',', 1), ' a  b '.split(), ' a  b '.split(None, 1), ''.split(), ''.split(','), 'abc'.split('bc'), 'a,b'.split(sep=','), 'a b c'.split(maxsplit=1), ',a,'.split(','), 'a\x1cb'.split(), 'a\u200bb'.split(), 'a\x85b'.split(), 'a\ufeffb'.split()
'a,b,c'.rsplit(',', 1), ' a  b c '.rsplit(None, 1), 'abc'.rsplit('x'), 'a b c'.rsplit(maxsplit=1), ''.rsplit(), 'aXXbXXc'.rsplit('XX', 1)
'abc'.split('')
'abc'.split(1)
'abc'.split(',', 'x')
'abc'.split(',', 1, 2)
'abc'.rsplit('')
'a\nb\r\nc\rd'.splitlines(), 'a\nb\n'.splitlines(True), ''.splitlines(), '\n'.splitlines(), 'a\x0bb\x0cc\x1cd\x85e\u2028f'.splitlines(), 'a\n\nb'.splitlines(keepends=True)
'abcabc'.find('c'), 'abcabc'.find('c', 3), 'abcabc'.find('c', 3, 5), 'abc'.find(''), 'abc'.find('', 3), 'abc'.find('', 4), 'abc'.find('x'), 'abcabc'.rfind('c'), 'abc'.rfind(''), 'abc'.rfind('a', 1), 'abc'.find('c', -1), 'abc'.rfind('', 0, 2), '😀a😀b'.find('b'), '😀a😀b'.rfind('😀'), '😀a😀b'.find('😀', 1)
'abc'.index('x')
'abc'.rindex('x')
'abc'.find(1)
'abc'.find()
'abc'.find('a', 'b')
'abc'.find('a', None, None)
'abc'.index('a', 1)
'aaa'.count('a'), 'aaa'.count('aa'), 'abc'.count(''), 'aaa'.count('a', 1), 'aaa'.count('a', 1, 2), 'abc'.count('', 1), 'abc'.count('', 3), 'abc'.count('', 4), '😀😀'.count('😀'), '😀😀'.count('')
'abc'.count(1)
'abc'.count()
'abcabc'.replace('a', 'x'), 'abcabc'.replace('a', 'x', 1), 'abc'.replace('', '-'), 'abc'.replace('', '-', 2), ''.replace('', 'x'), 'aaa'.replace('aa', 'b'), 'abc'.replace('b', ''), 'abc'.replace('x', 'y'), 'abc'.replace('a', 'b', -1), 'abc'.replace('a', 'b', 0), ''.replace('a', 'b'), ''.replace('', 'x', 0), '😀'.replace('', '-')
'abc'.replace('a')
'abc'.replace(1, 2)
'abc'.replace('a', 1)
'abc'.replace('a', 'b', 'c')
'abc'.startswith('a'), 'abc'.startswith(('x', 'a')), 'abc'.startswith('b', 1), 'abc'.startswith('', 3), 'abc'.startswith('', 4), 'abc'.endswith('c'), 'abc'.endswith(('c',)), 'abc'.endswith('b', 0, 2), 'abc'.endswith(''), 'abc'.startswith(()), 'abc'.endswith('bc', 1), 'abc'.endswith('bc', 2), 'abc'.startswith('abcd')
'abc'.startswith(1)
'abc'.startswith(('a', 1))
'abc'.startswith((1, 'a'))
'abc'.endswith(['c'])
'abc'.startswith()
' abc '.strip(), 'xxabcxx'.strip('x'), 'abcba'.strip('ab'), ' a'.lstrip(), 'a '.rstrip(), 'xax'.lstrip('x'), 'xax'.rstrip('x'), 'abc'.strip(''), '\u3000a\x85'.strip(), '\x1fa'.strip(), '\ufeffa'.strip(), '😀a😀'.strip('😀'), 'abc'.strip(None)
'abc'.strip(1)
'abc'.lstrip(b'a')
'abc'.strip('a', 'b')
'a-b-c'.partition('-'), 'abc'.partition('-'), 'a-b-c'.rpartition('-'), 'abc'.rpartition('-'), 'aXXb'.partition('XX'), '😀-x'.partition('-')
'abc'.partition('')
'abc'.rpartition('')
'abc'.partition(1)
'abc'.partition()
'abcdef'.removeprefix('abc'), 'abcdef'.removesuffix('def'), 'abc'.removeprefix('x'), 'abc'.removesuffix(''), 'abc'.removeprefix('abcd')
'abc'.removeprefix(1)
'a\tb'.expandtabs(), 'a\tb'.expandtabs(4), '\t'.expandtabs(1), 'ab\n\tc'.expandtabs(), 'a\tb'.expandtabs(0), 'a\tb\t'.expandtabs(tabsize=3), '\ta\rb\tc'.expandtabs(4), 'a\tb'.expandtabs(-1)
','.join(['a', 'b']), ''.join('abc'), ','.join([]), 'x'.join({'a': 1}), ','.join(('a',)), ' '.join(c for c in 'abc')
','.join([1, 2])
','.join(['a', 1])
','.join(5)
','.join(None)
','.join('a', 'b')
','.join([b'a'])
'abc'.translate({97: 'x', 98: None, 99: 100}), 'abc'.translate(str.maketrans('ab', 'xy')), 'abc'.translate(str.maketrans('ab', 'xy', 'c')), 'abc'.translate(str.maketrans({'a': '1', 98: 'two'})), 'abc'.translate({}), 'abc'.translate({ord('a'): 'long'}), 'ab'.translate(['x']*98)
str.maketrans('ab', 'xy'), str.maketrans('ab', 'xy', 'z'), str.maketrans({'a': 1, 'b': None, 99: 'z'})
str.maketrans('a', 'xy')
str.maketrans({'ab': 1})
str.maketrans(1)
str.maketrans('a', 1)
str.maketrans({1.5: 2})
'abc'.translate({97: 1114112})
'abc'.translate({97: 1.5})
'abc'.translate(5)
'é'.encode('ascii')
'€'.encode('latin-1')
'a€b€€'.encode('latin-1')
'abc'.encode('foo')
'\ud800'.encode()
'\ud800'.encode('utf-8', 'surrogatepass'), '\udc80'.encode('utf-8', 'surrogateescape')
'abc'[0], 'abc'[-1], 'abc'[1:], 'abc'[::-1], 'abc'[5:], 'abc'[-2:], 'abc'[::2], '😀a'[0], '😀a'[1], '😀a'[::-1]
'abc'[3]
'abc'[-4]
'abc'['a']
'abc'[1.0]
'abc'[::0]
'abc'[None]
'abc'['a':]
'abc'[10**30:], 'abc'[:10**30]
'abc'[10**30]
len('😀'), len('a\u0301'), '😀' in 'a😀', 'a' in 'abc', '' in ''
1 in 'abc'
None in 'abc'
'a' < 'b', 'a' < 'A', 'a' < 'aa', '😀' > '\uffff', '' < 'a', 'abc' == 'abc', 'a' != 'b', 'é' > 'z'
'a' < 1
'a' == 1, 'a' != None
repr('a\'b'), repr("a\"b'c"), repr('\n\t\r\\'), repr('\x00\x7f\x80\xa0\xad'), repr('\u200b\u2028\u3000'), repr('😀'), repr('\ud800'), repr('\U000e0001'), repr('é\u0378'), repr('\x1b[0m')
ascii('é'), ascii('😀'), ascii('a\n'), ascii('\ud800'), ascii(['é']), ascii({'é': 'ü'})
'%s' % 'a', '%r' % 'a', '%a' % 'é', '%d' % 5, '%5d|%-5d|%05d' % (1, 2, 3), '%+d % d' % (1, 2), '%x %X %o %#x %#o' % (255, 255, 8, 255, 8), '%c%c' % ('a', 98), '%%' % (), '%.2f' % 1.005, '%e' % 12345.678, '%g' % 1e-5, '%10.3f|%-10.3f' % (3.14159, 2.71828), '%s' % (1,), '%(a)s' % {'a': 1}, '%*d' % (5, 3), '%.*f' % (2, 1.2345), '%i' % 3.7, '%s %s' % ('a', 'b'), '%5s|%-5s|%.2s' % ('a', 'b', 'abc'), '%s' % None, '%s' % [1], '%d' % True
'%d' % 'a'
'%d' % None
'%x' % 1.5
'%c' % 'ab'
'%c' % 1114112
'%c' % -1
'%c' % 1.5
'%s' % ()
'%s %s' % 'a'
'%s' % (1, 2)
'a' % 1
'a' % (1,)
'a' % {}, 'a' % {'b': 1}, 'a' % []
'%(a)s' % {}
'%(a)s' % 1
'%(a)s' % (1,)
'%(a' % {'a': 1}
'%z' % 1
'%' % 1
'%5' % 1
'%f' % 'a'
'%f' % None
'%*d' % ('a', 1)
'%(a)s %(b)s' % {'a': 1}
'%(a)s %s' % {'a': 1}
'%s %(a)s' % {'a': 1}
'%.0f %.0f %.0f' % (0.5, 1.5, 2.5), '%.3g' % 1234.5, '%g' % 100000, '%g' % 1000000, '%g' % 0.0001, '%G' % 1e-10, '%#g' % 1.0, '%e' % 0, '%E' % 1e100, '%f' % 1e20, '%f' % float('inf'), '%5.1f' % float('nan'), '%+f' % float('inf'), '%05d' % -3, '%+05d' % 3, '%05.1f' % -2.5, '%05s' % 'a', '%-05d' % 3, '%#5x' % 10, '%#05x' % 10, '%.3d' % 5, '%+.3d' % 5, '%8.3d' % -5, '%x' % -255, '%#x' % -255, '%o' % -8, '%ld' % 5, '%hd' % 5, '%d' % 10**30, '%x' % 10**20, '%.0e' % 12345, '%#.0f' % 1.0, '%#.0e' % 1.0, '%f' % 10, '%f' % True, '%.10f' % (1/3), '%.50f' % 0.1, '%r' % (1,), '%5%' % (), '%5.2%' % ()
'{}'.format(1), '{0} {1} {0}'.format('a', 'b'), '{a}'.format(a=1), '{0[0]} {0[1]}'.format([1, 2]), '{0[a]}'.format({'a': 1}), '{0.real}'.format(5), '{!r}'.format('a'), '{!s:>5}'.format('a'), '{:{}}'.format('a', 5), '{:{w}.{p}f}'.format(3.14159, w=10, p=2), '{{}}'.format(), '{:>{width}}'.format('x', width=4), '{a[b][c]}'.format(a={'b': {'c': 1}}), '{0.__class__.__name__}'.format(1), '{!a}'.format('é'), '{:}'.format(5), '{0[-1]}'.format({'-1': 'neg'}), '{a.b}'.format(a=type('X', (), {'b': 3}))
'{}'.format()
'{} {}'.format(1)
'{a}'.format()
'{a}'.format(b=1)
'{0} {}'.format(1, 2)
'{} {0}'.format(1, 2)
'{'.format()
'}'.format()
'{0'.format(1)
'{0!}'.format(1)
'{0!x}'.format(1)
'{0!rs}'.format(1)
'{0!r'.format(1)
'{:d}'.format('a')
'{:s}'.format(1)
'{:x}'.format(1.5)
'{.a}'.format(1)
'{[a]}'.format([1])
'{[0]}'.format([])
'{[5]}'.format([1])
'{0[}'.format([1])
'{0[]}'.format([1])
'{0.}'.format(1)
'{0]}'.format(1)
'{:{}{}}'.format(1, 2)
'{:{:{}}}'.format(1, 2, 3)
'{[0]x}'.format([1])
'{!}'.format(1)
'{a b}'.format(**{'a b': 1})
'{0}}'.format(1)
'{-1}'.format(1)
'{:5}|{:<5}|{:^5}|{:>5}'.format('a', 'a', 'a', 'a'), '{:5}|{:<5}|{:^5}|{:>5}'.format(1, 1, 1, 1), '{:*^7}'.format('ab'), '{:=5}'.format(-1), '{:+} {: } {:-}'.format(1, 1, 1), '{:05}'.format(-1), '{:<05}'.format(1), '{:05}'.format('a')
'{:,}'.format(1234567), '{:_}'.format(1234567), '{:,.2f}'.format(1234567.891), '{:_x}'.format(0xffffffff), '{:#_b}'.format(255), '{:010,}'.format(1234), '{:,}'.format(-1234), '{:,}'.format(123.456), '{:012,.1f}'.format(1234.5), '{:,}'.format(10**20), '{:08,}'.format(123), '{:_o}'.format(8**6), '{:,%}'.format(12.5), '{:,e}'.format(1e10), '{:,g}'.format(1e5), '{:_d}'.format(1000)
'{:b} {:o} {:x} {:X} {:d} {:c} {:n}'.format(5, 8, 255, 255, 5, 97, 5), '{:#b} {:#o} {:#x} {:#X}'.format(5, 8, 255, 255), '{:#010x}'.format(255), '{:<#8x}|'.format(255), '{:^#10b}'.format(5), '{:=+8d}'.format(5), '{:x}'.format(-255), '{:+x}'.format(255), '{:e}'.format(5), '{:f}'.format(5), '{:g}'.format(5), '{:%}'.format(1), '{:.2}'.format(1.0)
'{:f} {:e} {:g} {:%} {:n}'.format(1.5, 1.5, 1.5, 1.5, 1.5), '{:.0f} {:.0f} {:.0f}'.format(0.5, 1.5, 2.5), '{:.3}'.format(1234.5), '{:.3}'.format(0.00012345), '{:g}'.format(1e16), '{:}'.format(1e16), '{:.10}'.format(1/3), '{:#.3g}'.format(1.0), '{:.0e}'.format(12345.0), '{:E} {:G} {:F}'.format(1e10, 1e10, float('nan')), '{:10.3f}|'.format(3.14159), '{:<10.3f}|'.format(3.14159), '{:^10.3f}|'.format(3.14159), '{:+.2f} {: .2f}'.format(1.5, 1.5), '{:010.2f}'.format(-3.14159), '{:.2%}'.format(0.12345), '{:z.1f}'.format(-0.01), '{:.1f}'.format(-0.01), '{:inf}'.format if False else '', '{:f}'.format(float('inf')), '{:010}'.format(float('-inf')), '{:+}'.format(float('nan')), '{:.3s}'.format('abcdef'), '{:10.3s}|'.format('abcdef')
format(5, '5'), format('a', '5'), format(None), format(1.5), format([1])
format(None, '5')
format([1], '5')
format(5, 's')
format('a', 'd')
format(5, '.2')
format(5, 'q')
format(1.5, 'd')
format(1.5, 's')
format(1.5, 'x')
format('a', '+')
format('a', ' ')
format('a', '=5')
format('a', ',')
format('a', '_')
format('a', '#')
format(5, ',n')
format(5, ',x')
format(5, ',c')
format(5, ',s')
format(5, ',,')
format(5, ',_')
format(5, '_,')
format(5, '.')
format(5, '5.')
format(1.5, '.x')
format(5, '+c')
format(5, '#c')
format(-1, 'c')
format(10**10, 'c')
format(5, 'dd')
format(5, '5 d')
format(5, 'é')
format(1.5, ',_f')
format(1.5, '99999999999999999999')
format(1.5, '.99999999999999999999')
format(5, 5)
format('a', '5', 'x')
format('abc', '.1'), format('abc', '5.1'), format('abc', '^7.2s'), format('😀', '3'), format('é', '>3')
format(True, 'd'), format(True, '5'), format(True, ''), format(True, 's') if False else ''
format(5, '<<5'), format(5, '><5'), format(5, '{<5'), format(5, '😀>3'), format(5, '0<5'), format(5, '=5'), format(-5, '0=5'), format(-5, 'x=5'), format(255, '#06x'), format(255, '=#6x'), format(3, '+05'), format(3, ' 05'), format(-3.5, '07.2f'), format(3, '>+5'), format(1234, '<10,')
str(b'abc', 'utf-8'), str(b'\xff', 'latin-1'), str(b'abc', encoding='ascii', errors='strict'), str(), str(object=5), str(b'abc'), str(b'x', errors='ignore')
str('a', 'utf-8')
str(5, 'utf-8')
str(b'\xff', 'utf-8')
str(b'a', 'x')
str(1, 2, 3, 4)
'a' 'b', 'a' * 3, 3 * 'a', 'a' * 0, 'a' * -1, 'a' * True, '' * 10**20 if False else ''
'abc'.foo
'abc'.foo()
'abc'.__len__(), 'abc'.__contains__('a'), 'abc'.__getitem__(0), 'abc'.__eq__('abc'), 'abc'.__add__('d'), 'abc'.__mul__(2), 'a%s'.__mod__('b'), 'abc'.__hash__() == hash('abc'), 'abc'.__iter__().__next__(), 'abc'.__str__(), 'abc'.__repr__(), 'abc'.__lt__('abd'), 'abc'.__ge__(5), 'abc'.__rmul__(2), 'x'.__format__('3')
'abc'.format_map({'a': 1}), '{a}'.format_map({'a': 1})
'{a}'.format_map({})
'{}'.format_map({})
'{0}'.format_map([1])
list('abc'), tuple('😀a'), set('a'), sorted('cab'), ''.join(reversed('abc')), list(enumerate('ab')), dict(zip('ab', 'cd')), max('abc'), min('abc')
'abc'.isupper(1)
'abc'.upper('x')
'a'.join()
'abc'.splitlines(1, 2)
'abc'.splitlines(foo=1)
'x'.expandtabs('a')
'x'.zfill('a')
'x'.zfill()
'x'.zfill(1.5)
str.join(',', ['a']), str.format('{}', 1), str.split('a b')
str.join(1, [])
str.lower()
'abc' > None
'a'['b']
'İ'.casefold(), 'ǰ'.upper(), 'ﬀ'.casefold(), 'K'.lower(), 'Å'.lower(), 'ẞ'.lower(), 'ẞ'.casefold(), 'ꭰ'.casefold(), 'Ꭰ'.lower(), 'ა'.upper(), 'Ა'.lower(), 'ა'.title(), 'ა'.capitalize()
'''
for case in CASES.strip().split('\n'):
    try:
        print(eval(case))
    except Exception as e:
        print(type(e).__name__, e)
