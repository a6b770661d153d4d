import weakref, gc
log = []
class A:
    def __init__(self, n): self.n = n
    def __del__(self): log.append(f"del {self.n}")
a = A("a"); refs = [weakref.ref(a, lambda r, i=i: log.append(f"cb{i} {r() is None}")) for i in range(3)]
del a; print(log); log.clear()
a = A("b"); r = weakref.ref(a, lambda r: log.append("dropped ref, no callback")); del r; del a; print(log); log.clear()
a = A("c")
def bad(r): raise ValueError("cb")
import sys
seen = []; old, sys.unraisablehook = sys.unraisablehook, lambda u: seen.append((type(u.exc_value).__name__, str(u.exc_value)))
r = weakref.ref(a, bad); r2 = weakref.ref(a, lambda r: log.append("still called")); del a; print(sorted(log), seen); log.clear(); sys.unraisablehook = old
a = A("d"); r1, r2 = weakref.ref(a), weakref.ref(a); print(r1 is r2, weakref.getweakrefcount(a)); c = weakref.ref(a, log.append); print(c is r1, c == r1, weakref.getweakrefcount(a)); del a; print(len(log), log[1] is c); log.clear()
class R:
    kept = None
    def __del__(self): R.kept = self
x = R(); w = weakref.ref(x, lambda r: log.append("cb before or after resurrection")); del x; print(w() is None, R.kept is not None, log); log.clear()
l = []
class Self: pass
s = Self(); s.r = weakref.ref(s, lambda r: l.append(1)); del s; print(l)
d = weakref.WeakValueDictionary(); k = [A(i) for i in range(3)]
for i, o in enumerate(k): d[i] = o
print(sorted(d), len(d)); del o; k.pop(); print(sorted(d), log); k.clear(); print(len(d), log); log.clear()
p = weakref.proxy(q := A("p"), lambda r: log.append("proxy cb")); print(p.n); del q; print(log); log.clear()
try: p.n
except ReferenceError as e: print(e)
f = weakref.finalize(z := A("z"), log.append, "finalize"); del z; print(log, f.alive); log.clear()
def order():
    a = A("local"); r = weakref.ref(a, lambda r: log.append("cb local")); return r
r = order(); print(log, r()); log.clear()
h = weakref.ref(A("temp")); print(log, h()); log.clear(); b = A("b2"); s = {weakref.ref(b)}; print(weakref.ref(b) in s); print(hash(weakref.ref(b)) == hash(b)); w1 = weakref.ref(b); del b
try: print(hash(w1) is not None)
except TypeError as e: print(e)
e1 = weakref.ref(A("x")); 
try: hash(e1)
except TypeError as e: print(e)
