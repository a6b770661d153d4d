class A:
    def f(self, x=0): return (self.__class__.__name__, x)
    @classmethod
    def c(cls, x=0): return (cls.__name__, x)
    @staticmethod
    def s(x=0): return ("static", x)
a, b = A(), A()
m = a.f
print(m(1), m.__self__ is a, m.__func__ is A.f, m.__name__, m.__qualname__, m == a.f, m != b.f, m is a.f, hash(m) == hash(a.f), {m: 1}[a.f])
print(A.c(1), a.c.__self__ is A, A.c == A.c, A.s(2), a.s is A.s, A.__dict__["s"].__func__ is A.s)
print(A.f(a, 5), A.f.__get__(a)(6), A.f.__get__(None, A) is A.f, A.__dict__["c"].__get__(None, A)(3), A.__dict__["s"].__get__(a)(1))
import types
def g(self): return f"g of {self}"
bm = types.MethodType(g, 5)
print(bm(), bm.__self__, bm.__func__ is g)
for args in ((g,), (5, 5), (g, None)):
    try: types.MethodType(*args)
    except TypeError as e: print(e)
m2 = types.MethodType(print, "first"); m2("second")
try: m.new = 1
except AttributeError as e: print(e)
A.f.attr = "on function"; print(m.attr)
a.own = g; print(a.own("x"))
a.bound = types.MethodType(g, a.__class__.__name__); print(a.bound())
print([].append.__self__, [].append == [].append, (l := []).append == l.append, "x".join.__name__, type([].append).__name__, type([].__len__).__name__, type(list.append).__name__, type(list.__len__).__name__, type(dict.__dict__["fromkeys"]).__name__)
print(len.__self__.__name__, len.__name__, len.__qualname__, [].append.__qualname__, dict.fromkeys.__self__)
class D:
    len = len
    lam = lambda self, *a: a
    p = print
print(D().len([1, 2]), D().lam(1)); D().p("builtin functions do not bind")
class Call:
    def __call__(self, *a): return a
class E: c = Call()
print(E().c(1))
class F:
    c = classmethod(Call())
    s = staticmethod(Call())
    cp = classmethod(len)
print(F.c(1)[0].__name__, F().s(1))
try: F.cp()
except TypeError as e: print(e)
x = a.f.__func__.__get__
print(type(x).__name__, a.f.__get__(5, int)(1))
try: classmethod(5).__get__(None, A)()
except TypeError as e: print(e)
sm = staticmethod(g)
print(sm.__name__, sm.__wrapped__ is g, repr(sm).split(" at")[0], sm.__isabstractmethod__)
