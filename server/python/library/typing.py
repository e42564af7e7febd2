"""Types for annotations: they can be named, subscripted and joined, and are asked nothing."""
import collections as _collections
import contextlib as _contextlib
import re as _re
from abc import ABCMeta as _ABCMeta
from collections import abc as _abc
from _typing import Generic, NoneType as _NoneType, ParamSpec, TypeVar, TypeVarTuple, form as _form
from _necktie import has_methods as _has_methods, unknown as _unknown

TYPE_CHECKING = False

Any = _form('Any')
Union = _form('Union')
Optional = _form('Optional')
Literal = _form('Literal')
LiteralString = _form('LiteralString')
ClassVar = _form('ClassVar')
Final = _form('Final')
Annotated = _form('Annotated')
NoReturn = _form('NoReturn')
Never = _form('Never')
Self = _form('Self')
TypeAlias = _form('TypeAlias')
TypeGuard = _form('TypeGuard')
Concatenate = _form('Concatenate')
Unpack = _form('Unpack')
Required = _form('Required')
NotRequired = _form('NotRequired')

List = _form('List', list)
Dict = _form('Dict', dict)
Set = _form('Set', set)
FrozenSet = _form('FrozenSet', frozenset)
Tuple = _form('Tuple', tuple)
Type = _form('Type', type)
DefaultDict = _form('DefaultDict', _collections.defaultdict)
OrderedDict = _form('OrderedDict', _collections.OrderedDict)
Deque = _form('Deque', _collections.deque)
Counter = _form('Counter', _collections.Counter)
Callable = _form('Callable', _abc.Callable)
Iterable = _form('Iterable', _abc.Iterable)
Iterator = _form('Iterator', _abc.Iterator)
Generator = _form('Generator', _abc.Generator)
Sequence = _form('Sequence', _abc.Sequence)
MutableSequence = _form('MutableSequence', _abc.MutableSequence)
Mapping = _form('Mapping', _abc.Mapping)
MutableMapping = _form('MutableMapping', _abc.MutableMapping)
AbstractSet = _form('AbstractSet', _abc.Set)
MutableSet = _form('MutableSet', _abc.MutableSet)
Collection = _form('Collection', _abc.Collection)
Container = _form('Container', _abc.Container)
Hashable = _abc.Hashable
Sized = _abc.Sized
Reversible = _form('Reversible', _abc.Reversible)
KeysView = _form('KeysView', _abc.KeysView)
ItemsView = _form('ItemsView', _abc.ItemsView)
ValuesView = _form('ValuesView', _abc.ValuesView)
MappingView = _form('MappingView', _abc.MappingView)
ByteString = _form('ByteString', _abc.ByteString)
Awaitable = _form('Awaitable', _abc.Awaitable)
Coroutine = _form('Coroutine', _abc.Coroutine)
AsyncIterable = _form('AsyncIterable', _abc.AsyncIterable)
AsyncIterator = _form('AsyncIterator', _abc.AsyncIterator)
AsyncGenerator = _form('AsyncGenerator', _abc.AsyncGenerator)
ContextManager = _form('ContextManager', _contextlib.AbstractContextManager)
AsyncContextManager = _form('AsyncContextManager')
IO = _form('IO')
TextIO = _form('TextIO')
BinaryIO = _form('BinaryIO')
Pattern = _form('Pattern', _re.Pattern)
Match = _form('Match', _re.Match)
Text = str
AnyStr = TypeVar('AnyStr', bytes, str)


class Protocol(Generic, metaclass=_ABCMeta):
    _is_protocol = True

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls._is_protocol = any(b is Protocol for b in cls.__bases__)

    @classmethod
    def __subclasshook__(cls, other):
        if not cls.__dict__.get('_is_protocol'):
            return NotImplemented
        names = [n for b in cls.__mro__ if b.__dict__.get('_is_protocol') and b is not Protocol for n in b.__dict__
                 if n not in ('__module__', '__doc__', '__dict__', '_is_protocol', '_is_runtime_protocol', '__abstractmethods__', '__annotations__', '__parameters__',
                              '__orig_bases__', '__init_subclass__', '__subclasshook__', '__class_getitem__')]
        return _has_methods(other, *names) or NotImplemented


class SupportsInt(Protocol):
    def __int__(self):
        pass


class SupportsFloat(Protocol):
    def __float__(self):
        pass


class SupportsIndex(Protocol):
    def __index__(self):
        pass


class SupportsAbs(Protocol):
    def __abs__(self):
        pass


def runtime_checkable(cls):
    return cls


def cast(typ, val):
    return val


