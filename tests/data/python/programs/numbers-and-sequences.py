"""Numbers, bytes, lists, tuples and ranges, and what is refused."""
for s in ('5', ' 5 ', '-5', '+5', '1_000', '0x1f', '٣', '\n5\t', '5\u2003', '00', '-0', '1e5', '', ' ', '1__0', '_1', '1_', '5.0', '0b1', '--5', '- 5', '1 2', 'abc', '１２'):
    try: print(ascii(s), int(s))
    except ValueError as e: print(ascii(s), ascii(str(e)))
for a in (('ff', 16), ('0xff', 16), ('0xff', 0), ('0b101', 0), ('0o17', 0), ('017', 0), ('017', 8), ('0', 0), ('z', 36), ('Z', 36), ('10', 1), ('10', 37), ('10', -1), ('2', 2), (b'12', 10), (bytearray(b'7'),), (5, 10), ('1', 2.0), ('0_7', 8), ('0x_f', 16), ('0b12', 2), ('', 5), (b'',), ('5', None), (1.9,), (-1.9,), (float('nan'),), (float('inf'),), (None,), ([],), ('1'*30,), (True,), (1e20,), ('0x', 16), ('0o', 0), ('-0x1F', 16), ('\x00',), ('5\x00',)):
    try: print(a, int(*a))
    except Exception as e: print(a, type(e).__name__, e)
try: int(x=5)
except TypeError as e: print(e)
print(int(), int('7', base=8))
class A:
    def __int__(self): return 3
class B:
    def __index__(self): return 4
class C:
    def __trunc__(self): return 5
print(int(A()), int(B()), int(C()))
class D:
    def __int__(self): return 'a'
try: int(D())
except TypeError as e: print(e)
class E(int):
    def __new__(cls, v): return super().__new__(cls, v * 2)
    def __add__(self, o): return 'added'
e = E(5); print(e, e + 1, 1 + e, e - 1, type(e - 1), e == 10, hash(e) == hash(10), {10: 'x'}[e], isinstance(e, int), repr(e), f'{e}')

n = 1234; print(n.bit_length(), n.bit_count(), (-n).bit_length(), n.to_bytes(2, 'big'), n.to_bytes(4, 'little'), (-1).to_bytes(2, 'big', signed=True), int.from_bytes(b'\x04\xd2', 'big'), int.from_bytes(b'\xff\xff', 'little', signed=True), n.conjugate(), n.numerator, n.denominator, n.real, n.imag, n.as_integer_ratio(), (5).__add__(3), int.__add__(5, 6), (5).__add__('a'), (0).bit_length(), int.from_bytes([1, 2], 'big'), (5).to_bytes())
for f in (lambda: (256).to_bytes(1, 'big'), lambda: (-1).to_bytes(1, 'big'), lambda: (1).to_bytes(-1, 'big'), lambda: (1).to_bytes(1, 'x'), lambda: int.from_bytes('a', 'big'), lambda: int.from_bytes([300], 'big'), lambda: 128 .to_bytes(1, 'big', signed=True), lambda: int.from_bytes(b'', 'big')):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)

