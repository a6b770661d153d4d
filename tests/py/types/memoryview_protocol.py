def t(s, **k):
    try: r=eval(s, globals(), k); print(s,'->',(type(r).__name__+' ' if type(r) in (bytes,bytearray) else ''),re(r))
    except BaseException as e: print(s,'!!',type(e).__name__,e)
def re(r):
    s = repr(r)[:200]
    return s.split(" at 0x")[0]
B=bytearray; M=memoryview
def X(src, b=None):
    b=B(b'abc') if b is None else b
    try: exec(src, globals()|{'b':b}); print(src,'=>',b)
    except BaseException as e: print(src,'!!',type(e).__name__,e)
for s in '''b.append(256)
b.append('a')
b.append()
b.append(1.5)
b.extend('a')
b.extend(1)
b.extend([1,256])
b.extend(['a'])
b.extend(b)
b.insert(100,1)
b.insert('a',1)
b.insert(0,'a')
b.insert(-10,65)
b.pop(10)
b.pop('a')
B().pop()
b.remove(1)
b.remove('a')
b.remove(97)
b.remove(300)
b.resize(5)
b.resize(-1)
b.resize('a')
b.resize(1)
b.clear()
b.reverse()
b.copy()
b[0]=256
b[0]='a'
b[10]=1
b['a']=1
b[0]=b'a'
b[0:1]=b'xyz'
b[0:1]=5
b[0:1]='a'
b[0:1]=[1,2]
b[0:1]=[256]
b[::2]=b'x'
b[::2]=b'xy'
b[::-1]=b'123'
del b[0]
del b[10]
del b['a']
del b[::2]
del b[1:]
del b[::-1]
b[1:1]=b
b+=1
b+='a'
b+=b'x'
b*=2
b*='a'
b+=memoryview(b'q')
b.__init__(5)
b.__init__('a')
m=M(b);b.append(1)
m=M(b);b[0:1]=b''
m=M(b);b[0:1]=b'z'
m=M(b);del b[0]
m=M(b);b.clear()
m=M(b);b+=b'a'
m=M(b);b*=1
m=M(b);b*=2
m=M(b);b.pop()
m=M(b);b.resize(3)
m=M(b);b.resize(4)
m=M(b);b.extend(b'')
m=M(b);b.extend(b'a')
m=M(b);b.__init__()
m=M(b);m.release();b.append(1)
print(b.__alloc__())
print(b.__reduce__(), b.__reduce_ex__(2))
b.count(1,2,3,4)
b.extend(x for x in [1,2,'a'])
b[1.5]=1
b[0]=1.5
b[10**20]=1
b.insert(10**20,1)
b.pop(10**20)'''.split('\n'): X(s)
for s in '''M()
M(1)
M('a')
M(b'a',1)
M(object=b'a')
M(x=b'a')
M(b'abc')[0]
M(b'abc')[5]
M(b'abc')['a']
M(b'abc')[1.5]
M(b'abc')[0,0]
M(b'abc')[0,]
M(b'abc')[...]
M(b'abc')[()]
M(b'abc')[1:]
M(b'abc')[::-1].tobytes()
M(b'abc')[::-1].tolist()
M(b'abc').cast('q')
M(b'abcdefgh').cast('q')
M(b'abcdefgh').cast('x')
M(b'abcdefgh').cast('<q')
M(b'abcdefgh').cast('@q')
M(b'abcdefgh').cast('@q').format
M(b'abcdefgh').cast(1)
M(b'abcdefgh').cast('h').cast('i')
M(b'abcdefgh').cast('B',[2,4]).tolist()
M(b'abcdefgh').cast('B',[2,5])
M(b'abcdefgh').cast('B',(2,-4))
M(b'abcdefgh').cast('B',5)
M(b'abcdefgh').cast('B',['a'])
M(b'abcdefgh').cast('B',[2,4])[0]
M(b'abcdefgh').cast('B',[2,4])[0,1]
M(b'abcdefgh').cast('B',[2,4])[0,9]
M(b'abcdefgh').cast('B',[2,4])[0,1,2]
M(b'abcdefgh').cast('B',[2,4])[0:1]
M(b'abcdefgh').cast('B',[2,4])[0:1,0]
M(b'abcdefgh').cast('B',[2,4])[0,'a']
M(b'abcdefgh').cast('B',[2,4]).cast('h')
M(b'abcdefgh').cast('B',[2,4]).cast('B').tolist()
len(M(b'abcdefgh').cast('B',[2,4]))
list(M(b'abcdefgh').cast('B',[2,4]))
M(b'abcdefgh').cast('B',[])
M(b'a').cast('B',[]).tolist()
M(b'a').cast('B',[])[()]
M(b'a').cast('B',[])[...]
M(b'a').cast('B',[])[0]
len(M(b'a').cast('B',[]))
M(b'abcdefgh')[::2].cast('h')
M(b'abcdefgh').cast('h')[::2].tobytes()
M(b'abcdefgh').cast('h')[::2].shape
M(b'abcdefgh').cast('h')[::2].strides
M(b'abcdefgh').cast('h').hex()
M(b'abcdefgh').hex(':',2)
M(b'abcdefgh').tobytes(order='F')
M(b'abcdefgh').tobytes(order='x')
M(b'abcdefgh').tobytes(order=None)
M(b'abcdefgh').tobytes(1)
M(b'abcdefgh').cast('B',[2,4]).tobytes('F')
M(b'abcdefgh').cast('c').tolist()
M(b'abcdefgh').cast('?').tolist()
M(b'abcdefgh').cast('f').tolist()
M(b'abcdefgh').cast('e').tolist()
M(b'abcdefgh').cast('P').tolist()
M(b'abcdefgh').cast('n').tolist()
M(b'abcdefgh').cast('b').tolist()
M(b'abcdefgh').cast('L').tolist()
M(b'abcdefgh'*2).cast('D').tolist()
M(b'abcdefgh').cast('F').tolist()
M(b'abc')==b'abc'
M(b'abc')=='abc'
M(b'abc')==M(b'abc').cast('b')
M(b'abcd').cast('h')==M(b'abcd')
M(b'abc')<b'abd'
M(b'abc')==[1]
hash(M(b'abc'))==hash(b'abc')
hash(M(B(b'abc')))
hash(M(b'abcd').cast('h'))
M(b'abc').obj
M(b'abc').nbytes
M(b'abc').itemsize
M(b'abc').ndim
M(b'abc').shape
M(b'abc').strides
M(b'abc').suboffsets
M(b'abc').readonly
M(b'abc').format
M(b'abc').contiguous
M(b'abc').c_contiguous
M(b'abc').f_contiguous
M(b'abc')[::2].contiguous
M(B(b'abc')).readonly
M(B(b'abc')).toreadonly().readonly
M(b'abc').index(98)
M(b'abc').index(5)
M(b'abc').index(98,2)
M(b'abc').count(97)
M(b'abc').count('a')
M(b'abc').__getitem__(0)
97 in M(b'abc')
b'a' in M(b'abc')
list(reversed(M(b'abc')))
M(M(b'abc'))
M(b'abc').__buffer__(0)
M(b'abc')+b'a'
bytes(M(b'abc'))
B(M(b'abc')[::2])
iter(M(b'abc'))
repr(M(b'abc'))[:11]
M[int]
M._from_flags(b'abc',0)
M._from_flags(b'abc',1)
M(b'abc').release(1)
M(b'abc').x
bool(M(b''))
M.tobytes(1)
M(b'abc').tolist(1)'''.split('\n'): t(s)
src='''m=M(b);m[0]=256
m=M(b);m[0]='a'
m=M(b);m[0]=b'a'
m=M(b);m[5]=1
m=M(b);m['a']=1
m=M(b);del m[0]
m=M(b'abc');m[0]=1
m=M(b'abc');del m[0]
m=M(b);m[0:2]=b'xy'
m=M(b);m[0:2]=b'x'
m=M(b);m[0:2]=1
m=M(b);m[0:2]='ab'
m=M(b);m[::-1]=m
m=M(b);m[1:]=m[:-1]
m=M(b);m.release();m[0]
m=M(b);m.release();m.tobytes()
m=M(b);m.release();m.release()
m=M(b);m.release();len(m)
m=M(b);m.release();m.obj
m=M(b);m.release();print(repr(m)[:16])
m=M(b);m.release();print(m==m, m==b)
m=M(b);m.release();hash(m)
m=M(b);m.release();m.__enter__()
m=M(b);m.release();iter(m)
m=M(b);m.release();M(m)
m=M(b);m.release();bytes(m)
with M(b) as m: m[0]=65
m=M(b);n=m[1:];m.release();n[0]=65
m=M(b);n=M(m);m.release();n[0]=65
m=M(b);it=iter(m);next(it);m.release();next(it)
m=M(B(8)).cast('q');m[0]=2**63
m=M(B(8)).cast('q');m[0]=1.5
m=M(B(8)).cast('d');m[0]='a'
m=M(B(8)).cast('d');m[0]=1;print(m[0])
m=M(B(8)).cast('?');m[0]=[];print(m[0])
m=M(B(8)).cast('c');m[0]=1
m=M(B(8)).cast('c');m[0]=b'ab'
m=M(B(8)).cast('c');m[0]=b'a';print(m[0])
m=M(B(8)).cast('B',[2,4]);m[0,1]=7;print(m.tolist())
m=M(B(8)).cast('B',[2,4]);m[0]=7
m=M(B(8)).cast('B',[2,4]);m[0:1]=b'abcd'
m=M(B(8)).cast('b');m[0]=-129
m=M(B(8)).cast('f');m[0]=1e300
m=M(B(8)).cast('H');m[0:2]=b'abcd'
m=M(B(8)).cast('H');m[0:2]=M(b'abcd').cast('H');print(m.tolist())
m=M(B(1)).cast('B',[]);m[()]=5;print(m.tolist());m[...]=6;print(m.tolist())
m=M(b);m[...]=b'xyz'
m=M(b);m[()]=1
m=M(b);m[0,]=65
m=M(b);m[None]=1
print(M(b)[...])
a=A();m=M(a);print(m.obj is a, m.tobytes());m.release()
a=A();m=M(a);del m
print(bytes(A()), b'x'+A())
a=A()\nwith M(a) as m: print(len(m))
M(A2())
M(A3())
c=C(b'abc'); print(c, C(b'a')+b'b', repr(c), c[1:], type(c.copy()), type(c.upper()))
c=D(b'abc'); print(c, type(c[:]), type(c+b''), bytes(c) is c, type(bytes(c)), type(D.fromhex('aa')))'''
bb=B(b'abc')
class A:
    def __buffer__(self,f): print('get',f); return M(bb)
    def __release_buffer__(self,m): print('rel',type(m).__name__); m.release()
class A2:
    def __buffer__(self,f): return 1
class A3:
    def __buffer__(self,f): return M(bb)
class C(B): pass
class D(bytes): pass
for s in src.split('\n'): 
    X(s.replace('\\n','\n'))

