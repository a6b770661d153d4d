# Abstract base classes: abstract methods, registration, hooks, caches.
import abc, _abc
from collections.abc import *
from abc import ABC, ABCMeta, abstractmethod
class A(ABC):
    @abstractmethod
    def f(self): pass
    @property
    @abstractmethod
    def p(self): pass
    @classmethod
    @abstractmethod
    def c(cls): pass
print(sorted(A.__abstractmethods__))
try: A()
except TypeError as e: print(e)
class B(A):
    def f(self): pass
try: B()
except TypeError as e: print(e)
class C(B):
    p=1
    c=2
print(C(), sorted(B.__abstractmethods__), C.__abstractmethods__) if 0 else print(sorted(B.__abstractmethods__), C.__abstractmethods__)
class V: pass
print(issubclass(V,A), isinstance(V(),A)); t=abc.get_cache_token()
print(A.register(V) is V, issubclass(V,A), isinstance(V(),A), abc.get_cache_token()==t+1)
class W(V): pass
print(issubclass(W,A), isinstance(W(),A))
try: A.register(5)
except TypeError as e: print(e)
try: V2=A.register(A)
except Exception as e: print(e)
class X(ABC): pass
X.register(A)
try: A.register(X)
except RuntimeError as e: print(e)
try: issubclass(5,A)
except TypeError as e: print(e)
print(isinstance([],Sequence), isinstance({},Mapping), isinstance(set(),Set), isinstance(5,Hashable), isinstance([],Hashable), isinstance(iter([]),Iterator), isinstance(print,Callable), issubclass(dict,MutableMapping), issubclass(str,Sequence), isinstance((x for x in ()),Generator), True, isinstance(range(3),Sequence), isinstance(memoryview(b''),Sequence))
class H(ABC):
    @classmethod
    def __subclasshook__(cls,o): return 3
try: issubclass(int,H)
except AssertionError as e: print('AE', e)
class I(ABC):
    @classmethod
    def __subclasshook__(cls,o): return hasattr(o,'zip')
class J: zip=1
print(issubclass(J,I), issubclass(int,I), isinstance(J(),I))
class S(Sequence):
    def __getitem__(s,i): return [1,2][i]
    def __len__(s): return 2
match S():
    case [a,b]: print('seq',a,b)
class R:
    def __getitem__(s,i): return [1,2][i]
    def __len__(s): return 2
Sequence.register(R)
match R():
    case [a,b]: print('seq',a,b)
class M(Mapping):
    def __getitem__(s,k): return {'k':1}[k]
    def __len__(s): return 1
    def __iter__(s): return iter(['k'])
match M():
    case {'k':v}: print('map',v)
print(M().get('z'), 'k' in M(), list(M().items()), M()=={'k':1})
r,c,n,v=_abc._get_dump(A); print(len(r), type(c), isinstance(v,int))
_abc._reset_caches(A); _abc._reset_registry(A); print(issubclass(V,A))
class P(ABC):
    @staticmethod
    @abstractmethod
    def s(): pass
    @abstractmethod
    def a(): pass
class Q(P):
    s=a=None
print(Q(), abc.update_abstractmethods(Q) is Q) if 0 else print(abc.update_abstractmethods(Q) is Q)
P.a=lambda s:1; P.s=1; abc.update_abstractmethods(P); print(P.__abstractmethods__, isinstance(P(),P))
class Y(metaclass=ABCMeta):
    def __init_subclass__(cls, k=None, **kw): super().__init_subclass__(**kw); cls.k=k
class Z(Y,k=5): pass
print(Z.k)
for i in range(100):
    class Tmp: pass
    isinstance(Tmp(), A)
    issubclass(Tmp, A)
print(isinstance(5,(A,int)), isinstance(5,A|int))
class Prox:
    @property
    def __class__(self): return B
print(isinstance(Prox(),A))
print(type(A._abc_impl), repr(A._abc_impl)[:18])
print(Sequence.__subclasshook__, [k for k in vars(A) if not k.startswith('__')])
