m=memoryview(bytearray(range(16))).cast('h')
for s in (slice(1,None,2**62),slice(1,None,2**63-1),slice(3,None,-2**62),slice(3,None,-2**63),slice(None,None,2**200)):
    x=m[s]; print(x.tolist(), x.shape, x.tobytes(), len(x), x==x, list(x), x[0], x.contiguous)
    y=x[::-1]; print(y.tolist()); x[:]=y
    print('abcdé'[s], b'abcd'[s], bytearray(b'abcd')[s], 'abcd'[s])
    b=bytearray(b'abcd'); b[s]=b'x'; print(b); del b[s]; print(b)
class S(str): __slots__=('q',) if False else ()
try:
    class T(bytes): __slots__=('a',)
except TypeError as e: print(e)
class D(str): pass
d=D('x'); d.attr=1; print(d.attr, d.__dict__)
class B2(bytes): pass
b=B2(b'x'); b.y=2; print(b.__dict__, b)
class A2(bytearray): __slots__=('z',)
a=A2(b'q'); a.z=3; a.append(1); print(a, a.z)
import sys
for i in range(3):
    try: 'a'.x=1
    except AttributeError as e: print(e)
print('abc'.__class__ is str, b''.__class__, isinstance(d,str), issubclass(D,str))
match 'abc':
    case str(x): print('m',x)
match b'ab':
    case [97,98]: print('seq?')
    case bytes(x): print('bytes',x)
match memoryview(b'ab'):
    case [97,98]: print('mv seq')
match bytearray(b'ab'):
    case [97,98]: print('ba seq')
    case bytearray(): print('ba')
a,b=*'xy',; print(a,b); (p,*q)=b'xyz'; print(p,q)
print(max('hello'), sorted('hello'), list(reversed('aé')), list(enumerate(b'ab')), dict(zip('ab',b'ab')), set('aa'), 'a' 'b', tuple(bytearray(b'ab')), sum(b'ab'), any(b'\0'), all('ab'), ord('é'), chr(233), ascii('é\ud800'), int('٣'), float('1_0'), int(b'12'), int(bytearray(b'7')), float(b' 1.5 '), int(memoryview(b'34')))
for bad in ('a'*5, 5): 
    try: ord(bad)
    except TypeError as e: print(e)
print(hash('')==hash(b''), hash('') == 0, 'ß'.upper(), 'ŉ'.title(), 'ΑΣ'.lower(), 'İ'.lower(), 'ǆ'.title(), 'ﬀ'.casefold())
