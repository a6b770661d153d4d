def run(c, *sends):
    it = iter(sends); v = None; out = []
    try:
        while True: out.append(c.send(v)); v = next(it, None)
    except StopIteration as e: return out, e.value
    except BaseException as e: return out, f"{type(e).__name__}: {e}"
class Aw:
    def __init__(self, v): self.v = v
    def __await__(self): r = yield self.v; return r
async def simple(): return 5
async def waits(): a = await Aw("x"); b = await Aw("y"); return a, b
async def nested(): return await simple(), await waits()
print(run(simple()), run(waits(), 1, 2), run(nested(), "p", "q"))
c = simple(); print(type(c), c.__name__, c.__qualname__, repr(c).split(" at ")[0], c.cr_running, c.cr_suspended, c.cr_await, c.cr_frame is not None, c.cr_code is simple.__code__, c.cr_origin); c.close(); print(c.cr_frame)
def s(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
s(lambda: c.send(None)); c = simple(); s(lambda: c.send(1)); s(lambda: next(c)); s(lambda: iter(c)); s(lambda: list(c)); s(lambda: [*c]); s(lambda: len(c)); s(lambda: c()); s(lambda: c.throw(ValueError("unstarted"))); s(lambda: c.send(None)); s(lambda: c.close())
c = waits(); print(c.send(None), c.cr_suspended, type(c.cr_await).__name__, c.cr_await.__name__, c.cr_running); s(lambda: c.throw(KeyError("in"))); s(lambda: c.throw(KeyError("after")))
w = simple().__await__(); print(type(w), iter(w) is w); s(lambda: next(w)); s(lambda: next(w))
w = waits().__await__(); print(next(w), w.send(1)); s(lambda: w.send(2)); w = waits().__await__(); next(w); s(lambda: w.throw(OSError("t"))); w.close()
async def bad(x): return await x
for v in (5, None, "s", [], (i for i in []), simple, print): s(lambda: run(bad(v)))
class NotIter:
    def __await__(self): return 5
class RetCoro:
    def __await__(self): return cc
class NoneAw: __await__ = None
class GenAw:
    def __await__(self): return iter(["from list iter"])
cc = simple(); s(lambda: run(bad(NotIter()))); s(lambda: run(bad(RetCoro()))); s(lambda: run(bad(NoneAw()))); s(lambda: run(bad(GenAw()))); cc.close()
c = simple(); s(lambda: run(bad(c))); s(lambda: run(bad(c))); s(lambda: c.send(None))
async def self_wait(): await me
me = self_wait(); s(lambda: me.send(None))
async def two(): c = waits(); print("first", run(c)); return await c
s(lambda: run(two()))
async def share(c): return await c
c = waits(); a, b = share(c), share(c); print(a.send(None)); s(lambda: b.send(None)); print(run(a, "late")); 
async def raises(): raise StopIteration("si")
async def raises2(): raise StopAsyncIteration("sai")
s(lambda: run(raises())); s(lambda: run(raises2()))
