"""Functions of an array's elements."""
import builtins
import math
import operator

import _necktie_model
from ._array import _common, _stretched, _text, array, asarray, ndarray
from ._index import is_large
from ._shapes import _axis, swapaxes
from ._unsized import broadcast, is_sized
from ._types import _cast, _is_int, _kind_of, _name_of, _promoted, _scalar, generic, is_number, is_whole, plain


def _size(shape):
    if is_whole(shape):
        return (builtins.int(shape),)
    if _necktie_model.is_unseen(shape):
        return (shape,) if isinstance(shape, builtins.int) else _necktie_model.unknown('a size of a numpy array')
    if is_number(shape):
        raise TypeError(f"expected a sequence of integers or a single integer, got '{shape!r}'")
    return tuple(s if type(s) is builtins.int else operator.index(s) for s in (shape.tolist() if isinstance(shape, ndarray) else shape))


def full(shape, fill_value, dtype=None):
    given, shape = asarray(fill_value, dtype if isinstance(fill_value, str) else None), _size(shape)
    name = _name_of(dtype) if dtype is not None else given._name
    if not is_sized(shape):
        if broadcast(given.shape, shape, f'could not broadcast input array from shape {_text(given.shape)} into shape {_text(shape)}'):
            return ndarray(None, shape, name)
    if given._values is None or is_large(shape):
        return ndarray(None, shape, name)
    return ndarray([_cast(v, name) for v in _stretched(given._values, given.shape, shape)], shape, name)


def zeros(shape, dtype=float, order='C'):
    return full(shape, 0, dtype)


def ones(shape, dtype=float, order='C'):
    return full(shape, 1, dtype)


def empty(shape, dtype=float, order='C'):
    return ndarray(None, _size(shape), _name_of(dtype))


def zeros_like(a, dtype=None):
    return full(asarray(a).shape, 0, dtype or asarray(a).dtype)


def ones_like(a, dtype=None):
    return full(asarray(a).shape, 1, dtype or asarray(a).dtype)


def full_like(a, fill_value, dtype=None):
    return full(asarray(a).shape, fill_value, dtype or asarray(a).dtype)


def frombuffer(buffer, dtype=float, count=-1, offset=0):
    return ndarray(None, (_necktie_model.unseen(builtins.int, 'how long a buffer is'),), _name_of(dtype))


def eye(N, M=None, k=0, dtype=float):
    name, wide = _name_of(dtype), N if M is None else M
    return ndarray(None if is_large((N, wide)) else [_cast(j - i == k, name) for i in range(N) for j in range(wide)], (N, wide), name)


identity = eye


def arange(start, stop=None, step=1, dtype=None):
    if stop is None:
        start, stop = 0, start
    if step == 0:
        raise ZeroDivisionError('division by zero')
    start, stop, step = plain(start), plain(stop), plain(step)
    name = _name_of(dtype) if dtype is not None else 'int64' if builtins.all(isinstance(v, builtins.int) for v in (start, stop, step)) else 'float64'
    count = builtins.max(0, math.ceil((stop - start) / step))
    return ndarray(None if is_large((count,)) else [_cast(start + i * step, name) for i in range(count)], (count,), name)


def linspace(start, stop, num=50, endpoint=True, dtype=None):
    step = (stop - start) / builtins.max(num - 1 if endpoint else num, 1)
    if is_large((num,)):
        return ndarray(None, (num,), 'float64' if dtype is None else _name_of(dtype))
    values = [builtins.float(start + i * step) for i in range(num)]
    if endpoint and num > 1:
        values[-1] = builtins.float(stop)
    made = ndarray(values, (num,), 'float64')
    return made if dtype is None else made.astype(dtype)


def meshgrid(*xi, indexing='xy'):
    arrays = [asarray(a).reshape(-1) for a in xi]
    sizes = [a.size for a in arrays]
    order = [1, 0, *range(2, len(arrays))] if indexing == 'xy' and len(arrays) > 1 else list(range(len(arrays)))
    shape = tuple(sizes[i] for i in order)
    return [broadcast_to(a.reshape([a.size if order[d] == i else 1 for d in range(len(arrays))]), shape).copy() for i, a in enumerate(arrays)]


