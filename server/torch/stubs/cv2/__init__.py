"""
A little of OpenCV: what it takes, and the shape and type of what comes of it; of pixels, nothing. What it refuses is refused in its words, where all of version 4 and 5
do; everything else is unknown.
"""
import _necktie_model
from numpy import ndarray

from ._arguments import border, error, image, integer, number, refuse, size, sized

INTER_NEAREST, INTER_LINEAR, INTER_CUBIC, INTER_AREA, INTER_LANCZOS4, INTER_LINEAR_EXACT, INTER_NEAREST_EXACT = range(7)
BORDER_CONSTANT, BORDER_REPLICATE, BORDER_REFLECT, BORDER_WRAP, BORDER_REFLECT_101, BORDER_TRANSPARENT = range(6)
BORDER_DEFAULT = BORDER_REFLECT101 = BORDER_REFLECT_101
BORDER_ISOLATED = 16
IMREAD_UNCHANGED, IMREAD_GRAYSCALE, IMREAD_COLOR, IMREAD_ANYDEPTH, IMREAD_ANYCOLOR, IMREAD_IGNORE_ORIENTATION = -1, 0, 1, 2, 4, 128
WARP_FILL_OUTLIERS, WARP_INVERSE_MAP = 8, 16
ROTATE_90_CLOCKWISE, ROTATE_180, ROTATE_90_COUNTERCLOCKWISE = range(3)
FILLED = -1

# By code: how many channels go in, and come out.
_COLORS = {}
for _names, _given, _made in (
    ('BGR2BGRA=0 RGB2RGBA=0 BGR2RGBA=2 RGB2BGRA=2', (3,), 4), ('BGRA2BGR=1 RGBA2RGB=1 BGRA2RGB=3 RGBA2BGR=3', (4,), 3), ('BGR2RGB=4 RGB2BGR=4', (3, 4), 3),
    ('BGRA2RGBA=5 RGBA2BGRA=5', (4,), 4), ('BGR2GRAY=6 RGB2GRAY=7 BGRA2GRAY=10 RGBA2GRAY=11', (3, 4), None), ('GRAY2BGR=8 GRAY2RGB=8', (None, 1), 3),
    ('GRAY2BGRA=9 GRAY2RGBA=9', (None, 1), 4),
    ('BGR2XYZ=32 RGB2XYZ=33 BGR2YCrCb=36 RGB2YCrCb=37 BGR2YCR_CB=36 RGB2YCR_CB=37 BGR2HSV=40 RGB2HSV=41 BGR2Lab=44 RGB2Lab=45 BGR2LAB=44 RGB2LAB=45 '
     'BGR2HLS=52 RGB2HLS=53 BGR2HSV_FULL=66 RGB2HSV_FULL=67 BGR2YUV=82 RGB2YUV=83', (3, 4), 3),
    ('XYZ2BGR=34 XYZ2RGB=35 YCrCb2BGR=38 YCrCb2RGB=39 YCR_CB2BGR=38 YCR_CB2RGB=39 HSV2BGR=54 HSV2RGB=55 Lab2BGR=56 Lab2RGB=57 LAB2BGR=56 LAB2RGB=57 '
     'HLS2BGR=60 HLS2RGB=61 HSV2BGR_FULL=70 HSV2RGB_FULL=71 YUV2BGR=84 YUV2RGB=85', (3,), 3),
):
    for _one in _names.split():
        _name, _code = _one.split('=')
        globals()[f'COLOR_{_name}'] = int(_code)
        _COLORS[int(_code)] = (_given, _made)


def _like(src, shape=None):
    """An image of another size has no last axis of one channel."""
    shape = tuple(src.shape if shape is None else (*shape, *src.shape[2:]))
    last = shape[2] if len(shape) == 3 else None
    return ndarray(None, shape[:2] if last is not None and not _necktie_model.is_unseen(last) and last == 1 else shape, src._name)


def resize(src, dsize, dst=None, fx=None, fy=None, interpolation=INTER_LINEAR):
    image('resize', src)
    dsize = size('resize', dsize)
    integer('resize', 'interpolation', interpolation)
    if fx is not None or fy is not None:
        _necktie_model.unknown('cv2.resize by factors')
    if dsize is None or sized(*dsize) and min(dsize) <= 0:
        refuse("(-215:Assertion failed) inv_scale_x > 0 in function 'resize'", dsize)
    if sized(interpolation) and interpolation is not None and not 0 <= interpolation <= 6:
        _necktie_model.unknown('cv2.resize by another interpolation')
    return _like(src, (dsize[1], dsize[0]))


def copyMakeBorder(src, top, bottom, left, right, borderType, dst=None, value=None):
    image('copyMakeBorder', src)
    for name, given in (('top', top), ('bottom', bottom), ('left', left), ('right', right), ('borderType', borderType)):
        integer('copyMakeBorder', name, given)
    border('copyMakeBorder', 'value', value)
    for given in (top, bottom, left, right):
        if given is None:
            _necktie_model.unknown('cv2.copyMakeBorder of None')
        if sized(given) and given < 0:
            refuse("(-215:Assertion failed) top >= 0 && bottom >= 0 && left >= 0 && right >= 0 && _src.dims() <= 2 in function 'copyMakeBorder'", given)
    return _like(src, (src.shape[0] + top + bottom, src.shape[1] + left + right))


