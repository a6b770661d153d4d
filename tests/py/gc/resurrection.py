import gc, weakref
saved = []
class R:
    count = 0
    def __init__(self): self.data = [1, 2, 3]; self.child = C()
    def __del__(self): R.count += 1; saved.append(self)
class C:
    def __del__(self): print("child finalised")
r = R(); w = weakref.ref(r); del r
print(R.count, len(saved), saved[0].data, w()); x = saved.pop(); print(x.data); x = None; print("gone, count", R.count)
class Again:
    n = 0
    def __del__(self):
        Again.n += 1
        if Again.n < 3: globals()["keep"] = self
keep = Again(); keep = None; print(Again.n); keep = None; print(Again.n, "the finaliser is not called again")
class InList:
    def __del__(self): pool.append(self)
pool = []; l = [InList() for _ in range(3)]; del l; print(len(pool)); pool.clear(); print(len(pool))
class Tmp:
    def __del__(self): self.x = [self]; box.append(self.x)
box = []; Tmp(); print(box[0][0] is box[0][0].x[0]); box.clear(); gc.collect(); print("collected")
def f():
    o = R(); return o.data
print(f(), R.count); saved.clear()
class G:
    def __del__(self):
        global gen
        gen = (i for i in [self])
G(); print(type(next(gen)).__name__); del gen
class Raise:
    def __del__(self): saved.append(self)
try:
    o = Raise(); raise ValueError
except ValueError: del o
print(len(saved))
