"""Arrays of numbers: flat, with a shape. `_values` is None where the numbers are not known: `np.random.rand(3)` has a shape all the same.
Large arrays have a shape alone: the distances of all pixels of a picture are millions of numbers, and no network's shapes hang on them."""
import builtins
import math
import operator

import _necktie_model
from ._index import is_large, picked
from ._unsized import broadcast, is_sized, picked_unsized, reshaped, text_of as _text
from ._types import OPERATORS, _cast, _divided, _is_int, _kind_of, _name_of, _promoted, _scalar, define_operators, dtype, generic, is_number, plain


def _nested(given):
    """Numbers of a nested list, their shape and the types met; None for the numbers where one of them is not known."""
    if _necktie_model.is_unseen(given) and isinstance(given, (int, float)):
        return None, (), [_kind_of(given)]
    if isinstance(given, ndarray) and given._values is None:
        return None, given.shape, [given._name]
    if isinstance(given, ndarray):
        return given._known(), given.shape, [given._name]
    if isinstance(given, (list, tuple, range)):
        if given and builtins.all(is_number(item) for item in given):
            if builtins.any(_necktie_model.is_unseen(item) for item in given):
                return None, (len(given),), list({_kind_of(item) for item in given})
            return [plain(item) for item in given], (len(given),), list({_kind_of(item) for item in given})
        parts = [_nested(item) for item in given]
        if not parts:
            return [], (0,), []
        if builtins.any(not is_sized(shape) for _, shape, _ in parts):
            if builtins.any(len(shape) != len(parts[0][1]) for _, shape, _ in parts):
                _necktie_model.unknown('numpy.array of arrays of other shapes')
            return None, (len(parts), *parts[0][1]), [n for _, _, names in parts for n in names]
        if builtins.any(shape != parts[0][1] for _, shape, _ in parts):
            raise ValueError('setting an array element with a sequence. The requested array has an inhomogeneous shape')
        if builtins.any(values is None for values, _, _ in parts):
            return None, (len(parts), *parts[0][1]), [n for _, _, names in parts for n in names]
        return [v for values, _, _ in parts for v in values], (len(parts), *parts[0][1]), [n for _, _, names in parts for n in names]
    if is_number(given):
        return [plain(given)], (), [_kind_of(given)]
    if _is_tensor(given):
        array = given.numpy()
        return array._known(), array.shape, [array._name]
    _necktie_model.unknown(f'numpy.array of a {type(given).__name__}')


def _is_tensor(given):
    return type(given).__name__ in ('Tensor', 'Parameter') and type(given).__module__.startswith('torch')


def array(object, dtype=None, copy=True, order='K', subok=False, ndmin=0):
    if _is_tensor(object):
        object = object.numpy()
    elif type(object).__module__ == 'PIL.Image':
        object = object.__array__()
    if isinstance(object, ndarray) and object._values is None:
        return ndarray(None, object.shape, _name_of(dtype) if dtype is not None else object._name)
    name = _name_of(dtype) if dtype is not None else None
    values, shape, names = _nested(object if name is None else _read(object, name))
    if name is None:
        name = names[0] if names else 'float64'
        for other in set(names):
            name = _promoted(name, other)
    return ndarray(None if values is None else [_cast(v, name) for v in values], (1,) * (ndmin - len(shape)) + shape, name)


def _read(given, name):
    """With texts as numbers, where a type is asked for."""
    if isinstance(given, (list, tuple)):
        return [_read(item, name) if isinstance(item, (str, list, tuple)) else item for item in given]
    if not isinstance(given, str) or name == 'bool':
        return given
    try:
        return float(given) if name[0] == 'f' else int(given)
    except ValueError as error:
        raise error


def asarray(a, dtype=None, order=None):
    return a if isinstance(a, ndarray) and (dtype is None or _name_of(dtype) == a._name) else array(a, dtype)


def _common(a, b):
    """The shape that two are stretched to."""
    if not is_sized(a) or not is_sized(b):
        return broadcast(a, b)
    out = []
    for i in range(builtins.max(len(a), len(b))):
        x, y = (a[-1 - i] if i < len(a) else 1), (b[-1 - i] if i < len(b) else 1)
        if x != y and x != 1 and y != 1:
            raise ValueError(f'operands could not be broadcast together with shapes {_text(a)} {_text(b)} ')
        out.append(y if x == 1 else x)
    return tuple(reversed(out))


def _stretched(values, shape, to):
    if shape == to:
        return values
    if len(values) == 1:
        return values * math.prod(to)
    shape = (1,) * (len(to) - len(shape)) + tuple(shape)
    places, step = [0], 1
    for size, wide in zip(reversed(shape), reversed(to)):
        places = [p + (0 if size == 1 else i * step) for i in range(wide) for p in places]
        step *= size
    return [values[p] for p in places]


