"""What an exception says. Where it came from is shown on standard error, and unknown as a text: that has the program's own lines in it."""
import sys as _sys
from _necktie import traceback as _traceback, unknown as _unknown

__all__ = ['extract_stack', 'extract_tb', 'format_exception', 'format_exception_only', 'format_list', 'format_stack', 'format_tb', 'print_exc',
           'format_exc', 'print_exception', 'print_last', 'print_stack', 'print_tb', 'clear_frames', 'FrameSummary', 'StackSummary',
           'TracebackException', 'walk_stack', 'walk_tb']

_absent = object()


def _parse(exc, value):
    if value is not _absent:
        return value
    if exc is None or isinstance(exc, BaseException):
        return exc
    raise TypeError(f'Exception expected for value, {type(exc).__name__} found')


def format_exception_only(exc, /, value=_absent):
    value = _parse(exc, value)
    if value is None:
        return ['NoneType: None\n']
    if isinstance(value, SyntaxError):
        return _unknown('traceback.format_exception_only of a SyntaxError')
    if isinstance(value, (NameError, AttributeError)):
        # It may suggest another name.
        return _unknown('traceback.format_exception_only of a NameError')
    name = type(value).__qualname__
    if type(value).__module__ not in ('__main__', 'builtins'):
        name = f'{type(value).__module__}.{name}'
    try:
        text = str(value)
    except Exception:
        text = '<exception str() failed>'
    lines = [f'{name}: {text}\n' if text else f'{name}\n']
    for note in getattr(value, '__notes__', ()):
        lines.extend(line + '\n' for line in note.split('\n'))
    return lines


def print_exception(exc, /, value=_absent, tb=_absent, limit=None, file=None, chain=True):
    value = _parse(exc, value)
    if file is None or file is _sys.stderr:
        if _sys.stderr is _sys.__stderr__:
            _sys.stderr.write('NoneType: None\n' if value is None else _traceback(value))
            return
    return _unknown('traceback.print_exception')


def print_exc(limit=None, file=None, chain=True):
    print_exception(_sys.exc_info()[1], limit=limit, file=file, chain=chain)


def __getattr__(name):
    if name not in __all__:
        raise AttributeError(f"module 'traceback' has no attribute {name!r}")

    def asked(*args, **kwargs):
        return _unknown(f'traceback.{name}')
    return asked
