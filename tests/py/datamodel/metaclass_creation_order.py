log = []
class M(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        print("prepare", mcs.__name__, name, bases, kw)
        class NS(dict):
            def __setitem__(self, k, v):
                if not k.startswith("__"): print("  ns set", k)
                dict.__setitem__(self, k, v)
            def __missing__(self, k):
                if k == "magic": return "from missing"
                raise KeyError(k)
        return NS()
    def __new__(mcs, name, bases, ns, **kw):
        print("new", name, [k for k in ns if not k.startswith("__")], type(ns).__name__, kw)
        return super().__new__(mcs, name, bases, dict(ns))
    def __init__(cls, name, bases, ns, **kw):
        print("init", name, kw); super().__init__(name, bases, ns)
    def __call__(cls, *a, **k):
        print("call", cls.__name__, a, k); return super().__call__(*a, **k)
class Desc:
    def __set_name__(self, owner, name): print("set_name", owner.__name__, name)
class Base:
    def __init_subclass__(cls, **kw): print("init_subclass", cls.__name__, kw, hasattr(cls, "d"))
class A(Base, opt=1): pass
print("-")
class B(metaclass=M, opt=1):
    y = magic
    d = Desc()
    def f(self): return __class__
    print("body end")
print(B().f() is B, B.y)
class C(B): pass
class N(type): pass
try:
    class D(B, metaclass=N): pass
except TypeError as e: print(e)
class O(M): pass
class E(B, metaclass=O): pass
print(type(E).__name__)
def fake(name, bases, ns, **kw): print("fake", name, bases, sorted(k for k in ns if k[0] != "_"), kw); return 42
class F(1 and object, metaclass=fake, k=2): a = 1
print(F)
class BadPrep(type):
    @classmethod
    def __prepare__(m, *a): return 5
try:
    class G(metaclass=BadPrep): pass
except TypeError as e: print(e)
try:
    class H(Base, metaclass=5): pass
except TypeError as e: print(e)
try:
    class I(x=1): pass
except TypeError as e: print(e)
