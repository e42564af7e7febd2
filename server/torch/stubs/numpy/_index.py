"""What `a[key]` shows: places in the flat array, their shape, and whether it is a view."""
import builtins
import math

import _necktie_model
from ._types import inexact, is_whole

# Numbers of an array beyond this are not followed.
LARGEST = 2**14


def is_large(shape):
    return math.prod(shape) > LARGEST


def picked(shape, key):
    """Places are None where there are too many of them."""
    keys = list(key) if isinstance(key, tuple) else [key]
    keys = [_made_array(k) if isinstance(k, list) or hasattr(k, '_values') else k for k in keys]
    used = builtins.sum(k.ndim if _is_mask(k) else 0 if k is None or k is Ellipsis else 1 for k in keys)
    if used > len(shape):
        raise IndexError(f'too many indices for array: array is {len(shape)}-dimensional, but {used} were indexed')
    if not [k for k in keys if k is Ellipsis]:
        keys.append(Ellipsis)
    parts, axis, arrays = [], 0, []  # a part: offsets, and the shape they have
    for k in keys:
        if k is Ellipsis:
            for _ in range(len(shape) - used):
                parts.append(_of(shape, axis, slice(None)))
                axis += 1
        elif k is None:
            parts.append(([0], (1,)))
        elif _is_mask(k):
            if k.shape != tuple(shape[axis:axis + k.ndim]):
                raise IndexError('boolean index did not match indexed array')
            step = math.prod(shape[axis + k.ndim:])
            offsets = [i * step for i, kept in enumerate(k._known()) if kept]
            arrays.append(len(parts))
            parts.append((offsets, (len(offsets),)))
            axis += k.ndim
        else:
            if hasattr(k, '_values'):
                arrays.append(len(parts))
            parts.append(_of(shape, axis, k))
            axis += 1
    if len(arrays) > 1:
        _necktie_model.unknown('several arrays as an index of a numpy array')
    places, out = [0], [size for _, own in parts for size in own]
    if is_large(out):
        return None, tuple(out), not arrays
    for offsets, _ in parts:
        places = [p + o for p in places for o in offsets]
    return places, tuple(out), not arrays


def _is_mask(k):
    return getattr(k, '_name', None) == 'bool'


def _made_array(k):
    from ._array import asarray
    given = asarray(k)
    return given if given.size or given._name == 'bool' else given.astype('int64')


def _of(shape, axis, k):
    size, step = shape[axis], math.prod(shape[axis + 1:])

    def at(i):
        if not -size <= i < size:
            raise IndexError(f'index {i} is out of bounds for axis {axis} with size {size}')
        return i % size * step

    if isinstance(k, slice):
        offsets = [i * step for i in range(*k.indices(size))]
        return offsets, (len(offsets),)
    if hasattr(k, '_values'):
        if k._name[0] not in 'iu':
            raise IndexError('arrays used as indices must be of integer (or boolean) type')
        return [at(i) for i in k._known()], k.shape
    if is_whole(k) and not isinstance(k, builtins.bool):
        return [at(builtins.int(k))], ()
    if isinstance(k, (inexact, builtins.float, str)):
        raise IndexError('only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices')
    _necktie_model.unknown('an index of a numpy array')