print(7 // 2, -7 // 2, 7 // -2, 7 % -3, -7 % 3, 7 / 2, 2 ** 100, 2 ** -1, (-2) ** 3, 1 << 70, (1 << 70) >> 68, -1 >> 5, -5 >> 1, 5 & 3, 5 | 3, 5 ^ 3, ~5, -5 & 0xff, 10 ** 20 // 7, 10 ** 20 % 7, -10 ** 20 // 7, 10 ** 20 / 3, 2 ** 0.5, 0 ** 0, 5 // 2.0, 5 % 2.5, 1_000, 0xFF, 0o17, 0b11, 5 .__class__, -(2 ** 63), 10**25 - 10**25 + 1, 3 == 3.0, 2**53 == 2.0**53, 2**53 + 1 == float(2**53), 10**400 > 1e308, 10**400 > float('inf'))
for f in (lambda: 1 / 0, lambda: 1 // 0, lambda: 1 % 0, lambda: 1 << -1, lambda: 1 >> -1, lambda: 1 << 1.0, lambda: 'a' + 1, lambda: 1 + 'a', lambda: 1 < 'a', lambda: 10 ** 400 / 3, lambda: float(10 ** 400), lambda: 10**400 * 1.0, lambda: 1 & 1.0, lambda: 1 @ 2, lambda: 0 ** -1, lambda: 1(), lambda: 1[0], lambda: None + 1, lambda: [] + (), lambda: {} + {}, lambda: 1 - [], lambda: ~1.5, lambda: -'a', lambda: +[], lambda: 1.0 // 0, lambda: 1.0 % 0, lambda: 1 / 0.0, lambda: divmod(1, 0), lambda: len(1), lambda: None.x, lambda: (1).x, lambda: int('a' * 200), lambda: 5 in 5, lambda: 2.0 ** 10000, lambda: (-1) ** 0.5, lambda: 1 if [] < 5 else 0):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)

for s in ('1', '1.5', ' 1.5 ', '-1e5', 'inf', '-Infinity', 'nan', '+nan', '1_0.5', '.5', '5.', '1e', 'e5', '', '1e400', '1e-400', '0x1', '1__0', '_1', '1_', 'infin', '1.5.5', '1e5.5', '--1', '١.٥', 'NaN', '1e+5', '1E5', '\t1\n', '1 5'):
    try: print(ascii(s), float(s))
    except ValueError as e: print(ascii(s), ascii(str(e)))
for v in (1.0, 0.1, 1e15, 1e16, 1e17, 123456789012345680.0, 1e-4, 1e-5, 0.1 + 0.2, 1/3, 1e100, 5e-324, 1.7976931348623157e308, -0.0, 1e22, 1e21, 123456.789, 100.0, 2.5e-7, float('inf'), -float('inf'), float('nan')): print(repr(v), str(v), [v])
for f in (lambda: float(None), lambda: float([]), lambda: float(1j), lambda: float(b'1.5'), lambda: float(b'x'), lambda: float('1' * 400), lambda: float(1, 2), lambda: float(x=1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)

x = 2.75; print(x.is_integer(), (3.0).is_integer(), x.as_integer_ratio(), x.hex(), float.fromhex('0x1.6p+1'), x.conjugate(), x.real, x.imag, int(x), (0.1).as_integer_ratio(), (-0.0).hex(), (5e-324).hex(), float('inf').hex(), (0.1).hex(), float.fromhex('inf'), float.fromhex('1'), float.fromhex('-0x1p-1074'), (1e308*10), x.__trunc__(), x.__floor__(), x.__ceil__(), x.__round__(1), (2.5).__floordiv__(2), 3.5 // 1, -3.5 // 1, 3.5 % -2, -3.5 % 2, 1e300 * 1e10, divmod(5.5, 1.5), 5.5 ** 2, float.__add__(1.0, 2), (1.0).__eq__(1), (1.0).__lt__('a'))
for f in (lambda: float('inf').as_integer_ratio(), lambda: float('nan').as_integer_ratio(), lambda: float.fromhex('x'), lambda: float.fromhex('0x1p5000'), lambda: int(float('inf')), lambda: int(float('nan')), lambda: round(float('nan')), lambda: 1.0 < 1j, lambda: 1.5 & 1, lambda: 1.5[0], lambda: 1.0 .foo, lambda: range(1.0), lambda: [1][1.0], lambda: 'a' * 1.0, lambda: float.__getformat__('double')):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
nan = float('nan'); print(nan == nan, nan != nan, nan in [nan], [nan] == [nan], nan < 1, nan is nan, {nan: 1}[nan], max([1, nan]), sorted([3, 1, 2.5]), 1.0 == True, hash(1.5) == hash(1.5), hash(float('inf')), hash(-0.0))

b = b'hello'; print(b, b[0], b[1:3], b + b'x', b * 2, 104 in b, b'll' in b, list(b), b.hex(), b.hex(' '), b.hex(':', 2), bytes.fromhex('68 65'), bytes(3), bytes([1, 2]), bytes('é', 'utf8'), bytes(b'a'), bytes(), b.decode(), b == 'hello', b < b'i', b.find(b'l'), b.find(108), b.count(b'l'), b.replace(b'l', b'L'), b.split(b'l'), b.upper(), b.title(), b.center(9, b'*'), b.startswith(b'he'), b.endswith((b'lo', b'x')), b.join([b'a', b'b']), b.partition(b'l'), b.strip(b'ho'), b.translate(None, b'l'), b.isalpha(), b.index(b'e'), b.rfind(b'l'), b.zfill(7), b.expandtabs(), b.splitlines(), b.removeprefix(b'he'), bytes(range(5)), b'%d %s %r' % (5, b'a', 'é'), b'\x00\xff\'"', b"it's", bytes([34, 39]))
for f in (lambda: bytes([256]), lambda: bytes('a'), lambda: bytes(-1), lambda: bytes(['a']), lambda: bytes(1.5), lambda: b + 'a', lambda: 'a' + b, lambda: b.split('l'), lambda: bytes.fromhex('6'), lambda: bytes.fromhex('zz'), lambda: b.index(b'z'), lambda: b[10], lambda: 256 in b, lambda: 'a' in b, lambda: b.join(['a']), lambda: b.decode('foo'), lambda: b'%d' % 'a', lambda: b'%s' % 'a', lambda: bytes(5, 'utf8'), lambda: bytes(b'a', 'utf8'), lambda: b.replace('a', 'b'), lambda: b.hex(5), lambda: b.center(3, 'a'), lambda: bytes(None), lambda: bytes(object()), lambda: b < 'a', lambda: b.format(1), lambda: b.find('a'), lambda: b'a' % 5):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class A:
    def __bytes__(self): return b'abc'
print(bytes(A()))
class S(bytes): pass
s = S(b'x'); print(s, type(s), type(s + b'y'), repr(s), s == b'x')

b = bytearray(b'abc'); b[0] = 122; b.append(100); b.extend(b'ef'); b.insert(0, 33); print(b, b.pop(), b.pop(0), b, len(b)); b.remove(98); b.reverse(); print(b); b += b'zz'; b *= 2; print(b); del b[1:3]; b[0:2] = b'QQQQ'; print(b, b == bytes(b), bytearray(3), bytearray('a', 'utf8'), b.copy() == b, b.find(b'z'), b.upper(), bytearray([1, 2]), repr(bytearray(b'\xff\'')))
b.clear(); print(b)
for f in (lambda: b.pop(), lambda: b.append(256), lambda: b.append('a'), lambda: b.remove(5), lambda: bytearray('a'), lambda: b.__setitem__(0, 1), lambda: b.extend([300]), lambda: b.extend('a'), lambda: hash(b), lambda: b.insert(0, 'x'), lambda: bytearray([1]).__setitem__(0, 'a'), lambda: b.extend(5)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)

l = [3, 1, 2]; l.append(5); l.extend((6, 7)); l.insert(1, 9); l.insert(-100, 0); l.insert(100, 8); print(l, l.pop(), l.pop(0), l.index(9), l.count(1)); l.remove(9); l.sort(); print(l); l.reverse(); print(l, l.copy() is l, l == l.copy()); l.clear(); print(l)
for f in (lambda: [].pop(), lambda: [1].pop(5), lambda: [1].remove(2), lambda: [1].index(2), lambda: [1].index(1, 5), lambda: [1].insert('a', 1), lambda: [1].extend(5), lambda: [1].append(), lambda: [1] + (1,), lambda: [1] * 'a', lambda: [1, 'a'].sort(), lambda: [1].sort(lambda a: a), lambda: [1][5], lambda: [1]['a'], lambda: list(5), lambda: list(1, 2), lambda: list(x=1), lambda: [1] < (1,), lambda: [1] < ['a'], lambda: [].index(), lambda: [1].pop('a'), lambda: [].__getitem__(0), lambda: [1].count(), lambda: [1, 2].__delitem__(5), lambda: [1].__setitem__(5, 1), lambda: [] > None, lambda: [1].foo):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
a = [1, 2]; a += 'ab'; a *= 2; print(a, a[-1:], a[5:1], a[::-2], [1, 2] < [1, 3], [1] < [1, 0], [] < [1], [[1]] * 2, [1, 2, 3][1:] + [4], 2 in a, [1, [2, [3]]])
b = a; b += [1]; print(a is b); b = b + [1]; print(a is b)
r = []; r.append(r); print(r, [r]); d = {}; d['d'] = d; print(d); t = ([],); t[0].append(t); print(t)
l = list(range(5)); 
for x in l:
    if x < 3: l.remove(x)
print(l); l = [1, 2, 3]; l[1:1] = [9, 9]; l[-1:] = []; l[:0] = 'z'; print(l); del l[0], l[-1]; print(l); del l[:]; print(l)
l = [5, 3, 8]; l.sort(key=lambda x: -x); print(l); l.sort(reverse=True, key=str); print(l)
l = [1, 2, 3]
def k(x): l.append(x); return x
try: l.sort(key=k)
except ValueError as e: print(e)

t = (1, 2, 3); print(t, (1,), (), t[0], t[-1], t[::2], t + (4,), t * 2, t.count(1), t.index(2), 2 in t, t < (1, 3), hash(t) == hash((1, 2, 3)), tuple('ab'), tuple(), tuple([1]), t == [1, 2, 3], (1, [2]), len(t))
for f in (lambda: t[5], lambda: t.index(9), lambda: t + [1], lambda: tuple(5), lambda: t['a'], lambda: hash(([],)), lambda: t < 5, lambda: t.append(1), lambda: tuple(1, 2), lambda: t[1.5], lambda: t.__setitem__):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
try: t[0] = 1
except TypeError as e: print(e)
try: del t[0]
except TypeError as e: print(e)
t = ([1],)
try: t[0] += [2]
except TypeError as e: print(e, t)
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
x = T(1, 2); print(x, type(x), type(x + ()), x == (1, 2), type(x[:]), repr(x))
