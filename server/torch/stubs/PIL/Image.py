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
    def __init__(self, *args, **kwargs):
        _necktie_model.unknown('PIL.Image.Image')
