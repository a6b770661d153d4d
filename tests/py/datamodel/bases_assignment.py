class A:
    def who(self): return "A"
class B:
    def who(self): return "B"
class C(A): pass
c = C()
print(c.who())
C.__bases__ = (B,)
print(c.who(), isinstance(c, B), isinstance(c, A), A.__subclasses__(), B.__subclasses__())
class D(C): pass
C.__bases__ = (A, B)
print([k.__name__ for k in D.__mro__])
for v in ((), [A], (5,), (C,), (D,), (int,), 5, (A, A)):
    try: C.__bases__ = v; print("ok", v)
    except TypeError as e: print(e)
print(C.__bases__)
try: int.__bases__ = (object,)
except TypeError as e: print(e)
try: del C.__bases__
except TypeError as e: print(e)
A.who = lambda self: "patched"
print(c.who())
del A.who
print(c.who())
C.__name__ = "Renamed"; C.__qualname__ = "X.Renamed"; C.__module__ = "mod"
print(C, C.__name__, repr(c).split(" at")[0])
for attr, v in (("__name__", 5), ("__name__", "a\0"), ("__qualname__", 5), ("__doc__", 5), ("__mro__", ()), ("__dict__", {}), ("__base__", 1), ("__abstractmethods__", ())):
    try: setattr(C, attr, v); print("ok", attr)
    except Exception as e: print(type(e).__name__, e)
try: del C.__name__
except TypeError as e: print(e)
try: int.foo = 1
except TypeError as e: print(e)
try: int.__name__ = "x"
except TypeError as e: print(e)
try: C.__dict__["x"] = 1
except TypeError as e: print(e)
print(type(C.__dict__).__name__, "__weakref__" in A.__dict__, "__dict__" in C.__dict__)
