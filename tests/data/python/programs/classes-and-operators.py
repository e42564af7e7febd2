class Meta(type):
    def __new__(m,n,b,d,**k): d['added']=k; return super().__new__(m,n,b,d)
    def __init__(c,n,b,d,**k): super().__init__(n,b,d)
    def __call__(c,*a): print('calling',c.__name__); return super().__call__(*a)
    def __iter__(c): return iter('xyz')
    def __len__(c): return 3
    def __getattr__(c,n): return n.upper()
class A(metaclass=Meta,opt=1):
    def __init__(s,v=0): s.v=v
    def __add__(s,o): return A(s.v+(o.v if isinstance(o,A) else o))
    __radd__=__add__
    def __eq__(s,o): return isinstance(o,A) and s.v==o.v
    def __lt__(s,o): return s.v<o.v
    def __hash__(s): return hash(s.v)
    def __repr__(s): return f'A({s.v})'
    def __bool__(s): return s.v>0
    def __getitem__(s,i): return (s.v,i)
    def __contains__(s,i): return i==s.v
    def __call__(s,*a): return a
    def __index__(s): return s.v
print(A.added,list(A),len(A),A.foo)
a=A(3); print(a+1, 1+a, a==A(3), a<A(4), a[1:2,...], 3 in a, a(1,2), [0,1,2,3,4][a], bool(A(0)), {a:1}[A(3)], sorted([A(3),A(1)]), hex(a))
class D:
    def __set_name__(s,o,n): s.n=n
    def __get__(s,i,o): return s if i is None else i.__dict__.get(s.n,'unset')
    def __set__(s,i,v):
        if v<0: raise ValueError(f'{s.n} negative')
        i.__dict__[s.n]=v
class P:
    x=D(); y=D()
    @property
    def area(self): return self.x*self.y
    @area.setter
    def area(self,v): self.x=v; self.y=1
    @staticmethod
    def st(a): return a
    @classmethod
    def cl(cls): return cls.__name__
p=P(); print(p.x); p.x=2; p.y=5; print(p.area); p.area=7; print(p.x,p.y,p.st(1),P.cl(),vars(p))
try: p.x=-1
except ValueError as e: print(e)
try: del p.area
except AttributeError as e: print(e)
class S:
    __slots__=('a','b')
s=S(); s.a=1
try: s.c=1
except AttributeError as e: print(e)
try: s.b
except AttributeError as e: print(e)
class X:
    def m(s): return 'X'
class Y(X):
    def m(s): return 'Y'+super().m()
class Z(X):
    def m(s): return 'Z'+super().m()
class W(Y,Z):
    def m(s): return 'W'+super().m()
print(W().m(), [c.__name__ for c in W.__mro__], W.__bases__, issubclass(W,X), isinstance(W(),Z))
try:
    class Bad(X,Y): pass
except TypeError as e: print(e)
class Reg:
    subs=[]
    def __init_subclass__(cls,/,tag=None,**k): super().__init_subclass__(**k); cls.subs.append((cls.__name__,tag))
class R1(Reg,tag='t'): pass
class R2(R1): pass
print(Reg.subs)
from abc import ABC,abstractmethod
class Ab(ABC):
    @abstractmethod
    def f(self): ...
    @property
    @abstractmethod
    def g(self): ...
try: Ab()
except TypeError as e: print(e)
class G:
    def __getattr__(s,n):
        if n.startswith('x'): return n
        raise AttributeError(n)
    def __getattribute__(s,n):
        if n=='secret': return 42
        return super().__getattribute__(n)
    def __setattr__(s,n,v): print('set',n); super().__setattr__(n,v)
    def __delattr__(s,n): print('del',n); super().__delattr__(n)
g=G(); g.a=1; del g.a; print(g.xyz,g.secret,hasattr(g,'nope'))
print(type('Dyn',(X,),{'z':5})().z, X.__name__, type(X), X.__dict__['m'].__name__)
def match(v):
    match v:
        case 0|1: return 'small'
        case int(n) if n>100: return f'big {n}'
        case [a,b,*rest]: return f'seq {a} {b} {rest}'
        case {'k':val,**rest}: return f'map {val} {rest}'
        case P(x=xx): return f'P {xx}'
        case str() as s: return 'str '+s
        case None: return 'none'
        case (float(),): return 'ft'
        case _: return 'other'
for v in (0,500,[1,2,3],{'k':1,'z':2},p,'hi',None,(1.5,),3.5): print(match(v))
