"""Norms."""
import _necktie_model
from numpy._functions import asarray, sqrt, sum


def norm(x, ord=None, axis=None, keepdims=False):
    if ord not in (None, 2) or axis is None and asarray(x).ndim > 1 and ord is not None:
        _necktie_model.unknown('numpy.linalg.norm of this order')
    return sqrt(sum(asarray(x) * asarray(x), axis=axis, keepdims=keepdims))
