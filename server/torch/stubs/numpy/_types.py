"""Types of elements, and single numbers of them."""
import builtins
import math
import numbers

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
    if name == 'float64' or name == 'float32':
        return builtins.float(value)
    if _is_int(name):
        if isinstance(value, builtins.float) and not math.isfinite(value):
            _necktie_model.unknown('numpy: an integer of what is none')
        whole = builtins.int(value)
        return whole if _fits(whole, name) else _necktie_model.unknown(f'numpy: {whole} as {name}')
    return builtins.bool(value) if name == 'bool' else builtins.float(value)


def _fits(whole, name):
    bits = 8 << (_RANKS[name] - 1)
    return 0 <= whole < 1 << bits if name[0] == 'u' else -1 << (bits - 1) <= whole < 1 << (bits - 1)


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
    """A single number. It holds one of Python's own; a `float64` is one."""
    shape = ()
    ndim = 0
    size = 1
    dtype = property(lambda self: dtype(self._to))
    real = property(lambda self: self)
    imag = property(lambda self: _scalar(0, self._to))

    def _plain(self):
        return self._number

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

    __copy__ = copy

    def __deepcopy__(self, memo):
        return self

    def __hash__(self):
        return hash(self._plain())

    def __str__(self):
        return str(self._plain())

    def __repr__(self):
        return f'np.{self._plain()}_' if self._to == 'bool' else f'np.{self._to}({self._plain()!r})'

    def __format__(self, spec):
        return format(self._plain(), spec)

    def __getitem__(self, key):
        if key == () or key is Ellipsis or key is None:
            _necktie_model.unknown('numpy: an array of a single number')
        raise IndexError('invalid index to scalar variable.')

    __iter__ = None

    def _with(self, other, function, reflected=False, to=None):
        if function is _product and isinstance(other, (list, tuple, str, builtins.bytes)):
            # It says how often Python's sequence is repeated.
            return NotImplemented
        if isinstance(other, (list, tuple)):
            from ._array import array
            other = array(other)
            return function(other, self) if reflected else function(self, other)
        if isinstance(other, (builtins.complex, str)) and not reflected:
            _necktie_model.unknown(f'numpy: a number with a {type(other).__name__}')
        if other is None and to is None:
            # Python's own operator says what is wrong.
            return function(None, self._plain()) if reflected else function(self._plain(), None)
        if not is_number(other):
            return NotImplemented
        a, b = self._plain(), plain(other)
        if reflected:
            a, b = b, a
        weak = not isinstance(other, generic) and not (self._to[0] in 'iub' and isinstance(other, builtins.float))
        return _scalar(function(a, b), to or (self._to if weak and self._to != 'bool' else _promoted(self._to, _kind_of(other))))

    def __truediv__(self, other):
        return self._with(other, _divided, to=None if self._to[0] == 'f' else 'float64')

    def __rtruediv__(self, other):
        return self._with(other, _divided, True, None if self._to[0] == 'f' else 'float64')

    def __divmod__(self, other):
        return self // other, self % other

    def __rdivmod__(self, other):
        return other // self, other % self

    def __invert__(self):
        if self._to[0] == 'f':
            _refuse('invert')
        return _scalar(not self._plain() if self._to == 'bool' else -1 - self._plain(), self._to)

    def __neg__(self):
        if self._to == 'bool':
            raise TypeError('The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead.')
        return _scalar(-self._plain(), self._to)

    def __pos__(self):
        return self if self._to != 'bool' else _necktie_model.unknown('numpy: + of a truth')

    def __abs__(self):
        return _scalar(builtins.abs(self._plain()), self._to)


def is_number(value):
    return isinstance(value, (builtins.int, builtins.float, generic))


def is_whole(value):
    return isinstance(value, (builtins.int, integer))


def plain(value):
    """As Python's own number."""
    return value._plain() if isinstance(value, generic) else value


def _refuse(ufunc):
    raise TypeError(f"ufunc '{ufunc}' not supported for the input types, and the inputs could not be safely coerced to any supported types "
                    "according to the casting rule ''safe''")


