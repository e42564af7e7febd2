"""Classes that are their fields."""
from _necktie import function as _function
import copy as _copy


class FrozenInstanceError(AttributeError):
    pass


class _Marker:
    def __init__(self, text):
        self._text = text

    def __repr__(self):
        return self._text


MISSING = _Marker('<dataclasses._MISSING_TYPE object>')
KW_ONLY = _Marker('<dataclasses._KW_ONLY_TYPE object>')
_FACTORY = _Marker('<factory>')


class InitVar:
    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    __slots__ = ('name', 'type', 'default', 'default_factory', 'repr', 'hash', 'init', 'compare', 'metadata', 'kw_only', '_kind')

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = {} if metadata is None else metadata
        self.kw_only = kw_only
        self._kind = 'field'

    def __repr__(self):
        return f'Field(name={self.name!r},type={self.type!r},default={self.default!r},default_factory={self.default_factory!r},init={self.init!r},repr={self.repr!r},' \
               f'hash={self.hash!r},compare={self.compare!r},metadata={self.metadata!r},kw_only={self.kw_only!r},_field_type=_FIELD)'


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _kind_of(annotation):
    text = annotation if isinstance(annotation, str) else ''
    if text.startswith(('ClassVar', 'typing.ClassVar', 't.ClassVar')) or getattr(annotation, '_name', None) == 'ClassVar' \
            or getattr(getattr(annotation, '__origin__', None), '_name', None) == 'ClassVar':
        return 'class'
    if text.startswith(('InitVar', 'dataclasses.InitVar')) or annotation is InitVar or type(annotation) is InitVar:
        return 'init'
    return 'field'


def _field_of(cls, name, annotation, kw_only):
    default = getattr(cls, name, MISSING)
    made = default if isinstance(default, Field) else field(default=MISSING if type(default).__name__ == 'member_descriptor' else default)
    made.name = name
    made.type = annotation
    made._kind = _kind_of(annotation)
    if made._kind in ('class', 'init') and made.default_factory is not MISSING:
        raise TypeError(f'field {name} cannot have a default factory')
    if made.kw_only is MISSING:
        made.kw_only = kw_only
    if made._kind == 'field' and made.default is not MISSING and made.default.__class__.__hash__ is None:
        raise ValueError(f'mutable default {made.default.__class__} for field {name} is not allowed: use default_factory')
    return made


def _make_init(cls, fields, frozen):
    told = [f for f in fields if f.init]
    plain = [f for f in told if not f.kw_only]
    named = [f for f in told if f.kw_only]
    seen = False
    for f in plain:
        if f.default is not MISSING or f.default_factory is not MISSING:
            seen = True
        elif seen:
            raise TypeError(f'non-default argument {f.name!r} follows default argument')
    fallback = lambda f: _FACTORY if f.default_factory is not MISSING else f.default
    has = lambda f: f.default is not MISSING or f.default_factory is not MISSING
    order = plain + named

    def init(values):
        self = values[0]
        given = dict(zip([f.name for f in order], values[1:]))
        put = (lambda n, v: object.__setattr__(self, n, v)) if frozen else (lambda n, v: setattr(self, n, v))
        for f in fields:
            if f._kind == 'init':
                continue
            if f.init:
                value = given[f.name]
                put(f.name, f.default_factory() if value is _FACTORY else value)
            elif f.default_factory is not MISSING:
                put(f.name, f.default_factory())
        after = getattr(self, '__post_init__', None)
        if after is not None:
            after(*[given[f.name] for f in fields if f._kind == 'init'])

    made = _function(f'{cls.__qualname__}.__init__', cls.__module__, ('self',) + tuple(f.name for f in plain), tuple(f.name for f in named),
                     tuple(fallback(f) for f in plain if has(f)), {f.name: fallback(f) for f in named if has(f)}, init)
    made.__annotations__ = {f.name: f.type for f in order}
    made.__annotations__['return'] = None
    return made


