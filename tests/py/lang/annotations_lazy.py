def f(a: undefined1, *b: "str", c: int = 3, **d: print("never evaluated")) -> undefined2: ...
print("defined")
try: f.__annotations__
except NameError as e: print(e)
undefined1 = 1; undefined2 = 2
print(f.__annotations__)
print(f.__annotations__ is f.__annotations__)
class C:
    x: int
    y: "forward" = 5
    z: C
    (w): int = 3
    def m(self) -> C: ...
print(C.__annotations__["z"] is C, list(C.__annotations__), C.m.__annotations__["return"] is C)
print("x" in C.__dict__, C.y, C.w)
v: int = 5
u: str
print(__annotate__(1), "u" in globals())
def g():
    a: int
    b: nothing_evaluated = 2
    try: a
    except UnboundLocalError as e: print(e)
    return b, sorted(locals())
print(g(), g.__annotations__)
print(f.__annotate__(1)["c"], f.__annotate__.__name__, g.__annotate__)
try: f.__annotate__(2)
except NotImplementedError as e: print("NotImplementedError", e)
f.__annotations__ = {"only": 1}
print(f.__annotations__, f.__annotate__)
f.__annotate__ = lambda fmt: {"made": fmt}
print(f.__annotations__)
try: f.__annotate__ = 5
except TypeError as e: print(e)
try: f.__annotations__ = 5
except TypeError as e: print(e)
del f.__annotations__
print(f.__annotations__)
class D(C): pass
print(D.__annotations__, D.__annotate__)
class Cond:
    if True: a: int
    else: b: str
    for _ in range(2): c: float
print(Cond.__annotations__)
def outer():
    T = "local"
    class In:
        a: T
        def m(self, x: T): ...
    T = "later"
    return In
I = outer()
print(I.__annotations__, I.m.__annotations__)
lst = [0]
lst[0]: int = 4
lst[0]: print("subscript annotation is evaluated") if False else int
print(lst)
