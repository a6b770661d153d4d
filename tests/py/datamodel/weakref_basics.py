import weakref, gc
class A:
    def __init__(self, n="a"): self.n = n
    def __eq__(self, o): return isinstance(o, A) and self.n == o.n
    def __hash__(self): return hash(self.n)
    def m(self): return "method of " + self.n
a = A()
r = weakref.ref(a)
print(r() is a, r == weakref.ref(a), weakref.ref(a) is r, hash(r) == hash(a), weakref.getweakrefcount(a))
cb = weakref.ref(a, lambda w: print("callback", w() is None, w is cb))
cb2 = weakref.ref(a, lambda w: print("callback 2"))
print(weakref.getweakrefcount(a), len(weakref.getweakrefs(a)))
b = A(); rb = weakref.ref(b)
print(r == rb, r is rb)
p = weakref.proxy(a)
print(p.n, p.m(), p == a, isinstance(p, A), type(p).__name__)
p.z = 5; print(a.z)
del a
print(r(), r == rb)
try: p.n
except ReferenceError as e: print(e)
try: hash(p)
except TypeError as e: print(e)
for o in 5, "s", (), [], {}, None, object():
    try: weakref.ref(o)
    except TypeError as e: print(e)
def f(): pass
print(weakref.ref(f)() is f, weakref.ref(A)() is A, weakref.ref({1}) is not None, weakref.ref(len)() is len)
class L(list): pass
l = L([1]); print(weakref.ref(l)() == [1])
d = weakref.WeakValueDictionary(); x = A("x"); d["k"] = x; print(dict(d), len(d)) if False else print(len(d))
del x; print(len(d), "k" in d)
wk = weakref.WeakKeyDictionary(); y = A("y"); wk[y] = 1; print(len(wk)); del y; print(len(wk))
s = weakref.WeakSet(); z = A("z"); s.add(z); print(len(s)); del z; print(len(s))
print(weakref.ref(A("temp"))())
m = weakref.WeakMethod(b.m); print(m()(), weakref.ref(b.m)())
del b; print(m())
fin_obj = A("fin"); fin = weakref.finalize(fin_obj, print, "finalized", 1); print(fin.alive); del fin_obj; print(fin.alive, fin())
class Raises: pass
q = Raises()
class SubRef(weakref.ref):
    __slots__ = "key"
s = SubRef(q); s.key = 1; print(s.key, s() is q, type(s).__name__)
print(repr(r).split(" at ")[0].split(";")[0][:8], r.__callback__)
cyc = A("cyc"); cyc.me = cyc; rc = weakref.ref(cyc, lambda w: print("cycle callback")); del cyc; print(rc() is not None); gc.collect(); print(rc())