def _process(cls, init, repr_, eq, order, unsafe_hash, frozen, match_args, kw_only, slots):
    fields = {}
    inherited_frozen = []
    for base in cls.__mro__[-1:0:-1]:
        theirs = base.__dict__.get('__dataclass_fields__')
        if theirs is not None:
            for f in theirs.values():
                fields[f.name] = f
            inherited_frozen.append(base.__dict__['__dataclass_params__']['frozen'])
    annotations = cls.__dict__.get('__annotations__', {})
    only_named = kw_only
    own = []
    for name, annotation in annotations.items():
        if annotation is KW_ONLY or annotation in ('KW_ONLY', 'dataclasses.KW_ONLY') if isinstance(annotation, str) else annotation is KW_ONLY:
            only_named = True
            continue
        own.append(_field_of(cls, name, annotation, only_named))
    for f in own:
        fields[f.name] = f
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in list(cls.__dict__.items()):
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f'{name!r} is a field but has no type annotation')
    if inherited_frozen:
        if any(inherited_frozen) and not frozen:
            raise TypeError('cannot inherit non-frozen dataclass from a frozen one')
        if frozen and not any(inherited_frozen):
            raise TypeError('cannot inherit frozen dataclass from a non-frozen one')
    cls.__dataclass_fields__ = fields
    cls.__dataclass_params__ = {'frozen': frozen, 'eq': eq, 'order': order, 'init': init, 'repr': repr_, 'unsafe_hash': unsafe_hash}
    has_hash = cls.__dict__.get('__hash__', MISSING)
    explicit_hash = not (has_hash is MISSING or (has_hash is None and '__eq__' in cls.__dict__))
    told = [f for f in fields.values() if f._kind != 'class']
    real = [f for f in told if f._kind == 'field']
    if init:
        cls.__init__ = _make_init(cls, told, frozen)
    if repr_ and '__repr__' not in cls.__dict__:
        shown = [f.name for f in real if f.repr]

        def __repr__(self):
            return self.__class__.__qualname__ + '(' + ', '.join(f'{n}={getattr(self, n)!r}' for n in shown) + ')'
        cls.__repr__ = __repr__
    compared = [f.name for f in real if f.compare]
    key = lambda o: tuple(getattr(o, n) for n in compared)
    if eq and '__eq__' not in cls.__dict__:
        def __eq__(self, other):
            if other.__class__ is self.__class__:
                return key(self) == key(other)
            return NotImplemented
        cls.__eq__ = __eq__
    if order:
        if not eq:
            raise ValueError('eq must be true if order is true')

        def compare_by(op):
            def method(self, other):
                if other.__class__ is self.__class__:
                    return op(key(self), key(other))
                return NotImplemented
            return method
        for name, op in (('__lt__', lambda a, b: a < b), ('__le__', lambda a, b: a <= b), ('__gt__', lambda a, b: a > b), ('__ge__', lambda a, b: a >= b)):
            if name in cls.__dict__:
                raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}. Consider using functools.total_ordering')
            setattr(cls, name, compare_by(op))
    if frozen:
        names = set(f.name for f in real)

        def __setattr__(self, name, value):
            if type(self) is cls or name in names:
                raise FrozenInstanceError(f'cannot assign to field {name!r}')
            super(cls, self).__setattr__(name, value)

        def __delattr__(self, name):
            if type(self) is cls or name in names:
                raise FrozenInstanceError(f'cannot delete field {name!r}')
            super(cls, self).__delattr__(name)
        cls.__setattr__ = __setattr__
        cls.__delattr__ = __delattr__
    hashed = [f.name for f in real if (f.compare if f.hash is None else f.hash)]
    if unsafe_hash or (eq and frozen and not explicit_hash):
        cls.__hash__ = lambda self: hash(tuple(getattr(self, n) for n in hashed))
    elif eq and not explicit_hash:
        cls.__hash__ = None
    if match_args and '__match_args__' not in cls.__dict__:
        cls.__match_args__ = tuple(f.name for f in told if f.init and not f.kw_only)
    return cls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots)
    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    told = getattr(class_or_instance, '__dataclass_fields__', None)
    if told is None:
        raise TypeError('must be called with a dataclass type or instance') from None
    return tuple(f for f in told.values() if f._kind == 'field')


def is_dataclass(obj):
    cls = obj if isinstance(obj, type) else type(obj)
    return hasattr(cls, '__dataclass_fields__')


def _inner(obj, dict_factory, as_tuple):
    again = lambda v: _inner(v, dict_factory, as_tuple)
    if not isinstance(obj, type) and hasattr(type(obj), '__dataclass_fields__'):
        if as_tuple:
            return dict_factory([again(getattr(obj, f.name)) for f in fields(obj)])
        return dict_factory([(f.name, again(getattr(obj, f.name))) for f in fields(obj)])
    if isinstance(obj, tuple) and hasattr(obj, '_fields'):
        return type(obj)(*[again(v) for v in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)(again(v) for v in obj)
    if isinstance(obj, dict):
        return type(obj)((again(k), again(v)) for k, v in obj.items())
    return _copy.deepcopy(obj)


def asdict(obj, *, dict_factory=dict):
    if isinstance(obj, type) or not is_dataclass(obj):
        raise TypeError('asdict() should be called on dataclass instances')
    return _inner(obj, dict_factory, False)


def astuple(obj, *, tuple_factory=tuple):
    if isinstance(obj, type) or not is_dataclass(obj):
        raise TypeError('astuple() should be called on dataclass instances')
    return _inner(obj, tuple_factory, True)


def replace(obj, /, **changes):
    if isinstance(obj, type) or not is_dataclass(obj):
        raise TypeError('replace() should be called on dataclass instances')
    for f in obj.__dataclass_fields__.values():
        if f._kind == 'class':
            continue
        if not f.init:
            if f.name in changes:
                raise ValueError(f'field {f.name} is declared with init=False, it cannot be specified with replace()')
            continue
        if f.name not in changes:
            if f._kind == 'init' and f.default is MISSING:
                raise ValueError(f'InitVar {f.name!r} must be specified with replace()')
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    names = dict(namespace or {})
    annotations = {}
    for item in fields:
        if isinstance(item, str):
            annotations[item] = object
        else:
            annotations[item[0]] = item[1]
            if len(item) > 2:
                names[item[0]] = item[2]
    names['__annotations__'] = annotations
    return dataclass(**options)(type(cls_name, bases, names))
