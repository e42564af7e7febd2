"""six, on Python 3."""
from . import moves

PY2 = False
PY3 = True
string_types = (str,)
integer_types = (int,)
text_type = str
binary_type = bytes


def iteritems(d):
    return iter(d.items())
