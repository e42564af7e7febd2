"""What all files can do, and bytes in memory: what `io` takes from here, and wraps."""
__name__ = 'io'


SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
DEFAULT_BUFFER_SIZE = 8192
BlockingIOError = BlockingIOError


class UnsupportedOperation(OSError, ValueError):
    pass


def _index(value):
    try:
        return type(value).__index__(value)
    except AttributeError:
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer") from None


def _size(value):
    if value is None:
        return -1
    try:
        return type(value).__index__(value)
    except AttributeError:
        raise TypeError(f"argument should be integer or None, not '{type(value).__name__}'") from None


def _bytes(data):
    if isinstance(data, (bytes, bytearray)):
        return data
    try:
        return bytes(memoryview(data))
    except TypeError:
        raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'") from None


class IOBase:
    __closed = False

    def _unsupported(self, name):
        raise UnsupportedOperation(name)

    @property
    def closed(self):
        return self.__closed

    def _checkClosed(self, msg=None):
        if self.closed:
            raise ValueError('I/O operation on closed file.' if msg is None else msg)

    def seek(self, pos, whence=0):
        self._unsupported('seek')

    def tell(self):
        return self.seek(0, 1)

    def truncate(self, pos=None):
        self._unsupported('truncate')

    def fileno(self):
        self._unsupported('fileno')

    def isatty(self):
        self._checkClosed()
        return False

    def seekable(self):
        return False

    def readable(self):
        return False

    def writable(self):
        return False

    def flush(self):
        self._checkClosed()

    def close(self):
        if not self.__closed:
            try:
                self.flush()
            finally:
                self.__closed = True

    def __enter__(self):
        self._checkClosed()
        return self

    def __exit__(self, *exc_info):
        self.close()

    def readline(self, size=-1, /):
        size = _size(size)
        out = bytearray()
        while size < 0 or len(out) < size:
            part = self.read(1)
            if not part:
                break
            out += part
            if out.endswith(b'\n'):
                break
        return bytes(out)

    def __iter__(self):
        self._checkClosed()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readlines(self, hint=-1, /):
        if hint is None or hint <= 0:
            return list(self)
        n, lines = 0, []
        for line in self:
            lines.append(line)
            n += len(line)
            if n >= hint:
                break
        return lines

    def writelines(self, lines, /):
        self._checkClosed()
        for line in lines:
            self.write(line)


class RawIOBase(IOBase):
    def read(self, size=-1, /):
        size = _size(size)
        if size < 0:
            return self.readall()
        given = bytearray(size)
        n = self.readinto(given)
        if n is None:
            return None
        return bytes(given[:n])

    def readall(self):
        out = bytearray()
        while data := self.read(DEFAULT_BUFFER_SIZE):
            out += data
        return bytes(out) if out else data

    def readinto(self, buffer):
        raise NotImplementedError

    def write(self, data):
        raise NotImplementedError


class BufferedIOBase(IOBase):
    def read(self, size=-1, /):
        self._unsupported('read')

    def read1(self, size=-1, /):
        self._unsupported('read1')

    def write(self, data):
        self._unsupported('write')

    def detach(self):
        self._unsupported('detach')

    def readinto(self, buffer, /):
        return _readinto(self.read, buffer)

    def readinto1(self, buffer, /):
        return _readinto(self.read1, buffer)


def _readinto(read, buffer):
    view = memoryview(buffer)
    if view.format != 'B':
        view = view.cast('B')
    data = read(len(view))
    n = len(data)
    view[:n] = data
    view.release()
    return n


class TextIOBase(IOBase):
    encoding = errors = newlines = None

    def read(self, size=-1, /):
        self._unsupported('read')

    def readline(self, size=-1, /):
        self._unsupported('readline')

    def write(self, s):
        self._unsupported('write')

    def detach(self):
        self._unsupported('detach')


class BytesIO(BufferedIOBase):
    __module__ = '_io'

    def __init__(self, initial_bytes=b''):
        self._buffer = bytearray()
        self._at = 0
        if initial_bytes is not None:
            self._buffer += _bytes(initial_bytes)

    def _checkClosed(self, msg=None):
        if self.closed:
            raise ValueError('I/O operation on closed file.')

    def getvalue(self):
        self._checkClosed()
        return bytes(self._buffer)

    def getbuffer(self):
        self._checkClosed()
        return memoryview(self._buffer)

    def readable(self):
        self._checkClosed()
        return True

    seekable = writable = readable

    def isatty(self):
        self._checkClosed()
        return False

    def flush(self):
        self._checkClosed()

    def close(self):
        if not self.closed:
            super().close()
            self._buffer = bytearray()

    def read(self, size=-1, /):
        self._checkClosed()
        size = _size(size)
        if self._at >= len(self._buffer):
            return b''
        end = len(self._buffer) if size < 0 else min(len(self._buffer), self._at + size)
        out = bytes(self._buffer[self._at:end])
        self._at = end
        return out

    def read1(self, size=-1, /):
        return self.read(size)

    def readline(self, size=-1, /):
        self._checkClosed()
        size = _size(size)
        end = self._buffer.find(b'\n', self._at) + 1 or len(self._buffer)
        if size >= 0:
            end = min(end, self._at + size)
        return self.read(max(0, end - self._at))

    def readlines(self, size=None, /):
        self._checkClosed()
        return super().readlines(-1 if size is None else size)

    def readinto(self, buffer, /):
        self._checkClosed()
        if isinstance(buffer, bytes) or isinstance(buffer, memoryview) and buffer.readonly:
            raise TypeError(f'readinto() argument must be read-write bytes-like object, not {type(buffer).__name__}')
        return _readinto(self.read, buffer)

    def write(self, data, /):
        self._checkClosed()
        data = _bytes(data)
        n = len(data)
        if n:
            if self._at > len(self._buffer):
                self._buffer += bytes(self._at - len(self._buffer))
            self._buffer[self._at:self._at + n] = data
            self._at += n
        return n

    def writelines(self, lines, /):
        self._checkClosed()
        for line in lines:
            self.write(line)

    def seek(self, pos, whence=0, /):
        self._checkClosed()
        pos = _index(pos)
        if whence == 0:
            if pos < 0:
                raise ValueError(f'negative seek value {pos}')
            self._at = pos
        elif whence == 1:
            self._at = max(0, self._at + pos)
        elif whence == 2:
            self._at = max(0, len(self._buffer) + pos)
        else:
            raise ValueError(f'invalid whence ({whence}, should be 0, 1 or 2)')
        return self._at

    def tell(self):
        self._checkClosed()
        return self._at

    def truncate(self, size=None, /):
        self._checkClosed()
        size = self._at if size is None else _index(size)
        if size < 0:
            raise ValueError(f'negative size value {size}')
        del self._buffer[size:]
        return size

    def detach(self):
        raise UnsupportedOperation('detach')
