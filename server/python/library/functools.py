"""Functions of functions."""
from _functools import cached as _cached, partial, partialmethod, reduce

WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__')
WRAPPER_UPDATES = ('__dict__',)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for attr in assigned:
        try:
            value = getattr(wrapped, attr)
        except AttributeError:
            pass
        else:
            setattr(wrapper, attr, value)
    for attr in updated:
        getattr(wrapper, attr).update(getattr(wrapped, attr, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize) and isinstance(typed, bool):
        return _told(_cached(maxsize, 128, typed), 128, typed)
    if maxsize is not None and not isinstance(maxsize, int):
        raise TypeError('Expected first argument to be an integer, a callable, or None')
    return lambda fn: _told(_cached(fn, maxsize, typed), maxsize, typed)


def _told(cached, maxsize, typed):
    cached.cache_info = lambda: _info()(*cached._counts())
    cached.cache_parameters = lambda: {'maxsize': maxsize, 'typed': typed}
    return cached


_made = []


def _info():
    if not _made:
        from collections import namedtuple
        _made.append(namedtuple('CacheInfo', ['hits', 'misses', 'maxsize', 'currsize'], module='functools'))
    return _made[0]


def cache(user_function, /):
    return _told(_cached(user_function, None), None, False)


class cached_property:
    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError('Cannot use cached_property instance without calling __set_name__ on it.')
        values = instance.__dict__
        if self.attrname not in values:
            values[self.attrname] = self.func(instance)
        return values[self.attrname]


def _other_way(name, made_of):
    def method(self, other):
        result = made_of(self, other)
        return result
    method.__name__ = name
    return method


def total_ordering(cls):
    roots = [op for op in ('__lt__', '__le__', '__gt__', '__ge__') if getattr(cls, op, None) is not getattr(object, op, None)]
    if not roots:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    root = max(roots)
    own = getattr(cls, root)

    def unless(test):
        def method(self, other):
            result = own(self, other)
            return result if result is NotImplemented else test(result, self, other)
        return method
    less = root in ('__lt__', '__le__')
    strict = root in ('__lt__', '__gt__')
    same = unless(lambda r, a, b: r)
    same_or_equal = unless((lambda r, a, b: r or a == b) if strict else (lambda r, a, b: r and a != b))
    other = unless((lambda r, a, b: not r and a != b) if strict else (lambda r, a, b: not r or a == b))
    other_or_equal = unless(lambda r, a, b: not r)
    strict_name, loose_name = ('__lt__', '__le__') if less else ('__gt__', '__ge__')
    other_strict, other_loose = ('__gt__', '__ge__') if less else ('__lt__', '__le__')
    made = {strict_name: same_or_equal, loose_name: same_or_equal, other_strict: other if strict else other_or_equal, other_loose: other_or_equal if strict else other}
    for name, method in made.items():
        if name not in roots:
            method.__name__ = name
            setattr(cls, name, method)
    return cls


def cmp_to_key(mycmp):
    class K:
        __slots__ = ['obj']

        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0
        __hash__ = None
    return K


def singledispatch(func):
    registry = {}

    def find(cls):
        for base in cls.__mro__:
            if base in registry:
                return registry[base]
        return func

    def register(cls, fn=None):
        if fn is None:
            if isinstance(cls, type):
                return lambda f: register(cls, f)
            fn = cls
            cls = next(iter(fn.__annotations__.values()))
        registry[cls] = fn
        return fn

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f'{func.__name__} requires at least 1 positional argument')
        return find(args[0].__class__)(*args, **kw)
    registry[object] = func
    wrapper.register = register
    wrapper.dispatch = find
    wrapper.registry = registry
    update_wrapper(wrapper, func)
    return wrapper
