class A: pass
a = A()
for name in ("__len__", "__iter__", "__call__", "__getitem__", "__contains__", "__hash__", "__eq__", "__repr__", "__str__", "__bool__", "__add__", "__int__", "__format__", "__enter__", "__index__", "__neg__", "__reversed__", "__dir__", "__sizeof__"):
    setattr(a, name, lambda *x, name=name: f"instance {name}")
def attempt(f):
    try: r = f(); print(r if not str(r).startswith("<") else "default")
    except TypeError as e: print(e)
attempt(lambda: len(a)); attempt(lambda: iter(a)); attempt(lambda: a()); attempt(lambda: a[0]); attempt(lambda: 1 in a); attempt(lambda: isinstance(hash(a), int)); attempt(lambda: a == 5)
attempt(lambda: repr(a)); attempt(lambda: str(a)); attempt(lambda: bool(a)); attempt(lambda: a + 1); attempt(lambda: int(a)); attempt(lambda: f"{a}"); attempt(lambda: [1][a]); attempt(lambda: -a); attempt(lambda: reversed(a))
print(a.__len__(), a.__add__(1))
class M(type):
    def __len__(c): return 42
    def __repr__(c): return f"<M {c.__name__}>"
    def __iter__(c): return iter("xyz")
    def __contains__(c, x): return x == "in"
    def __add__(c, o): return ("class add", o)
    def __bool__(c): return False
    def __call__(c, *a): return ("called", a)
class B(metaclass=M):
    def __len__(self): return 1
print(len(B), B, list(B), "in" in B, B + 1, bool(B), B(5), [*B], {B: 1})
A.__len__ = lambda s: 7
print(len(a), bool(A()))
del A.__len__
attempt(lambda: len(a))
A.__call__ = lambda s, x: x * 2
print(a(4))
class P(A): pass
A.__getitem__ = lambda s, k: ("item", k)
print(P()[3])
P.__getitem__ = None
attempt(lambda: P()[3])
class Q(int):
    pass
Q.__add__ = lambda s, o: "patched"
print(Q(1) + 2, Q(1).__add__(2), 2 + Q(1))
del Q.__add__
print(Q(1) + 2)
