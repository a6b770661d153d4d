def outer():
    fs = []
    for i in range(3):
        def f(j=i):
            def g(): nonlocal j; j += 10; return i, j
            return g
        fs.append(f())
    return [g() for g in fs], [g() for g in fs]
print(outer())
def swap_cells():
    a = 1
    def get(): return a
    def put(v): nonlocal a; a = v
    put([get()]); return get(), a
print(swap_cells())
def try_cell():
    try: raise ValueError("v")
    except ValueError as e:
        def f(): return e
        r = repr(f())
    try: f()
    except NameError as x: return r, str(x)
print(try_cell())
def with_cell(x):
    class C:
        y = x
        def m(self): return x, self.y, __class__.__name__
    x = "changed"; return C().m()
print(with_cell("orig"))
def comp_cell(n): return [lambda: (n, k) for k in range(n)], n
print([f() for f in comp_cell(2)[0]])
def gen_cell():
    t = 0
    def add():
        nonlocal t
        while True: t += (yield t)
    g = add(); next(g); g.send(5); g.send(6); return t
print(gen_cell())
def arg_cell(a, *b, c, **d):
    def f(): return a, b, c, d
    a = a + 1; return f()
print(arg_cell(1, 2, 3, c=4, e=5))
def mutual():
    def a(n): return n if n <= 0 else b(n - 1)
    def b(n): return a(n - 2)
    return a(20), b(7)
print(mutual())
def deep(x): return (lambda: (lambda: (lambda: x)())())()
print(deep(7), (lambda f: f(f, 5))(lambda s, n: 1 if n < 2 else n * s(s, n - 1)))
def del_cell():
    v = 1
    def f(): return v
    del v
    try: return f()
    except NameError as e: return str(e)
print(del_cell()); 
def loop_del():
    r = []
    for x in range(2):
        def f(): return x
        r.append(f)
    del x
    try: r[0]()
    except NameError as e: return str(e)
print(loop_del())
