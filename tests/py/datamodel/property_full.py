class A:
    def __init__(self): self._x = 0
    @property
    def x(self):
        "doc of x"
        return self._x
    @x.setter
    def x(self, v): self._x = v
    @x.deleter
    def x(self): self._x = "deleted"
    ro = property(lambda s: 1, doc="ro doc")
    wo = property(None, lambda s, v: print("write", v))
    nothing = property()
a = A(); a.x = 5; print(a.x); del a.x; print(a.x, A.x.__doc__, A.ro.__doc__, A.x.fget.__name__, A.ro.fset)
a.wo = 3
for f in (lambda: setattr(a, "ro", 1), lambda: delattr(a, "ro"), lambda: a.wo, lambda: a.nothing, lambda: setattr(a, "nothing", 1), lambda: delattr(a, "wo")):
    try: f()
    except AttributeError as e: print(e)
class B(A):
    @A.x.getter
    def x(self): return "B" + str(self._x)
b = B(); b.x = 1; print(b.x, A.x is not B.x)
print(A.x.__get__(a, A), A.x.__get__(None, A) is A.x, A.x.__name__, A.nothing.__name__)
p = property(lambda s: 1)
try: p.__name__
except AttributeError as e: print(e)
class Late: pass
Late.q = property(None)
try: Late().q
except AttributeError as e: print(e)
class Sub(property):
    "sub doc"
    extra = 1
class C:
    s = Sub(lambda s: 2, doc="given")
    @Sub
    def t(self):
        "t doc"
        return 3
print(C().s, C.s.__doc__, C.t.__doc__, C.t.extra, type(C.t).__name__)
try: p.fget = 5
except AttributeError as e: print(e)
p.__doc__ = "new"; print(p.__doc__)
def raiser(s): raise KeyError("in getter")
class D:
    k = property(raiser)
    @property
    def nested(self): return self.missing
try: D().k
except KeyError as e: print(repr(e))
try: D().nested
except AttributeError as e: print(e, e.name)
try: property(5).__get__(1)
except TypeError as e: print(e)
class E:
    @classmethod
    @property
    def cp(cls): return "no longer chained"
print(type(E.cp).__name__)
print(p.__isabstractmethod__, property.__init__.__name__)
