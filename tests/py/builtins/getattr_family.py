class A:
    x = 1
    @property
    def bad(self): raise AttributeError("in bad")
    @property
    def worse(self): raise ValueError("in worse")
    def __getattr__(self, n):
        if n == "err": raise KeyError("k")
        raise AttributeError(f"no {n}")
a = A()
print(getattr(a, "x"), getattr(a, "y", 5), getattr(a, "bad", 6), hasattr(a, "x"), hasattr(a, "y"), hasattr(a, "bad"), getattr(A, "x"), getattr(a, "__class__").__name__, getattr(5, "real"), getattr(a, "y", None), getattr(a, "", "empty"))
def s(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
s(lambda: getattr(a, "worse", 1)); s(lambda: hasattr(a, "worse")); s(lambda: getattr(a, "err", 1)); s(lambda: hasattr(a, "err")); s(lambda: getattr(a, "bad")); s(lambda: getattr(a, 5)); s(lambda: hasattr(a, 5)); s(lambda: setattr(a, 5, 1)); s(lambda: delattr(a, "zz")); s(lambda: delattr(a, 5)); s(lambda: setattr(a, "bad", 1)); s(lambda: setattr(a, "q", 1)); s(lambda: a.q); s(lambda: delattr(a, "q")); s(lambda: hasattr(a, "q")); s(lambda: setattr(int, "x", 1)); s(lambda: setattr(5, "x", 1)); s(lambda: delattr(int, "real")); s(lambda: getattr(a, "x", 1, 2)); s(lambda: setattr(a, "x")); s(lambda: getattr(a, "q\ud800", "d")); s(lambda: getattr(object(), "é")); s(lambda: setattr(object(), "x", 1)); s(lambda: setattr(object(), "__class__", 1)); s(lambda: delattr(object(), "__class__")); s(lambda: delattr(A(), "x"))
class S(str): 
    def __eq__(self, o): return False
    __hash__ = str.__hash__
s(lambda: getattr(a, S("x"))); s(lambda: setattr(a, S("z"), 1)); s(lambda: list(vars(a)))
print(dir(type("E", (), {"b": 1, "a": 2, "__slots__": ()}))[:0], [n for n in dir(a) if not n.startswith("_")], sorted(dir()) == dir(), "x" in dir(A), "__init__" in dir(A))
def loc(p, q=1):
    r = 2
    return dir(), sorted(locals()), vars() == locals()
print(loc(0)); print(vars(A)["x"], type(vars(A)).__name__)
print(callable(A), callable(a), callable(lambda: 0), callable(print), callable(type), callable(A.bad))
class C:
    def __call__(self): return 1
print(callable(C()), callable(C)); c = C(); c.__call__ = None; print(callable(c))
print(isinstance(a, A), issubclass(A, object), type(a) is A, id(a) == id(a), a.__class__ is A, type(type).__name__)
