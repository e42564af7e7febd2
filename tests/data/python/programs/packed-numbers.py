import struct


def told(f, *args):
    try:
        print(args, f(*args))
    except Exception as e:
        print(args, type(e).__name__, e)


for code in 'bBhHiIlLqQ':
    for order in '@<>':
        for n in (-1, 127, 2 ** 15, 2 ** 31, 2 ** 63, 2 ** 64, 'a'):
            told(struct.pack, order + code, n)
for code in 'efd':
    for x in (0.1, -0.0, 65519.0, 65520.0, 1e39, 3e-8, float('inf'), 3, None):
        told(struct.pack, '<' + code, x)
for f in ('', 'bi', 'ib', '3s', '5p', 'xh', '<bq', 'b0d', '4', 'z', '4 i'):
    told(struct.calcsize, f)
told(struct.unpack, '<hb3s?', b'\x01\x02\x03abc\x01')
told(struct.unpack, 'i', b'abc')
told(struct.unpack_from, '<i', b'abcdefgh', 6)
told(struct.unpack_from, '<i', b'abcdefgh', -4)
b = bytearray(6)
told(struct.pack_into, '<h', b, 2, 258)
told(struct.pack_into, '<h', b, 5, 258)
print(b, list(struct.iter_unpack('<hb', b'abcdef')), struct.Struct('<ih').size)
