def run(c):
    out = []
    try:
        while True: out.append(c.send(None))
    except StopIteration as e: return out, e.value
    except BaseException as e: return out, f"{type(e).__name__}: {e}"
class Aw:
    def __init__(self, v): self.v = v
    def __await__(self): return (yield self.v)
async def gen():
    r = yield 1; print("got", r); await Aw("waiting"); r = yield 2; print("got", r)
g = gen(); print(type(g), g.__name__, g.__qualname__, repr(g).split(" at ")[0], g.ag_running, g.ag_suspended, g.ag_await, g.ag_frame is not None, g.ag_code is gen.__code__, g.__aiter__() is g)
print(run(g.__anext__()), run(g.asend("s")), run(g.asend("t")), run(g.asend(None)), run(g.__anext__()), run(g.aclose()), g.ag_frame)
def s(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
g = gen(); s(lambda: run(g.asend(5))); s(lambda: run(g.asend(None))); s(lambda: list(g)); s(lambda: iter(g)); s(lambda: next(g)); s(lambda: [*g]); s(lambda: g.send(None)); s(lambda: len(g)); s(lambda: g()); s(lambda: g.asend()); s(lambda: g.athrow()); s(lambda: run(g)); s(lambda: type(g)()); s(lambda: [x for x in g])
async def awaits_it(): await gen()
s(lambda: run(awaits_it()))
a = g.asend(None); print(type(a), type(g.athrow(ValueError)), type(g.aclose()), type(g.__anext__()), iter(a) is a, a.__await__() is a)
s(lambda: next(a)); s(lambda: next(a)); s(lambda: a.send(None)); s(lambda: a.close()); s(lambda: next(a)); s(lambda: a.throw(ValueError))
print(run(g.aclose())); s(lambda: run(g.asend(None))); s(lambda: run(g.athrow(ValueError("x")))); s(lambda: run(g.aclose()))
async def empty():
    return
    yield
print(run(empty().__anext__())); 
async def consume(): return [x async for x in gen()], [x async for x in empty()]
print(run(consume()))
async def raises(): yield 1; raise ValueError("v")
g = raises(); print(run(g.__anext__()), run(g.__anext__()), run(g.__anext__()))
async def rsi(): yield 1; raise StopIteration("s")
async def rsai(): yield 1; raise StopAsyncIteration("a")
for f in rsi, rsai:
    g = f(); run(g.__anext__())
    try: g.__anext__().send(None)
    except RuntimeError as e: print(e, repr(e.__cause__))
g.__name__ = "renamed"; print(g.__name__); s(lambda: setattr(g, "__name__", 5)); s(lambda: setattr(g, "ag_frame", 5))
async def yields_tuple(): yield 1, 2; yield; x = [(yield 3), (yield 4)]; yield x
async def c2(): return [v async for v in yields_tuple()]
print(run(c2()))
