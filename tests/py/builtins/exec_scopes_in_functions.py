def f():
    x = 1
    exec("x = 2; y = 3")
    try: y
    except NameError as e: print(e)
    return x, eval("x + 1"), sorted(eval("locals()"))
print(f())
def g():
    ns = {}; exec("def h(n): return n if n < 2 else h(n - 1) * n", ns); return ns["h"](5)
print(g())
def h():
    exec("def r(n): return r")
    return "r" in locals()
print(h())
def i():
    def inner(): return free
    free = "closure"
    return eval("inner()"), eval("free"), eval("[free for _ in range(1)]")
print(i())
def j(free):
    def inner(): return free
    exec("free = 'changed'"); return inner(), free
print(j("kept"))
class C:
    exec("a = 1; b = a + 1"); print(a, b); c = eval("a + b"); d = eval("[v for v in (1, 2)]")
print(C.a, C.b, C.c, C.d)
exec("top = 1"); print(top); exec("global gl; gl = 2"); print(gl)
def k(): exec("global made; made = 'by exec'")
k(); print(made)
def l():
    loc = {"z": 1}; exec("z += 1; w = z", {}, loc); return loc
print(l())
def m():
    exec("import math as mm"); return "mm" in locals(), eval("mm.floor(1.5)") if "mm" in locals() else None
print(m())
print(eval("(lambda a, b=2: a + b)(1)"), eval("{**{'a': 1}}"), eval("f'{1 + 1}'"), eval("[x async for x in y] if 0 else 1") if False else 1, eval("(y := 5)"), y)
code = compile("q = 1\nprint(q + r)", "c", "exec"); exec(code, {"r": 10}); exec(code, {"r": 20})
ns = {"__name__": "custom"}; exec("class K: pass\ndef fn(): pass", ns); print(ns["K"].__module__, ns["fn"].__module__, ns["K"])
ns = {}; exec("class K: pass\ndef fn(): pass", ns); print(ns["K"].__module__, ns["fn"].__module__)
def n():
    a = [eval("v") if False else v for v in range(2)]
    return [eval("v * 2") for v in range(3)], a
print(n()); print([eval("e + 1") for e in range(2)], list(eval("t") for t in "ab"))
