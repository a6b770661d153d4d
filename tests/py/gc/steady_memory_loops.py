# Nothing may pile up: every object made in these loops is gone afterwards.
import gc, weakref
live = weakref.WeakSet()
class T:
    def __init__(self): live.add(self)
def closures():
    t = T(); f = lambda: t; f()
def exceptions():
    t = T()
    try: raise ValueError(t)
    except ValueError as e: pass
def gens():
    def g(t): yield t
    x = g(T()); next(x)
def classes():
    class C: t = T()
    C()
def cycles():
    t = T(); t.me = t
def handlers():
    t = T()
    try:
        try: raise KeyError(t)
        except KeyError as k: raise ValueError(t) from k
    except ValueError: pass
def coros():
    async def c(t): return t
    c2 = c(T())
    try: c2.send(None)
    except StopIteration: pass
def agens():
    async def g(t): yield t
    try: g(T()).__anext__().send(None)
    except StopIteration: pass
def dicts():
    d = {i: T() for i in range(3)}; d.pop(0); d.clear()
def unpack(): a, *b = [T(), T(), T()]; b[0], a = a, b
def kwargs():
    def f(*a, **k): return k
    f(T(), x=T())
def early():
    for x in [T(), T()]:
        if x: return x
def with_(): 
    class CM:
        def __enter__(s): return T()
        def __exit__(s, *a): return True
    with CM() as t: raise ValueError(t)
def match_():
    match [T(), {"k": T()}]:
        case [a, {"k": b}]: pass
def comp(): [T() for _ in range(2)]; {T() for _ in range(1)}; sum(1 for t in [T()])
def fails():
    try: [T(), 1 / 0]
    except ZeroDivisionError: pass
def calls_fail():
    def f(a): pass
    try: f(T(), T())
    except TypeError: pass
def attr_fail():
    try: T().missing
    except AttributeError: pass
def deep(n=5): t = T(); return deep(n - 1) if n else t
for f in closures, exceptions, gens, classes, cycles, handlers, coros, agens, dicts, unpack, kwargs, early, with_, match_, comp, fails, calls_fail, attr_fail, deep:
    for _ in range(50): f()
    gc.collect(); print(f.__name__, len(live))
