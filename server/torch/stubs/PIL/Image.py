"""PIL.Image: numbers of its filters and transforms. Pictures are unknown."""
from enum import IntEnum

import _necktie_model


class Resampling(IntEnum):
    NEAREST = 0
    LANCZOS = 1
    BILINEAR = 2
    BICUBIC = 3
    BOX = 4
    HAMMING = 5


NEAREST = Resampling.NEAREST
LANCZOS = ANTIALIAS = Resampling.LANCZOS
BILINEAR = Resampling.BILINEAR
BICUBIC = Resampling.BICUBIC
BOX = Resampling.BOX
HAMMING = Resampling.HAMMING
FLIP_LEFT_RIGHT = 0
FLIP_TOP_BOTTOM = 1
ROTATE_90 = 2
ROTATE_180 = 3
ROTATE_270 = 4
TRANSPOSE = 5
TRANSVERSE = 6


class Image:
    """A picture as an array: only its shape is followed."""

    def __init__(self, *args, **kwargs):
        _necktie_model.unknown('PIL.Image.Image')

    def resize(self, size, resample=None, box=None, reducing_gap=None):
        if not isinstance(size, (tuple, list)) or len(size) != 2 or not all([isinstance(side, int) for side in size]):
            _necktie_model.unknown('PIL.Image.Image.resize of these')
        return _of(_numpy().ndarray(None, (size[1], size[0], *self._array.shape[2:]), self._array._name))

    def __array__(self):
        return self._array

    def __getattr__(self, name):
        _necktie_model.unknown(f'PIL.Image.Image.{name}')


def _numpy():
    import numpy
    return numpy


def _of(array):
    image = object.__new__(Image)
    image._array = array
    return image


def fromarray(obj, mode=None):
    if not isinstance(obj, _numpy().ndarray) or obj._name != 'uint8':
        _necktie_model.unknown('PIL.Image.fromarray of these')
    return _of(obj)
