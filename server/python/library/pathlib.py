"""Paths as texts with manners. What lies there is unknown, but for where links lead."""
from _necktie import unknown as _unknown
import posixpath as _path


class PurePath:
    def __init__(self, *parts):
        self._text = _path.join(*[p._text if isinstance(p, PurePath) else _path._text(p) for p in parts]) if parts else '.'
        root = '/' if self._text.startswith('/') else ''
        kept = [p for p in self._text.split('/') if p not in ('', '.')]
        self._text = root + '/'.join(kept) or '.'
        self.parts = ((root,) if root else ()) + tuple(kept)
        self.root = self.anchor = root
        self.drive = ''

    def __str__(self):
        return self._text

    __fspath__ = __str__
    as_posix = __str__

    def __repr__(self):
        return f'{"PosixPath" if type(self) is Path else type(self).__name__}({self._text!r})'

    def __eq__(self, other):
        return self._text == other._text if isinstance(other, PurePath) else NotImplemented

    def __hash__(self):
        return hash(self._text)

    def __lt__(self, other):
        return self.parts < other.parts if isinstance(other, PurePath) else NotImplemented

    def __truediv__(self, other):
        return type(self)(self, other) if isinstance(other, (str, PurePath)) else NotImplemented

    def __rtruediv__(self, other):
        return type(self)(other, self)

    def joinpath(self, *others):
        return type(self)(self, *others)

    @property
    def name(self):
        return self.parts[-1] if self.parts and self.parts[-1] != '/' else ''

    @property
    def suffix(self):
        return _path.splitext(self.name)[1] if not self.name.endswith('.') else ''

    @property
    def suffixes(self):
        name = self.name.lstrip('.')
        return [] if name.endswith('.') else ['.' + s for s in name.split('.')[1:]]

    @property
    def stem(self):
        return self.name[:-len(self.suffix)] if self.suffix else self.name

    @property
    def parent(self):
        if len(self.parts) <= (1 if self.root else 0):
            return self
        return type(self)(*self.parts[:-1]) if len(self.parts) > 1 else type(self)('.')

    @property
    def parents(self):
        out, p = [], self
        while p.parent != p:
            p = p.parent
            out.append(p)
        return tuple(out)

    def with_name(self, name):
        if not self.name:
            raise ValueError(f'{self!r} has an empty name')
        return self.parent / name

    def with_suffix(self, suffix):
        return self.with_name(self.stem + suffix)

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def is_absolute(self):
        return bool(self.root)

    def is_relative_to(self, *other):
        return self.parts[:len(type(self)(*other).parts)] == type(self)(*other).parts

    def relative_to(self, *other):
        base = type(self)(*other)
        if self.parts[:len(base.parts)] != base.parts:
            raise ValueError(f'{str(self)!r} is not in the subpath of {str(base)!r} OR one path is relative and the other is absolute.')
        return type(self)(*self.parts[len(base.parts):]) if len(self.parts) > len(base.parts) else type(self)('.')

    def match(self, pattern):
        return _unknown('pathlib.PurePath.match')


class PurePosixPath(PurePath):
    pass


class Path(PurePath):
    @classmethod
    def cwd(cls):
        from os import getcwd
        return cls(getcwd())

    @classmethod
    def home(cls):
        return cls(_path.expanduser('~'))

    def absolute(self):
        return self if self.root else type(self)(_path.abspath(self._text))

    def resolve(self, strict=False):
        return _unknown('pathlib.Path.resolve') if strict else type(self)(_path.realpath(self._text))

    def expanduser(self):
        return type(self)(_path.expanduser(self._text))

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return _unknown(f'pathlib.Path.{name}')


PosixPath = Path
