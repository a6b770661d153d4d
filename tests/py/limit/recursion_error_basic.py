import sys
sys.setrecursionlimit(500)
def f(n): return f(n + 1)
def t(fn):
    try: fn()
    except RecursionError as e: print(type(e).__name__, str(e).split(" in ")[0].split(" while")[0])
def depth():
    def g(n):
        nonlocal m; m = n; g(n + 1)
    m = 0
    try: g(1)
    except RecursionError: pass
    return 400 < m <= 500
t(lambda: f(0)); print(depth(), depth())
class A:
    def __getattr__(self, n): return getattr(self, n + "x")
    def __repr__(self): return repr(self)
    def __eq__(self, o): return self == o
    def __call__(self): return self()
    def __len__(self): return len(self)
    def __iter__(self): return iter(self)
    def __getitem__(self, i): return self[i]
    def __bool__(self): return bool(self)
    def __hash__(self): return hash(self)
    def __add__(self, o): return self + o
    def __contains__(self, x): return x in self
    def __index__(self): return [1][self]
    def __del__(self): pass
    def __enter__(self):
        with self: pass
    def __exit__(self, *a): pass
    def __format__(self, s): return f"{self:{s}}"
a = A()
for fn in (lambda: a.q, lambda: repr(a), lambda: a == 1, lambda: a(), lambda: len(a), lambda: iter(a), lambda: a[0], lambda: bool(a), lambda: hash(a), lambda: a + 1, lambda: 1 in a, lambda: [1][a], lambda: f"{a}", lambda: a.__enter__()): t(fn)
def gen(n): yield from gen(n + 1)
def gen2(n): return list(gen2(n) for _ in range(1))
def key(x): return sorted([x], key=key)
def cmp(x): return max([x, x], key=cmp)
def mapped(x): return list(map(mapped, [x]))
def ev(n): return eval("ev(n)")
async def co(n): return await co(n + 1)
def lam(): return (lambda: lam())()
class Deep:
    def __init__(self): Deep()
class P:
    @property
    def p(self): return self.p
class M(type):
    def __call__(c): return c()
class C(metaclass=M): pass
def cm():
    with X(): pass
class X:
    def __enter__(self): cm()
    def __exit__(self, *a): pass
for fn in (lambda: next(gen(0)), lambda: gen2(0), lambda: key(0), lambda: cmp(0), lambda: mapped(0), lambda: ev(0), lambda: co(0).send(None), lam, Deep, lambda: P().p, C, cm): t(fn)
print("still alive", f.__name__)
