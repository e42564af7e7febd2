# closures, decorators, generators, context managers
import functools
def counter():
    n=0
    def inc(by=1):
        nonlocal n; n+=by; return n
    return inc
c=counter(); c(); print(c(5), c.__name__, c.__qualname__)
def deco(arg):
    def wrap(f):
        @functools.wraps(f)
        def g(*a,**k):
            print('before',arg,f.__name__); r=f(*a,**k); print('after'); return r
        return g
    return wrap
@deco('x')
def add(a,b=2,*,c=3): "doc"; return a+b+c
print(add(1,c=5), add.__doc__, add.__wrapped__(1))
class cm:
    def __enter__(s): print('enter'); return s
    def __exit__(s,t,v,tb): print('exit',t.__name__ if t else None,v); return t is ValueError
with cm() as x, cm(): raise ValueError('v')
try:
    with cm(): raise KeyError('k')
except KeyError as e: print('caught',e, repr(e))
def gen():
    try:
        r=yield 1; print('got',r)
        r=yield 2; print('got',r)
    except GeneratorExit: print('closing'); raise
    finally: print('fin')
g=gen(); print(next(g), g.send('a')); g.close()
print(list(zip(*[iter(range(6))]*2)), [*map(lambda x,y:x*y,[1,2],[3,4])], sorted('bca',reverse=True), max([1,5,3],key=lambda x:-x), sum([[1],[2]],[]))
print({k:v for k,v in zip('abc',range(3))}, {x%3 for x in range(10)}, [(i,j) for i in range(3) for j in range(i) if (i+j)%2])
def f(a,/,b,*args,c=1,**kw): return a,b,args,c,kw
print(f(1,2,3,4,c=5,d=6), f(*[1,2],**{'c':3}))
for call in (lambda: f(), lambda: f(1), lambda: f(a=1,b=2), lambda: f(1,2,c=1,**{'c':2})):
    try: call()
    except TypeError as e: print(e)
x=[1,2,3,4,5,6]; x[1:3]=['a']; print(x); x[::2]=[0]*len(x[::2]); print(x); del x[-1]; print(x, x[-2:], x[::-1])
a,*b,(c,d)=1,2,3,(4,5); print(a,b,c,d)
if (n:=len(x))>2: print('walrus',n)
print(f'{3.14159:.2f} {42:08b} {"s":*^7} {1234567:,} {0.5:%} {255:#x} {-5:+d} {"é"!a} {x!r:>20}')
print('%5.2f|%-5s|%05d|%x|%r|%%' % (3.14159,'ab',42,255,'q'))
print(2**100, -7//2, -7%3, divmod(-7,2), 7/2, 0.1+0.2, 1e16, 1e-5, float('inf'), round(2.5), round(-3.5), round(1.25,1), 10**20//3, hex(-255), bin(10), int('ff',16), (123456789**5)%97)
