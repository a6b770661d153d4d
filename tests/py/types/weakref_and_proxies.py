# Weak references and proxies: sharing, callbacks, comparison, every operation through a proxy.
import weakref,_weakref
class C:
    def __init__(s,v=1): s.v=v
    def __eq__(s,o): return isinstance(o,C) and s.v==o.v
    def __hash__(s): return hash(s.v)
    def __call__(s,*a,**k): return ('call',a,k)
    def __len__(s): return 3
    def __getitem__(s,i): return ('item',i)
    def __contains__(s,x): return x==1
    def __iter__(s): return iter([1,2])
    def __add__(s,o): return ('add',o)
    def __str__(s): return 'STR'
    def __bool__(s): return False
    def meth(s): return 'm'
class D: pass
def t(f,*a,**k):
    try: r=f(*a,**k); print('ok', r)
    except BaseException as e: print(type(e).__name__, e)
c=C()
r=weakref.ref(c); print(r() is c, weakref.ref(c) is r, r.__callback__)
t(weakref.ref); t(weakref.ref,c,None,3); t(weakref.ref,1); t(weakref.ref,'x'); t(weakref.ref,c,x=1); t(r,1); t(weakref.ref,None); t(weakref.ref, Exception()); t(weakref.ref, ()); t(weakref.ref,[]); t(weakref.ref,{}) ; t(weakref.ref,object())
r2=weakref.ref(c,lambda w: print('cb',w)); print(r2 is r, r2==r, hash(r)==hash(c), weakref.getweakrefcount(c), weakref.getweakrefs(c)==[r,r2], r2.__callback__ is not None)
c2=C(); rr=weakref.ref(c2); print(rr==r); 
d1,d2=D(),D(); print(weakref.ref(d1)==weakref.ref(d2), weakref.ref(d1)!=weakref.ref(d1), weakref.ref(d1)=='x'); t(lambda: weakref.ref(d1)<weakref.ref(d2))
del c; print(r(), r2()); print(r==rr, r==r, r==r2); print(hash(r)); 
x=weakref.ref(d1); del d1
t(hash,x); print(repr(x)[-6:], x.__callback__)
class R(weakref.ref):
    __slots__=('k',)
    def __new__(cls,o,cb=None,k=0): return super().__new__(cls,o,cb)
    def __init__(self,o,cb=None,k=0): super().__init__(o,cb); self.k=k
d=D(); k=R(d,k=5); print(k.k, k() is d, weakref.ref(d) is k, weakref.getweakrefcount(d))
print(weakref.ref[int], weakref.ReferenceType)
c=C(7); p=weakref.proxy(c); q=weakref.proxy(D.__new__(D)) if 0 else None
print(type(p), p.v, p.meth(), p(1,a=2), len(p), p[3], 1 in p, list(p), p+1, str(p), bool(p), p==c, repr(p)[:12], isinstance(p,C), p.__class__)
t(hash,p); p.zz=3; print(c.zz); del p.zz; t(lambda: p.zz)
print(weakref.proxy(c) is p, weakref.getweakrefcount(c))
d=D(); dp=weakref.proxy(d); print(type(dp)); t(dp); t(lambda: dp<1); t(lambda: dp+1); t(lambda: dp[1]); t(len,dp); t(iter,dp); t(next,dp); t(lambda: -dp)
del d; t(lambda: dp.x); t(str,dp); print(repr(dp)[:12]); t(lambda: dp+1); t(bool,dp); t(lambda: dp==1); t(len,dp); t(lambda: setattr(dp,'a',1))
t(weakref.proxy,1); t(weakref.proxy); t(type(p)); t(_weakref.getweakrefcount,1); t(_weakref.getweakrefs,1)
def f(): pass
for o in (f, len, [].append, C.meth, c.meth, C, weakref, set(), frozenset(), (i for i in ()), f.__code__, int, list.append, C.__dict__['meth'], property(), list[int], int|str, memoryview(b''), type(f).__code__, classmethod(f), range(3), slice(1), iter([]), 1.5, b'', bytearray(), super(C,c), type, NotImplemented, map(f,[]), p, x, {}.keys(), type(C.__dict__), __import__('types').SimpleNamespace(), __import__('types').CellType()):
    try: weakref.ref(o); print(type(o).__name__, 'yes')
    except TypeError as e: print(type(o).__name__, e)
def cb(w): raise ValueError('boom')
import sys
sys.unraisablehook=lambda u: print('unraisable', u.err_msg, type(u.exc_value), u.object is cb)
d=D(); w=weakref.ref(d,cb); del d
d=D(); l=[weakref.ref(d, lambda w,i=i: print('cb',i)) for i in range(3)]; del d
d=D(); n=weakref.ref(d); d.__class__.__name__='Dx'; 
d.__name__='nm'; print(repr(n).split(';')[1].split(' at ')[0])
print(weakref.ref.__doc__, weakref.ProxyType.__name__, weakref.ProxyType.__module__, weakref.CallableProxyType.__name__)
dd={}; d=D(); w=weakref.ref(d); dd['a']=w; t(_weakref._remove_dead_weakref,dd,'a'); print(len(dd)); del d;  t(_weakref._remove_dead_weakref,dd,'a'); print(len(dd)); t(_weakref._remove_dead_weakref,dd,'zz'); dd['b']=1; t(_weakref._remove_dead_weakref,dd,'b'); t(_weakref._remove_dead_weakref,1,'b')
