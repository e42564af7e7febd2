def g():
    try:
        x = yield 1
        print('x', x)
        y = yield x
    except ValueError as e:
        print('VE', e)
        yield 'recovered'
    finally:
        print('fin')
    return 'ret'
i = g()
print(next(i), i.send(5), i.throw(ValueError('t')))
try: next(i)
except StopIteration as e: print('SI', e.value, e.args)
i = g(); next(i); i.close(); print(list(i))
i = g()
try: i.send(1)
except TypeError as e: print(e)
def d():
    r = yield from g()
    print('r', r)
    r = yield from [10, 20]
    print(r)
    return (yield from ())
i = d()
print(next(i), i.send(2))
print(list(i))
def bad():
    try: yield
    except GeneratorExit: yield 2
i = bad(); next(i)
try: i.close()
except RuntimeError as e: print(e)
def si():
    yield 1
    raise StopIteration('x')
try: list(si())
except RuntimeError as e: print(e, repr(e.__cause__))
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration('done')
        return self.n
    def send(self, v): print('send', v); return 100
    def throw(self, *a): print('throw', a[0] if isinstance(a[0], type) else type(a[0])); return 200
    def close(self): print('close')
def y():
    r = yield from It()
    print('r', r)
i = y()
print(next(i), i.send('v'), i.throw(KeyError), list(i))
i = y(); next(i); i.close()
def nest():
    try:
        yield from g()
    except KeyError as e: print('outer', e)
    yield 'end'
i = nest(); next(i)
print(i.throw(KeyError('kk')))
print(list(x * y for x in range(3) for y in range(x)))
ge = (x for x in range(3)); print(type(ge), next(ge), ge.__name__)
try: (x for x in 5)
except TypeError as e: print(e)
def lazy():
    print('started'); yield
lz = lazy(); print('made'); next(lz)
def reent():
    yield next(me)
me = reent()
try: next(me)
except ValueError as e: print(e)
def ex():
    try:
        try: 1/0
        except ZeroDivisionError: yield 1
        raise
    except RuntimeError as e: print(e)
list(ex())
def ctx():
    try: yield
    except Exception as e: raise TypeError('t') from e
i = ctx(); next(i)
try: i.throw(ValueError('v'))
except TypeError as e: print(repr(e.__cause__))
def fin():
    try: yield 1
    finally: print('cleanup')
for q in fin(): print(q); 
def loop():
    while (c := (yield)) != 'stop': print('c', c)
    else: print('else')
l = loop(); next(l); l.send(1); l.send(2)
try: l.send('stop')
except StopIteration: print('stopped')
def dic(): return {(yield 'k'): (yield 'v')}
i = dic(); next(i); i.send(1)
try: i.send(2)
except StopIteration as e: print(e.value)
def lam(): f = lambda: (yield 5); return list(f())
print(lam())
def att(o):
    o.x += yield 'a'
    o.l[0] += yield 'b'
    print(o.x, o.l)
    x = o.l
    x += yield 'c'
    print(o.l is x, x)
class O: pass
o = O(); o.x = 1; o.l = [1]
i = att(o); next(i); i.send(5); i.send(6)
try: i.send([7])
except StopIteration: pass
def cmpc(): print(1 < (yield 'p') < (yield 'q'))
i = cmpc(); next(i); print(i.send(2))
try: i.send(3)
except StopIteration: pass
i = cmpc(); next(i)
try: i.send(0)
except StopIteration: print('short')
def tgt(d):
    d[(yield 1)] = (yield 2)
d = {}
i = tgt(d); print(next(i)); print(i.send('v'))
try: i.send('k')
except StopIteration: print(d)
print(i.gi_running, i.gi_frame)

# Whatever is thrown goes to an iterator that has a `throw`.
class Iter:
    def __iter__(self): return self
    def __next__(self): return 1
    def throw(self, *a):
        print('throw', a)
        return 456
def gen():
    x = yield from Iter()
def outer():
    yield from gen()
for make in gen, outer:
    g = make(); next(g); print(g.throw(123)); print(g.throw(ZeroDivisionError)); print(g.throw(ValueError('x')))
    print(g.throw(ValueError, 'y'))
class Iter2:
    def __iter__(self): return self
    def __next__(self): return 1
def gen2():
    try: yield from Iter2()
    except ValueError as e: print('in', e); yield 5
g = gen2(); next(g)
try: g.throw(123)
except TypeError as e: print(e)
print(next(g))
print(g.throw(ValueError, 'z'))
try: g.throw(KeyError(3))
except KeyError as e: print(repr(e))
try: next(g)
except StopIteration: print('end')
def plain():
    try: yield 1
    except TypeError: print('no')
g = plain(); next(g)
try: g.throw(5)
except TypeError as e: print(e)
g.close()
async def co(): await Aw()
class Aw:
    def __await__(self): return Iter()
c = co(); c.send(None); print(c.throw(KeyError)); c.close()
