"""The names of paths, and the environment's variables. Nothing here touches a disk or a process: that is unknown."""
from _necktie import names as _names, unknown as _unknown
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


O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_NOCTTY, O_TRUNC, O_APPEND, O_NONBLOCK = 0, 1, 2, 64, 128, 256, 512, 1024, 2048
O_DIRECTORY, O_NOFOLLOW, O_CLOEXEC = 65536, 131072, 524288
F_OK, R_OK, W_OK, X_OK = 0, 4, 2, 1
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
EX_OK = 0


def isatty(fd):
    return False


def register_at_fork(*, before=None, after_in_child=None, after_in_parent=None):
    pass


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)

    if name not in _names('os'):
        raise AttributeError(f"module 'os' has no attribute {name!r}")
    if name.isupper() or '_' in name and name.split('_')[0].isupper():
        return _unknown(f'os.{name}')

    def asked(*args, **kwargs):
        return _unknown(f'os.{name}')
    return asked
