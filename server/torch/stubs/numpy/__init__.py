"""A little numpy: what building a model computes with; everything else is unknown."""
import math

from ._array import array, asarray, ndarray
from ._functions import (
    abs, absolute, add, all, allclose, amax, amin, any, arange, arctan, argmax, argmin, argsort, around, array_equal, broadcast_to, ceil, clip, cos,
    count_nonzero, cumsum, diff, divide, dot, einsum, empty, equal, exp, eye, floor, floor_divide, frombuffer, full, full_like, greater, identity, isclose, isfinite, isinf,
    isnan, less, linspace, log, log10, log2, logical_and, logical_not, logical_or, matmul, max, maximum, mean, median, meshgrid, min, minimum, mod, multiply,
    not_equal, ones, ones_like, outer, power, prod, remainder, rint, round, sign, sin, sort, sqrt, square, std, subtract, sum, tan, tanh, true_divide, unique,
    var, where, zeros, zeros_like,
)
from ._shapes import (
    append, concatenate, expand_dims, flip, fliplr, flipud, hstack, ravel, repeat, reshape, rot90, split, squeeze, stack, swapaxes, tile, transpose, vstack,
)
from ._types import (
    bool_, dtype, float16, float32, float64, floating, generic, inexact, int8, int16, int32, int64, integer, intp, number, signedinteger, uint8, uint16,
    uint32, uint64, unsignedinteger,
)

ascontiguousarray = asanyarray = asarray
pi = math.pi
e = math.e
inf = math.inf
nan = math.nan
newaxis = None


def isscalar(element):
    return isinstance(element, (int, float, str, generic))


def ndim(a):
    return asarray(a).ndim


def shape(a):
    return asarray(a).shape


def copy(a):
    return asarray(a).copy()


def finfo(dtype):
    import torch
    return torch.finfo(getattr(torch, str(globals()['dtype'](dtype))))
