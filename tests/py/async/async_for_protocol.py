def run(c):
    try:
        while True: print("  yield", c.send(None))
    except StopIteration as e: return e.value
    except BaseException as e: return f"{type(e).__name__}: {e} | {e.__cause__!r}"
class Aw:
    def __init__(self, v): self.v = v
    def __await__(self): return (yield self.v)
class It:
    def __init__(self, n): self.n = n
    def __aiter__(self): print("aiter"); return self
    async def __anext__(self):
        await Aw(self.n)
        if not self.n: raise StopAsyncIteration
        self.n -= 1; return self.n
async def loop(it, brk=None):
    out = []
    async for x in it:
        if x == brk: break
        out.append(x)
    else: out.append("else")
    return out
print(run(loop(It(2)))); print(run(loop(It(3), 1)))
for bad in (5, [1], iter([]), (i for i in [])): print(run(loop(bad)))
class NoAnext:
    def __aiter__(self): return self
class CoroAiter:
    async def __aiter__(self): return self
class BadAnext:
    def __aiter__(self): return self
    def __anext__(self): return 5
class AwaitBad(BadAnext):
    def __anext__(self): return Bad()
class Bad:
    def __await__(self): return 7
class SyncAnext(BadAnext):
    n = 0
    def __anext__(self): raise StopAsyncIteration
class Raises(BadAnext):
    async def __anext__(self): raise KeyError("k")
class RaisesSI(BadAnext):
    async def __anext__(self): raise StopIteration("si")
class ReturnsAw(BadAnext):
    n = 0
    def __anext__(self):
        self.n += 1
        if self.n > 2: raise StopAsyncIteration
        return Aw(f"aw{self.n}")
class NoneAiter: __aiter__ = None
for cls in NoAnext, CoroAiter, BadAnext, AwaitBad, SyncAnext, Raises, RaisesSI, ReturnsAw, NoneAiter: print(cls.__name__, run(loop(cls())))
async def targets():
    class O: pass
    o = O(); l = [0, 0]
    async for o.a in It(2): pass
    async for l[1] in It(2): pass
    async for a, *b in Pairs(): print(a, b)
    async for (x) in It(1): pass
    return o.a, l, x
class Pairs(It):
    def __init__(self): self.n = 1
    async def __anext__(self):
        if not self.n: raise StopAsyncIteration
        self.n -= 1; return "abc"
print(run(targets()))
async def cont():
    r = []
    async for x in It(4):
        if x % 2: continue
        try: r.append(x)
        finally: r.append("f")
    return r
print(run(cont()))
async def body_raises():
    async for x in It(2): raise StopAsyncIteration("from body")
print(run(body_raises()))
async def nested():
    return [(x, y) async for x in It(2) async for y in It(1)]
print(run(nested()))