def broadcast_to(array, shape):
    given = asarray(array)
    if _common(given.shape, tuple(shape)) != tuple(shape):
        raise ValueError(f'operands could not be broadcast together with remapped shapes [original->remapped]: {given.shape}  and requested shape {tuple(shape)}')
    return ndarray(None if given._values is None or is_large(shape) else _stretched(given._values, given.shape, tuple(shape)), shape, given._name)


# ---------------------------------------------------------------- one by one

def _each(function, to='float64'):
    """Of one array. `to`: the type of what is made of whole numbers; None: their own."""
    def apply(x):
        given = asarray(x)
        name = given._name if given._name[0] == 'f' or to is None else to
        if given._values is None and not given.shape:
            return ndarray(None, (), name)._unseen()
        values = None if given._values is None else [_cast(_tried(function, v), name) for v in given._values]
        return ndarray(values, given.shape, name) if given.shape or isinstance(x, ndarray) else _scalar(given._known() and values[0], name)
    return apply


def _tried(function, value):
    try:
        return function(value)
    except (ValueError, OverflowError):
        _necktie_model.unknown('a numpy function outside its domain')


def _test(function):
    def apply(x):
        given = asarray(x)
        if given._values is None and given.shape:
            return ndarray(None, given.shape, 'bool')
        values = [function(v) for v in given._known()]
        return ndarray(values, given.shape, 'bool') if given.shape else _scalar(values[0], 'bool')
    return apply


log, log2, log10, exp, sqrt = _each(math.log), _each(math.log2), _each(math.log10), _each(math.exp), _each(math.sqrt)
sin, cos, tan, tanh, arctan = _each(math.sin), _each(math.cos), _each(math.tan), _each(math.tanh), _each(math.atan)
ceil, floor, rint = _each(math.ceil, None), _each(math.floor, None), _each(builtins.round)
abs = absolute = _each(builtins.abs, None)
square = _each(lambda v: v * v, None)
sign = _each(lambda v: (v > 0) - (v < 0), None)
isnan, isinf, isfinite, logical_not = _test(math.isnan), _test(math.isinf), _test(math.isfinite), _test(lambda v: not v)


def round(a, decimals=0):
    return _each(lambda v: builtins.round(v, decimals), None)(a)


around = round


def _pair(method):
    def apply(x1, x2):
        if isinstance(x1, (ndarray, generic)) or isinstance(x2, (ndarray, generic)):
            return method(x1, x2)
        if isinstance(x1, (builtins.int, builtins.float)):
            return method(_scalar(x1, _kind_of(x1)), x2)
        return method(array(x1) if isinstance(x1, (list, tuple)) else asarray(x1)[()], x2)
    return apply


