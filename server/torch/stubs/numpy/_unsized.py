"""Shapes of which not every size is known: pictures that nobody has seen."""
import builtins
import math

import _necktie_model


def is_sized(shape):
    for size in shape:
        if _necktie_model.is_unseen(size):
            return False
    return True


def _size(what='the size of a numpy array'):
    return _necktie_model.unseen(int, what)


def broadcast(a, b, refused=None):
    """Only sizes that are both known can be told to disagree. `refused`: what is said of them."""
    out = []
    for i in range(builtins.max(len(a), len(b))):
        x, y = (a[-1 - i] if i < len(a) else 1), (b[-1 - i] if i < len(b) else 1)
        if _necktie_model.is_unseen(x):
            out.append(x if _necktie_model.is_unseen(y) or y == 1 else y)
        elif _necktie_model.is_unseen(y):
            out.append(y if x == 1 else x)
        else:
            if x != y and x != 1 and y != 1:
                raise ValueError(refused or f'operands could not be broadcast together with shapes {text_of(a)} {text_of(b)} ')
            out.append(y if x == 1 else x)
    return tuple(reversed(out))


def text_of(shape):
    """Of sizes that are not known, letters."""
    letters = iter('HWDNMKL')
    sizes = [next(letters, '?') if _necktie_model.is_unseen(s) else str(s) for s in shape]
    return '(' + ','.join(sizes) + (',)' if len(sizes) == 1 else ')')


def picked_unsized(shape, key):
    """The shape of `a[key]`."""
    keys = list(key) if isinstance(key, tuple) else [key]
    used = builtins.sum(k.ndim if _is_mask(k) else 0 if k is None or k is Ellipsis else 1 for k in keys)
    if used > len(shape):
        raise IndexError(f'too many indices for array: array is {len(shape)}-dimensional, but {used} were indexed')
    if not [k for k in keys if k is Ellipsis]:
        keys.append(Ellipsis)
    out, axis, arrays = [], 0, 0
    for k in keys:
        if k is Ellipsis:
            for _ in range(len(shape) - used):
                out.append(shape[axis])
                axis += 1
        elif k is None:
            out.append(1)
        elif _is_mask(k):
            out.append(_size())
            arrays += 1
            axis += k.ndim
        elif isinstance(k, slice):
            out.append(_of_slice(shape[axis], k))
            axis += 1
        elif isinstance(k, (list, tuple)) or hasattr(k, '_values'):
            from ._array import asarray
            out += asarray(k).shape
            arrays += 1
            axis += 1
        elif isinstance(k, builtins.int) or hasattr(k, '__index__'):
            if not _necktie_model.is_unseen(k) and not _necktie_model.is_unseen(shape[axis]) and not -shape[axis] <= k < shape[axis]:
                raise IndexError(f'index {k} is out of bounds for axis {axis} with size {shape[axis]}')
            axis += 1
        else:
            _necktie_model.unknown('an index of a numpy array')
    if arrays > 1:
        _necktie_model.unknown('several arrays as an index of a numpy array')
    return tuple(out)


def _is_mask(k):
    return getattr(k, '_name', None) == 'bool' if not isinstance(k, (builtins.int, slice, list, tuple)) and k is not None and k is not Ellipsis else False


def _of_slice(size, k):
    parts = (k.start, k.stop, k.step)
    if not [p for p in parts if p is not None]:
        return size
    for p in parts:
        if _necktie_model.is_unseen(p):
            return _size()
        if p is not None and not isinstance(p, builtins.int) and not hasattr(p, '__index__'):
            raise TypeError('slice indices must be integers or None or have an __index__ method')
    if _necktie_model.is_unseen(size):
        return size if parts == (None, None, -1) else _size()
    return len(range(*k.indices(size)))


def reshaped(shape, to):
    """As the program wants it: whether so many fit is not known. What is in both is the same."""
    left, known, is_certain = list(shape), 1, True
    for size in to:
        if not _necktie_model.is_unseen(size):
            known *= builtins.max(size, 1) if size != -1 else 1
            continue
        place = [i for i, other in enumerate(left) if other is size]
        if place:
            left.pop(place[0])
        else:
            is_certain = False
    is_certain = is_certain and is_sized(left) and math.prod(left) % known == 0
    return tuple([s if _necktie_model.is_unseen(s) or s != -1 else math.prod(left) // known if is_certain else _size() for s in to])


def agree(a, b):
    """Whether two shapes may be one: of what is not known, nothing is said."""
    if len(a) != len(b):
        return False
    for x, y in zip(a, b):
        if x is not y and not _necktie_model.is_unseen(x) and not _necktie_model.is_unseen(y) and x != y:
            return False
    return True
