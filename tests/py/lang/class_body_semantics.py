print("start")
class A:
    print("in body", __name__, __qualname__, __module__)
    x = 1
    def f(self): return A.x
    y = x + 1
    if y == 2: z = "cond"
    for i in range(2): pass
    try: 1 / 0
    except ZeroDivisionError as e: msg = str(e)
    import math as m
    with open(__file__) as fh: first = fh.readline()
    del i
    class Inner:
        w = "inner"
        try: q = x
        except NameError: q = "class scope is not enclosing"
    lst = [x for x in range(3)]
    global leaked; leaked = "global from class"
    a, *b = 1, 2, 3
    (n := 5)
    def __init_subclass__(cls): print("subclass", cls.__name__)
    def decorated(fn): return property(fn)
    @decorated
    def prop(self): return "prop"
print(A.y, A.z, A.msg, A.m.pi > 3, A.first.strip(), hasattr(A, "i"), A.Inner.q, A.lst, leaked, A.a, A.b, A.n, A().prop, A().f(), hasattr(A, "e"))
class B(A): x = 2
print(B().f(), B.y)
def make(name):
    class T:
        attr = name
        def get(self): return name, __class__.attr
    T.__name__ = name
    return T
print(make("P")().get(), make("Q") is make("Q"), make("R").__name__, make("S").__qualname__)
class C: pass
C.late = lambda self: "late"; print(C().late())
class D(*[C], **{"metaclass": type}): pass
print(D.__bases__)
try:
    class E: raise ValueError("in body")
except ValueError as e: print(e)
try: E
except NameError as e: print(e)
x = "module"
def fn():
    x = "function"
    class F:
        y = x
        x = "class"
        z = x
    class G:
        x = x
    return F.y, F.z, G.x
try: print(fn())
except NameError as e: print(e)
class H:
    x = x
    def m(self): return x
print(H.x, H().m())
class I: """doc"""; v = __doc__
print(I.v, I.__doc__)
class J:
    def __class_getitem__(cls, k): return k
    self = 5
    items = {k: v for k, v in [("a", 1)]}; s = {1, 2}; t = 1, 2; f = lambda self: self.t
print(J["key"], J.items, J().f())
