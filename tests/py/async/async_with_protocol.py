def run(c):
    try:
        while True: print("  yield", c.send(None))
    except StopIteration as e: return e.value
    except BaseException as e: return f"{type(e).__name__}: {e}"
class Aw:
    def __init__(self, v): self.v = v
    def __await__(self): return (yield self.v)
class CM:
    def __init__(self, n, swallow=False): self.n, self.swallow = n, swallow
    async def __aenter__(self): await Aw(f"enter {self.n}"); return self.n
    async def __aexit__(self, t, v, tb): await Aw(f"exit {self.n} {t and t.__name__}"); return self.swallow
async def a():
    async with CM("a") as x: return x
async def b():
    async with CM("b", True): raise ValueError("swallowed")
    return "went on"
async def c():
    async with CM("c"): raise ValueError("escapes")
async def d():
    async with CM("d1") as x, CM("d2") as y: return x, y
async def e():
    for i in range(3):
        async with CM(i):
            if i == 0: continue
            break
    return i
async def f():
    async with (CM("p"), CM("q", True) as q,): 1 / 0
    return q
async def g():
    try:
        async with CM("g"): await Aw("body")
    finally: await Aw("fin")
async def h():
    async with CM("tup") as (u, v, w): return u, v, w
for fn in a, b, c, d, e, f, g, h: print(fn.__name__, run(fn()))
class NoExit:
    async def __aenter__(self): pass
class NoEnter:
    async def __aexit__(self, *a): pass
class Sync:
    def __enter__(self): pass
    def __exit__(self, *a): pass
class PlainRet:
    def __aenter__(self): return 5
    async def __aexit__(self, *a): pass
class PlainExit:
    async def __aenter__(self): return 5
    def __aexit__(self, *a): return 6
class ExitRaises(CM):
    async def __aexit__(self, *a): raise KeyError("exit")
class EnterRaises(CM):
    async def __aenter__(self): raise KeyError("enter")
async def use(o, fail=False):
    async with o:
        if fail: raise ValueError("body")
for o in (5, NoExit(), NoEnter(), Sync(), PlainRet(), PlainExit(), ExitRaises(1), EnterRaises(1)): print(type(o).__name__, run(use(o)), run(use(o, True)))
c = g(); print(c.send(None), c.send(None)); print(c.throw(KeyError("th"))); print(c.send(None))
try: c.send(None)
except KeyError as x: print("out", repr(x))
c = g(); c.send(None); c.send(None)
try: c.close()
except RuntimeError as x: print(x)
async def mixed():
    with Sync():
        async with CM("m"):
            with Sync(): return "mixed"
print(run(mixed()))
