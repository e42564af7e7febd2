"""References here keep what they refer to: nothing is collected while a program can see it."""
from types import FunctionType as _FunctionType


_BARE = (int, float, complex, bool, str, bytes, bytearray, tuple, list, dict, type(None), range, slice, object)


def _check(value):
    if type(value) in _BARE:
        raise TypeError(f"cannot create weak reference to '{type(value).__name__}' object")


class ref:
    def __init__(self, object, callback=None):
        _check(object)
        self._object = object

    def __call__(self):
        return self._object

    def __eq__(self, other):
        return isinstance(other, ref) and self._object == other._object

    def __hash__(self):
        return hash(self._object)


ReferenceType = ref
WeakMethod = ref


def proxy(object, callback=None):
    _check(object)
    return object


class WeakValueDictionary(dict):
    pass


class WeakKeyDictionary(dict):
    pass


class WeakSet(set):
    pass


def finalize(obj, func, /, *args, **kwargs):
    return None
