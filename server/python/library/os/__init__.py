"""The names of paths, and the environment's variables. Nothing here touches a disk or a process: that is unknown."""
from _necktie import unknown as _unknown
from _os import environ, getcwd
import posixpath as path
import sys as _sys

name = 'posix'
sep = '/'
pathsep = ':'
linesep = '\n'
curdir = '.'
pardir = '..'
extsep = '.'
altsep = None
devnull = '/dev/null'
R_OK, W_OK, X_OK, F_OK = 4, 2, 1, 0
error = OSError
_sys.modules['os.path'] = path


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(key, value):
    environ[key] = value


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    if hasattr(path, '__fspath__'):
        return path.__fspath__()
    raise TypeError(f'expected str, bytes or os.PathLike object, not {type(path).__name__}')


class PathLike:
    @classmethod
    def __subclasshook__(cls, other):
        return hasattr(other, '__fspath__')


def isatty(fd):
    return False


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)

    def asked(*args, **kwargs):
        return _unknown(f'os.{name}')
    return asked
