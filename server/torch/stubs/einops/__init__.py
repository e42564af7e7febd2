"""einops: axes by name."""


class EinopsError(RuntimeError):
    pass


from .einops import asnumpy, einsum, parse_shape, rearrange, reduce, repeat
from .packing import pack, unpack

__all__ = ['EinopsError', 'asnumpy', 'einsum', 'pack', 'parse_shape', 'rearrange', 'reduce', 'repeat', 'unpack']
