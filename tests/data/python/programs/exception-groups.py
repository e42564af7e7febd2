def t(f):
    try: f()
    except BaseException as e: print('out', repr(e), repr(e.__context__), repr(e.__cause__))
def a():
    try:
        raise ExceptionGroup('eg', [ValueError(1), TypeError(2), OSError(3)])
    except* ValueError as e: print('V', repr(e))
    except* (TypeError, KeyError) as e: print('T', e.exceptions)
t(a)
def b():
    try: raise ValueError('x')
    except* ValueError as e: print(type(e), repr(e), e.message)
    else: print('no')
    finally: print('fin')
t(b)
def c():
    try: pass
    except* ValueError: print('no')
    else: print('else')
t(c)
def d():
    try: raise ExceptionGroup('n', [ValueError(1), ExceptionGroup('in', [TypeError(2), ValueError(3)])])
    except* TypeError as e: print(repr(e))
t(d)
def e_():
    try: raise ExceptionGroup('n', [ValueError(1), TypeError(2)])
    except* ValueError as e: raise KeyError('new')
t(e_)
def f():
    try: raise KeyError(1)
    except* ValueError: print('no')
t(f)
def g():
    try: raise ExceptionGroup('n', [ValueError(1), TypeError(2)])
    except* ValueError: raise
t(g)
eg = ExceptionGroup('top', [ValueError(1), ExceptionGroup('sub', [TypeError(2)])])
print(str(eg), repr(eg), eg.args, eg.message, eg.exceptions)
print(eg.split(ValueError), eg.subgroup(TypeError), eg.subgroup(KeyError), eg.subgroup(lambda e: isinstance(e, TypeError)))
print(ExceptionGroup.__mro__, BaseExceptionGroup.__mro__)
for args in [(), ('m',), ('m', []), ('m', 5), (1, [ValueError()]), ('m', [5]), ('m', [KeyboardInterrupt()])]:
    try: print(repr(ExceptionGroup(*args)))
    except Exception as x: print(type(x).__name__, x)
print(type(BaseExceptionGroup('m', [ValueError()])), type(BaseExceptionGroup('m', [KeyboardInterrupt()])))
try:
    try: raise ExceptionGroup('n', [ValueError(1)])
    except* ExceptionGroup: pass
except TypeError as x: print(x)
try:
    try: raise ExceptionGroup('n', [ValueError(1)])
    except* 5: pass
except TypeError as x: print(x)
class MyEG(ExceptionGroup):
    def derive(self, excs): return MyEG(self.message, excs)
m = MyEG('mine', [ValueError(1), TypeError(2)])
print([type(x).__name__ if x else x for x in m.split(ValueError)], repr(m))
try: raise ValueError('a')
except ValueError as e:
    e.add_note('n1'); print(e.__notes__)
