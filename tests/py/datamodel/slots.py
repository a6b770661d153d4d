class A:
    __slots__ = ("x", "y", "__priv")
    def __init__(self): self.x = 1; self.__priv = 2
    def p(self): return self.__priv
a = A()
print(a.x, a.p(), [s for s in A.__dict__ if not s.startswith("__")], A.__slots__)
for f in (lambda: a.y, lambda: setattr(a, "z", 1), lambda: a.__dict__, lambda: delattr(a, "y"), lambda: A.x.__get__(5), lambda: A.x.__set__(5, 1)):
    try: f()
    except Exception as e: print(type(e).__name__, e)
print(A.x, type(A.x).__name__, A.x.__get__(a), A.x.__get__(None, A) is A.x, A.x.__name__, A.x.__objclass__.__name__)
del a.x
try: a.x
except AttributeError as e: print(e)
class B(A): pass
b = B(); b.z = 1
print(b.__dict__, b.x)
class C(A): __slots__ = "w"
c = C(); c.w = 3
print(c.w, hasattr(c, "__dict__"))
class D: __slots__ = ("__dict__", "a")
d = D(); d.q = 1; d.a = 2
print(d.__dict__)
import weakref
try: weakref.ref(a)
except TypeError as e: print(e)
class W: __slots__ = "__weakref__"
w = W(); print(weakref.ref(w)() is w)
class Dc: __slots__ = {"k": "doc of k", "l": None}
print(Dc.k.__doc__, Dc.__slots__)
def attempt(src):
    try: exec(src); print("ok")
    except Exception as e: print(type(e).__name__, e)
attempt("class E: __slots__ = 5"); attempt("class E: __slots__ = (5,)"); attempt("class E: __slots__ = ('a b',)"); attempt("class E: __slots__ = ('',)")
attempt("class E(int): __slots__ = 'x'"); attempt("class E(int): __slots__ = ()"); attempt("class E(tuple): __slots__ = 'x'"); attempt("class E: __slots__ = ('a', 'a')")
attempt("class E: __slots__ = ('__dict__', '__dict__')"); attempt("class E:\n x = 1\n __slots__ = ('x',)"); attempt("class E(W): __slots__ = '__weakref__'"); attempt("class E(list): __slots__ = 'x'")
class Shadow(A): __slots__ = "x"
s = Shadow(); A.x.__set__(s, "base"); s.x = "derived"
print(A.x.__get__(s), s.x)
class It: __slots__ = iter(["p", "q"])
i = It(); i.p = 1; print(i.p)
