class Registry(type):
    classes = {}
    def __new__(m, name, bases, ns):
        cls = super().__new__(m, name, bases, ns); m.classes[name] = cls; return cls
    def __len__(cls): return len(cls.classes)
    def __getitem__(cls, n): return cls.classes[n]
    def __setattr__(cls, n, v): print("class setattr", n); super().__setattr__(n, v)
    def __delattr__(cls, n): print("class delattr", n); super().__delattr__(n)
    def __getattr__(cls, n): return f"missing {n}"
    def __instancecheck__(cls, o): return type(o) is cls
    @property
    def size(cls): return len(cls)
    def meth(cls): return f"meta method of {cls.__name__}"
class A(metaclass=Registry): x = 1
class B(A): pass
print(len(A), A["B"] is B, A.zzz, A.size, A.meth(), isinstance(B(), A), isinstance(B(), B)); A.y = 2; del A.y; print(hasattr(A(), "meth"), hasattr(A(), "zzz"))
class Singleton(type):
    _i = {}
    def __call__(cls, *a):
        if cls not in cls._i: cls._i[cls] = super().__call__(*a)
        return cls._i[cls]
class S(metaclass=Singleton):
    def __init__(self, v): self.v = v
print(S(1) is S(2), S(3).v)
class Enum(type):
    def __new__(m, n, b, ns):
        members = {k: v for k, v in ns.items() if not k.startswith("_") and not callable(v)}
        cls = super().__new__(m, n, b, {k: v for k, v in ns.items() if k not in members}); cls._m = {}
        for k, v in members.items(): o = object.__new__(cls); o.name, o.value = k, v; cls._m[k] = o; setattr(cls, k, o)
        return cls
    def __iter__(cls): return iter(cls._m.values())
    def __contains__(cls, o): return o in cls._m.values()
    def __call__(cls, v): return next(o for o in cls if o.value == v)
class Color(metaclass=Enum):
    RED = 1; BLUE = 2
    def __repr__(self): return f"<{self.name}>"
print(list(Color), Color(2), Color.RED in Color, Color.RED.value)
class Auto(dict):
    n = 0
    def __missing__(self, k):
        if k.startswith("__"): raise KeyError(k)
        self[k] = v = Auto.n; Auto.n += 1; return v
class AutoMeta(type):
    @classmethod
    def __prepare__(m, n, b): return Auto()
class Auto1(metaclass=AutoMeta): ONE; TWO; THREE
print(Auto1.ONE, Auto1.TWO, Auto1.THREE)
class M1(type): pass
class M2(M1): pass
class P(metaclass=M1): pass
class Q(metaclass=M2): pass
class R(P, Q): pass
print(type(R).__name__)
class Conflict(type): pass
class T(metaclass=Conflict): pass
try:
    class U(P, T): pass
except TypeError as e: print(e)
class MM(type):
    def __call__(mcls, n, b, ns): print("metameta call", n); return super().__call__(n, b, ns)
class Meta(type, metaclass=MM): pass
class V(metaclass=Meta): pass
def func_meta(n, b, ns): return (n, b, sorted(k for k in ns if k[0] != "_"))
class W(int, metaclass=func_meta): a = 1
print(W)
class Kw(type):
    def __new__(m, n, b, ns, *, flag=False): return super().__new__(m, n, b, ns)
    def __init__(c, n, b, ns, *, flag=False): super().__init__(n, b, ns); c.flag = flag
class X(metaclass=Kw, flag=True): pass
class Y(X): pass
print(X.flag, Y.flag)
class Ret(type):
    def __new__(m, n, b, ns): return 5
class Z(metaclass=Ret): pass
print(Z)
class Cell(type):
    def __new__(m, n, b, ns): ns.pop("__classcell__", None); return super().__new__(m, n, b, ns)
try:
    class NoCell(metaclass=Cell):
        def f(self): return __class__
except RuntimeError as e: print(e)
