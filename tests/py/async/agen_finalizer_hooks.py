import sys, gc
class Aw:
    def __await__(self): yield "aw"
def drain(c):
    try:
        while True: c.send(None)
    except StopIteration as e: return e.value
    except StopAsyncIteration: return "exhausted"
print(sys.get_asyncgen_hooks())
events = []; pending = []
def first(g): events.append(("first", g.__name__))
def final(g): events.append(("final", g.__name__)); pending.append(g)
old = sys.get_asyncgen_hooks(); sys.set_asyncgen_hooks(firstiter=first, finalizer=final); print(sys.get_asyncgen_hooks().firstiter is first)
async def gen():
    try: yield 1; yield 2
    finally: events.append("cleanup"); await Aw(); events.append("cleanup 2")
g = gen(); print(events); drain(g.__anext__()); print(events); drain(g.__anext__()); print(events); events.clear()
del g; print(events, len(pending)); drain(pending.pop().aclose()); print(events); events.clear()
g = gen(); del g; print("unstarted", events, pending)
g = gen(); drain(g.__anext__()); drain(g.__anext__()); drain(g.__anext__()); events.clear(); del g; print("finished", events, pending)
g = gen(); drain(g.aclose()); print("aclose first", events); events.clear(); g = gen(); drain(g.asend(None)); print(events); drain(g.aclose()); events.clear(); del g; print("closed", events, pending)
async def brk():
    async for x in gen(): break
    events.append("after loop")
drain(brk()); print(events); events.clear(); pending.clear(); gc.collect(); print(events); events.clear()
sys.set_asyncgen_hooks(firstiter=None); print(sys.get_asyncgen_hooks().firstiter, sys.get_asyncgen_hooks().finalizer is final)
for a in ((5,), (None, 5)):
    try: sys.set_asyncgen_hooks(*a)
    except TypeError as e: print(e)
try: sys.set_asyncgen_hooks(foo=1)
except TypeError as e: print(e)
sys.set_asyncgen_hooks(*old)
def bad_first(g): raise ValueError("in firstiter")
sys.set_asyncgen_hooks(firstiter=bad_first); g = gen()
try: g.__anext__()
except ValueError as e: print(e)
drain(g.aclose()); sys.set_asyncgen_hooks(None, None); print(sys.get_asyncgen_hooks() == (None, None))
g = gen(); sys.set_asyncgen_hooks(finalizer=final); drain(g.__anext__()); sys.set_asyncgen_hooks(finalizer=None); events.clear(); del g; print("hook captured at first iteration", events); pending.clear()
