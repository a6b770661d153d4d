def s(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e, "| cause", repr(e.__cause__), "| ctx", repr(e.__context__))
def a(): raise StopIteration("x"); yield
def b(): yield next(iter([]))
def c():
    yield 1
    raise StopIteration
def d(): yield from e()
def e(): yield 1; raise StopIteration(5)
def f():
    try: yield 1
    except ValueError: raise StopIteration("from handler")
s(lambda: list(a())); s(lambda: list(b())); s(lambda: list(c())); s(lambda: list(d()))
g = f(); next(g); s(lambda: g.throw(ValueError())); s(lambda: next(g, "dead"))
g = c(); next(g); s(lambda: g.throw(StopIteration("thrown in")))
def catches():
    try: yield 1
    except StopIteration as x: yield f"caught {x.value}"
g = catches(); next(g); s(lambda: g.throw(StopIteration(9)))
s(lambda: list(next(iter([])) for _ in range(2))); s(lambda: [next(iter([])) for _ in range(2)]); s(lambda: dict((next(iter([])), 1) for _ in range(1))); s(lambda: sum(next(iter([])) for _ in range(1)))
def h(): return (yield from i())
def i(): yield 1; return StopIteration("as a value")
g = h(); next(g)
try: next(g)
except StopIteration as x: print(repr(x.value), x.args)
def j(): yield; return (1, 2)
def k(): yield; return ValueError("v")
for fn in j, k:
    g = fn(); next(g)
    try: next(g)
    except StopIteration as x: print(repr(x.value), x.args)
def l(): 
    with CM(): yield 1; raise StopIteration
class CM:
    def __enter__(self): pass
    def __exit__(self, t, *a): print("exit sees", t and t.__name__)
s(lambda: list(l()))
def m(): yield 1; raise StopAsyncIteration("fine here")
s(lambda: list(m()))
def n(): yield 1; raise GeneratorExit("explicit")
s(lambda: list(n()))
