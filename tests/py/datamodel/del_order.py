import sys
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
x = D("rebind"); x = D("second"); print("after rebind")
x = None
print("-- containers")
l = [D("l0"), D("l1"), D("l2")]; l = None
d = {"a": D("d0"), "b": D("d1")}; d.clear()
t = (D("t0"), D("t1")); del t
l = [D("pop"), D("slice0"), D("slice1")]; l.pop(); print("popped"); l[:] = []; print("cleared")
print("-- temp"); D("temp"); print("after temp"); D("attr").n; print("after attr")
print("-- function")
def f(a):
    b = D("local b"); c = D("local c")
    print("in f")
    return "ret"
print(f(D("arg")))
def g():
    x = D("g.x")
    raise ValueError
try: g()
except ValueError as e: print("handler"); 
print("after handler")
print("-- loop")
for i in range(2): y = D(f"loop{i}")
print("loop done"); del y
for z in [D("iter0"), D("iter1")]: print("body", z.n)
del z
print("-- comprehension"); [D(f"c{i}") for i in range(2)]; print("end comp"); r = [D("k0").n for _ in range(1)]
print("-- instance")
class H: pass
h = H(); h.a = D("h.a"); h.b = D("h.b"); h.a = None; print("a gone"); del h
print("-- resurrect")
keep = []
class R:
    def __del__(self): print("R del"); keep.append(self)
r = R(); del r; print(len(keep)); keep.clear(); print("second time not called")
print("-- generator")
def gen():
    q = D("gen local")
    try: yield 1
    finally: print("gen finally")
it = gen(); next(it); del it; print("gen dropped")
it = gen(); list(it); print("exhausted")
print("-- closure")
def mk():
    c = D("captured"); return lambda: c
fn = mk(); print("made"); fn = None
print("-- class"); 
def add(): return D("left").n + D("right").n
add()
print("-- exit")
sys.stdout.flush()
at_exit = D("module global")
