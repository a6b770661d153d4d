log = []
class D:
    def __init__(self, n): self.n = n
    def __del__(self): log.append(self.n)
    def __enter__(self): return self
    def __exit__(self, *a): pass
    def __add__(self, o): return D(self.n + o.n)
    def __iter__(self): return iter([D(self.n + "i")])
def show(t): print(t, log); log.clear()
x = [D("a"), D("b")]; x[0] = None; show("setitem"); x.pop(); show("pop"); d = {1: D("c")}; d[1] = 2; show("dict replace"); d[2] = D("d"); del d[2]; show("dict del"); d.update({3: D("e")}); d.pop(3); show("dict pop"); s = {D("f")}; s.clear(); show("set clear")
t = D("g") + D("h"); show("operands"); t = None; show("sum"); [v for v in D("j")]; show("iterated"); (lambda a: None)(D("k")); show("argument"); D("l").n; show("attr of temp"); str(D("m")); show("str of temp"); a, b = D("n"), D("o"); a, b = b, a; show("swap"); a = b = None; show("both")
def f(p): p = None; show("in f"); return 1
f(D("p")); show("after f")
def g(*a, **k): pass
g(D("q"), z=D("r")); show("varargs"); y = (D("s"), 1)[1]; show("subscript temp"); z = D("t") if True else None; z = 5; show("cond"); D("u") and 1; show("and"); not D("v"); show("not"); D("w") == D("x"); show("eq"); D("y") is None; show("is"); f"{D('z').n}"; show("fstring")
with D("with"): show("in with")
show("after with")
with D("as") as w: pass
show("bound"); del w; show("del w")
for i in [D("f1"), D("f2")]: show("loop"); 
show("loop end"); i = None; show("i gone")
try: raise ValueError(D("exc"))
except ValueError: show("handler")
show("after handler")
class K: attr = D("cls")
K.attr = None; show("class attr"); del K; o = type("O", (), {})(); o.x = D("inst"); o.x = 1; show("inst attr"); o.y = D("inst2"); del o.y; show("inst del"); o.z = D("with o"); del o; show("whole")
def ret(): l = D("local"); return l.n
ret(); show("return"); 
def dflt(x=D("default")): pass
del dflt; show("default")
match D("match"):
    case D(n=q): show("in match")
show("after match"); lst = [D("1"), D("2"), D("3")]; lst[1:] = []; show("slice"); lst *= 0; show("imul"); assert D("assert"); show("assert"); del (lst); global_ = [D("g")] * 2; global_.pop(); show("one left"); global_.pop(); show("none left")
def star(): a, *b = [D("s1"), D("s2"), D("s3")]; b.clear(); show("star"); return None
star(); show("end star"); print([D("p1"), D("p2")] and "printed"); show("print")
