"""Modules that a program makes."""
import sys
import types

m = types.ModuleType('made')
print(m, m.__name__, m.__doc__, m.__spec__, m.__loader__, m.__package__, isinstance(m, types.ModuleType), type(m))
print(vars(m))
m.size = 3
m.__dict__['other'] = 4
print(m.size, m.other, sorted(n for n in dir(m) if not n.startswith('__')))
del m.size
try:
    m.size
except AttributeError as e:
    print(e)

sys.modules['made'] = m
import made
from made import other
print(made is m, other)
del sys.modules['made']

print(types.ModuleType(name='told', doc='A text.').__doc__)
for wrong in (lambda: types.ModuleType(), lambda: types.ModuleType(3), lambda: types.ModuleType('a', 'b', 'c')):
    try:
        wrong()
    except TypeError as e:
        print(str(e).split(' (')[0])


class Lazy(types.ModuleType):
    def __init__(self, name, names):
        super().__init__(name, 'made when asked for')
        self._names = names

    def __getattr__(self, name):
        if name in self._names:
            setattr(self, name, name.upper())
            return getattr(self, name)
        raise AttributeError(f'no {name} in {self.__name__}')

    def __dir__(self):
        return list(self._names)


lazy = Lazy('lazy', ['one', 'two'])
print(lazy, lazy.__doc__, lazy.one, lazy.__dict__['one'], dir(lazy), isinstance(lazy, types.ModuleType))
try:
    lazy.three
except AttributeError as e:
    print(e)

other = types.ModuleType('code')
exec('a = 1\ndef f(): return a + 1', other.__dict__)
print(other.f(), other.a, other.f.__globals__ is other.__dict__)
print(m == m, m == other, len({m, other, m}))
