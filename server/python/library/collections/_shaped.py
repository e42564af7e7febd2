"""The abstract classes that are told by their methods alone."""
__name__ = 'collections.abc'

from abc import ABCMeta, abstractmethod
from _necktie import has_methods


class _Shaped(metaclass=ABCMeta):
    """Told by its methods alone."""
    __slots__ = ()
    _told = ()

    @classmethod
    def __subclasshook__(cls, other):
        told = cls.__dict__.get('_told', ())
        if told:
            return has_methods(other, *told) or NotImplemented
        return NotImplemented

    @classmethod
    def __class_getitem__(cls, item):
        from _typing import alias
        return alias(cls, item)


class Hashable(_Shaped):
    _told = ('__hash__',)

    @abstractmethod
    def __hash__(self):
        return 0


class Iterable(_Shaped):
    _told = ('__iter__',)

    @abstractmethod
    def __iter__(self):
        while False:
            yield None


class Iterator(Iterable):
    _told = ('__iter__', '__next__')

    @abstractmethod
    def __next__(self):
        raise StopIteration

    def __iter__(self):
        return self


class Reversible(Iterable):
    _told = ('__reversed__', '__iter__')

    @abstractmethod
    def __reversed__(self):
        while False:
            yield None


class Generator(Iterator):
    _told = ('__iter__', '__next__', 'send', 'throw', 'close')

    def __next__(self):
        return self.send(None)

    @abstractmethod
    def send(self, value):
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        raise _thrown(typ, val, tb)

    def close(self):
        _close(self, 'generator')


def _thrown(typ, val, tb):
    if val is None:
        if tb is None:
            return typ
        val = typ()
    return val if tb is None else val.with_traceback(tb)


def _close(one, kind):
    try:
        one.throw(GeneratorExit)
    except (GeneratorExit, StopIteration):
        return
    raise RuntimeError(f'{kind} ignored GeneratorExit')


class Awaitable(_Shaped):
    _told = ('__await__',)

    @abstractmethod
    def __await__(self):
        yield


class Coroutine(Awaitable):
    _told = ('__await__', 'send', 'throw', 'close')

    @abstractmethod
    def send(self, value):
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        raise _thrown(typ, val, tb)

    def close(self):
        _close(self, 'coroutine')


class AsyncIterable(_Shaped):
    _told = ('__aiter__',)

    @abstractmethod
    def __aiter__(self):
        return AsyncIterator()


class AsyncIterator(AsyncIterable):
    _told = ('__anext__', '__aiter__')

    @abstractmethod
    async def __anext__(self):
        raise StopAsyncIteration

    def __aiter__(self):
        return self


class AsyncGenerator(AsyncIterator):
    _told = ('__aiter__', '__anext__', 'asend', 'athrow', 'aclose')

    async def __anext__(self):
        return await self.asend(None)

    @abstractmethod
    async def asend(self, value):
        raise StopAsyncIteration

    @abstractmethod
    async def athrow(self, typ, val=None, tb=None):
        raise _thrown(typ, val, tb)

    async def aclose(self):
        try:
            await self.athrow(GeneratorExit)
        except (GeneratorExit, StopAsyncIteration):
            return
        raise RuntimeError('asynchronous generator ignored GeneratorExit')


class Sized(_Shaped):
    _told = ('__len__',)

    @abstractmethod
    def __len__(self):
        return 0


class Container(_Shaped):
    _told = ('__contains__',)

    @abstractmethod
    def __contains__(self, x):
        return False


class Collection(Sized, Iterable, Container):
    _told = ('__len__', '__iter__', '__contains__')


class Callable(_Shaped):
    _told = ('__call__',)

    @abstractmethod
    def __call__(self, *args, **kwds):
        return False
