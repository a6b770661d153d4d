"""Arrays: every typecode, the methods, slices, exports, pickling, and what is refused."""
import warnings
warnings.simplefilter("ignore")
import array
a=array.array
def t(f,*x,**k):
    try: print(repr(f(*x,**k)))
    except BaseException as e: print(type(e).__name__,e)
print(sorted(set(dir(array.array))-set(dir(object))), dir(array), array.typecodes)
t(a); t(a,1); t(a,'i',1); t(a,'ii'); t(a,'q',[1,2]); t(a,'x'); t(a,'i',[1.5]); t(a,'i','abc'); t(a,'i',b'abc'); t(a,'i',b'abcd'); t(a,'u','ab'); t(a,'w',u'a\u1234'); t(a,'w','abc\U00012345')
t(a,'b',[200]); t(a,'b',[-129]); t(a,'B',[256]); t(a,'B',[-1]); t(a,'h',[40000]); t(a,'H',[-1]); t(a,'H',[70000]); t(a,'i',[2**31]); t(a,'i',[-2**31-1]);t(a,'i',[2**70]); t(a,'I',[-1]);t(a,'I',[2**32]);t(a,'I',[2**80]);t(a,'L',[-1]);t(a,'L',[2**64]);t(a,'l',[2**63]);t(a,'q',[2**63]);t(a,'Q',[2**64]);t(a,'Q',[-1]);t(a,'d',['a']);t(a,'f',[2**2000]);t(a,'f',[1e300]);t(a,'u',['ab']);t(a,'w',[1]);t(a,'w',['']);t(a,'B',[2**40]);t(a,'Q',['a']);t(a,'I',['a']);t(a,'I',[1.0]);t(a,'B',['a']);t(a,'h',[2**70])
t(a,'i',typecode=1); t(a,'i',[],1)
x=a('i',[1,2,3])
t(x.append,'a'); t(x.extend,[1,'a']); print(x); t(x.extend, a('h',[1])); t(x.extend,5); t(x.fromlist,(1,2)); t(x.fromlist,[1,'b']); print(x); t(x.frombytes,b'abc'); t(x.frombytes,'abc'); t(x.fromunicode,'abc'); t(x.tounicode); t(x.index,99); t(x.remove,99); t(x.pop,99); t(x.pop); t(a('i').pop); t(x.insert,0,'a')
t(lambda:x[10]); t(lambda:x['a']); t(lambda:x[1:2]); t(lambda: x.__setitem__(10,1)); t(lambda: x.__setitem__('a',1)); t(lambda:x.__delitem__(10)); t(lambda:x.__setitem__(slice(0,1),[1])); t(lambda:x.__setitem__(slice(0,1),a('h',[1]))); t(lambda:x.__setitem__(slice(0,4,2),a('i',[1]))); t(lambda:x+[1]); t(lambda:x+a('h',[1])); t(lambda:x.__iadd__([1])); t(lambda: x.__iadd__(a('h',[1]))); t(lambda:x*'a'); t(lambda:x*2); t(lambda: 2*x)
t(lambda:x.__setitem__('a',1)); t(lambda: x.__delitem__('a'))
m=memoryview(x); print(m.format,m.itemsize,m.nbytes); t(x.append,1); t(x.pop); t(x.extend,[]);t(x.frombytes,b'');t(x.frombytes,b'abcd');t(x.__delitem__,0); t(x.__setitem__,slice(0,0),a('i')); t(x.__setitem__,slice(0,0),a('i',[3]));t(x.__setitem__,slice(0,1),a('i',[3])); t(x.clear); t(x.insert,0,1); t(x.byteswap); t(x.__imul__,1);t(x.__imul__,2);t(x.__imul__,0);t(x.remove,3)
m.release()
for c in array.typecodes:
    y=a(c); print(c,y.itemsize,memoryview(y).format,y.__reduce_ex__(2),y.__reduce_ex__(4))
print(a('b',[1,2]).__reduce_ex__(2),a('w','ab').__reduce_ex__(3), a('d',[1]).__reduce_ex__(4), a('u','ab').__reduce_ex__(4))
t(a('b',[1]).__reduce_ex__,'a')
it=iter(x); print(type(it), it.__reduce__()); next(it); print(it.__reduce__()); it.__setstate__(-5); print(it.__reduce__()); it.__setstate__(100); print(it.__reduce__()); print(list(it), it.__reduce__()); print(sorted(set(dir(it))-set(dir(object)))); t(it.__setstate__,'a')
print(a('i',[1,2])==a('d',[1,2]), a('i',[1])==[1], a('i',[1])<a('i',[2]), a('i',[1,2])<a('i',[1]), a('d',[float('nan')])==a('d',[float('nan')]))
t(hash,x); t(a('i',[1]).__lt__,3)
for n in sorted(set(dir(array.array))-set(dir(object))):
    o=getattr(array.array,n); print(n,getattr(o,'__text_signature__',None))
