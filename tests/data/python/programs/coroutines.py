import types
class Trap:
    def __init__(self, v): self.v = v
    def __await__(self):
        r = yield ('trap', self.v)
        return r
def drive(coro, log=print):
    send = None
    while True:
        try:
            t = coro.send(send)
        except StopIteration as e:
            return e.value
        log('got', t)
        send = t[1] * 10
async def a(x):
    y = await Trap(x)
    return y + 1
async def b():
    return (await a(1)) + (await a(2))
print(drive(b()))
class It:
    def __init__(s, n): s.i = 0; s.n = n
    def __aiter__(s): return s
    async def __anext__(s):
        if s.i >= s.n: raise StopAsyncIteration
        s.i += 1
        return await Trap(s.i)
async def c():
    out = []
    async for x in It(3):
        if x == 20: continue
        out.append(x)
    else:
        out.append('else')
    async for x in It(5):
        if x == 20: break
    else:
        out.append('never')
    return out
print(drive(c()))
class CM:
    async def __aenter__(s):
        print('enter', await Trap(5)); return 'me'
    async def __aexit__(s, t, v, tb):
        print('exit', t, v, await Trap(6)); return t is ValueError
async def d():
    async with CM() as m:
        print(m)
    async with CM():
        raise ValueError('x')
    try:
        async with CM():
            raise KeyError('k')
    except KeyError as e:
        print('caught', e)
    async with CM() as m, CM() as n:
        return m, n
print(drive(d()))
async def g(n):
    for i in range(n):
        r = yield await Trap(i)
        if r: print('r', r)
async def e():
    print([x async for x in g(3)])
    print({x: y async for x in g(2) async for y in g(2)})
    print([x async for x in g(3) if await Trap(x)])
    print([await a(i) for i in range(2)])
    print({await a(i) for i in [7]})
    ge = (x async for x in g(2))
    print(type(ge).__name__)
    async for z in ge: print('z', z)
    ag = g(3)
    print(await ag.__anext__())
    print(await ag.asend('hello'))
    try:
        print(await ag.athrow(ValueError('v')))
    except ValueError as x: print('VE', x)
    try:
        await ag.__anext__()
    except StopAsyncIteration: print('SAI')
    ag = g(2)
    print(await anext(ag))
    await ag.aclose()
    print('closed')
    x = {'a': 1}
    x['a'] += await a(3)
    print(x, f'{await a(4)}', [await a(5), 1], (await a(6))[1:] if False else 0)
    return await a(0) if await a(1) else None
print(drive(e()))
async def f1(): pass
co = f1()
print(type(co).__name__)
try: co.send(None)
except StopIteration as e: print('SI', e.value)
try: co.send(None)
except RuntimeError as e: print(e)
async def f2(): await 5
try: f2().send(None)
except TypeError as e: print(e)
async def f3():
    async for x in 5: pass
try: f3().send(None)
except TypeError as e: print(e)
async def f4():
    async with 5: pass
try: f4().send(None)
except (TypeError, AttributeError) as e: print(type(e), e)
@types.coroutine
def gen():
    x = yield 1
    return x
async def f5(): return await gen()
c = f5()
print(c.send(None))
try: c.send('back')
except StopIteration as e: print(e.value)
async def f6(): raise StopIteration('x')
try: f6().send(None)
except RuntimeError as e: print(e, repr(e.__cause__))
async def f7():
    try:
        await Trap(1)
    except GeneratorExit: print('GE'); raise
    finally: print('fin')
c = f7(); c.send(None); c.close()
c = f7(); c.send(None)
try: c.throw(ValueError('q'))
except ValueError as e: print('VE', e)
async def f8():
    yield 1
    raise StopAsyncIteration
async def f9():
    try:
        async for x in f8(): print(x)
    except RuntimeError as e: print(e)
drive(f9())
c = f1(); c.close()
class N:
    def __await__(self): return 5
async def f10(): await N()
try: f10().send(None)
except TypeError as e: print(e)
class M:
    async def m(self, *, k=3): return k
    @staticmethod
    async def s(): return 's'
    @classmethod
    async def c(cls): return cls.__name__
async def f11():
    print(await M().m(), await M.s(), await M.c(), await M().m(k=4))
    l = lambda: a(9)
    print(await l())
    try:
        return await a(3)
    finally:
        print('finally', await a(1))
print(drive(f11()))