class ndarray:
    __module__ = 'numpy'

    def __init__(self, values, shape, name, base=None, places=None):
        # A size may be a number that nobody knows: a picture's.
        self.shape = tuple([size if type(size) is int else operator.index(size) for size in shape])
        self._values = None if values is None or is_large(self.shape) else values
        self._name = name
        # A view writes where it came from.
        self._base, self._places, self._views = base, places, []
        if base is not None:
            base._views.append(self)

    def _known(self):
        return self._values if self._values is not None else _necktie_model.unknown('the values of a numpy array')

    dtype = property(lambda self: dtype(self._name))
    ndim = property(lambda self: len(self.shape))
    size = property(lambda self: math.prod(self.shape))
    nbytes = property(lambda self: self.size * self.dtype.itemsize)
    flags = property(lambda self: _Flags())
    T = property(lambda self: self.transpose())
    flat = property(lambda self: iter([_scalar(v, self._name) for v in self._known()]))

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(f"'numpy.ndarray' object has no attribute '{name}'")
        _necktie_model.lacking('numpy.ndarray', name)

    def __repr__(self):
        return _necktie_model.unseen(str, 'a numpy array as text')

    __str__ = __repr__

    def _like(self, values, shape=None, name=None):
        return ndarray(values, self.shape if shape is None else shape, name or self._name)

    def __len__(self):
        if not self.shape:
            raise TypeError('len() of unsized object')
        return self.shape[0]

    def __iter__(self):
        if not self.shape:
            raise TypeError('iteration over a 0-d array')
        return iter([self[i] for i in range(self.shape[0])])

    def __contains__(self, value):
        return plain(value) in self._known()

    def __getitem__(self, key):
        if not is_sized(self.shape) or _is_loose(key):
            shape = picked_unsized(self.shape, key)
            return ndarray(None, shape, self._name) if shape else self._unseen()
        places, shape, is_view = picked(self.shape, key)
        if self._values is None or places is None:
            return ndarray(None, shape, self._name) if shape else self._unseen()
        values = [self._values[p] for p in places]
        if not shape and not (isinstance(key, tuple) and Ellipsis in [k for k in key if not isinstance(k, ndarray)]):
            return _scalar(values[0], self._name)
        return ndarray(values, shape, self._name, self, places) if is_view else ndarray(values, shape, self._name)

    def _unseen(self):
        """One of its numbers, where they are not known: Python's own does for numpy's."""
        if self._name == 'bool':
            _necktie_model.unknown('the values of a numpy array')
        return _necktie_model.unseen(float if self._name[0] == 'f' else int, 'the values of a numpy array')

    def __setitem__(self, key, value):
        if not is_sized(self.shape) or _is_loose(key):
            picked_unsized(self.shape, key)
            asarray(value)
            self._write(None, None)
            return
        places, shape, _ = picked(self.shape, key)
        given = asarray(value)
        if _common(given.shape, shape) != shape and len([s for s in given.shape if s != 1]) > len(shape):
            raise ValueError(f'could not broadcast input array from shape {_text(given.shape)} into shape {_text(shape)}')
        if self._values is None or given._values is None or places is None:
            self._write(None, None)
        else:
            self._write(places, [_cast(v, self._name) for v in _stretched(given._values, given.shape, shape)])

    def _write(self, places, values):
        if values is None:
            self._values = None
        else:
            for place, value in zip(places, values):
                self._values[place] = value
        if self._base is not None:
            self._base._write(None if values is None else [self._places[p] for p in places], values)
        else:
            self._refresh()

    def _refresh(self):
        for view in self._views:
            view._values = None if self._values is None else [self._values[p] for p in view._places]
            view._refresh()

    def _with(self, other, function, reflected=False, to=None):
        if isinstance(other, (list, tuple)):
            other = array(other)
        if is_number(other) and _necktie_model.is_unseen(other):
            theirs, shape, name = None, (), _kind_of(other)
            name = self._name if not (self._name[0] in 'iub' and name == 'float64') and self._name != 'bool' else name
        elif is_number(other):
            theirs, shape, name = [plain(other)], (), _kind_of(other)
            weak = not isinstance(other, generic) and not (self._name[0] in 'iub' and name == 'float64') and self._name != 'bool'
            name = self._name if weak else name
        elif isinstance(other, ndarray):
            theirs, shape, name = other._values, other.shape, other._name
        else:
            return NotImplemented
        common = _common(shape, self.shape) if reflected else _common(self.shape, shape)
        name = to or _promoted(self._name, name)
        if self._values is None or theirs is None or is_large(common):
            return ndarray(None, common, name) if common else ndarray(None, (), name)._unseen()
        ours, theirs = _stretched(self._values, self.shape, common), _stretched(theirs, shape, common)
        values = [function(b, a) for a, b in zip(ours, theirs)] if reflected else [function(a, b) for a, b in zip(ours, theirs)]
        return ndarray([_cast(v, name) for v in values], common, name) if common or self.shape or shape else _scalar(values[0], name)

    def _set(self, result):
        if result is NotImplemented:
            return result
        self[...] = result
        return self

    def __truediv__(self, other):
        return self._with(other, _divided, to=None if self._name[0] == 'f' else 'float64')

    def __rtruediv__(self, other):
        return self._with(other, _divided, True, None if self._name[0] == 'f' else 'float64')

    def __neg__(self):
        return self._like(None if self._values is None else [-v for v in self._values])

    def __abs__(self):
        return self._like(None if self._values is None else [builtins.abs(v) for v in self._values])

    def __invert__(self):
        return self._like(None if self._values is None else [not v if self._name == 'bool' else -1 - v for v in self._values])

    def __matmul__(self, other):
        from ._functions import matmul
        return matmul(self, other)

    def __bool__(self):
        if not is_sized(self.shape):
            _necktie_model.unknown('the values of a numpy array')
        if self.size != 1:
            raise ValueError('The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()')
        return builtins.bool(self._known()[0])

    def _single(self):
        if self.size != 1:
            raise TypeError('only 0-dimensional arrays can be converted to Python scalars')
        return self._known()[0]

    def __int__(self):
        return builtins.int(self._single())

    def __float__(self):
        return builtins.float(self._single())

    def __index__(self):
        if self.ndim or not _is_int(self._name):
            raise TypeError('only integer scalar arrays can be converted to a scalar index')
        return builtins.int(self._known()[0])

    def tolist(self):
        self._known()
        if not self.shape:
            return self._values[0]
        return list(self._values) if self.ndim == 1 else [part.tolist() for part in self]

    def item(self, *at):
        if at:
            return self[at[0] if len(at) == 1 and self.ndim == 1 else at].item()
        if self.size != 1:
            raise ValueError('can only convert an array of size 1 to a Python scalar')
        return self._known()[0]

    def astype(self, given, copy=True):
        name = _name_of(given)
        return self._like(None if self._values is None else [_cast(v, name) for v in self._values], name=name)

    def copy(self, order='C'):
        return self._like(None if self._values is None else list(self._values))

    def fill(self, value):
        self[...] = value

    def reshape(self, *shape, order='C'):
        shape = tuple(shape[0]) if len(shape) == 1 and isinstance(shape[0], (list, tuple)) else shape
        if not is_sized(self.shape) or not is_sized(shape):
            return self._like(None, reshaped(self.shape, shape))
        known = math.prod(s for s in shape if s != -1)
        if order != 'C':
            _necktie_model.unknown('numpy.reshape in another order')
        if (known != self.size if -1 not in shape else known == 0 or self.size % known):
            raise ValueError(f'cannot reshape array of size {self.size} into shape {_text(shape)}')
        shape = [self.size // known if s == -1 else s for s in shape]
        if self._values is None:
            return self._like(None, shape)
        return ndarray(list(self._values), shape, self._name, self, range(self.size))

    def ravel(self):
        return self.reshape(-1)

    def flatten(self):
        return self.reshape(-1).copy()

    def squeeze(self, axis=None):
        axes = range(self.ndim) if axis is None else [a % self.ndim for a in (axis if isinstance(axis, tuple) else (axis,))]
        return self.reshape([s for i, s in enumerate(self.shape) if not (s == 1 and i in axes)])

    def transpose(self, *axes):
        axes = axes[0] if len(axes) == 1 and (axes[0] is None or isinstance(axes[0], (list, tuple))) else axes
        axes = [a % self.ndim for a in axes] if axes else list(reversed(range(self.ndim)))
        if sorted(axes) != list(range(self.ndim)):
            raise ValueError("axes don't match array")
        shape = [self.shape[a] for a in axes]
        if self._values is None:
            return self._like(None, shape)
        steps = [math.prod(self.shape[a + 1:]) for a in axes]
        places = [0]
        for size, step in zip(shape, steps):
            places = [p + i * step for p in places for i in range(size)]
        return ndarray([self._values[p] for p in places], shape, self._name, self, places)

    def swapaxes(self, a, b):
        axes = list(range(self.ndim))
        axes[a], axes[b] = axes[b], axes[a]
        return self.transpose(axes)

    def clip(self, low=None, high=None):
        from ._functions import clip
        return clip(self, low, high)

    def repeat(self, repeats, axis=None):
        from ._shapes import repeat
        return repeat(self, repeats, axis)


def _is_loose(key):
    """Whether what it picks is not known."""
    for k in key if isinstance(key, tuple) else (key,):
        parts = (k.start, k.stop, k.step) if isinstance(k, slice) else (k,)
        if [p for p in parts if _necktie_model.is_unseen(p) or (isinstance(p, ndarray) and p._values is None)]:
            return True
    return False


class _Flags:
    """How an array lies in memory: nobody follows that."""
    def __getattr__(self, name):
        return _necktie_model.unseen(bool, "an array's flags")

    def __getitem__(self, name):
        return _necktie_model.unseen(bool, "an array's flags")


def _in_place(function):
    return lambda self, other: self._set(self._with(other, function))


define_operators(ndarray)
ndarray.__itruediv__ = _in_place(_divided)
for _name, _function in OPERATORS.items():
    setattr(ndarray, f'__i{_name}__', _in_place(_function))
ndarray.__hash__ = None
