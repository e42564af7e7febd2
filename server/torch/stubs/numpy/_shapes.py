"""Functions that lay an array's elements out anew."""
import builtins
import math
import operator

from ._array import asarray, ndarray
from ._types import _cast, _promoted, is_whole
from ._unsized import agree


def _axis(axis, ndim):
    axis = operator.index(axis)
    if not -ndim <= axis < ndim:
        raise ValueError(f'axis {axis} is out of bounds for array of dimension {ndim}')
    return axis % ndim


def reshape(a, shape, order='C'):
    return asarray(a).reshape(shape, order=order)


def transpose(a, axes=None):
    return asarray(a).transpose(axes)


def swapaxes(a, axis1, axis2):
    return asarray(a).swapaxes(axis1, axis2)


def squeeze(a, axis=None):
    return asarray(a).squeeze(axis)


def ravel(a):
    return asarray(a).ravel()


def expand_dims(a, axis):
    given = asarray(a)
    at = axis % (given.ndim + 1)
    return given.reshape([*given.shape[:at], 1, *given.shape[at:]])


def concatenate(arrays, axis=0, *, dtype=None):
    if dtype is not None:
        return concatenate(arrays, axis).astype(dtype)
    parts = [asarray(a) for a in arrays]
    if not parts:
        raise ValueError('need at least one array to concatenate')
    if axis is None:
        parts, axis = [p.reshape(-1) for p in parts], 0
    if not parts[0].ndim:
        raise ValueError('zero-dimensional arrays cannot be concatenated')
    axis, name = _axis(axis, parts[0].ndim), parts[0]._name
    for p in parts[1:]:
        if p.ndim != parts[0].ndim or not agree([s for i, s in enumerate(p.shape) if i != axis], [s for i, s in enumerate(parts[0].shape) if i != axis]):
            raise ValueError('all the input array dimensions except for the concatenation axis must match exactly')
        name = _promoted(name, p._name)
    shape = [builtins.sum(p.shape[axis] for p in parts) if i == axis else s for i, s in enumerate(parts[0].shape)]
    if builtins.any(p._values is None for p in parts):
        return ndarray(None, shape, name)
    steps = [(p, math.prod(p.shape[axis:])) for p in parts]
    return ndarray([_cast(v, name) for i in range(math.prod(shape[:axis])) for p, n in steps for v in p._values[i * n:(i + 1) * n]], shape, name)


def stack(arrays, axis=0):
    parts = [asarray(a) for a in arrays]
    if builtins.any(not agree(p.shape, parts[0].shape) for p in parts):
        raise ValueError('all input arrays must have the same shape')
    return concatenate([expand_dims(p, axis) for p in parts], axis % (parts[0].ndim + 1))


def _at_least(a, ndim):
    given = asarray(a)
    return given if given.ndim >= ndim else given.reshape((1,) * (ndim - given.ndim) + given.shape)


def vstack(tup):
    return concatenate([_at_least(a, 2) for a in tup], 0)


def hstack(tup):
    parts = [_at_least(a, 1) for a in tup]
    return concatenate(parts, 0 if parts[0].ndim == 1 else 1)


def split(ary, indices_or_sections, axis=0):
    given = asarray(ary)
    axis = _axis(axis, given.ndim)
    size = given.shape[axis]
    if is_whole(indices_or_sections):
        if size % indices_or_sections:
            raise ValueError('array split does not result in an equal division')
        cuts = [size // indices_or_sections * i for i in range(1, indices_or_sections)]
    else:
        cuts = list(indices_or_sections)
    return [given[(slice(None),) * axis + (slice(a, b),)] for a, b in zip([0, *cuts], [*cuts, size])]


def repeat(a, repeats, axis=None):
    given = asarray(a)
    if axis is None:
        given, axis = given.reshape(-1), 0
    counts = [repeats] * given.shape[axis] if is_whole(repeats) else list(asarray(repeats)._known())
    return given[(slice(None),) * (axis % given.ndim) + ([i for i, n in enumerate(counts) for _ in range(n)],)]


def tile(A, reps):
    given, reps = asarray(A), (reps,) if is_whole(reps) else tuple(reps)
    given, reps = _at_least(given, len(reps)), (1,) * (given.ndim - len(reps)) + reps
    for axis, n in enumerate(reps):
        given = concatenate([given] * n, axis)
    return given


def flip(m, axis=None):
    given = asarray(m)
    axes = range(given.ndim) if axis is None else {_axis(x, given.ndim) for x in (axis if isinstance(axis, tuple) else (axis,))}
    return given[tuple(slice(None, None, -1) if i in axes else slice(None) for i in range(given.ndim))]


def fliplr(m):
    given = asarray(m)
    if given.ndim < 2:
        raise ValueError('Input must be >= 2-d.')
    return given[:, ::-1]


def flipud(m):
    given = asarray(m)
    if given.ndim < 1:
        raise ValueError('Input must be >= 1-d.')
    return given[::-1]


def rot90(m, k=1, axes=(0, 1)):
    if len(axes) != 2:
        raise ValueError('len(axes) must be 2.')
    given, (first, second) = asarray(m), axes
    if first == second or abs(first - second) == given.ndim:
        raise ValueError('Axes must be different.')
    if not -given.ndim <= first < given.ndim or not -given.ndim <= second < given.ndim:
        raise ValueError(f'Axes={axes} out of range for array of ndim={given.ndim}.')
    turns = k % 4
    if turns == 0:
        return given[:]
    if turns == 2:
        return flip(flip(given, first), second)
    return flip(swapaxes(given, first, second), first) if turns == 1 else swapaxes(flip(given, first), first, second)


def append(arr, values, axis=None):
    return concatenate([arr, values], axis)
