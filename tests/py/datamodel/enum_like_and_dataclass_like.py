class Field:
    def __init__(self, kind, default=...): self.kind, self.default = kind, default
    def __set_name__(self, owner, name): self.name = "_" + name; owner._fields = [*getattr(owner, "_fields", []), name]
    def __get__(self, o, t=None): return self if o is None else getattr(o, self.name, self.default)
    def __set__(self, o, v):
        if not isinstance(v, self.kind): raise TypeError(f"{self.name[1:]} must be {self.kind.__name__}, not {type(v).__name__}")
        setattr(o, self.name, v)
class Model:
    def __init_subclass__(cls, **kw):
        super().__init_subclass__(**kw); cls.__match_args__ = tuple(getattr(cls, "_fields", ()))
    def __init__(self, *a, **k):
        for n, v in [*zip(self._fields, a), *k.items()]: setattr(self, n, v)
    def __repr__(self): return f"{type(self).__name__}({', '.join(f'{n}={getattr(self, n)!r}' for n in self._fields)})"
    def __eq__(self, o): return type(self) is type(o) and all(getattr(self, n) == getattr(o, n) for n in self._fields)
class P(Model): x = Field(int); y = Field(int, 0)
class Q(P): z = Field(str, "")
p = P(1); print(p, P(1, 2), Q(1, 2, "s"), P(1, 0) == p, P._fields, Q._fields, P.x.kind)
try: p.x = "s"
except TypeError as e: print(e)
match Q(1, 2, "zz"):
    case Q(a, z=b): print(a, b)
from dataclasses import dataclass, field, replace, asdict, astuple, fields
@dataclass(order=True)
class D:
    a: int
    b: list = field(default_factory=list, compare=False)
    c: str = "c"
    def total(self): return self.a + len(self.b)
print(D(1), D(1) == D(1, [5]), D(1) < D(2), D(a=3, b=[1]).total(), replace(D(1), a=9), asdict(D(1)), astuple(D(1)), [f.name for f in fields(D)], D.__match_args__)
@dataclass(frozen=True, slots=True)
class F: x: int; y: int = 2
f = F(1); print(f, hash(f) == hash(F(1)), F.__slots__)
for fn in (lambda: setattr(f, "x", 2), lambda: D(), lambda: D(1, 2, 3, 4), lambda: D(1) < 5, lambda: hash(D(1))):
    try: print(fn())
    except Exception as e: print(type(e).__name__, e)
from enum import Enum, IntEnum, Flag, auto
class C(Enum): RED = 1; GREEN = auto(); ALIAS = 1
print(C.RED, repr(C.GREEN), C(1), C["RED"], list(C), C.ALIAS is C.RED, C.RED.name, C.RED.value, C.RED in C, len(C), C.RED == 1, isinstance(C.RED, C))
class I(IntEnum): A = 1; B = 2
class Fl(Flag): R = 1; W = 2; X = 4
print(I.A + 1, I.A < I.B, I(2), f"{I.A}", Fl.R | Fl.W, Fl.R in (Fl.R | Fl.X), ~Fl.R, Fl(0), bool(Fl.R & Fl.W), [x.name for x in Fl.R | Fl.X])
for fn in (lambda: C(9), lambda: C["NO"], lambda: setattr(C, "RED", 5), lambda: type("S", (C,), {}), lambda: C.NOPE, lambda: delattr(C, "RED")):
    try: print(fn())
    except Exception as e: print(type(e).__name__, e)
