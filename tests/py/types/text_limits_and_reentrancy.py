def t(f,*a,**k):
    try: print(repr(f(*a,**k))[:150].split(" at 0x")[0])
    except BaseException as e: print(type(e).__name__, str(e)[:150])
l=[]
for i in range(1000): l=[l]
t(lambda: '%s'%l); t(lambda: f'{l}'); t(lambda: '{}'.format(l)); t(lambda: '%r'%(l,))
class R:
    def __format__(s,spec): return f'{s}'
t(lambda: f'{R()}')
class R2:
    def __str__(s): return '%s'%s
t(lambda: str(R2()))
class R3:
    def __getitem__(s,k): return '%(a)s'%s
t(lambda: '%(a)s'%R3())
class R4:
    def __bytes__(s): return bytes(s)
t(lambda: bytes(R4()))
class R5:
    def __buffer__(s,f): return memoryview(s)
t(lambda: bytes(R5()))
t(lambda: '{:{}}'.format('a','>1000000000000')); t(lambda: '%*s'%(2**40,'a')); t(lambda: '%1000000000000s'%'a'); t(lambda: format('a','1000000000000')); t(lambda: format(1,'1000000000000d')); t(lambda: format(1.0,'.1000000000000f')); t(lambda: '%.2000000000f'%1.0 and 0) if 0 else None
t(lambda: 'a'*(2**62)); t(lambda: b'a'*(2**50)); t(lambda: bytearray(2**50)); t(lambda: bytes(2**50)); t(lambda: 'a'.ljust(2**50)); t(lambda: b'a'.zfill(2**50)); t(lambda: ('a'*1000000).replace('','b'*10**8) and 0) if 0 else None
t(lambda: bytearray(b'a').__imul__(2**50)); t(lambda: bytearray().resize(2**50)); t(lambda: ('ab'*1000).replace('a','x'*(2**31)) and 0) if 0 else None
x='a'*100000
print(len(x.replace('a','bb')), x.count('a'*50), x.find('a'*99999+'b'), len(x.split('a')), len(x.rsplit('a',10)))
y=('é'*50000)
print(sum(1 for i in range(len(y)) if y[i]=='é'), len(y[::-1]), y.rfind('é'), y.find('é',49999), len(list(y)))
n=0
p=0
while (p:=y.find('é',p))>=0: p+=1; n+=1
print(n)
class E:
    def __init__(s,b): s.b=b
    def __index__(s): s.b.clear(); return 1
b=bytearray(b'abcdef')
def f(): b[E(b)]=5
t(f)
b=bytearray(b'abcdef')
def f(): b[0]=E(b)
t(f)
b=bytearray(b'abcdef')
def f(): b[E(b):5]=b'xx'
t(f); print(b)
b=bytearray(b'abcdef')
def f(): return b[E(b):5]
t(f)
b=bytearray(b'abcdef'); t(lambda: b.find(b'c',E(b))); 
b=bytearray(b'abcdef'); t(lambda: b.pop(E(b))); b=bytearray(b'abcdef'); t(lambda: b.insert(3,E(b))); print(b)
class E2:
    def __init__(s,m): s.m=m
    def __index__(s): s.m.release(); return 1
m=memoryview(bytearray(b'abc')); t(lambda: m[E2(m)])
m=memoryview(bytearray(b'abc')); t(lambda: m.__setitem__(0,E2(m)))
m=memoryview(bytearray(b'abc')); t(lambda: m[E2(m):])
m=memoryview(bytearray(b'abc')); t(lambda: m.__setitem__(E2(m),1))
m=memoryview(bytearray(8)).cast('q'); t(lambda: m.__setitem__(0,E2(m)))
t(lambda: str(b'\xff','utf-8','x'*10)); t(lambda: ''.join(chr(i) for i in range(0x110000)).encode('utf-8','surrogatepass').decode('utf-8','surrogatepass')==''.join(chr(i) for i in range(0x110000))) if 0 else None
print(max(map(len,(chr(i).upper() for i in range(0x3000)))), sum(hash(c)!=0 for c in 'abc'))
t(lambda: 'x'.__format__('s'*10)); t(lambda: eval("f'{1:{2:{3:{4}}}}'"))
