def f(a, b=2, /, c=3, *, d, e=5): return a, b, c, d, e
print(f(1, d=4), f(1, 9, d=4), f(1, 9, 8, d=7, e=6), f(1, c=7, d=0), f(*(1, 2), **{"d": 4, "c": 3}))
def g(a, /, **k): return a, k
print(g(1, a=2, b=3), g(1))
def h(*args, k=1): return args, k
print(h(), h(1, 2), h(k=5), h(*[1], *[2], k=3))
def i(a, *, b=1, **c): return a, b, c
print(i(1, z=2), i(a=1, b=2, y=3))
def j(a=1, /): return a
def k(*, a): return a
def l(**kw): return kw
def m(a, b, *c, d=4, **e): return a, b, c, d, e
print(j(), j(5), k(a=1), l(), l(self=1, cls=2, args=3), m(1, 2), m(1, 2, 3, 4, d=5, x=6), m(b=1, a=2))
for src in ("f()", "f(1)", "f(a=1, d=2)", "f(1, b=2, d=3)", "f(1, 2, 3, 4, d=5)", "f(1, d=2, z=3)", "g()", "g(a=1)", "j(a=1)", "k()", "k(1)", "k(1, a=2)", "i()", "i(1, 2)", "m(1)", "m(1, a=2)", "m(1, 2, b=3)", "l(1)", "f(1, d=2, d=3)", "m(*[1, 2], b=3)", "f(1, **{'d': 1}, **{'d': 2})", "f(1, d=1, **{'d': 2})", "k(**{'a': 1, 'b': 2})"):
    try: print(src, eval(src))
    except TypeError as e: print(src, "->", e)
    except SyntaxError as e: print(src, "->", e.msg)
class A:
    def m(self, x, /, *, y): return x, y
    @classmethod
    def c(cls, x=1, /): return x
    @staticmethod
    def s(*, k): return k
print(A().m(1, y=2), A.c(), A.s(k=1))
for fn in (lambda: A().m(x=1, y=2), lambda: A().m(1, 2), lambda: A.m(1, y=2), lambda: A.c(x=1), lambda: A.s(1), lambda: A().m()):
    try: print(fn())
    except TypeError as e: print(e)
print((lambda a, /, b, *, c: (a, b, c))(1, b=2, c=3), f.__defaults__, f.__kwdefaults__, f.__code__.co_posonlyargcount, f.__code__.co_kwonlyargcount)
big = {f"k{i}": i for i in range(50)}; print(len(l(**big)), list(l(**big))[:3], sum(l(**big).values()))
