"""Numbers at random: their shape is known, and no more."""
import _necktie_model
from numpy._array import asarray, ndarray
from numpy._functions import _size
from numpy._types import _scalar, is_number, is_whole, plain


def _drawn(size, name='float64', what='a number at random'):
    return ndarray(None, _size(size), name) if size is not None else _necktie_model.unseen(float if name == 'float64' else int, what)


def seed(seed=None):
    return None


def rand(*d):
    return _drawn(d) if d else random()


def randn(*d):
    return _drawn(d or None)


def random(size=None):
    return _drawn(size) if size is not None else _necktie_model.drawn(float, 'a number at random', 0, 1)


random_sample = random


def uniform(low=0.0, high=1.0, size=None):
    for bound in (low, high):
        if bound is None:
            raise TypeError('must be real number, not NoneType')
        if isinstance(bound, str):
            try:
                float(bound)
            except ValueError as error:
                raise error
            raise TypeError('must be real number, not str')
        elif not isinstance(bound, (list, tuple, ndarray)) and not is_number(bound):
            _necktie_model.unknown('numpy.random.uniform of these')
    if size is None and not (is_number(low) and is_number(high)):
        return asarray(low) + asarray(high)
    if size is not None or not _are_known(plain(low), plain(high)) or not low < high:
        return _drawn(size)
    return _necktie_model.drawn(float, 'a number at random', plain(low), plain(high))


def normal(loc=0.0, scale=1.0, size=None):
    return _drawn(size)


def beta(a, b, size=None):
    return _drawn(size)


def randint(low, high=None, size=None, dtype=int):
    if size is None and dtype is int and _are_known(low, 0 if high is None else high):
        first, last = (0, int(low)) if high is None else (int(low), int(high))
        if first >= last:
            raise ValueError(f'high <= {first}' if high is None else 'low >= high')
        if last - first <= _FEW and _necktie_model.is_choosing():
            return first + _necktie_model.choose(last - first, 'a number at random')
        return _necktie_model.drawn(int, 'a number at random', first, last)
    return _drawn(size, 'int64') if size is not None or dtype is int else _necktie_model.unknown('a number at random')


def permutation(x):
    if isinstance(x, (list, tuple)):
        # One order is as good as another, where what comes up is looked at.
        return list(x) if _necktie_model.is_choosing() else _necktie_model.unknown('numpy.random.permutation')
    return ndarray(None, (x,), 'int64') if is_whole(x) else ndarray(None, x.shape, x._name)


def shuffle(x):
    if isinstance(x, list) and _necktie_model.is_choosing():
        return None
    return _necktie_model.unknown('numpy.random.shuffle')


# So many numbers are looked at one by one.
_FEW = 3
_MOST = 32


def _are_known(*values):
    for value in values:
        if _necktie_model.is_unseen(value) or not isinstance(value, (int, float)):
            return False
    return True


def choice(a, size=None, replace=True, p=None):
    if isinstance(size, (str, float)) and not _necktie_model.is_unseen(size):
        raise TypeError(_necktie_model.about(f"'{type(size).__name__}' object cannot be interpreted as an integer", size))
    if isinstance(a, ndarray) and a.ndim == 1 and a._values and size is None and _necktie_model.is_choosing():
        return _one_of(list(a._values), p)
    if isinstance(a, (list, tuple)) and size is None:
        return _one_of(a, p)
    if isinstance(a, (list, tuple)) and isinstance(size, int) and replace and p is None and _necktie_model.is_choosing() and 0 < size <= _MOST:
        if len(a) and not [item for item in a if isinstance(item, (list, tuple, ndarray, int, float))]:
            return [a[_necktie_model.choose(len(a), 'a choice at random')] for _ in range(size)]
    if isinstance(a, ndarray) and a.ndim == 1 and a._values and isinstance(size, int) and p is None and _necktie_model.is_choosing() and 0 < size <= _MOST:
        left, taken = list(a._values), []
        for _ in range(min(size, len(left)) if not replace else size):
            taken.append(left[_necktie_model.choose(len(left), 'a choice at random')])
            if not replace:
                left.remove(taken[-1])
        return ndarray(taken, (len(taken),), a._name)
    if is_whole(a) and size is None and not _necktie_model.is_unseen(a) and a <= _MOST and _necktie_model.is_choosing():
        return _one_of(list(range(a)), p)
    return _drawn(size, 'int64') if is_whole(a) else _necktie_model.unknown('a choice at random')


def _one_of(items, p):
    if not len(items):
        raise ValueError("'a' cannot be empty unless no samples are taken")
    if p is not None:
        p = list(p)
        if not _are_known(*p):
            _necktie_model.unknown('a choice at random')
        if len(p) != len(items):
            raise ValueError("'a' and 'p' must have same size")
        if [one for one in p if one < 0]:
            raise ValueError('probabilities are not non-negative')
        if abs(sum(p) - 1) > 1e-8:
            raise ValueError(_necktie_model.about('probabilities do not sum to 1', p))
    kinds = {type(item) for item in items}
    if len(items) > _MOST or not kinds <= {int, float, str, type(None), bool} or [item for item in items if _necktie_model.is_unseen(item)]:
        _necktie_model.unknown('a choice at random')
    items = [item for i, item in enumerate(items) if p is None or p[i] > 0]
    taken = items[_necktie_model.choose(len(items), 'a choice at random')]
    return _scalar(taken, 'int64' if kinds == {int} else 'float64') if kinds <= {int, float} else taken


class RandomState:
    def __init__(self, seed=None):
        pass

    rand = randn = lambda self, *d: rand(*d)
    randint = lambda self, *args, **named: randint(*args, **named)
    permutation = lambda self, x: permutation(x)
    uniform = lambda self, *args, **named: uniform(*args, **named)


def default_rng(seed=None):
    return _necktie_model.unknown('numpy.random.default_rng')


from . import mtrand  # noqa: E402, F401
