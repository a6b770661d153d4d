x = "global"
def f():
    x = "local"
    class A:
        print(x)
        x = "class"
        print(x)
        def m(self): return x
        y = [x for _ in range(1)]
        z = [v for v in x]
        w = list(a for a in [x])
    return A
A = f()
print(A().m(), A.y, A.z, A.w)
class B:
    x = x + "!"
    del x
    print(x)
def g():
    class C:
        global x
        x = "changed by class"
        def m(self): return __class__
    return C
C = g()
print(x, C().m().__name__, "x" in C.__dict__)
def h():
    n = 1
    class D:
        nonlocal n
        n = 2
        n2 = n
    return n, D.n2, hasattr(D, "n")
print(h())
class E:
    a = 1
    try:
        b = [a + i for i in range(2)]
    except NameError as e:
        print("NameError", e)
    c = [i for i in range(a)]
    f = lambda self: a
try:
    E().f()
except NameError as e:
    print(e)
class F:
    locals()["dyn"] = 5
print(F.dyn)
class G:
    def __init__(self): self.__p = 1
    def get(self): return self.__p
    __q = 3
    class __H: pass
    def names(self, __arg=1): return __arg, self._G__q
print(vars(G()), G().get(), G().names(), [n for n in vars(G) if n.startswith("_G")], G._G__H.__name__, G._G__H.__qualname__)
