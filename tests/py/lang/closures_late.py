fs = [lambda: i for i in range(3)]
print([f() for f in fs])
fs = [lambda i=i: i for i in range(3)]
print([f() for f in fs])
def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    def get(): return n
    return inc, get
inc, get = counter()
inc(); inc(5)
print(get(), inc.__closure__[0] is get.__closure__[0], inc.__closure__[0].cell_contents)
inc.__closure__[0].cell_contents = 100
print(get(), inc())
def outer():
    if False: x = 1
    return lambda: x
f = outer()
try:
    f.__closure__[0].cell_contents
except ValueError as e:
    print("ValueError", e)
try:
    f()
except NameError as e:
    print(type(e).__name__, e)
print(f.__code__.co_freevars, outer.__code__.co_cellvars, counter.__code__.co_cellvars, inc.__code__.co_varnames)
def deep(a):
    def l1(b):
        def l2(c):
            def l3(d): return a, b, c, d
            return l3
        return l2
    return l1
print(deep(1)(2)(3)(4), deep(1)(2)(3).__code__.co_freevars)
def arg(x):
    def get(): return x
    x = x + 1
    return get()
print(arg(1))
def rec(n):
    return n if n < 2 else rec(n - 1) + rec(n - 2)
def mk():
    def fact(n): return 1 if n < 2 else n * fact(n - 1)
    return fact
print(rec(15), mk()(20))
import types
c = types.CellType(3)
print(c.cell_contents, c == types.CellType(3), c < types.CellType(4), types.CellType() < c)
def tmpl():
    z = 1
    def q(): return z
    return q
q2 = types.FunctionType(tmpl().__code__, {}, "q2", None, (types.CellType("swapped"),))
print(q2(), q2.__name__)
