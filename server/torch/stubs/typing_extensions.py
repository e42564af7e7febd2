"""What newer Pythons have in `typing`, for older ones."""
import typing
from typing import TypeGuard as TypeIs


def override(method, /):
    try:
        method.__override__ = True
    except (AttributeError, TypeError):
        pass
    return method


class deprecated:
    def __init__(self, message, /, *, category=DeprecationWarning, stacklevel=1):
        if not isinstance(message, str):
            raise TypeError(f'Expected an object of type str for \'message\', not {type(message).__name__!r}')
        self.message, self.category, self.stacklevel = message, category, stacklevel

    def __call__(self, decorated, /):
        decorated.__deprecated__ = self.message
        return decorated


def TypeVar(name, *constraints, bound=None, covariant=False, contravariant=False, default=None, infer_variance=False):
    return typing.TypeVar(name, *constraints, bound=bound, covariant=covariant, contravariant=contravariant)


def ParamSpec(name, *, bound=None, covariant=False, contravariant=False, infer_variance=False, default=None):
    return typing.ParamSpec(name)


def __getattr__(name):
    return getattr(typing, name)
