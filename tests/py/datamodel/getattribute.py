class A:
    x = 1
    def __getattribute__(self, n):
        print("getattribute", n)
        return object.__getattribute__(self, n)
    def __len__(self): return 3
    def __getattr__(self, n):
        print("getattr", n)
        raise AttributeError(n)
a = A()
print(a.x, len(a), hasattr(a, "q"), getattr(a, "q", "dflt"))
a.y = 2
print(a.y, a.__dict__)
try: a.zz
except AttributeError as e: print(repr(e), e.name, e.obj is a)
class B:
    def __getattribute__(self, n): raise KeyError(n)
try: B().x
except KeyError as e: print("KeyError", e)
try: hasattr(B(), "x")
except KeyError as e: print("hasattr lets it through", e)
class C:
    def __setattr__(self, n, v):
        print("set", n, v)
        object.__setattr__(self, n + "_", v)
    def __delattr__(self, n):
        print("del", n); object.__delattr__(self, n + "_")
    def __dir__(self): return ["z", "a", "m"]
c = C(); c.q = 1
print(vars(c), dir(c))
del c.q
print(vars(c))
try: del c.q
except AttributeError as e: print(e)
class D:
    def __dir__(self): return 5
try: dir(D())
except TypeError as e: print(e)
class E:
    def __dir__(self): return [1, "a"]
try: print(dir(E()))
except TypeError as e: print(e)
for args in ((a, 5), (a,), (a, "x", 1, 2)):
    try: getattr(*args)
    except TypeError as e: print(e)
try: setattr(a, 5, 1)
except TypeError as e: print(e)
class L:
    def __getattr__(self, n): return self.missing
try: L().x
except RecursionError as e: print("RecursionError")
print(object.__getattribute__(5, "real"), type.__getattribute__(int, "__name__"))
class F:
    @property
    def __class__(self): return int
print(isinstance(F(), int), type(F()).__name__, F().__class__)
