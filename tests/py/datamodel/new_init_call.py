class A:
    def __new__(cls, *a, **k):
        print("new", cls.__name__, a, k)
        return super().__new__(cls)
    def __init__(self, *a, **k): print("init", type(self).__name__, a, k)
A(1, x=2)
class B(A): pass
B(3)
class Cached:
    inst = None
    def __new__(cls):
        if cls.inst is None: cls.inst = super().__new__(cls)
        return cls.inst
    def __init__(self): print("init each time")
print(Cached() is Cached())
class I(int):
    def __new__(cls, v, extra): 
        self = super().__new__(cls, v); self.extra = extra; return self
i = I(5, "e"); print(i, i.extra, i + 1, type(i + 1).__name__)
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
print(T(1, 2), len(T()), T(1, 2) + (3,), type(T(1)[:]).__name__)
class S(str):
    def __init__(self, *a): self.n = len(self)
print(S("abc").n)
class L(list):
    def __init__(self, *a): super().__init__(a)
print(L(1, 2), L.__new__(L), type(L(1) + [2]).__name__, type(L(1).copy()).__name__)
class D(dict):
    def __init__(self, **k): super().__init__(k); self["init"] = True
print(D(a=1), D.fromkeys("ab"), type(D().copy()).__name__)
class E(Exception):
    def __init__(self, a, b): self.ab = a, b
e = E(1, 2); print(e.args, e.ab, repr(e), str(e))
class NewNone:
    def __new__(cls): return None
print(NewNone())
class Meta(type):
    def __call__(cls, *a): return ("metacall", cls.__name__, a)
class MC(metaclass=Meta):
    def __init__(self): print("never")
print(MC(1, 2), type.__call__(MC).__class__.__name__)
for cls in int, str, list, dict, float, tuple, set, bytes, bool, complex, frozenset, bytearray: print(cls.__name__, repr(cls()), end="; ")
print()
class NewKw:
    def __init__(self, *, a, b=2): self.v = a, b
print(NewKw(a=1).v)
o = object.__new__(NewKw); print(vars(o)); o.__init__(a=9); print(o.v)
print(A.__new__.__class__.__name__, type(A.__dict__["__new__"]).__name__, type(B.__dict__.get("__new__")).__name__)
