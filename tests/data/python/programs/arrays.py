from array import array
import array as A
def t(f,*a):
    try: print(a, '->', f(*a))
    except Exception as e: print(a, 'EX', type(e).__name__, e)
print(A.typecodes, A.array, A.ArrayType is array)
for c in 'bBhHiIlLqQ':
    for n in (0,1,-1,127,128,-128,-129,255,256,32767,32768,-32769,65535,65536,2**31-1,2**31,-2**31-1,2**32-1,2**32,2**63-1,2**63,-2**63-1,2**64-1,2**64,-2**64,1.5,'a',None):
        t(array,c,[n])
for c in 'fd':
    for x in (1.5,1/3,1e39,float('inf'),3,'a',None): t(array,c,[x])
t(array); t(array,'z'); t(array,1); t(array,'ab'); t(array,'i','abc'); t(array,'u','héllo'); t(array,'i',b'abc'); t(array,'h',b'abcd'); t(array,'i',1); t(array,'i',[1],3); t(array,'i',range(3)); t(array,'i',array('h',[1,2])); t(array,'i',array('u','ab')); t(array,'b',bytearray(b'ab'))
a=array('i',[1,2,3]); print(a, len(a), a[0], a[-1], a[1:], a[::-1], a.typecode, a.itemsize)
a.append(4); a.extend([5,6]); a.extend(array('i',[7])); t(a.extend,array('h',[1])); t(a.extend,1); print(a)
a+=array('i',[8]); t(lambda: a.__iadd__([1])); print(a+a, a*2, 2*a, a*0, a*-1); t(lambda: a+[1]); t(lambda: a+array('h')); a*=2; print(a)
a[0]=9; a[1:3]=array('i',[1]); print(a); a[::3]=a[::3][::-1]; print(a); t(lambda: a.__setitem__(slice(0,2),[1])); t(lambda: a.__setitem__(slice(0,6,2),array('i',[1]))); t(lambda: a[100]); t(lambda: a.__setitem__(100,1)); t(lambda: a.__delitem__(100)); t(lambda: a['x']); t(lambda: a[1.0])
del a[0]; print(a); del a[1:3]; print(a); del a[::2]; print(a)
print(a.count(7),a.pop(),a.pop(0),a); t(a.index,100); t(a.remove,100); a.insert(1,55); a.insert(-1,66); a.insert(100,77); print(a); a.remove(55); a.reverse(); print(a, a.tolist(), a.tobytes()); a.byteswap(); print(a); t(array('i').pop); t(a.pop,50)
a.frombytes(b'\1\0\0\0'); print(a); t(a.frombytes,b'a'); a.fromlist([1]); t(a.fromlist,[1,'a']); t(a.fromlist,(1,)); print(a)
u=array('u','abc'); print(u, u[0], u.tounicode()); u.fromunicode('x'); print(u); t(a.tounicode); t(u.append,'ab'); t(u.append,1)
print(array('i',[1,2])==array('i',[1,2]), array('i',[1,2])==array('d',[1,2]), array('i',[1,2])<array('i',[1,3]), array('i',[1])<array('i',[1,0]), array('i')==[], array('i',[1])!=array('i',[2])); t(lambda: array('i')<1)
print(2 in array('i',[1,2]), list(array('d',[1,2])), bool(array('i')), sum(array('i',[1,2])), max(array('i',[1,2])), sorted(array('i',[3,1])))
m=memoryview(array('h',[1,2,3])); print(m.format,m.itemsize,m.tolist(),m[1],len(m),m.nbytes,m.shape,m.tobytes()); m[0]=5; print(m.obj); m[1:]=array('h',[7,8]); print(m.obj, m==array('h',[5,7,8]))
print(bytes(array('h',[1])), bytearray(array('B',[1,2])), b'a'+array('B',[66]), b'ab'==array('B',b'ab'), array('B',b'ab')==b'ab', bytearray(b'ab')==array('B',b'ab'), b''.join([array('B',b'q')]))
for x in array('i',[1,2]): print(x)
class S(array): pass
s=S('i',[1]); s.z=3; print(s, s.z, type(s[:]))
import copy
c=copy.copy(a); c.append(1); print(len(a)==len(c)-1, copy.deepcopy(a)==a)
from collections.abc import MutableSequence
print(array('f',[0.1]), array('d',[0.1,1e100]), array('b',[]), array('u'))
print(dir(array)==sorted(dir(array)))
t(array('i').foo) if 0 else None
