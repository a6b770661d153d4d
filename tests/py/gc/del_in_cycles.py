import gc, weakref
gc.disable(); log = []
class D:
    def __init__(self, n): self.n = n
    def __del__(self): log.append((self.n, hasattr(self, "other"), getattr(getattr(self, "other", None), "n", None)))
a, b = D("a"), D("b"); a.other, b.other = b, a; del a, b
print(log, gc.collect() >= 2, sorted(log)); log.clear()
keep = []
class R:
    def __init__(self, n): self.n = n
    def __del__(self): log.append(f"del {self.n}"); keep.append(self)
r = R("r"); r.me = r; del r; gc.collect(); print(log, len(keep), keep[0].me is keep[0]); log.clear()
keep.clear(); gc.collect(); print("finaliser runs once", log, gc.garbage)
class W: pass
w = W(); w.me = w; wr = weakref.ref(w, lambda r: log.append(("callback", r() is None))); del w; gc.collect(); print(log, wr()); log.clear()
# A weak reference whose callback is part of the garbage is not called.
w = W(); w.me = w; w.ref = weakref.ref(w, lambda r: log.append("never")); del w; gc.collect(); print(log)
class X:
    def __del__(self): raise ValueError("in cycle del")
import sys
seen = []; old, sys.unraisablehook = sys.unraisablehook, lambda u: seen.append(str(u.exc_value))
x = X(); x.me = x; del x; gc.collect(); print(seen); sys.unraisablehook = old
def gen():
    me = yield
    try: yield
    finally: log.append("generator finally in cycle")
g = gen(); next(g); g.send(g); del g; gc.collect(); print(log); log.clear()
class P:
    def __init__(self, p=None): self.p = p; self.kids = []; p and p.kids.append(self)
    def __del__(self): log.append(len(self.kids))
root = P(); [P(root) for _ in range(3)]; del root; gc.collect(); print(sorted(log)); log.clear()
t = D("tail"); c = W(); c.me = c; c.t = t; del t, c; print(log); gc.collect(); print(log)
