def run(c):
    out = []
    try:
        while True: out.append(c.send(None))
    except StopIteration as e: return out, e.value
    except BaseException as e: return out, f"{type(e).__name__}: {e}", repr(e.__context__)
class Aw:
    def __init__(self, v): self.v = v
    def __await__(self): return (yield self.v)
async def gen():
    while True:
        try: x = yield "y"; print("got", x)
        except ValueError as e: print("caught", e); await Aw("in handler"); yield "after handler"
        finally: print("finally"); await Aw("in finally")
def fresh(f=gen): g = f(); print("start", run(g.__anext__())); return g
g = fresh(); print(run(g.athrow(ValueError("v"))), run(g.__anext__()))
g = fresh(); print(run(g.athrow(KeyError("k")))); print(run(g.__anext__()), run(g.athrow(KeyError("dead"))), run(g.aclose()))
g = fresh(); print(run(g.aclose())); print(run(g.aclose()), run(g.__anext__()))
g = gen(); print("unstarted", run(g.athrow(KeyError("u"))), run(g.__anext__())); g = gen(); print("unstarted close", run(g.aclose()), run(g.__anext__()))
async def ignores():
    while True:
        try: yield 1
        except GeneratorExit: print("ignoring")
g = fresh(ignores); print(run(g.aclose())); print(run(g.aclose()))
async def yields_in_finally():
    try: yield 1
    finally: yield "fin"
g = fresh(yields_in_finally); print(run(g.aclose()))
async def converts():
    try: yield 1
    except GeneratorExit: raise KeyError("conv")
g = fresh(converts); print(run(g.aclose()))
async def returns():
    try: yield 1
    except GeneratorExit: return
    except ValueError: return
g = fresh(returns); print(run(g.aclose())); g = fresh(returns); print(run(g.athrow(ValueError())))
async def stops():
    try: yield 1
    except GeneratorExit: raise StopAsyncIteration
g = fresh(stops); print(run(g.aclose()))
g = fresh(returns); print(run(g.athrow(GeneratorExit)), run(g.__anext__())); g = fresh(gen); print(run(g.athrow(GeneratorExit())))
g = fresh(); print(run(g.athrow(StopAsyncIteration("sai")))); g = fresh(); print(run(g.athrow(StopIteration("si"))))
import warnings; warnings.simplefilter("ignore")
g = fresh(); print(run(g.athrow(ValueError, "two args"))); g = fresh()
def s(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
s(lambda: run(g.athrow(5))); s(lambda: run(g.athrow("s"))); s(lambda: run(g.__anext__()))
a = fresh().athrow(KeyError); s(lambda: a.send(5)); 
a = fresh().aclose(); s(lambda: a.send(5)); s(lambda: a.throw(OSError("into aclose"))); s(lambda: a.send(None))
g = fresh(); a = g.aclose(); print(a.send(None)); s(lambda: a.throw(OSError("while closing"))); s(lambda: a.send(None)); s(lambda: run(g.__anext__()))
g = fresh(); a = g.athrow(ValueError("w")); print(a.send(None)); s(lambda: a.throw(KeyError("second"))); s(lambda: run(g.__anext__()))
