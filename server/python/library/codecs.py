"""Marks of byte order, and encoding by name."""
from _necktie import unknown as _unknown

BOM_UTF8 = b'\xef\xbb\xbf'
BOM_LE = BOM_UTF16_LE = b'\xff\xfe'
BOM_BE = BOM_UTF16_BE = b'\xfe\xff'
BOM = BOM_UTF16 = BOM_LE
BOM_UTF32_LE = b'\xff\xfe\0\0'
BOM_UTF32_BE = b'\0\0\xfe\xff'
BOM_UTF32 = BOM_UTF32_LE


def encode(obj, encoding='utf-8', errors='strict'):
    return obj.encode(encoding, errors) if isinstance(obj, str) else _unknown('codecs.encode')


def decode(obj, encoding='utf-8', errors='strict'):
    return bytes(obj).decode(encoding, errors) if isinstance(obj, (bytes, bytearray)) else _unknown('codecs.decode')


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)

    def asked(*args, **kwargs):
        return _unknown(f'codecs.{name}')
    return asked
