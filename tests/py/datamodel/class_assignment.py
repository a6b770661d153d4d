class A:
    def f(self): return "A.f"
class B:
    def f(self): return "B.f"
class S1: __slots__ = ("x",)
class S2: __slots__ = ("x",)
class S3: __slots__ = ("y",)
a = A(); a.v = 1
a.__class__ = B
print(a.f(), a.v, type(a).__name__)
s = S1(); s.x = 5
s.__class__ = S2
print(s.x, type(s).__name__)
class I(int): pass
class J(int): pass
i = I(5); i.__class__ = J
print(type(i).__name__, i + 1)
def attempt(o, c):
    try: o.__class__ = c; print("ok")
    except TypeError as e: print(e)
attempt(s, S3); attempt(a, S1); attempt(a, int); attempt(5, A); attempt(a, 5); attempt([], A); attempt(i, A); attempt(A, B); attempt(object(), A)
class L(list): pass
attempt(L(), list); attempt(a, object); attempt(L(), dict)
try: del a.__class__
except TypeError as e: print(e)
class M1(type): tag = "m1"
class M2(type): tag = "m2"
class K(metaclass=M1): pass
K.__class__ = M2
print(K.tag, type(K).__name__)
import types
class Mod(types.ModuleType):
    @property
    def lazy(self): return "lazy value"
m = types.ModuleType("m")
m.__class__ = Mod
print(m.lazy)
class Meth:
    def __call__(self): return "called"
class Other:
    def __call__(self): return "other"
x = Meth(); print(x()); x.__class__ = Other; print(x())
