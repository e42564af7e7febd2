"""Types of elements, and single numbers of them: numbers as Python's own, with what numpy adds."""
import builtins
import math

import _necktie_model

_RANKS = {'bool': 0, 'uint8': 1, 'int8': 1, 'uint16': 2, 'int16': 2, 'uint32': 3, 'int32': 3, 'uint64': 4, 'int64': 4, 'float16': 5, 'float32': 6, 'float64': 7}
_SHORT = {'int': 'int64', 'float': 'float64', 'i4': 'int32', 'i8': 'int64', 'f4': 'float32', 'f8': 'float64', 'u1': 'uint8', '?': 'bool',
          'intp': 'int64', 'long': 'int64', 'single': 'float32', 'double': 'float64', 'half': 'float16', 'bool_': 'bool'}


class dtype:
    def __init__(self, given):
        self.name = _name_of(given)

    kind = property(lambda self: 'b' if self.name == 'bool' else self.name[0])
    itemsize = property(lambda self: 1 if self.name == 'bool' else builtins.int(self.name.lstrip('uintfloa')) // 8)
    type = property(lambda self: SCALARS[self.name])

    def __eq__(self, other):
        try:
            return self.name == _name_of(other)
        except TypeError:
            return False

    def __hash__(self):
        return hash(self.name)

    def __repr__(self):
        return f"dtype('{self.name}')"

    def __str__(self):
        return self.name


def _name_of(given):
    if isinstance(given, dtype):
        return given.name
    if given is builtins.float:
        return 'float64'
    if given is builtins.int:
        return 'int64'
    if given is builtins.bool:
        return 'bool'
    if isinstance(given, str):
        name = _SHORT.get(given, given)
    else:
        name = _SHORT.get(getattr(given, '_to', None), getattr(given, '_to', None))
    if name not in _RANKS:
        _necktie_model.unknown(f'numpy.dtype({given!r})')
    return name


def _is_int(name):
    return 1 <= _RANKS[name] <= 4


def _cast(value, name):
    if _is_int(name):
        if isinstance(value, builtins.float) and not math.isfinite(value):
            _necktie_model.unknown('numpy: an integer of what is none')
        return builtins.int(value)
    return builtins.bool(value) if name == 'bool' else builtins.float(value)


def _promoted(a, b):
    """The type in which two meet."""
    if a == b:
        return a
    (low, high) = (a, b) if _RANKS[a] <= _RANKS[b] else (b, a)
    if _is_int(low) and high in ('float16', 'float32'):
        return 'float64' if _RANKS[low] >= 3 else 'float32' if _RANKS[low] == 2 else high
    if _is_int(low) and _is_int(high) and low[0] != high[0]:
        return {1: 'int16', 2: 'int32', 3: 'int64', 4: 'float64'}[_RANKS[high]] if high[0] == 'u' or _RANKS[low] == _RANKS[high] else high
    return high


def _kind_of(value):
    """The type that numpy gives a number."""
    if isinstance(value, generic):
        return value._to
    if isinstance(value, builtins.bool):
        return 'bool'
    return 'int64' if isinstance(value, builtins.int) else 'float64'


class generic:
    shape = ()
    ndim = 0
    size = 1
    dtype = property(lambda self: dtype(self._to))

    def _plain(self):
        return builtins.float(self) if isinstance(self, builtins.float) else builtins.bool(self) if self._to == 'bool' else builtins.int(self)

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(f"'numpy.{self._to}' object has no attribute '{name}'")
        _necktie_model.lacking(f'numpy.{self._to}', name)

    def item(self):
        return self._plain()

    tolist = item

    def astype(self, given):
        return _scalar(self._plain(), _name_of(given))

    def copy(self):
        return self

    def _with(self, other, function, reflected=False, to=None):
        if isinstance(other, (list, tuple)):
            from ._array import array
            other = array(other)
            return function(other, self) if reflected else function(self, other)
        if not isinstance(other, (builtins.int, builtins.float)):
            return NotImplemented
        a, b = self._plain(), other._plain() if isinstance(other, generic) else other
        if reflected:
            a, b = b, a
        weak = not isinstance(other, generic) and not (self._to[0] in 'iub' and isinstance(other, builtins.float))
        return _scalar(function(a, b), to or (self._to if weak and self._to != 'bool' else _promoted(self._to, _kind_of(other))))

    def __add__(self, other):
        return self._with(other, lambda a, b: a + b)

    def __radd__(self, other):
        return self._with(other, lambda a, b: a + b, True)

    def __sub__(self, other):
        return self._with(other, lambda a, b: a - b)

    def __rsub__(self, other):
        return self._with(other, lambda a, b: a - b, True)

    def __mul__(self, other):
        return self._with(other, lambda a, b: a * b)

    def __rmul__(self, other):
        return self._with(other, lambda a, b: a * b, True)

    def __truediv__(self, other):
        return self._with(other, _divided, to=None if self._to[0] == 'f' else 'float64')

    def __rtruediv__(self, other):
        return self._with(other, _divided, True, None if self._to[0] == 'f' else 'float64')

    def __floordiv__(self, other):
        return self._with(other, _floored)

    def __rfloordiv__(self, other):
        return self._with(other, _floored, True)

    def __mod__(self, other):
        return self._with(other, _remainder)

    def __rmod__(self, other):
        return self._with(other, _remainder, True)

    def __pow__(self, other):
        return self._with(other, _power)

    def __rpow__(self, other):
        return self._with(other, _power, True)

    def __and__(self, other):
        return self._with(other, lambda a, b: a & b)

    def __or__(self, other):
        return self._with(other, lambda a, b: a | b)

    def __invert__(self):
        return _scalar(not self._plain() if self._to == 'bool' else -1 - self._plain(), self._to)

    def __neg__(self):
        return _scalar(-self._plain(), self._to)

    def __abs__(self):
        return _scalar(builtins.abs(self._plain()), self._to)


def _divided(a, b):
    return a / b if not isinstance(b, (builtins.int, builtins.float)) or b != 0 else _necktie_model.unknown('numpy: division by zero')


def _floored(a, b):
    return a // b if not isinstance(b, (builtins.int, builtins.float)) or b != 0 else _necktie_model.unknown('numpy: division by zero')


def _remainder(a, b):
    return a % b if not isinstance(b, (builtins.int, builtins.float)) or b != 0 else _necktie_model.unknown('numpy: division by zero')


def _power(a, b):
    if isinstance(a, builtins.int) and isinstance(b, builtins.int) and b < 0:
        raise ValueError('Integers to negative integer powers are not allowed.')
    return a**b


class number(generic):
    pass


class integer(number):
    pass


class signedinteger(integer):
    pass


class unsignedinteger(integer):
    pass


class inexact(number):
    pass


class floating(inexact):
    pass


def _made(cls, value=0, *args):
    """`np.int64(3)`; of a list, an array."""
    if isinstance(value, (list, tuple)) or hasattr(value, '_values'):
        from ._array import array
        return array(value, dtype=cls._to)
    return cls._base.__new__(cls, _cast(value, cls._to))


def _type(name, kind, base):
    return type(name, (kind, base), {'_to': name, '_base': base, '__new__': _made, '__module__': 'numpy', '__repr__': lambda self: f'np.{name}({self._plain()!r})',
                                     '__str__': lambda self: str(self._plain())})


int8 = _type('int8', signedinteger, builtins.int)
int16 = _type('int16', signedinteger, builtins.int)
int32 = _type('int32', signedinteger, builtins.int)
int64 = intp = _type('int64', signedinteger, builtins.int)
uint8 = _type('uint8', unsignedinteger, builtins.int)
uint16 = _type('uint16', unsignedinteger, builtins.int)
uint32 = _type('uint32', unsignedinteger, builtins.int)
uint64 = _type('uint64', unsignedinteger, builtins.int)
float16 = _type('float16', floating, builtins.float)
float32 = _type('float32', floating, builtins.float)
float64 = _type('float64', floating, builtins.float)


bool_ = _type('bool', generic, builtins.int)


SCALARS = {'bool': bool_, 'int8': int8, 'int16': int16, 'int32': int32, 'int64': int64, 'uint8': uint8, 'uint16': uint16, 'uint32': uint32, 'uint64': uint64,
           'float16': float16, 'float32': float32, 'float64': float64}


def _scalar(value, name):
    return SCALARS[name](value)