add, subtract, multiply = _pair(lambda a, b: a + b), _pair(lambda a, b: a - b), _pair(lambda a, b: a * b)
divide = true_divide = _pair(lambda a, b: a / b)
floor_divide, mod, power = _pair(lambda a, b: a // b), _pair(lambda a, b: a % b), _pair(lambda a, b: a**b)
remainder = mod
maximum = _pair(lambda a, b: _met(a, b, builtins.max))
minimum = _pair(lambda a, b: _met(a, b, builtins.min))
equal, not_equal = _pair(lambda a, b: a == b), _pair(lambda a, b: a != b)
greater, less = _pair(lambda a, b: a > b), _pair(lambda a, b: a < b)
logical_and = _pair(lambda a, b: _met(a, b, lambda x, y: builtins.bool(x and y), 'bool'))
logical_or = _pair(lambda a, b: _met(a, b, lambda x, y: builtins.bool(x or y), 'bool'))


def _met(a, b, function, to=None):
    single = not asarray(a).shape and not asarray(b).shape
    one, other = (b, a) if isinstance(a, (builtins.int, builtins.float)) and not isinstance(a, generic) else (a, b)
    made = asarray(one)._with(other if is_number(other) else asarray(other), function, one is b, to)
    return made[()] if single and isinstance(made, ndarray) else made


def clip(a, a_min=None, a_max=None):
    low = a if a_min is None else maximum(a, a_min)
    return low if a_max is None else minimum(low, a_max)


def where(condition, x=None, y=None):
    given = asarray(condition)
    if x is None:
        return given.nonzero() if given.ndim != 1 else (array([i for i, v in enumerate(given._known()) if v], 'int64'),)
    x, y = asarray(x), asarray(y)
    shape = _common(_common(given.shape, x.shape), y.shape)
    name = _promoted(x._name, y._name)
    if None in [given._values, x._values, y._values] or is_large(shape):
        return ndarray(None, shape, name)
    rows = zip(*[_stretched(part._values, part.shape, shape) for part in (given, x, y)])
    return ndarray([_cast(a if c else b, name) for c, a, b in rows], shape, name)


def isclose(a, b, rtol=1e-05, atol=1e-08):
    return asarray(a)._with(b, lambda x, y: builtins.abs(x - y) <= atol + rtol * builtins.abs(y), to='bool')


def allclose(a, b, rtol=1e-05, atol=1e-08):
    return builtins.bool(all(isclose(a, b, rtol, atol)))


def array_equal(a, b):
    return asarray(a).shape == asarray(b).shape and asarray(a)._known() == asarray(b)._known()


# ---------------------------------------------------------------- along an axis

def _reducing(function, to=None, empty=None):
    """`to`: what type comes of which."""
    def reduce(a, axis=None, dtype=None, out=None, keepdims=False):
        given = asarray(a)
        name = _name_of(dtype) if dtype is not None else to(given._name) if to else given._name
        axes = sorted(range(given.ndim) if axis is None else {_axis(x, given.ndim) for x in (axis if isinstance(axis, (tuple, list)) else (axis,))})
        kept = [i for i in range(given.ndim) if i not in axes]
        count = math.prod(given.shape[i] for i in axes)
        shape = [1 if i in axes else s for i, s in enumerate(given.shape)] if keepdims else [given.shape[i] for i in kept]
        if given._values is None:
            return ndarray(None, shape, name) if shape else _necktie_model.unknown('the values of a numpy array')
        if not count and empty is None:
            raise ValueError('zero-size array to reduction operation which has no identity')
        values = given.transpose(kept + axes)._values if axes != list(range(given.ndim)) else given._values
        rows = [values[i * count:(i + 1) * count] for i in range(math.prod(given.shape[i] for i in kept))]
        made = [_cast(function(row) if row else empty, name) for row in rows]
        return ndarray(made, shape, name) if shape else _scalar(made[0], name)
    return reduce


def _summed(name):
    return 'int64' if name == 'bool' or _is_int(name) and name[0] == 'i' else 'uint64' if name[0] == 'u' else name


def _real(name):
    return name if name[0] == 'f' else 'float64'


def _variance(row):
    middle = builtins.sum(row) / len(row)
    return builtins.sum((v - middle)**2 for v in row) / len(row)


def _median(row):
    row = sorted(row)
    return (row[(len(row) - 1) // 2] + row[len(row) // 2]) / 2


sum, prod = _reducing(builtins.sum, _summed, 0), _reducing(math.prod, _summed, 1)
max = amax = _reducing(builtins.max)
min = amin = _reducing(builtins.min)
mean, median = _reducing(lambda row: builtins.sum(row) / len(row), _real), _reducing(_median, _real)
var, std = _reducing(_variance, _real), _reducing(lambda row: math.sqrt(_variance(row)), _real)
all, any = _reducing(builtins.all, lambda _: 'bool', True), _reducing(builtins.any, lambda _: 'bool', False)
argmax = _reducing(lambda row: row.index(builtins.max(row)), lambda _: 'int64')
argmin = _reducing(lambda row: row.index(builtins.min(row)), lambda _: 'int64')
count_nonzero = _reducing(lambda row: builtins.sum(v != 0 for v in row), lambda _: 'int64', 0)


def _lined(function, to=None):
    """Along one axis, the last by default; another is not followed."""
    def apply(a, axis=-1, *args, **named):
        given = asarray(a)
        if axis is None:
            given, axis = given.reshape(-1), 0
        if _axis(axis, given.ndim) != given.ndim - 1:
            return swapaxes(apply(swapaxes(given, axis, -1), -1, *args, **named), axis, -1)
        size = given.shape[-1]
        if given._values is None:
            return ndarray(None, (*given.shape[:-1], len(function([0] * size, *args, **named))), to or given._name)
        rows = [function(given._known()[i:i + size], *args, **named) for i in range(0, given.size, builtins.max(size, 1))]
        return ndarray([v for row in rows for v in row], (*given.shape[:-1], len(rows[0]) if rows else 0), to or given._name)
    return apply


def _accumulated(row):
    total, out = 0, []
    for v in row:
        total += v
        out.append(total)
    return out


sort = _lined(lambda row, kind=None: sorted(row))
argsort = _lined(lambda row, kind=None: sorted(range(len(row)), key=lambda i: row[i]), 'int64')
_differences = _lined(lambda row: [b - a for a, b in zip(row, row[1:])])


def diff(a, n=1, axis=-1):
    for _ in range(n):
        a = _differences(a, axis)
    return a


def cumsum(a, axis=None, dtype=None):
    made = _lined(_accumulated)(a, axis)
    return made.astype(dtype or _summed(made._name))


# ---------------------------------------------------------------- all of them

def unique(ar, return_index=False, return_inverse=False, return_counts=False):
    known = asarray(ar).reshape(-1)._known()
    values = sorted(set(known))
    made = ndarray(values, (len(values),), asarray(ar)._name)
    more = [array([known.index(v) for v in values], 'int64')] * return_index
    more += [array([values.index(v) for v in known], 'int64')] * return_inverse + [array([known.count(v) for v in values], 'int64')] * return_counts
    return (made, *more) if more else made


def outer(a, b):
    return asarray(a).reshape(-1, 1) * asarray(b).reshape(1, -1)


def einsum(subscripts, *operands):
    if subscripts.replace(' ', '') in ('m,d->md', 'i,j->ij'):
        return outer(*operands)
    _necktie_model.unknown('numpy.einsum')


def dot(a, b):
    a, b = asarray(a), asarray(b)
    return a * b if not a.ndim or not b.ndim else matmul(a, b) if b.ndim <= 2 and a.ndim <= 2 else _necktie_model.unknown('numpy.dot of many dimensions')


def matmul(x1, x2):
    a, b = asarray(x1), asarray(x2)
    if a.ndim not in (1, 2) or b.ndim not in (1, 2):
        _necktie_model.unknown('numpy.matmul of these')
    if a.shape[-1] != b.shape[0]:
        raise ValueError(f'matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size {b.shape[0]} is different from {a.shape[-1]})')
    left, right = (a if a.ndim == 2 else a.reshape(1, -1)), (b if b.ndim == 2 else b.reshape(-1, 1))
    made = sum(left.reshape(left.shape[0], -1, 1) * right.reshape(1, *right.shape), axis=1).reshape(a.shape[:-1] + b.shape[1:])
    return made if made.shape else made[()]


for _name, _function in dict(sum=sum, prod=prod, max=max, min=min, mean=mean, var=var, std=std, all=all, any=any, argmax=argmax, argmin=argmin, round=round,
                             cumsum=cumsum, argsort=argsort, dot=dot).items():
    setattr(ndarray, _name, _function)


for _name in 'sum prod max min mean median var std all any argmax argmin count_nonzero sort argsort'.split():
    globals()[_name].__name__ = globals()[_name].__qualname__ = _name
del _name
