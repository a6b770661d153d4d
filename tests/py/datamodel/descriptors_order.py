class Data:
    def __init__(self, n): self.n = n
    def __get__(self, o, t=None): return f"{self.n}.get({'inst' if o is not None else None}, {t and t.__name__})"
    def __set__(self, o, v): print(f"{self.n}.set {v}")
    def __delete__(self, o): print(f"{self.n}.delete")
class NonData:
    def __get__(self, o, t=None): return "nondata " + str(o is None)
class SetOnly:
    def __set__(self, o, v): print("setonly", v); o.__dict__["so"] = v
class DelOnly:
    def __get__(self, o, t=None): return "delonly"
    def __delete__(self, o): print("del")
class A:
    d = Data("d"); n = NonData(); so = SetOnly(); do = DelOnly()
    plain = 1
a = A()
print(a.d, "|", A.d, "|", a.n, "|", A.n)
a.__dict__.update(d="inst d", n="inst n", plain="inst", do="inst do")
print(a.d, a.n, a.plain, a.do)
a.d = 5; del a.d
print(type(a.so).__name__); a.so = 3; print(a.so)
try: a.do = 1
except AttributeError as e: print(e)
del a.do
try: del a.so
except AttributeError as e: print(e)
A.d = "replaced"
print(a.d, A.d)
class M(type):
    md = Data("md"); mn = NonData(); both = Data("both")
    def __getattr__(c, n): return f"meta getattr {n}"
class B(metaclass=M):
    md = "class attr"; mn = "class attr"; bd = Data("bd")
print(B.md, B.mn, B.bd, B.both, B.zz)
try: B().both
except AttributeError as e: print(e)
B.md = 7
print(B.__dict__["md"])
class G:
    __slots__ = ()
    def __getattr__(self, n):
        if n == "bad": raise AttributeError("custom", name=n, obj=self)
        return n.upper()
print(G().abc)
try: G().bad
except AttributeError as e: print(e, e.name)
class P:
    @property
    def x(self): raise AttributeError("inside property")
    def __getattr__(self, n): return f"fallback {n}"
print(P().x)
class Bad:
    def __get__(self): pass
class H: b = Bad()
try: H().b
except TypeError as e: print(e)
o = object()
for f in (lambda: setattr(o, "x", 1), lambda: delattr(o, "x"), lambda: o.x, lambda: setattr(5, "real", 1), lambda: setattr(5, "zz", 1), lambda: setattr(int, "zz", 1), lambda: delattr(5, "real"), lambda: setattr([], "append", 1), lambda: (lambda: 0).zz, lambda: None.foo, lambda: A.zz, lambda: A().zz):
    try: f()
    except Exception as e: print(type(e).__name__, e)
