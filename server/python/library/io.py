"""Texts and bytes in memory."""
from _necktie import unknown as _unknown

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2


class IOBase:
    pass


class RawIOBase(IOBase):
    pass


class BufferedIOBase(IOBase):
    pass


class TextIOBase(IOBase):
    pass


class _Memory:
    _empty = ''

    def __init__(self, initial_value=None, newline='\n'):
        self._value = self._empty if initial_value is None else initial_value
        self._at = 0

    def getvalue(self):
        return self._value

    def write(self, s):
        self._value = self._value[:self._at] + s + self._value[self._at + len(s):]
        self._at += len(s)
        return len(s)

    def read(self, size=-1):
        end = len(self._value) if size is None or size < 0 else self._at + size
        out = self._value[self._at:end]
        self._at = min(end, len(self._value))
        return out

    def seek(self, pos, whence=0):
        self._at = pos + (0, self._at, len(self._value))[whence]
        return self._at

    def tell(self):
        return self._at

    def flush(self):
        pass

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        pass


class StringIO(_Memory, TextIOBase):
    def readline(self, size=-1):
        i = self._value.find('\n', self._at)
        return self.read(i + 1 - self._at if i >= 0 else -1)

    def __iter__(self):
        while True:
            line = self.readline()
            if not line:
                return
            yield line


class BytesIO(_Memory, BufferedIOBase):
    _empty = b''


def open(*args, **kwargs):
    return _unknown('open')
