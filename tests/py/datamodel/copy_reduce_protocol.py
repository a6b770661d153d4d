import copy
class A:
    def __init__(self): self.l = [1, [2]]; self.d = {"k": self.l}
a = A(); b = copy.copy(a); c = copy.deepcopy(a)
print(b.l is a.l, c.l is a.l, c.d["k"] is c.l, c.l == a.l, type(c).__name__)
r = [1]; r.append(r); q = copy.deepcopy(r); print(q[1] is q, q is not r, copy.copy(r)[1] is r)
for v in (1, "s", (1, 2), [1, 2], {1: 2}, {1, 2}, frozenset([1]), b"x", bytearray(b"x"), None, ..., int, len, range(3), slice(1, 2), 1.5, 1j): print(copy.copy(v) == v, copy.copy(v) is v, copy.deepcopy(v) == v, end="; ")
print(); t = ([],); print(copy.deepcopy(t)[0] is t[0], copy.deepcopy((1, 2)) is not None)
class C:
    def __copy__(self): return "copied"
    def __deepcopy__(self, memo): return "deep " + str(type(memo).__name__)
print(copy.copy(C()), copy.deepcopy(C()), copy.deepcopy([C()]))
class S:
    __slots__ = ("x", "y")
s = S(); s.x = [1]; t = copy.copy(s); print(t.x is s.x, hasattr(t, "y"), copy.deepcopy(s).x is s.x)
class N:
    def __new__(cls, v): o = super().__new__(cls); o.v = v; return o
    def __getnewargs__(self): return (self.v,)
    def __getstate__(self): return {"state": 1}
    def __setstate__(self, st): self.restored = st
n = copy.copy(N(5)); print(n.v, n.restored)
class R:
    def __reduce__(self): return (R.make, ("arg",))
    @staticmethod
    def make(a): return "made " + a
class RE:
    def __reduce_ex__(self, p): return "a string means itself"
print(copy.copy(R()), copy.copy(re := RE()) is re)
class L(list): pass
l = L([1, 2]); l.attr = 5; m = copy.copy(l); print(m, m.attr, type(m).__name__); class_d = copy.deepcopy({"l": l}); print(class_d["l"].attr)
class D(dict): pass
d = D(a=1); d.z = [1]; e = copy.deepcopy(d); print(e, e.z is d.z)
def t(f):
    try: print(f())
    except Exception as x: print(type(x).__name__, x)
t(lambda: copy.copy(i for i in [])); t(lambda: copy.deepcopy(memoryview(b"a"))); t(lambda: copy.copy(type("Q", (), {"__reduce_ex__": lambda s, p: 5})())); t(lambda: object().__reduce_ex__(2)[0].__name__); t(lambda: A().__getstate__().keys()); t(lambda: S().__getstate__()); t(lambda: s.__getstate__()); t(lambda: object().__getstate__()); t(lambda: (5).__getnewargs__()); t(lambda: "a".__getnewargs__()); t(lambda: copy.replace(5, x=1))
class Rep:
    def __init__(self, x): self.x = x
    def __replace__(self, **k): return Rep(k.get("x", self.x))
print(copy.replace(Rep(1), x=2).x); ex = ValueError(1, 2); ex.n = 3; ey = copy.copy(ex); print(repr(ey), ey.n)