def overload(func):
    def refused(*args, **kwds):
        raise NotImplementedError('You should not call an overloaded function. A series of @overload-decorated functions outside a stub module should always be '
                                  'followed by an implementation that is not @overload-ed.')
    return refused


def final(f):
    return f


def no_type_check(arg):
    return arg


def assert_type(val, typ, /):
    return val


def assert_never(arg, /):
    raise AssertionError(f'Expected code to be unreachable, but got: {arg!r}')


def reveal_type(obj, /):
    return obj


def dataclass_transform(**kwargs):
    return lambda cls: cls


def get_origin(tp):
    origin = getattr(tp, '__origin__', None)
    if origin is None and type(tp).__name__ == 'UnionType':
        return Union
    return origin


def get_args(tp):
    return getattr(tp, '__args__', ())


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    hints = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            hints.update(base.__dict__.get('__annotations__', {}))
    else:
        hints.update(obj.__annotations__)
    if any(isinstance(v, str) for v in hints.values()):
        hints = {k: _evaluated(v, obj, globalns, localns) if isinstance(v, str) else v for k, v in hints.items()}
    return {k: _NoneType if v is None else v for k, v in hints.items()}


def _evaluated(text, obj, globalns, localns):
    if isinstance(obj, type) or text.startswith('*'):
        _unknown('typing.get_type_hints of annotations that are texts')
    names = getattr(obj, '__globals__', {}) if globalns is None else globalns
    return eval(text, names, names if localns is None else localns)


class NewType:
    def __init__(self, name, tp):
        self.__name__ = name
        self.__qualname__ = name
        self.__supertype__ = tp

    def __call__(self, x):
        return x

    def __or__(self, other):
        return Any

    def __ror__(self, other):
        return Any

    def __repr__(self):
        return f'typing.{self.__qualname__}'


class ForwardRef:
    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        self.__forward_arg__ = arg


class _NamedTupleMeta(type):
    def __new__(mcls, typename, bases, ns):
        types = ns.get('__annotations__', {})
        defaults = [n for n in types if n in ns]
        for n, later in zip(types, list(types)[1:]):
            if n in ns and later not in ns:
                raise TypeError(f'Non-default namedtuple field {later} cannot follow default field {n}')
        made = _collections.namedtuple(typename, list(types), defaults=[ns[n] for n in defaults], module=ns['__module__'])
        made.__annotations__ = types
        for key, value in ns.items():
            if key in ('__new__', '__init__', '__slots__', '__getnewargs__', '_fields', '_field_defaults', '_make', '_replace', '_asdict'):
                raise AttributeError(f'Cannot overwrite NamedTuple attribute {key}')
            if key not in ('__module__', '__name__', '__annotations__', '__qualname__', '__classcell__', '__orig_bases__') and key not in types:
                setattr(made, key, value)
        return made


class _NamedTuple:
    def __call__(self, typename, fields=None, /, **kwargs):
        pairs = list(fields or kwargs.items())
        made = _collections.namedtuple(typename, [n for n, _ in pairs])
        made.__annotations__ = dict(pairs)
        return made

    def __mro_entries__(self, bases):
        return (_NamedTupleRoot,)


_NamedTupleRoot = type.__new__(_NamedTupleMeta, 'NamedTuple', (), {})
NamedTuple = _NamedTuple()


class _TypedDictMeta(type):
    def __new__(mcls, name, bases, ns, total=True):
        made = type.__new__(_TypedDictMeta, name, (dict,), ns)
        annotations = {}
        for base in bases:
            annotations.update(base.__dict__.get('__annotations__', {}))
        annotations.update(ns.get('__annotations__', {}))
        made.__annotations__ = annotations
        made.__total__ = total
        return made

    def __init__(cls, name, bases, ns, total=True):
        pass

    def __call__(cls, /, *args, **kwargs):
        return dict(*args, **kwargs)


class _TypedDict:
    def __call__(self, typename, fields=None, /, *, total=True, **kwargs):
        return _TypedDictMeta(typename, (), {'__annotations__': dict(fields or kwargs)}, total=total)

    def __mro_entries__(self, bases):
        return (_TypedDictRoot,)


_TypedDictRoot = type.__new__(_TypedDictMeta, 'TypedDict', (), {})
TypedDict = _TypedDict()


def __getattr__(name):
    # It is rarely asked for, and lies in a module of its own.
    if name == 'ChainMap':
        globals()[name] = _form(name, _collections.ChainMap)
        return globals()[name]
    raise AttributeError(f"module 'typing' has no attribute {name!r}")
