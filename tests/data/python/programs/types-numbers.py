"""Numbers: parsed, written, reckoned with, and what is said where that fails."""
CASES = r'''
int(' 12 ')
int('+7')
int('-0x1f', 16)
int('0b101', 0)
int('0o17', 0)
int('0x', 16)
int('')
int('1__0')
int('1_0')
int('_1')
int('x')
int('12', 3)
int('z', 36)
int('10', 37)
int('10', 1)
int(b'12')
int(bytearray(b'12'))
int('٣')
int('१२३')
int(3.99)
int(-3.99)
int(1e20)
int(float('inf'))
int(float('nan'))
int([])
int(None)
int('9'*30)
int(True)
int(1, 2)
int(base=10)
int('3', base=5)
int(x=3)
int('1', 2, 3)
int(1j)
float('1_000.5')
float('1e400')
float('-1e-400')
float(' 1.5\n')
float('1.5e')
float('.')
float('.5')
float('5.')
float('1e5')
float('infinity')
float('-INF')
float('nan')
float('+nan')
float('0x1p3')
float('')
float(b'1.5')
float([])
float(None)
float(10**400)
float('1_')
float('_1')
float('1__0')
float('1_e5')
float('1e1_0')
float('٣.٥')
float('\u20031.5\u2003')
1e16
1e15
123456789012345678.0
1e22
1e-5
0.0001
1.7976931348623157e308
5e-324
2.2250738585072014e-308
-0.0
1/3
2/3
1e100
0.1+0.2
100.0
1e23
9007199254740993.0
float(2**53+1)
int(1e23)
(0.1).hex()
(1.0).hex()
(-0.0).hex()
float('inf').hex()
float('nan').hex()
(5e-324).hex()
(1e300).hex()
float.fromhex('0x1.8p3')
float.fromhex('-0x.1p-1070')
float.fromhex('inf')
float.fromhex('nan')
float.fromhex('1.5')
float.fromhex('0x1p2000')
float.fromhex('xyz')
float.fromhex('')
float.fromhex(' 0xA ')
float.fromhex('0x1.fffffffffffff8p0')
float.fromhex('0x1.fffffffffffff7p0')
(0.1).as_integer_ratio()
(0.5).as_integer_ratio()
(1e300).as_integer_ratio()
float('inf').as_integer_ratio()
float('nan').as_integer_ratio()
(-2.5).as_integer_ratio()
(5).as_integer_ratio()
True.as_integer_ratio()
(1.0).is_integer()
(1.5).is_integer()
float('inf').is_integer()
(1.5).conjugate(), (1.5).real, (1.5).imag
(5).conjugate(), (5).real, (5).imag, (5).numerator, (5).denominator
True.real, True.imag, True.numerator
(10).bit_length(), (0).bit_length(), (-8).bit_length(), (2**100).bit_length()
(10).bit_count(), (-7).bit_count(), (2**100-1).bit_count()
(1024).to_bytes(2, 'big')
(1024).to_bytes(1, 'big')
(-1).to_bytes(2, 'big')
(-1).to_bytes(2, 'big', signed=True)
(255).to_bytes()
(255).to_bytes(2, byteorder='little')
(255).to_bytes(2, 'middle')
(255).to_bytes(-1, 'big')
(0).to_bytes(0, 'big')
(128).to_bytes(1, 'big', signed=True)
(-128).to_bytes(1, 'big', signed=True)
(-129).to_bytes(1, 'big', signed=True)
int.from_bytes(b'\x04\x00', 'big')
int.from_bytes(b'\xff\xff', 'big', signed=True)
int.from_bytes(b'\xff', 'little')
int.from_bytes(b'')
int.from_bytes([1, 2, 3], 'big')
int.from_bytes([256], 'big')
int.from_bytes('abc', 'big')
int.from_bytes(b'abc', 'x')
int.from_bytes(bytearray(b'ab'), byteorder='big')
(3).__add__(4), (3).__add__('a'), (3).__radd__(4), (3).__rsub__(4), (3).__pow__(2), (3).__pow__(2, 5)
(3).__rpow__(2)
(3).__divmod__(2), (3).__rdivmod__(7)
(3).__eq__(3), (3).__lt__(4), (3).__ne__(3), (3).__eq__('a')
(3).__index__(), (3).__int__(), (3).__float__(), (3).__bool__(), (3).__neg__(), (3).__abs__(), (3).__invert__()
(3.7).__trunc__(), (3.7).__floor__(), (3.2).__ceil__(), (3.7).__round__(), (3.75).__round__(1)
(3).__floor__(), (3).__ceil__(), (3).__trunc__(), (3).__round__(), (35).__round__(-1)
(3.5).__add__(1), (3.5).__radd__(1), (3.5).__mod__(2), (3.5).__rmod__(10), (3.5).__floordiv__(2), (3.5).__divmod__(2)
(3.5).__int__(), (3.5).__float__(), (3.5).__bool__(), (3.5).__abs__(), (-3.5).__neg__(), (3.5).__pos__()
(3).__and__(1), (3).__or__(4), (3).__xor__(1), (3).__lshift__(2), (3).__rshift__(1), (3).__rlshift__(2)
(3.5).__repr__(), (3.5).__format__('.2f'), (3.5).__hash__()
round(0.5), round(1.5), round(2.5), round(-0.5), round(-1.5)
round(2.675, 2), round(1.005, 2), round(0.15, 1), round(0.25, 1), round(0.35, 1)
round(1234.5678, -2), round(1250.0, -2), round(1350.0, -2), round(55.0, -1), round(45.0, -1), round(-45.0, -1)
round(1e300, -299), round(1e300, -301), round(123.456, -3), round(5.0, -1), round(15.0,-1), round(499.99, -3), round(500.1, -3)
round(1e22, 2), round(1e15+0.5, 0), round(2.5, 0), round(3.5, 0), round(-0.4, 0), round(0.5, 0)
round(1.23456789012345678, 15), round(5e-324, 323), round(5e-324, 324), round(1.5e-10, 10), round(0.1234567, 30)
round(1.7976931348623157e308, -308)
round(12345, -2), round(12350, -2), round(12450, -2), round(-12350, -2), round(5, -1), round(15, -1), round(25, -1), round(5, -10), round(5, 3)
round(10**30+5, -1), round(10**30+15, -1)
round(True), round(True, 1), round(True, -1)
round('a')
round(1.5, 'a')
round(1.5, 1.5)
round(1.5, None)
round(number=1.55, ndigits=1)
round()
round(1j)
round(float('nan'))
round(float('inf'))
round(float('inf'), 1)
round(float('nan'), 1)
divmod(7, 2), divmod(-7, 2), divmod(7, -2), divmod(-7, -2), divmod(7.5, 2), divmod(-7.5, 2), divmod(7, -2.5)
divmod(1, 0)
divmod(1.0, 0)
divmod('a', 1)
divmod(10**30, 7), divmod(-10**30, 7)
divmod(True, True)
divmod(1j, 1)
7 // 2, -7 // 2, 7 // -2, -7 // -2, 7 % 3, -7 % 3, 7 % -3, -7 % -3
7.5 // 2, -7.5 // 2, 7.5 % -2, -7.5 % 2, 1e20 % 3, -1e-20 % 1, 0.0 % -1, -0.0 % 1
1 % 0
1.0 % 0
1 // 0
1.0 // 0
1 / 0
1.0 / 0
1 % 0.0
0.0 ** -1
0 ** -1
0 ** 0, 0.0 ** 0, 2 ** -1, 2 ** -2, (-2) ** -1, (-8) ** 3, 2 ** 0.5, 4 ** 0.5
(-8) ** (1/3)
(-1) ** 0.5
(-2.0) ** 2, (-2.0) ** 3, 2.0 ** -2
1e200 ** 2
10.0 ** 308, 10.0 ** -400
2 ** 100, 3 ** 50, (-3) ** 51, 10 ** 20
pow(2, 10, 1000), pow(3, -1, 7), pow(2, 5, -3), pow(0, 0, 1), pow(5, 0, 1), pow(-3, 3, 10)
pow(2, -1, 4)
pow(2, 3, 0)
pow(2.0, 3, 5)
pow(2, 3.0, 5)
pow('a', 2)
pow(2, 'a')
pow(base=2, exp=3), pow(2, exp=3, mod=5)
pow(2)
pow(2, 10**6, 10**9+7)
1 << 100, 1 << 0, -1 << 3, -1 >> 100, 5 >> 1, -5 >> 1, 2**70 >> 68, 1 >> 2**70
1 << -1
1 >> -1
1 << 1.0
1 & 2.0
~5, ~-1, ~(2**70), ~True, -True, +True
5 & -2, 5 | -8, 5 ^ -1, 2**70 & (2**65-1), 2**70 | 1, -(2**70) ^ 5
True & False, True | 1, True ^ True, True + True, True * 3, True / 2
2**53 == 2.0**53, 2**53+1 == 2.0**53, 10**400 > float('inf'), 10**400 < float('inf'), 1 == 1.0, float('nan') == float('nan')
2**63 < 2.0**63, 2**63+1 > 2.0**63, 10**20 == 1e20, 10**23 == 1e23
10**400 / 10**399, 10**400 // 10**399, 3 * 10**400 / 7
10**400 * 1.0
10**400 / 3
1 / 10**400
1.5 + 10**20, 10**20 + 1.5, 10**20 - 0.5
hash(1), hash(1.0), hash(True), hash(0), hash(-1), hash(-2), hash(2**61-1), hash(2**61), hash(-2**61), hash(10**30)
hash(0.5), hash(1.5), hash(-1.5), hash(float('inf')), hash(float('-inf')), hash(1e300), hash(0.1), hash(1j), hash(1+2j), hash(3+0j)
hash(2**61-2), hash(-(2**61-1)), hash(-(2**61)), hash(10**400)
hash(()), hash((1,)), hash((1, 2)), hash((1.5, None is None)), hash(((),)), hash((1, (2, 3)))
hash(frozenset()), hash(frozenset([1])), hash(frozenset([1, 2, 3]))
hash(range(10)) == hash(range(0, 10)), hash(range(0)) == hash(range(5, 1))
hash([])
hash({})
hash(set())
hash(slice(1))
hash(bytearray())
abs(-5), abs(-5.5), abs(True), abs(3+4j), abs(-10**30), abs(-0.0), abs(float('-inf'))
abs('a')
abs(None)
min(3, 1, 2), max(3, 1, 2), min([3, 1]), max('abc'), min('b', 'a', key=ord), max([], default=5)
min()
min([])
max([])
min(1)
min(1, 'a')
max(1, 2, default=3)
min([1, 2], key=None)
min([1], foo=1)
max([1, 2.0, 2]), max(2.0, 2), min(2, 2.0)
max([float('nan'), 1]), max([1, float('nan')])
sum([1, 2, 3]), sum([0.1]*10), sum([1, 2.5]), sum([[1], [2]], []), sum((), 5), sum([1], start=10), sum([True, True]), sum([1j, 2])
sum(['a'])
sum(['a'], '')
sum([b'a'], b'')
sum([bytearray(b'a')], bytearray())
sum(5)
sum([[1]])
sum()
sum([1], 2, 3)
sum([0.1, 0.2, 0.3]), sum([1e100, 1.0, -1e100]), sum([10**20, 1.5])
all([]), any([]), all([1, 0]), any([0, 1])
all(5)
any()
chr(65), chr(0x1F600), chr(0)
chr(-1)
chr(0x110000)
chr('a')
chr(1.0)
chr(10**20)
ord('a'), ord('😀'), ord(b'a'), ord(bytearray(b'a')), ord('\ud800')
ord('')
ord('ab')
ord(b'ab')
ord(1)
hex(255), hex(-255), hex(0), bin(5), bin(-5), bin(0), oct(8), oct(-8), hex(True), hex(2**70), bin(2**70), oct(2**70)
hex(1.5)
bin('a')
hex()
complex('1+2j'), complex('1'), complex('j'), complex('-j'), complex(' 1-2.5e3j '), complex('(1+2j)'), complex('nan+infj'), complex(1, 2), complex(1j, 1j), complex(real=1, imag=2)
complex('1 + 2j')
complex('')
complex('a')
complex('1', 2)
complex(1, '2')
complex([])
complex(1.5), complex(), complex(True)
1j * 1j, (1+2j) * (3-4j), (1+2j) / (3-4j), (1+2j) ** 2, (1+2j) ** -1, (1+2j) ** 0, (2+0j) ** 3, 1j ** 2, 1j ** 0.5
(1+2j) ** (1+1j)
(1+2j) + 1, 1 - 2j, 1.5 * 2j, -(1+2j), +(1+2j), (1+2j) == (1+2j), (1+0j) == 1, 1 == (1+0j), (1+2j) != 1
1j / 0
0j ** -1
1j // 1
1j % 1
1j < 2j
(1+2j).real, (1+2j).imag, (1+2j).conjugate(), abs(3-4j), bool(0j), bool(1j)
-0j, 0j, -(0j), complex(0, -0.0), complex(-0.0, 0), 1e100j, complex(float('nan'), float('inf')), complex(1, float('-inf')), 1.5j, -1.5-0.5j
int(1j)
float(1j)
str(1j), repr(1+1j), repr(1e20+1j), repr(-1j), repr(1-1j)
format(1+2j, '.2f'), format(1+2j, ''), format(1+2j, '>20'), format(1.5+2j, 'g'), format(1+2j, '+.1e')
format(1+2j, 'd')
format(1+2j, '020')
format(1+2j, '=20')
isinstance(True, int), isinstance(1, bool), issubclass(bool, int), type(True), type(1), type(1.0), type(1j)
bool([]), bool('a'), bool(0.0), bool(float('nan')), bool(None), bool(...), bool()
bool(1, 2)
bool(x=1)
True + 1.5, True == 1, True is True, None == 0, not None
str(True), repr(None), str(...), repr(NotImplemented), repr(Ellipsis)
1_000_000, 0x_ff, 0b1_0, 0o1_7, 1_0.5_0e1_0, 1e1_0
1 .__class__, 1.5.__class__.__name__
int.__name__, int.__module__, int.__qualname__, int.__mro__, bool.__bases__, bool.__base__
float.__add__(1.0, 2), int.__add__(1, 2), str.__add__('a', 'b'), list.__add__([1], [2])
int.__add__('a', 2)
int.from_bytes(b'\x01', 'big'), int.bit_length(5), float.is_integer(2.0), str.upper('a'), list.append.__name__
str.upper(1)
list.append(1, 2)
dict.fromkeys('ab', 0), dict.get({}, 1)
dict.get([], 1)
-2 ** 2, (-2) ** 2, 2 ** 3 ** 2, -2 ** -2, not 1 == 2, 1 < 2 < 3, 1 < 3 > 2, 1 == 1 != 2
1 if [] else 2, [] or 'x', [] and 'x', 0 or None, 1 and 2
'a' + 1
1 + 'a'
[] + ()
() + []
'a' * 'b'
'a' * 1.5
[1] * 'a'
{} + {}
None + 1
-'a'
~1.5
+[]
1 < 'a'
[] < ()
None < 1
{} < {}
1j < 1
(1, 2) < (1, 'a')
[1, 'a'] < [1, 2]
object() < object()
int < str
1 in 5
1 in 'abc'
len(5)
len(1.5)
len(int)
iter(5)
next([])
next(iter([]))
next(iter([]), 7)
next(5)
next()
int.real
'''
for case in CASES.strip().split('\n'):
    try:
        print(eval(case))
    except Exception as e:
        print(type(e).__name__, e)
