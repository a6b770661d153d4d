class P:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class Q(P): __match_args__ = ("y",)
class N: a = 1
def m(o):
    match o:
        case Q(5): return "Q5"
        case P(0, y=0): return "origin"
        case P(x=0): return "x=0"
        case P(a, b) if a == b: return f"diag {a}"
        case P(P(x, _), y): return f"nest {x} {y}"
        case P(): return "P"
        case N(a=v): return f"N {v}"
        case bool(b): return f"bool {b}"
        case int(i): return f"int {i}"
        case list([a, b]): return f"list of {a} {b}"
        case dict(): return "dict"
        case tuple((a,)): return f"tuple {a}"
        case str() as s if s.isupper(): return "upper"
    return "none"
for o in (P(0, 0), P(0, 1), P(2, 2), P(P(7, 8), 9), P(1, 2), Q(1, 5), Q(3, 3), N(), True, 3, [1, 2], [1], {}, (1,), "UP", "low"):
    print(m(o))
def err(cls, pat, subj):
    try:
        exec(f"match s:\n case {pat}: print('yes', x)\n case _: print('no')", {"C": cls, "s": subj, "x": "unbound"})
    except Exception as e: print(type(e).__name__, e)
class NoArgs: pass
class BadArgs: __match_args__ = ["x"]
class BadItem: __match_args__ = (5,)
class Missing: __match_args__ = ("zz",)
class Raises:
    __match_args__ = ("boom",)
    @property
    def boom(self): raise ValueError("prop")
err(NoArgs, "C(x)", NoArgs())
err(NoArgs, "C(1, 2)", NoArgs())
err(BadArgs, "C(x)", BadArgs())
err(BadItem, "C(x)", BadItem())
err(Missing, "C(x)", Missing())
err(Raises, "C(x)", Raises())
err(P, "C(x, 1, 2)", P(1, 2))
err(P, "C(1, x=x)", P(1, 2))
err(int, "C(1, x)", 1)
err(5, "C()", 1)
err("notaclass", "C()", 1)
err(P, "C(x)", 5)
