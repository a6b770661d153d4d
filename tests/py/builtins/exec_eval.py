print(eval("1 + 2"), eval(" \t3"), eval("x", {"x": 5}), eval("x + y", {"x": 1}, {"y": 2}), eval(compile("4", "f", "eval")), eval("[i for i in range(n)]", {"n": 3}), eval(b"5"), eval("(lambda: z)()", {"z": 9}), eval("\n1"))
ns = {}; print(exec("a = 1\nb = a + 1\ndef f(): return a", ns), ns["a"], ns["b"], ns["f"](), sorted(k for k in ns))
def f():
    v = "local"
    exec("v = 'changed'; new = 1"); r = v
    try: new
    except NameError as e: r += " " + str(e)
    return r, eval("v"), eval("[v for _ in range(2)]")
print(f())
loc = {}; exec("x = 1\ny = [x for _ in range(1)]\nclass A: z = 2", {}, loc); print(loc["y"], loc["A"].z)
try: exec("x = 1\ndef f(): return x\nf()", {}, {})
except NameError as e: print(e)
def s(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
s(lambda: eval("")); s(lambda: eval("x = 1")); s(lambda: eval("1; 2")); s(lambda: eval(5)); s(lambda: exec(5)); s(lambda: eval("1", 5)); s(lambda: eval("1", {}, 5)); s(lambda: exec("1", 5)); s(lambda: eval("undefined_name")); s(lambda: eval("1\0")); s(lambda: exec("yield 1")); s(lambda: exec("return 1")); s(lambda: eval("yield")); s(lambda: eval("await x")); s(lambda: eval(compile("x = 1", "f", "exec"))); s(lambda: exec("if 1:\n  x")); s(lambda: exec("raise KeyError(1)")); s(lambda: eval("1 +")); s(lambda: exec(compile("1", "f", "eval"))); s(lambda: eval()); s(lambda: exec("x", globals={}, closure=5)); s(lambda: eval(b"\xff")); s(lambda: eval("'\ud800'") == "\ud800")
class M:
    def __getitem__(self, k):
        if k == "dyn": return "from mapping"
        raise KeyError(k)
    def __setitem__(self, k, v): print("set", k, v)
    def __delitem__(self, k): print("del", k)
exec("q = dyn; del q; print(len('abc'))", {}, M())
g = {"__builtins__": {}}; s(lambda: eval("len", g)); g = {"__builtins__": {"len": lambda x: "fake"}}; print(eval("len(1)", g)); print("__builtins__" in ns, eval("__name__", {"__name__": "n"}))
s(lambda: exec("class A: pass", {"__builtins__": {}})); s(lambda: exec("import sys", {"__builtins__": {}}))
def outer():
    c = 5
    def inner(): return c
    return inner
i = outer(); s(lambda: exec(i.__code__)); exec(i.__code__, closure=i.__closure__); s(lambda: exec(i.__code__, closure=())); s(lambda: exec("1", closure=()))
exec("print('exec', end=' '); print(__name__)"); exec(compile("print('code')", "x", "exec")); exec("x: int = 1\nprint(x)", {}); exec("for i in range(2):\n\tprint(i)\n")
