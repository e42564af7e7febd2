"""Numbers at random: their shape is known, and no more."""
import _necktie_model
from numpy._array import ndarray
from numpy._functions import _size
from numpy._types import is_whole


def _drawn(size, name='float64', what='a number at random'):
    return ndarray(None, _size(size), name) if size is not None else _necktie_model.unseen(float if name == 'float64' else int, what)


def seed(seed=None):
    return None


def rand(*d):
    return _drawn(d or None)


randn = rand


def random(size=None):
    return _drawn(size)


random_sample = random


def uniform(low=0.0, high=1.0, size=None):
    return _drawn(size)


def normal(loc=0.0, scale=1.0, size=None):
    return _drawn(size)


def beta(a, b, size=None):
    return _drawn(size)


def randint(low, high=None, size=None, dtype=int):
    return _drawn(size, 'int64') if size is not None or dtype is int else _necktie_model.unknown('a number at random')


def permutation(x):
    return ndarray(None, (x,), 'int64') if is_whole(x) else ndarray(None, x.shape, x._name)


def shuffle(x):
    return _necktie_model.unknown('numpy.random.shuffle')


def choice(a, size=None, replace=True, p=None):
    return _drawn(size, 'int64') if is_whole(a) else _necktie_model.unknown('a choice at random')


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
