log = []
def deco(n):
    log.append(f"eval {n}")
    def d(f):
        log.append(f"apply {n} to {getattr(f, '__name__', f)}")
        return f
    return d
@deco(1)
@deco(2)
def f(a=log.append("default")): pass
print(log); log.clear()
@deco("c")
class K:
    log.append("body")
    @deco("m")
    def m(self): pass
print(log); log.clear()
decos = [lambda f: (f, 1)]
@decos[0]
def g(): pass
print(g[1])
@lambda f: "replaced"
def h(): pass
print(h)
@(x := deco("walrus"))
def i(): pass
print(log); log.clear()
@None or (lambda f: f.__name__ + "!")
class j: pass
print(j)
try:
    @5
    def k(): pass
except TypeError as e: print(e)
try: k
except NameError as e: print(e)
def counting(f):
    def w(*a, **kw):
        w.calls += 1
        return f(*a, **kw)
    w.calls = 0
    return w
@counting
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(10), fib.calls)
class Reg:
    items = {}
    def __init__(self, f): self.f = f; self.items[f.__name__] = self
    def __set_name__(self, o, n): print("set_name", o.__name__, n)
    def __call__(self, *a): return self.f(*a) * 2
    def __get__(self, o, t=None): return lambda *a: self.f(o, *a)
class U:
    @Reg
    def dbl(self, x): return x
print(U().dbl(4), sorted(Reg.items))
@staticmethod
def sm(): return "plain call of staticmethod"
print(sm(), sm.__wrapped__.__name__)
@property
def pr(self): return 1
print(type(pr).__name__)
