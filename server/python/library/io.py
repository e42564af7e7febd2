"""Texts in memory, and files over others; the rest comes from `_io`."""
from _io import DEFAULT_BUFFER_SIZE, SEEK_CUR, SEEK_END, SEEK_SET, BlockingIOError, BufferedIOBase
from _io import BytesIO, IOBase, RawIOBase, TextIOBase, UnsupportedOperation
from _io import _index, _bytes, _size
from _necktie import unknown as _unknown
from errno import EAGAIN as _EAGAIN


class StringIO(TextIOBase):
    __module__ = '_io'

    def __init__(self, initial_value='', newline='\n'):
        if not isinstance(initial_value, (str, type(None))):
            raise TypeError(f'initial_value must be str or None, not {type(initial_value).__name__}')
        if not isinstance(newline, (str, type(None))):
            raise TypeError(f'newline must be str or None, not {type(newline).__name__}')
        if newline not in (None, '', '\n', '\r', '\r\n'):
            raise ValueError(f'illegal newline value: {newline!r}')
        self._newline = newline
        self._value = ''
        self._at = 0
        if initial_value:
            self.write(initial_value)
            self._at = 0

    def _checkClosed(self, msg=None):
        if self.closed:
            raise ValueError('I/O operation on closed file')

    def getvalue(self):
        self._checkClosed()
        return self._value

    @property
    def line_buffering(self):
        self._checkClosed()
        return False

    @property
    def newlines(self):
        return None if self._newline is not None else _unknown('io.StringIO.newlines')

    def readable(self):
        self._checkClosed()
        return True

    seekable = writable = readable

    def flush(self):
        self._checkClosed()

    def write(self, s, /):
        self._checkClosed()
        if not isinstance(s, str):
            raise TypeError(f"string argument expected, got '{type(s).__name__}'")
        n = len(s)
        if self._newline is None:
            s = s.replace('\r\n', '\n').replace('\r', '\n')
        elif self._newline in ('\r', '\r\n'):
            s = s.replace('\n', self._newline)
        if s:
            if self._at > len(self._value):
                self._value += '\0' * (self._at - len(self._value))
            self._value = self._value[:self._at] + s + self._value[self._at + len(s):]
            self._at += len(s)
        return n

    def read(self, size=-1, /):
        self._checkClosed()
        size = _size(size)
        if self._at >= len(self._value):
            return ''
        end = len(self._value) if size < 0 else min(len(self._value), self._at + size)
        out = self._value[self._at:end]
        self._at = end
        return out

    def readline(self, size=-1, /):
        self._checkClosed()
        size = _size(size)
        if self._newline == '':
            ends = [i + n for i, n in ((self._value.find(e, self._at), len(e)) for e in ('\r\n', '\n', '\r')) if i >= 0]
            end = min(ends, default=len(self._value))
            if self._value[end - 1:end + 1] == '\r\n' and end > self._at:
                end += 1
        else:
            mark = self._newline or '\n'
            found = self._value.find(mark, self._at)
            end = found + len(mark) if found >= 0 else len(self._value)
        if size >= 0:
            end = min(end, self._at + size)
        return self.read(max(0, end - self._at))

    def __next__(self):
        self._checkClosed()
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def seek(self, pos, whence=0, /):
        self._checkClosed()
        pos = _index(pos)
        if whence not in (0, 1, 2):
            raise ValueError(f'Invalid whence ({whence}, should be 0, 1 or 2)')
        if whence == 0 and pos < 0:
            raise ValueError(f'Negative seek position {pos}')
        if whence != 0 and pos != 0:
            raise OSError("Can't do nonzero cur-relative seeks")
        self._at = (pos, self._at, len(self._value))[whence]
        return self._at

    def tell(self):
        self._checkClosed()
        return self._at

    def truncate(self, pos=None, /):
        self._checkClosed()
        pos = self._at if pos is None else _index(pos)
        if pos < 0:
            raise ValueError(f'Negative size value {pos}')
        self._value = self._value[:pos]
        return pos

    def close(self):
        if not self.closed:
            super().close()
            self._value = ''


class _Wraps(BufferedIOBase):
    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if buffer_size <= 0:
            raise ValueError('buffer size must be strictly positive')
        self._raw = raw
        self._limit = buffer_size

    @property
    def raw(self):
        return self._raw

    @property
    def closed(self):
        return self._raw.closed

    def seekable(self):
        return self._raw.seekable()

    def isatty(self):
        return self._raw.isatty()

    def fileno(self):
        return self._raw.fileno()

    def detach(self):
        if self._raw is None:
            raise ValueError('raw stream has been detached')
        self.flush()
        raw, self._raw = self._raw, None
        return raw

    def close(self):
        if self._raw is not None and not self.closed:
            try:
                self.flush()
            finally:
                self._raw.close()


