T = type("T", (int,), {"x": 1, "double": lambda self: self * 2}); print(T(4).double(), T.x, T.__mro__, T.__module__, T.__qualname__, T.__name__, T)
print(type(5), type("a") is str, type(type), type(T), type(T(1)) is T, type(None), type(lambda: 0), type(len), type(type(...)), type((i for i in [])))
class M(type):
    def __new__(m, n, b, d, **k): print("M.new", n, k); return super().__new__(m, n, b, d)
    def __init__(c, n, b, d, **k): super().__init__(n, b, d)
A = M("A", (), {}, q=1); B = type("B", (A,), {}); print(type(B).__name__)
try: type("C", (A,), {}, z=1)
except TypeError as e: print(e)
class K:
    def __init_subclass__(cls, **k): print("sub", cls.__name__, k)
type("L", (K,), {}, opt=2); 
class N: 
    def f(self): return __class__
print(N().f().__name__, "__classcell__" in N.__dict__)
ns = {"a": 1}; P = type("P", (), ns); ns["b"] = 2; print(hasattr(P, "b"), P.a); P.c = 3; print("c" in ns)
print(type.__call__(int, "5"), type.__new__(type, "Q", (), {}).__name__, type.__prepare__(), type.__prepare__("a", (), x=1), type("R", (), {"__slots__": ["s"]})().__class__.__name__)
print(type("é", (), {}).__name__, type("not an identifier!", (), {}), type("", (), {}), isinstance(type("S", (), {}), type), type(5)(3), type([])("ab"), type("x").upper("abc"))
print(issubclass(type, object), type.__base__, object.__base__, object.__bases__, type.__bases__, type.__class__, object.__class__, int.__class__.__class__)
for f in (lambda: type(), lambda: type(1, 2), lambda: type("a", 1, {}), lambda: type(1, (), {}), lambda: type("a", (1,), {}), lambda: type("a", (), 1), lambda: type("a", (), {}, 1), lambda: type("a\ud800", (), {}), lambda: object(1), lambda: object.__new__(type), lambda: type.__new__(int, "a", (), {}), lambda: type.__new__(type), lambda: type("X", (type("Y", (), {}),) * 2, {})):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
