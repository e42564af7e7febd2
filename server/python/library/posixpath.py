"""Paths as texts. What lies there on a disk is unknown."""
from _necktie import unknown as _unknown
from _os import environ as _environ, getcwd as _getcwd, real as _real

curdir = '.'
pardir = '..'
extsep = '.'
sep = '/'
pathsep = ':'
altsep = None
devnull = '/dev/null'


def _text(p):
    if hasattr(p, '__fspath__'):
        p = p.__fspath__()
    if not isinstance(p, str):
        raise TypeError(f'expected str, bytes or os.PathLike object, not {type(p).__name__}')
    return p


def isabs(s):
    return _text(s).startswith('/')


def join(a, *p):
    path = _text(a)
    for b in p:
        if not isinstance(b, str) and not hasattr(b, '__fspath__'):
            raise TypeError(f'join() argument must be str, bytes, or os.PathLike object, not {type(b).__name__!r}')
        b = _text(b)
        if b.startswith('/'):
            path = b
        elif not path or path.endswith('/'):
            path += b
        else:
            path += '/' + b
    return path


def split(p):
    p = _text(p)
    i = p.rfind('/') + 1
    head, tail = p[:i], p[i:]
    if head and head != '/' * len(head):
        head = head.rstrip('/')
    return head, tail


def basename(p):
    return split(p)[1]


def dirname(p):
    return split(p)[0]


def splitext(p):
    p = _text(p)
    dot = p.rfind('.')
    start = p.rfind('/') + 1
    if dot > start and p[start:dot].strip('.'):
        return p[:dot], p[dot:]
    return p, ''


def splitdrive(p):
    return '', _text(p)


def normpath(path):
    path = _text(path)
    if not path:
        return '.'
    initial = 2 if path.startswith('//') and not path.startswith('///') else 1 if path.startswith('/') else 0
    out = []
    for part in path.split('/'):
        if part in ('', '.'):
            continue
        if part != '..' or (not initial and not out) or (out and out[-1] == '..'):
            out.append(part)
        elif out:
            out.pop()
    return '/' * initial + '/'.join(out) or '.'


def abspath(path):
    path = _text(path)
    return normpath(path if path.startswith('/') else join(_getcwd(), path))


def realpath(filename, *, strict=False):
    return _unknown('os.path.realpath') if strict else _real(abspath(filename))


def normcase(s):
    return _text(s)


def relpath(path, start='.'):
    if not path:
        raise ValueError('no path specified')
    here = [x for x in abspath(start).split('/') if x]
    there = [x for x in abspath(path).split('/') if x]
    same = len(commonprefix([here, there]))
    return join(*(['..'] * (len(here) - same) + there[same:])) if len(here) - same or there[same:] else '.'


def commonprefix(m):
    if not m:
        return ''
    low, high = min(m), max(m)
    for i, c in enumerate(low):
        if c != high[i]:
            return low[:i]
    return low


def expanduser(path):
    path = _text(path)
    if not path.startswith('~'):
        return path
    if (path == '~' or path.startswith('~/')) and 'HOME' in _environ:
        return _environ['HOME'].rstrip('/') + path[1:] or '/'
    return _unknown('os.path.expanduser')


def expandvars(path):
    return path if '$' not in _text(path) else _unknown('os.path.expandvars')


def _asks(name):
    def asked(*args, **kwargs):
        return _unknown(f'os.path.{name}')
    asked.__name__ = name
    return asked


exists = _asks('exists')
lexists = _asks('lexists')
isfile = _asks('isfile')
isdir = _asks('isdir')
islink = _asks('islink')
ismount = _asks('ismount')
getsize = _asks('getsize')
getmtime = _asks('getmtime')
samefile = _asks('samefile')
