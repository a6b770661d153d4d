def f(a, b=2, /, c=3, *args, d, e=5, **kw):
    "doc"
    x = 1
    return x
print(f.__name__, f.__qualname__, f.__doc__, f.__module__, f.__defaults__, f.__kwdefaults__, f.__closure__)
c = f.__code__
print(c.co_argcount, c.co_posonlyargcount, c.co_kwonlyargcount, c.co_nlocals, c.co_varnames, c.co_names, c.co_name, c.co_qualname, c.co_firstlineno)
print(bool(c.co_flags & 4), bool(c.co_flags & 8), bool(c.co_flags & 0x20))
f.attr = 1
print(f.__dict__, vars(f))
f.__defaults__ = (20, 30)
f.__kwdefaults__ = {"d": "D"}
print(f.__code__.co_varnames[:2])
def g(a, b=2): return a, b
g.__defaults__ = (8, 9)
print(g())
g.__defaults__ = None
try: g(1)
except TypeError as e: print(e)
def h(x, y, z): return x + y + z
g.__code__ = h.__code__
print(g(1, 2, 3), g.__name__)
def clo():
    q = 1
    return lambda: q
for attr, val in (("__name__", 5), ("__qualname__", None), ("__defaults__", [1]), ("__kwdefaults__", 1), ("__code__", 1), ("__dict__", 5), ("__closure__", ()), ("__globals__", {}), ("__type_params__", [])):
    try: setattr(f, attr, val)
    except Exception as e: print(type(e).__name__, e)
try: g.__code__ = clo().__code__
except ValueError as e: print(e)
f.__name__ = "renamed"; f.__qualname__ = "Q.renamed"; f.__doc__ = 5
print(f.__name__, repr(f).split(" at ")[0], f.__doc__)
try: f()
except TypeError as e: print(e)
class A:
    def m(self): pass
    s = staticmethod(lambda: 0)
    class B:
        def n(self):
            def loc(): pass
            return loc, lambda: 0
print(A.m.__qualname__, A.s.__qualname__, A.B().n()[0].__qualname__, A.B().n()[1].__qualname__)
print(f.__globals__ is globals(), f.__builtins__ is __builtins__.__dict__)
lam = lambda: 0
print(lam.__name__, repr(lam).split(" at ")[0], lam.__doc__)
del f.__doc__
print(f.__doc__)
print(A().m.__func__ is A.m, A().m == A().m, A.m is A.m)