class BufferedWriter(_Wraps):
    __module__ = '_io'

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if not raw.writable():
            raise UnsupportedOperation('File or stream is not writable.')
        super().__init__(raw, buffer_size)
        self._waiting = bytearray()

    def writable(self):
        return self._raw.writable()

    def write(self, data, /):
        if self.closed:
            raise ValueError('write to closed file')
        data = _bytes(data)
        # As long as it fits it waits; what is longer goes on by itself.
        room = self._limit - len(self._waiting)
        if len(data) <= room:
            self._waiting += data
            return len(data)
        self.flush()
        rest = data
        while len(rest) > self._limit:
            n = self._raw.write(bytes(rest))
            rest = rest[n:] if n else rest
        self._waiting += rest
        return len(data)

    def flush(self):
        if self.closed:
            raise ValueError('flush of closed file')
        while self._waiting:
            n = self._raw.write(bytes(self._waiting))
            if n is None:
                raise BlockingIOError(_EAGAIN, 'write could not complete without blocking', 0)
            del self._waiting[:n]

    def tell(self):
        return self._raw.tell() + len(self._waiting)

    def seek(self, pos, whence=0, /):
        self.flush()
        return self._raw.seek(pos, whence)

    def truncate(self, pos=None, /):
        self.flush()
        return self._raw.truncate(self.tell() if pos is None else pos)


class BufferedReader(_Wraps):
    __module__ = '_io'

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if not raw.readable():
            raise UnsupportedOperation('File or stream is not readable.')
        super().__init__(raw, buffer_size)
        self._ahead = b''

    def readable(self):
        return self._raw.readable()

    def flush(self):
        if self.closed:
            raise ValueError('flush of closed file')

    def _fill(self):
        more = self._raw.read(self._limit) or b''
        self._ahead += more
        return bool(more)

    def read(self, size=-1, /):
        if self.closed:
            raise ValueError('read of closed file')
        size = -1 if size is None else size
        if size < -1:
            raise ValueError('read length must be non-negative or -1')
        while (size < 0 or len(self._ahead) < size) and self._fill():
            pass
        end = len(self._ahead) if size < 0 else size
        out, self._ahead = self._ahead[:end], self._ahead[end:]
        return out

    def read1(self, size=-1, /):
        if not self._ahead:
            self._fill()
        end = len(self._ahead) if size < 0 else size
        out, self._ahead = self._ahead[:end], self._ahead[end:]
        return out

    def peek(self, size=0, /):
        if not self._ahead:
            self._fill()
        return self._ahead

    def readline(self, size=-1, /):
        size = _size(size)
        while b'\n' not in self._ahead and self._fill():
            pass
        end = self._ahead.find(b'\n') + 1 or len(self._ahead)
        return self.read(end if size < 0 else min(end, size))

    def tell(self):
        return self._raw.tell() - len(self._ahead)

    def seek(self, pos, whence=0, /):
        if whence == 1:
            pos -= len(self._ahead)
        self._ahead = b''
        return self._raw.seek(pos, whence)


def open(*args, **kwargs):
    return _unknown('open')


class TextIOWrapper(TextIOBase):
    """Over bytes in memory."""
    __module__ = '_io'

    def __init__(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False):
        if newline not in (None, '', '\n', '\r', '\r\n'):
            raise ValueError(f'illegal newline value: {newline!r}')
        self.buffer = buffer
        self.encoding = encoding or 'utf-8'
        self.errors = errors or 'strict'
        self.line_buffering = line_buffering
        self.write_through = write_through
        self._newline = newline
        self._waiting = ''
        self._ahead = None

    @property
    def closed(self):
        return self.buffer.closed

    @property
    def name(self):
        return self.buffer.name

    def readable(self):
        return self.buffer.readable()

    def writable(self):
        return self.buffer.writable()

    def seekable(self):
        return self.buffer.seekable()

    def fileno(self):
        return self.buffer.fileno()

    def isatty(self):
        return self.buffer.isatty()

    def write(self, s, /):
        if self.closed:
            raise ValueError('I/O operation on closed file.')
        if not isinstance(s, str):
            raise TypeError(f"write() argument must be str, not {type(s).__name__}")
        n = len(s)
        if self._newline in ('\r', '\r\n'):
            s = s.replace('\n', self._newline)
        self._waiting += s
        if self.write_through or self.line_buffering and ('\n' in s or '\r' in s) or len(self._waiting) > DEFAULT_BUFFER_SIZE:
            self.flush()
        return n

    def flush(self):
        if self.closed:
            raise ValueError('I/O operation on closed file.')
        if self._waiting:
            data, self._waiting = self._waiting, ''
            self.buffer.write(data.encode(self.encoding, self.errors))
        self.buffer.flush()

    def close(self):
        if self.buffer is not None and not self.closed:
            try:
                self.flush()
            finally:
                self.buffer.close()

    def detach(self):
        self.flush()
        buffer, self.buffer = self.buffer, None
        return buffer

    def _text(self):
        if self._ahead is None:
            self.flush()
            text = self.buffer.read().decode(self.encoding, self.errors)
            if self._newline is None:
                text = text.replace('\r\n', '\n').replace('\r', '\n')
            self._ahead = StringIO(text, '' if self._newline is None else self._newline) if self._newline in (None, '') else None
            if self._ahead is None:
                self._ahead = StringIO('', '\n')
                self._ahead.write(text)
                self._ahead.seek(0)
        return self._ahead

    def read(self, size=-1, /):
        return self._text().read(size)

    def readline(self, size=-1, /):
        if self._newline in ('\r', '\r\n'):
            return _unknown('lines that end in another way')
        return self._text().readline(size)

    def seek(self, cookie, whence=0, /):
        if cookie or whence:
            return _unknown('io.TextIOWrapper.seek')
        self.flush()
        self._ahead = None
        return self.buffer.seek(0)

    def tell(self):
        return _unknown('io.TextIOWrapper.tell')

    def truncate(self, pos=None, /):
        return _unknown('io.TextIOWrapper.truncate')

    def reconfigure(self, **options):
        return _unknown('io.TextIOWrapper.reconfigure')
