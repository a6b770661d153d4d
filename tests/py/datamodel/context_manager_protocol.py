# The methods are looked up on the type, __exit__ before __enter__ runs; the result is bound before the body.
class Meta(type):
    def __getattribute__(c, n): return super().__getattribute__(n)
class CM:
    def __getattribute__(self, n):
        print("instance lookup", n); return object.__getattribute__(self, n)
    def __enter__(self): print("enter"); return self
    def __exit__(self, *a): print("exit", a[0] and a[0].__name__)
with CM(): print("body")
class Swap:
    def __enter__(self):
        type(self).__exit__ = lambda s, *a: print("replaced exit is not used"); return self
    def __exit__(self, *a): print("original exit")
with Swap(): pass
class D:
    class Desc:
        def __init__(self, n): self.n = n
        def __get__(self, o, t):
            print("get", self.n); return lambda *a: print("call", self.n, len(a))
    __enter__ = Desc("enter"); __exit__ = Desc("exit")
with D() as x: print(x)
def gen():
    with C2("g") as v:
        yield v
class C2:
    def __init__(self, n): self.n = n
    def __enter__(self): print("in", self.n); return self.n
    def __exit__(self, t, v, tb): print("out", self.n, t and t.__name__); return t is ValueError
g = gen(); print(next(g)); g.close()
g = gen(); next(g)
try: print(g.throw(ValueError("x")))
except StopIteration: print("swallowed, so the generator ended")
g = gen(); next(g); del g
for i in range(3):
    with C2(i):
        if i: raise ValueError
        continue
def ret():
    with C2("r"): return (print("evaluating"), "value")[1]
print(ret())
try:
    with C2("a"), C2("b"): raise KeyError
except KeyError: print("escaped")
from contextlib import contextmanager
@contextmanager
def cm():
    print("before")
    try: yield "val"
    except KeyError as e: print("caught", repr(e))
    finally: print("after")
with cm() as v: print(v); raise KeyError(1)
