x = 0
def f():
    global x, new
    x += 1
    new = "made"
f(); print(x, new)
def outer():
    x = "outer"
    def mid():
        def inner():
            nonlocal x
            x = "inner"
        inner()
        return x
    r = mid()
    def reader():
        global x
        return x
    return r, x, reader()
print(outer())
for src in ("def f():\n x = 1\n global x", "def f():\n print(x)\n global x", "def f(x):\n global x", "def f():\n nonlocal x",
            "nonlocal x", "def f():\n x = 1\n def g():\n  x = 2\n  nonlocal x", "def f(x):\n nonlocal x",
            "def f():\n global x\n nonlocal x", "def f():\n global x\n def g():\n  nonlocal x", "class A:\n x = 1\n def f(self):\n  nonlocal x",
            "def f():\n x: int = 1\n global x", "def f():\n global x\n x: int = 1", "x = 1\nglobal x", "global x\nx = 1",
            "def f():\n import x\n global x", "def f():\n for x in y: pass\n global x", "def f():\n [x := 1 for _ in y]\n global x"):
    try:
        compile(src, "s", "exec"); print("ok:", repr(src))
    except SyntaxError as e: print(repr(src), "->", e.msg, e.lineno, e.offset)
def g():
    exec("z = 1")
    try: z
    except NameError as e: print(e)
    loc = {}
    exec("z = 1", {}, loc)
    return loc
print(g())
def loc():
    a = 1
    d = locals()
    d["a"] = 99
    d["b"] = 5
    return a, sorted(locals()), d is locals()
print(loc())
class N:
    y = 1
    def get(self):
        return [y for y in [self.y]]
print(N().get())
