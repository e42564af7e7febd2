"""Classes whose members are all there is of them."""

__all__ = ['Enum', 'EnumMeta', 'EnumType', 'Flag', 'IntEnum', 'IntFlag', 'StrEnum', 'auto', 'unique']


class auto:
    def __init__(self, value=None):
        self.value = value


class member:
    def __init__(self, value):
        self.value = value


class nonmember:
    def __init__(self, value):
        self.value = value


def _is_member(name, value):
    if isinstance(value, nonmember):
        return False
    if isinstance(value, member):
        return True
    if name.startswith('__') and name.endswith('__') or name.startswith('_') and name.endswith('_') and len(name) > 2:
        return False
    return not (hasattr(type(value), '__get__') or hasattr(type(value), '__set__') or hasattr(type(value), '__delete__'))


class EnumType(type):
    def __new__(mcls, name, bases, ns, boundary=None, **kwds):
        found = {k: v for k, v in ns.items() if _is_member(k, v)}
        names = {k: (v.value if isinstance(v, nonmember) else v) for k, v in ns.items() if k not in found}
        for base in bases:
            if isinstance(base, EnumType) and base._member_map_:
                raise TypeError(f'{name!r} cannot extend {base!r}' if found else f'<enum {name!r}> cannot extend {base!r}')
        names['_member_map_'] = {}
        names['_member_names_'] = []
        names['_value2member_map_'] = []
        own_new = ns.get('__new__')
        if own_new is not None and bases and name not in ('Enum', 'IntEnum', 'StrEnum', 'Flag', 'IntFlag'):
            names['__new_member__'] = own_new
            names.pop('__new__')
        cls = super().__new__(mcls, name, bases, names, **kwds)
        data = None
        for base in cls.__mro__:
            if base not in (object,) and not isinstance(base, EnumType) and not any('_enum_mixin_' in b.__dict__ for b in (base,)):
                if '__new__' in base.__dict__ or base in (int, str, float, bytes, tuple, list, dict):
                    data = base
                    break
        cls._member_type_ = data or object
        if data is not None and bases:
            for special in ('__repr__', '__str__', '__format__'):
                if special not in ns and getattr(cls, special) in (getattr(data, special), getattr(object, special)):
                    type.__setattr__(cls, special, getattr(bases[-1], special))
        values = []
        for key, value in found.items():
            if isinstance(value, member):
                value = value.value
            args = value if isinstance(value, tuple) and not (data is tuple) else (value,)
            if isinstance(value, auto):
                value = cls._generate_next_value_(key, 1, len(values), list(values)) if value.value is None else value.value
                args = (value,)
            elif isinstance(value, tuple) and any(isinstance(v, auto) for v in value):
                value = tuple(cls._generate_next_value_(key, 1, len(values), list(values)) if isinstance(v, auto) else v for v in value)
                args = value
            maker = getattr(cls, '__new_member__', None)
            if maker is not None:
                made = maker(cls, *args)
                if not hasattr(made, '_value_'):
                    made._value_ = value if data is None else data(*args)
            elif data is None:
                made = object.__new__(cls)
                made._value_ = value
            else:
                made = data.__new__(cls, *args)
                made._value_ = value if not isinstance(value, tuple) or data is tuple else data(*args)
            value = made._value_
            made._name_ = key
            made.__objclass__ = cls
            made._sort_order_ = len(cls._member_names_)
            for known in cls._member_map_.values():
                if known._value_ == value and type(known._value_) == type(value) or known._value_ == value:
                    made = known
                    break
            else:
                cls._member_names_.append(key)
                cls._value2member_map_.append((value, made))
                if '__init__' in [n for b in cls.__mro__ if isinstance(b, EnumType) and b.__name__ not in ('Enum', 'Flag', 'IntEnum', 'StrEnum', 'IntFlag') for n in b.__dict__]:
                    made.__init__(*args)
            values.append(value)
            cls._member_map_[key] = made
            type.__setattr__(cls, key, made)
        return cls

    def __init__(cls, *args, **kwds):
        pass

    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1):
        if names is None:
            return Enum.__new__(cls, value)
        if isinstance(names, str):
            names = names.replace(',', ' ').split()
        pairs = names.items() if isinstance(names, dict) else [(n, start + i) if isinstance(n, str) else n for i, n in enumerate(names)]
        made = dict(pairs)
        made['__module__'] = module or '__main__'
        return EnumType.__new__(EnumType, value, (cls,) if type is None else (type, cls), made)

    def __contains__(cls, value):
        if not isinstance(value, Enum):
            raise TypeError("unsupported operand type(s) for 'in': '%s' and '%s'" % (type(value).__qualname__, cls.__class__.__qualname__))
        return isinstance(value, cls) and value._name_ in cls._member_map_

    def __iter__(cls):
        return (cls._member_map_[n] for n in cls._member_names_)

    def __reversed__(cls):
        return (cls._member_map_[n] for n in reversed(cls._member_names_))

    def __len__(cls):
        return len(cls._member_names_)

    def __bool__(cls):
        return True

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get('_member_map_', {}):
            raise AttributeError(f'cannot reassign member {name!r}')
        super().__setattr__(name, value)

    def __repr__(cls):
        return f'<flag {cls.__name__!r}>' if any(b.__name__ == 'Flag' for b in cls.__mro__) else f'<enum {cls.__name__!r}>'

    @property
    def __members__(cls):
        return dict(cls._member_map_)


