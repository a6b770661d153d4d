N = 100_000
def chain(f, base=None):
    x = base
    for _ in range(N): x = f(x)
    return x
class Node:
    __slots__ = ("n", "__weakref__")
    def __init__(self, n): self.n = n
class Dict:
    def __init__(self, n): self.n = n
for name, f in {"list": lambda x: [x], "tuple": lambda x: (x,), "dict": lambda x: {"k": x}, "set": lambda x: x, "slots": Node, "attrs": Dict, "closure": lambda x: (lambda: x), "partial method": lambda x: [x].append, "exception": lambda x: ValueError(x), "generator": lambda x: (y for y in [x]), "iterator": lambda x: iter([x]), "map": lambda x: map(None, [x]), "cell and list": lambda x: [lambda: x], "slice": lambda x: slice(x), "mixed": lambda x: ({"k": [x]},)}.items():
    x = chain(f); del x
    print(name, "dropped")
x = chain(lambda x: [x]); y = x; x = None; y = None; print("rebind")
def f(): z = chain(lambda x: (x, 1)); return 1
print(f())
class D:
    n = 0
    def __init__(self, nxt): self.nxt = nxt
    def __del__(self): D.n += 1
x = chain(D); del x; print(D.n == N)
e = None
for i in range(50_000):
    n = ValueError(i); n.__context__ = e; e = n
del e, n; print("context chain")
import gc
x = chain(lambda x: [x]); x.append(x); del x; gc.collect(); print("cycle with a long tail")
def g():
    prev = None
    for i in range(20_000):
        def h(prev=prev): return prev
        prev = h
    return prev
h = g(); del h; print("functions")
it = iter([])
for _ in range(50_000): it = zip(it)
del it; print("zips")