def flip(src, flipCode, dst=None):
    image('flip', src)
    integer('flip', 'flipCode', flipCode)
    return _like(src)


def rotate(src, rotateCode, dst=None):
    image('rotate', src)
    return _like(src) if rotateCode == ROTATE_180 else _like(src, (src.shape[1], src.shape[0]))


def cvtColor(src, code, dst=None, dstCn=0):
    image('cvtColor', src)
    integer('cvtColor', 'code', code)
    if code not in _COLORS:
        _necktie_model.unknown('cv2.cvtColor to other colours')
    given, made = _COLORS[code]
    channels = src.shape[2] if src.ndim == 3 else None
    if _necktie_model.is_unseen(channels):
        _necktie_model.unknown('how many channels a picture has')
    if channels not in given and not (channels == 1 and None in given):
        refuse("(-15:Bad number of channels) in function 'cvtColor': Invalid number of channels in input image", src)
    if src._name == 'float64':
        refuse("(-2:Unspecified error) in function 'cvtColor': Unsupported depth of input image: 'depth' is 6 (CV_64F)", src)
    return ndarray(None, src.shape[:2] if made is None else (*src.shape[:2], made), src._name)


def _warped(function):
    def warp(src, M, dsize, dst=None, flags=INTER_LINEAR, borderMode=BORDER_CONSTANT, borderValue=None):
        image(function, src)
        dsize = size(function, dsize)
        integer(function, 'flags', flags)
        integer(function, 'borderMode', borderMode)
        border(function, 'borderValue', borderValue)
        if dsize is None or not isinstance(M, ndarray):
            _necktie_model.unknown(f'cv2.{function} of these')
        return _like(src) if sized(*dsize) and min(dsize) <= 0 else _like(src, (dsize[1], dsize[0]))
    return warp


warpAffine, warpPerspective = _warped('warpAffine'), _warped('warpPerspective')


def getRotationMatrix2D(center, angle, scale):
    number('angle', angle)
    number('scale', scale)
    return ndarray(None, (2, 3), 'float64')


def LUT(src, lut, dst=None):
    image('LUT', src)
    return ndarray(None, _like(src).shape, lut._name)


def merge(mv, dst=None):
    if not isinstance(mv, (list, tuple)) or not mv or not all([isinstance(one, ndarray) and one.ndim == 2 for one in mv]):
        _necktie_model.unknown('cv2.merge of these')
    return ndarray(None, (*mv[0].shape, len(mv)), mv[0]._name)


def split(m, mv=None):
    image('split', m)
    channels = m.shape[2] if m.ndim == 3 else 1
    if _necktie_model.is_unseen(channels):
        _necktie_model.unknown('how many channels a picture has')
    return tuple([ndarray(None, m.shape[:2], m._name) for _ in range(channels)])


def _arithmetic(function):
    def combine(src1, src2, dst=None, *args, **named):
        for src in (src1, src2):
            if not isinstance(src, ndarray):
                _necktie_model.unknown(f'cv2.{function} of these')
        image(function, src1)
        # A row of numbers stands for one pixel: one for all channels, or one for each; of four, versions say different things.
        numbers = src2.size if src2.ndim == 2 and sized(*src2.shape) and src2.shape[0] == 1 else None
        channels = src1.shape[2] if src1.ndim == 3 else 1
        if numbers is not None and sized(channels) and numbers not in (1, channels, 4) and (not sized(*src1.shape[:2]) or src1.shape[:2] != src2.shape):
            refuse("(-209:Sizes of input arguments do not match) The operation is neither 'array op array' (where arrays have the same size and the same number of "
                   f"channels), nor 'array op scalar', nor 'scalar op array' in function 'arithm_op': {channels} channels, and {numbers} numbers", src2)
        return _like(src1)
    return combine


add, subtract, multiply, divide = [_arithmetic(_name) for _name in ('add', 'subtract', 'multiply', 'divide')]


def addWeighted(src1, alpha, src2, beta, gamma, dst=None, dtype=None):
    image('addWeighted', src1)
    for name, given in (('alpha', alpha), ('beta', beta), ('gamma', gamma)):
        number(name, given)
    return _like(src1)


def imdecode(buf, flags, dst=None):
    integer('imdecode', 'flags', flags)
    channels = {IMREAD_GRAYSCALE: (), IMREAD_COLOR: (3,)}.get(flags & ~IMREAD_IGNORE_ORIENTATION)
    if channels is None or flags < 0:
        _necktie_model.unknown('a picture as its file has it')
    return ndarray(None, (*[_necktie_model.unseen(int, 'the size of a picture')] * 2, *channels), 'uint8')


def imread(filename, flags=IMREAD_COLOR):
    return imdecode(None, flags)


def setNumThreads(nthreads):
    return None


class ocl:
    @staticmethod
    def setUseOpenCL(flag):
        return None