EnumMeta = EnumType


class property(property):
    pass


class Enum(metaclass=EnumType):
    def __new__(cls, value):
        if type(value) is cls:
            return value
        for v, made in cls._value2member_map_:
            if v == value:
                return made
        made = cls._missing_(value)
        if isinstance(made, cls):
            return made
        if made is None:
            raise ValueError('%r is not a valid %s' % (value, cls.__qualname__))
        raise TypeError(f'error in {cls.__name__}._missing_: returned {made!r} instead of None or a valid member')

    def _generate_next_value_(name, start, count, last_values):
        for v in reversed(last_values):
            try:
                return v + 1
            except TypeError:
                continue
        return start

    @classmethod
    def _missing_(cls, value):
        return None

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    def __repr__(self):
        if self.__class__._member_type_ not in (object,) and self.__class__._member_type_.__repr__ is not object.__repr__:
            return '<%s.%s: %s>' % (self.__class__.__name__, self._name_, self._member_type_.__repr__(self._value_))
        return '<%s.%s: %r>' % (self.__class__.__name__, self._name_, self._value_)

    def __str__(self):
        return '%s.%s' % (self.__class__.__name__, self._name_)

    def __format__(self, spec):
        return str.__format__(str(self), spec)

    def __hash__(self):
        return hash(self._name_)

    def __eq__(self, other):
        if self.__class__._member_type_ is object:
            return self is other
        return self._member_type_.__eq__(self._value_, other._value_ if isinstance(other, Enum) else other)

    def __ne__(self, other):
        same = self.__eq__(other)
        return same if same is NotImplemented else not same

    def __dir__(self):
        return ['__class__', '__doc__', '__module__', 'name', 'value']

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)


Enum._generate_next_value_ = staticmethod(Enum.__dict__['_generate_next_value_'])


class IntEnum(int, Enum):
    def __str__(self):
        return int.__repr__(self._value_)

    def __format__(self, spec):
        return format(self._value_, spec)

    def __hash__(self):
        return hash(self._value_)


class StrEnum(str, Enum):
    def __str__(self):
        return self._value_

    def __format__(self, spec):
        return format(self._value_, spec)

    def __hash__(self):
        return hash(self._value_)

    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


StrEnum._generate_next_value_ = staticmethod(StrEnum.__dict__['_generate_next_value_'])


class Flag(Enum):
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start if start is not None else 1
        return 2 ** max(last_values).bit_length()

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError(f'{value!r} is not a valid {cls.__qualname__}')
        made = object.__new__(cls) if cls._member_type_ is object else cls._member_type_.__new__(cls, value)
        made._value_ = value
        made._name_ = '|'.join(m._name_ for m in cls if m._value_ & value and m._value_ & (m._value_ - 1) == 0) or None
        made.__objclass__ = cls
        cls._value2member_map_.append((value, made))
        return made

    def __contains__(self, other):
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        return (m for m in self.__class__ if m._value_ & self._value_ and m._value_ & (m._value_ - 1) == 0)

    def __bool__(self):
        return bool(self._value_)

    def __or__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return self.__class__(self._value_ | other._value_)

    def __and__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return self.__class__(self._value_ & other._value_)

    def __xor__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return self.__class__(self._value_ ^ other._value_)

    def __invert__(self):
        everything = 0
        for m in self.__class__:
            everything |= m._value_
        return self.__class__(everything & ~self._value_)

    def __repr__(self):
        if self._name_ is None:
            return f'<{self.__class__.__name__}: {self._value_!r}>'
        return f'<{self.__class__.__name__}.{self._name_}: {self._value_!r}>'

    def __str__(self):
        if self._name_ is None:
            return f'{self.__class__.__name__}({self._value_!r})'
        return f'{self.__class__.__name__}.{self._name_}'


Flag._generate_next_value_ = staticmethod(Flag.__dict__['_generate_next_value_'])


class IntFlag(int, Flag):
    def __or__(self, other):
        return self.__class__(self._value_ | int(other))

    def __and__(self, other):
        return self.__class__(self._value_ & int(other))

    def __xor__(self, other):
        return self.__class__(self._value_ ^ int(other))

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__

    def __str__(self):
        return int.__repr__(self._value_)

    def __format__(self, spec):
        return format(self._value_, spec)

    def __hash__(self):
        return hash(self._value_)


def unique(enumeration):
    duplicates = [(name, m.name) for name, m in enumeration.__members__.items() if name != m.name]
    if duplicates:
        raise ValueError('duplicate values found in %r: %s' % (enumeration, ', '.join('%s -> %s' % pair for pair in duplicates)))
    return enumeration
