def attempt(src, ns=None):
    try: exec(src, ns if ns is not None else {})
    except Exception as e: print(src, "->", type(e).__name__, e)
attempt("del x")
attempt("x = 1\ndel x\ndel x")
attempt("del [].x")
attempt("del (1, 2)[0]")
attempt("del 'abc'[0]")
attempt("del {}[1]")
attempt("del [][0]")
attempt("del int.x")
attempt("del (lambda: 0).__name__")
attempt("class A: pass\ndel A.x")
attempt("class A: pass\ndel A().x")
attempt("class A:\n __slots__ = 's'\ndel A().s")
attempt("class A:\n p = property(lambda s: 1)\ndel A().p")
attempt("del 5 .real")
a, b, c = 1, 2, 3
del a, (b, [c])
print([n for n in "abc" if n in globals()])
l = list(range(10))
del l[::2], l[0], l[-1]
print(l)
del l[5:100], l[:]
print(l)
class D:
    def __delitem__(self, k): print("delitem", k)
    def __delattr__(self, k): print("delattr", k)
d = D()
del d[1, 2], d[1:2:3], d[...], d.x, d[:]
del ()
del []
class Order:
    def __init__(self, n): self.n = n
    def __del__(self): print("dropped", self.n)
x = Order("x"); y = Order("y")
z = x
del x
print("x name gone")
del z
x = y = None
print("end")