def _bitwise(ufunc, function):
    return lambda a, b: _refuse(ufunc) if builtins.float in (type(a), type(b)) else function(a, b)


def _product(a, b):
    return a * b


def _difference(a, b):
    if isinstance(a, builtins.bool) and isinstance(b, builtins.bool):
        raise TypeError('numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.')
    return a - b


def _divided(a, b):
    return a / b if not is_number(b) or b != 0 else _necktie_model.unknown('numpy: division by zero')


def _floored(a, b):
    return a // b if not is_number(b) or b != 0 else _necktie_model.unknown('numpy: division by zero')


def _remainder(a, b):
    return a % b if not is_number(b) or b != 0 else _necktie_model.unknown('numpy: division by zero')


def _power(a, b):
    if isinstance(a, builtins.int) and isinstance(b, builtins.int) and b < 0:
        raise ValueError('Integers to negative integer powers are not allowed.')
    return a**b


OPERATORS = {'add': lambda a, b: a + b, 'sub': _difference, 'mul': _product, 'floordiv': _floored, 'mod': _remainder, 'pow': _power,
             'and': _bitwise('bitwise_and', lambda a, b: a & b), 'or': _bitwise('bitwise_or', lambda a, b: a | b),
             'xor': _bitwise('bitwise_xor', lambda a, b: a ^ b), 'lshift': _bitwise('left_shift', lambda a, b: a << b),
             'rshift': _bitwise('right_shift', lambda a, b: a >> b)}
COMPARISONS = {'eq': lambda a, b: a == b, 'ne': lambda a, b: a != b, 'lt': lambda a, b: a < b, 'le': lambda a, b: a <= b, 'gt': lambda a, b: a > b,
               'ge': lambda a, b: a >= b}


def define_operators(cls):
    """`cls._with` does the work."""
    def defined(function, to=None, reflected=False):
        return lambda self, other: self._with(other, function, reflected, to)

    for name, function in OPERATORS.items():
        setattr(cls, f'__{name}__', defined(function))
        setattr(cls, f'__r{name}__', defined(function, reflected=True))
    for name, function in COMPARISONS.items():
        setattr(cls, f'__{name}__', defined(function, 'bool'))


define_operators(generic)


class number(generic):
    def __round__(self, ndigits=None):
        return round(self._plain()) if ndigits is None else _scalar(round(self._plain(), ndigits), self._to)

    def is_integer(self):
        return builtins.float(self._plain()).is_integer()


class integer(number):
    def __index__(self):
        return self._plain()


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
    return _scalar(value, cls._to)


def _type(name, kind):
    return type(name, (kind,), {'_to': name, '__new__': _made, '__module__': 'numpy', '__int__': lambda self: builtins.int(self._number),
                                '__float__': lambda self: builtins.float(self._number), '__bool__': lambda self: builtins.bool(self._number)})


int8, int16, int32, int64 = [_type(f'int{bits}', signedinteger) for bits in (8, 16, 32, 64)]
uint8, uint16, uint32, uint64 = [_type(f'uint{bits}', unsignedinteger) for bits in (8, 16, 32, 64)]
float16, float32 = _type('float16', floating), _type('float32', floating)
float64 = type('float64', (floating, builtins.float), {'_to': 'float64', '__new__': _made, '__module__': 'numpy'})
bool_ = _type('bool', generic)
intp = int64
numbers.Integral.register(integer)
numbers.Complex.register(inexact)
numbers.Real.register(floating)
numbers.Number.register(number)

SCALARS = {'bool': bool_, 'int8': int8, 'int16': int16, 'int32': int32, 'int64': int64, 'uint8': uint8, 'uint16': uint16, 'uint32': uint32, 'uint64': uint64,
           'float16': float16, 'float32': float32, 'float64': float64}


def _scalar(value, name):
    held = _cast(plain(value), name)
    made = builtins.float.__new__(float64, held) if name == 'float64' else object.__new__(SCALARS[name])
    made._number = held
    return made
