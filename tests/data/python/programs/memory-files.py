import io
def t(f,*a):
    try: print(a, '->', f(*a))
    except Exception as e: print(a, 'EX', type(e).__name__, e)
b=io.BytesIO(b'hello\nworld\nx'); print(b.read(3), b.tell(), b.readline(), b.readlines(), b.read(), b.getvalue()); b.seek(0); print(list(b)); b.seek(2); b.write(b'ZZ'); print(b.getvalue()); b.seek(0,2); b.write(b'!'); print(b.getvalue()); b.seek(20); b.write(b'q'); print(b.getvalue()); b.truncate(3); print(b.getvalue(), b.tell())
t(b.seek,-1); t(b.seek,0,5); t(b.write,'a'); t(b.read,1.5); t(b.read,None); t(b.seek,1.5); t(b.truncate,-1); t(b.fileno); t(b.detach); t(io.BytesIO,'a'); t(io.BytesIO,1)
a=bytearray(4); c=io.BytesIO(b'abcdef'); print(c.readinto(a), a, c.readinto(a), a, c.readinto(a)); t(c.readinto,b'abc')
c=io.BytesIO(bytearray(b'foo')); print(c.getvalue(), bytes(c.getbuffer())); print(c.readable(),c.writable(),c.seekable(),c.closed,c.isatty()); c.close(); print(c.closed); t(c.read); t(c.getvalue); t(c.write,b'')
with io.BytesIO() as d: d.write(b'a'); print(d.getvalue())
t(d.read)
s=io.StringIO('one\ntwo\nthree'); print(s.read(2), s.readline(), s.tell(), list(s), s.read()); s.seek(0); s.write('ONE'); print(s.getvalue()); s.seek(0,2); s.write('!'); print(s.getvalue()); s.seek(30); s.write('z'); print(repr(s.getvalue())); s.truncate(2); print(s.getvalue())
t(s.write,b'a'); t(s.write,1); t(s.seek,-1); t(s.seek,1,1); t(s.seek,0,7); t(s.read,'a'); t(io.StringIO,1); t(io.StringIO,'a','q'); t(s.fileno)
print(repr(io.StringIO('a\r\nb\rc\n',newline=None).read()), repr(io.StringIO('a\r\nb\rc\n',newline='').read()), io.StringIO('a\r\nb\rc\n',newline='').readlines(), repr(io.StringIO('a\nb',newline='\r\n').getvalue()), io.StringIO('a\nb\r\nc').readlines())
s=io.StringIO(); print('a',1,sep='-',file=s); print(repr(s.getvalue())); s.writelines(['x','y\n']); print(repr(s.getvalue())); s.close(); t(s.getvalue); t(s.write,'a'); print(s.closed)
w=io.BufferedWriter(io.BytesIO()); print(w.write(b'abc'), w.raw.getvalue()); w.flush(); print(w.raw.getvalue(), w.tell()); t(w.write,'a')
w=io.BufferedWriter(io.BytesIO(),4); print(w.write(b'abcdef'), w.raw.getvalue()); w.write(b'gh'); print(w.raw.getvalue()); w.flush(); print(w.raw.getvalue())
r=io.BufferedReader(io.BytesIO(b'abc\ndef\n')); print(r.read(2), r.peek()[:2], r.readline(), r.readline(), r.read())
x=io.TextIOWrapper(io.BytesIO('héllo\nwörld\n'.encode()),encoding='utf-8'); print(x.readline(), x.read(), x.encoding)
x=io.TextIOWrapper(io.BytesIO()); x.write('abc\n'); print(x.buffer.getvalue()); x.flush(); print(x.buffer.getvalue())
print(issubclass(io.BytesIO,io.BufferedIOBase), isinstance(io.StringIO(),io.TextIOBase), issubclass(io.UnsupportedOperation,OSError), io.DEFAULT_BUFFER_SIZE, io.SEEK_END)
class R(io.RawIOBase):
    def __init__(self): self.n=0
    def readable(self): return True
    def readinto(self,b):
        self.n+=1
        if self.n>3: return 0
        b[:2]=b'ab'; return 2
print(R().read(), R().read(1), R().readall(), io.BufferedReader(R()).read(3))
t(io.RawIOBase().write,b'')
class MyIO(io.StringIO):
    def write(self,s): return super().write(s.upper())
m=MyIO(); m.write('abc'); print(m.getvalue())
print(m, end='') if 0 else None
