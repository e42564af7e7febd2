"""Versions as PEP 440 orders them."""
import re

_PATTERN = re.compile(r'^\s*v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d+)?)?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d+)?)?(?:[-_.]?(dev)[-_.]?(\d+)?)?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?\s*$')
_LETTERS = {'alpha': 'a', 'beta': 'b', 'c': 'rc', 'pre': 'rc', 'preview': 'rc'}


class InvalidVersion(ValueError):
    pass


class Version:
    def __init__(self, version):
        match = _PATTERN.match(version.lower())
        if match is None:
            raise InvalidVersion(f'Invalid version: {version!r}')
        epoch, release, letter, number, bare_post, post, post_number, dev, dev_number, local = match.groups()
        self.epoch = int(epoch or 0)
        self.release = tuple(int(part) for part in release.split('.'))
        self.pre = None if letter is None else (_LETTERS.get(letter, letter), int(number or 0))
        self.post = int(bare_post) if bare_post is not None else int(post_number or 0) if post is not None else None
        self.dev = None if dev is None else int(dev_number or 0)
        self.local = local

    @property
    def major(self):
        return self.release[0]

    @property
    def minor(self):
        return self.release[1] if len(self.release) > 1 else 0

    @property
    def micro(self):
        return self.release[2] if len(self.release) > 2 else 0

    @property
    def is_prerelease(self):
        return self.dev is not None or self.pre is not None

    @property
    def is_postrelease(self):
        return self.post is not None

    @property
    def is_devrelease(self):
        return self.dev is not None

    @property
    def base_version(self):
        return (f'{self.epoch}!' if self.epoch else '') + '.'.join(str(part) for part in self.release)

    @property
    def public(self):
        return str(self).split('+')[0]

    @property
    def _key(self):
        release = list(self.release)
        while len(release) > 1 and release[-1] == 0:
            release.pop()
        if self.pre is not None:
            pre = (0, *self.pre)
        elif self.post is None and self.dev is not None:
            pre = (-1, '', 0)
        else:
            pre = (1, '', 0)
        post = -1 if self.post is None else self.post
        dev = float('inf') if self.dev is None else self.dev
        local = [] if self.local is None else [(1, int(part), '') if part.isdigit() else (0, 0, part) for part in re.split(r'[-_.]', self.local)]
        return self.epoch, release, pre, post, dev, local

    def __eq__(self, other):
        return self._key == other._key if isinstance(other, Version) else NotImplemented

    def __hash__(self):
        return hash(str(self))

    def __lt__(self, other):
        return self._key < other._key if isinstance(other, Version) else NotImplemented

    def __le__(self, other):
        return self._key <= other._key if isinstance(other, Version) else NotImplemented

    def __gt__(self, other):
        return self._key > other._key if isinstance(other, Version) else NotImplemented

    def __ge__(self, other):
        return self._key >= other._key if isinstance(other, Version) else NotImplemented

    def __str__(self):
        parts = [self.base_version]
        if self.pre is not None:
            parts.append(f'{self.pre[0]}{self.pre[1]}')
        if self.post is not None:
            parts.append(f'.post{self.post}')
        if self.dev is not None:
            parts.append(f'.dev{self.dev}')
        if self.local is not None:
            parts.append(f'+{self.local}')
        return ''.join(parts)

    def __repr__(self):
        return f"<Version('{self}')>"


def parse(version):
    return Version(version)
