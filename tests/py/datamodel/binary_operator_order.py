log = []
def mk(name, bases=(), **meths):
    ns = {}
    for op, res in meths.items():
        def f(self, o, op=op, res=res):
            log.append(f"{name}.{op}")
            return NotImplemented if res is None else res
        ns[op] = f
    return type(name, bases, ns)
def show(f):
    try: r = f()
    except TypeError as e: r = f"TypeError {e}"
    print(log, r); log.clear()
A = mk("A", __add__="A+", __radd__="+A")
B = mk("B", __add__=None, __radd__="+B")
C = mk("C", (A,), __radd__="+C")
D = mk("D", (A,))
E = mk("E", (A,), __radd__=None, __add__=None)
N = mk("N", __add__=None, __radd__=None)
show(lambda: A() + B())
show(lambda: B() + A())
show(lambda: A() + C())
show(lambda: A() + D())
show(lambda: A() + E())
show(lambda: E() + A())
show(lambda: N() + N())
show(lambda: N() + 1)
show(lambda: 1 + N())
show(lambda: 1 + B())
show(lambda: [1] + B())
show(lambda: "a" + B())
show(lambda: N() + B())
class I(int):
    def __radd__(self, o): log.append("I.radd"); return "I"
    def __add__(self, o): log.append("I.add"); return "I+"
show(lambda: 1 + I(2)); show(lambda: I(2) + 1); show(lambda: True + I(2)); show(lambda: 1.5 + I(2))
class S(str):
    def __rmod__(self, o): log.append("S.rmod"); return "S%"
show(lambda: "%s" % S("x"))
class NoneR: __radd__ = None
show(lambda: 1 + NoneR())
class NoneA: __add__ = None
show(lambda: NoneA() + B())
show(lambda: A() + object())
show(lambda: object() + object())
class M:
    def __rmul__(self, o): return f"rmul {o!r}"
print([1] * M(), "a" * M(), 2 * M(), (1,) * M())
