"""What OpenCV takes as an argument, and what it says of another."""
import _necktie_model
from numpy import floating, generic, ndarray


class error(Exception):
    """`cv2.error`."""
    __module__ = 'cv2'


_DEPTHS = ('uint8', 'int8', 'uint16', 'int16', 'int32', 'float32', 'float64')
_SEQUENCES = (list, tuple)


def refuse(told, value):
    raise error(_necktie_model.about(told, value))


def _bad(function, told, value):
    refuse(f"(-5:Bad argument) in function '{function}'\n> Overload resolution failed:\n>  - {told}", value)


def sized(*values):
    """Whether each of them is a number that is known."""
    for value in values:
        if _necktie_model.is_unseen(value):
            return False
    return True


def image(function, src):
    if isinstance(src, ndarray):
        if src._name not in _DEPTHS or src.ndim not in (2, 3):
            _necktie_model.unknown(f'cv2.{function} of such an array')
        return
    # A few numbers are a scalar.
    if isinstance(src, (str, dict)):
        _bad(function, 'src is not a numpy array, neither a scalar', src)
    _necktie_model.unknown(f'cv2.{function} of these')


def size(function, dsize):
    """As a pair; None where there is none."""
    if dsize is None:
        return None
    if isinstance(dsize, (int, float, generic, dict)):
        _bad(function, "Can't parse 'dsize'. Input argument doesn't provide sequence protocol", dsize)
    if isinstance(dsize, str):
        if len(dsize) != 2:
            _bad(function, f"Can't parse 'dsize'. Expected sequence length 2, got {len(dsize)}", dsize)
        _bad(function, "Can't parse 'dsize'. Sequence item with index 0 has a wrong type", dsize)
    if not isinstance(dsize, _SEQUENCES):
        _necktie_model.unknown(f'cv2.{function} of these')
    if len(dsize) != 2:
        _bad(function, f"Can't parse 'dsize'. Expected sequence length 2, got {len(dsize)}", dsize)
    for i, side in enumerate(dsize):
        if isinstance(side, bool) or side is None:
            _necktie_model.unknown(f'cv2.{function} of these')
        if isinstance(side, (float, floating, str, list, tuple, dict)):
            _bad(function, f"Can't parse 'dsize'. Sequence item with index {i} has a wrong type", dsize)
    return tuple(dsize)


def integer(function, name, value):
    if isinstance(value, (float, floating, str, list, tuple, dict)):
        _bad(function, f"Argument '{name}' is required to be an integer", value)
    if isinstance(value, bool):
        _necktie_model.unknown(f'cv2.{function} of these')


def number(name, value):
    if isinstance(value, (str, list, tuple, dict)):
        raise TypeError(_necktie_model.about(f"Argument '{name}' can not be treated as a double", value))


def border(function, name, value):
    """Up to four numbers."""
    if isinstance(value, (str, dict)):
        _bad(function, f"Scalar value for argument '{name}' is not numeric", value)
    if isinstance(value, _SEQUENCES):
        if len(value) > 4:
            _bad(function, f"Scalar value for argument '{name}' is longer than 4", value)
        for one in value:
            if isinstance(one, (str, list, tuple, dict)):
                _bad(function, f"Scalar value for argument '{name}' is not numeric", value)