class S(a):
    def __init__(self,*a,**k): print(a,k)
print(S('i',[1])); s=S('i',[1],x=1);s.z=3; print(s.__reduce_ex__(4), s*2, s[0:1], s+s, s.__copy__(), s.__deepcopy__({})); t(a,'i',[1],x=1)
print(a.__module__,a.__qualname__, a.__class_getitem__(int)); print(a('i',[1,2,3]).__sizeof__(), a('i',[1]).buffer_info()[1])
t(array._array_reconstructor); t(array._array_reconstructor,a,'i',5,b'abcd'); t(array._array_reconstructor,a,'i',50,b'abcd'); t(array._array_reconstructor,a,'i',8,b'abcd');t(array._array_reconstructor,int,'i',8,b'abcd');t(array._array_reconstructor,a,'z',8,b'abcd');t(array._array_reconstructor,a,'i',8,b'abc'); t(array._array_reconstructor,a,'i',1,b'abc');t(array._array_reconstructor,a,'i',0,b'abc');t(array._array_reconstructor,a,'i',9,'abc');t(array._array_reconstructor,a,'d',14,b'abcdefgh');t(array._array_reconstructor,a,'u',18,b'a\0b\0');t(array._array_reconstructor,a,'u',18,b'a\0b');t(array._array_reconstructor,a,'H',18,b'a\0b\0')
print(array.ArrayType)
import io
t(x.fromfile,io.BytesIO(b'abc'),1); t(x.fromfile,io.BytesIO(b'abcdefg'),2);print(x); t(x.fromfile,io.BytesIO(b'abcdefg'),-2);t(x.fromfile,io.StringIO('abcdefg'),1); f=io.BytesIO();x.tofile(f);print(f.getvalue()); t(x.tofile,1)
t(x.buffer_info,1); t(x.index,1,2,3,4); t(x.index,1,'a'); t(x.count); t(x.append); t(x.insert,1); t(a('w','abc').tounicode); t(a('u','abc').tounicode); t(a('w','abc').fromunicode,1); t(a('w').frombytes,b'\xff\xff\xff\xff'); y=a('w');y.frombytes(b'\xff\xff\xff\x7f'); t(lambda:y[0]); t(y.tounicode); t(repr,y); t(a('u',[ 'a'])); t(a,'i',a('u','ab')); t(a,'u',a('i',[1])); t(a,'w',a('u','ab')); t(a,'i',a('d',[1.5])); t(a,'d',a('i',[1])); t(a,'w',['a','bb']);t(a,'u',b'ab'); t(a,'u',bytearray(b'abcd'))
t(x.extend,a('d')); t(x.__contains__,1); t(a('i',[1,2,3]).__getitem__,slice(None,None,-1)); t(a('i').tolist); t(x.__imul__,10**30); t(lambda: x*(2**62)); t(a('f',[1.1]).tolist); t(a,'i',iter([1,2])); t(x.index, 2, 1); t(x.__imul__, 2**61)
t(a,b'i'); t(a,'\u1234'); t(a,'')
t(a('b',b'ab').byteswap); z=a('d',[1.5]); z.byteswap(); print(z); z=a('h',[1]); z.byteswap(); print(z)
print(a('u',''), a('w',''), a('i'), a('u','a\'"'))
t(x.__setitem__,0,2**40); t(x.__setitem__,0,'a'); t(a('d',[1]).__setitem__,0,'a'); t(a('w','a').__setitem__,0,'ab'); t(a('w','a').__setitem__,0,3); t(a('u','a').__setitem__,0,'ab'); t(a('u','a').__setitem__,0,3)

import collections.abc, pickle, copy, weakref
print(isinstance(x, collections.abc.MutableSequence), weakref.ref(x)() is x)
for proto in range(6):
    print([pickle.loads(pickle.dumps(y, proto)) == y for y in (a('d', [1.5, -2]), a('w', 'h\xe9'), a('Q', [2**64 - 1]))])
class Shrinks:
    def __init__(self, a): self.a = a
    def __index__(self):
        self.a.clear()
        return 5
y = a('i', range(10)); t(y.__setitem__, 5, Shrinks(y)); print(y)
y = a('i', range(10)); y[8:2:-3] = a('i', [70, 80]); del y[::4]; print(y, y[::-2], y[-3:], y[5:1])
y[2:4] = a('i', [1] * 5); print(y); y[:0] = a('i', [9]); print(y); y.reverse(); print(y)
y += y; print(y); y *= 0; print(y)
m = memoryview(a('d', [1, 2, 3])); m[1] = 7.5; print(m.tolist(), m.obj, m.cast('B')[8:16].hex()); m.obj[0] = -1; print(m[0])
match a('i', [1, 2]):
    case [p, q]: print(p, q)
