class Aw:
    def __init__(self, v): self.v = v
    def __await__(self): return (yield self.v)
async def gen():
    try:
        await Aw("w1"); yield 1; await Aw("w2"); yield 2
    finally: await Aw("cleanup")
def s(n, f):
    try: print(n, "->", f())
    except BaseException as e: print(n, "->", type(e).__name__, e)
g = gen(); a = g.__anext__(); s("start", lambda: a.send(None)); print(g.ag_running, g.ag_suspended, type(g.ag_await).__name__)
b = g.__anext__(); s("second anext", lambda: b.send(None)); s("second anext again", lambda: b.send(None)); s("asend", lambda: g.asend(1).send(None)); s("athrow", lambda: g.athrow(ValueError).send(None)); s("aclose", lambda: g.aclose().send(None))
s("finish", lambda: a.send("r")); print(g.ag_running); s("reuse", lambda: a.send(None)); s("reuse throw", lambda: a.throw(KeyError)); s("next", lambda: g.__anext__().send(None))
g = gen(); a = g.__anext__(); a.send(None); s("throw into asend", lambda: a.throw(KeyError("t"))); print(g.ag_running); s("cont", lambda: a.send(None)); s("dead", lambda: g.__anext__().send(None))
g = gen(); a = g.__anext__(); a.close(); s("closed unstarted", lambda: a.send(None)); s("fresh works", lambda: g.__anext__().send(None))
g = gen(); a = g.__anext__(); a.send(None); s("close running", a.close); print(g.ag_running); s("next after", lambda: g.__anext__().send(None))
g = gen(); a = g.asend(None); s("throw unstarted asend", lambda: a.throw(KeyError("u"))); s("then", lambda: a.send(None)); s("gen", lambda: g.__anext__().send(None))
g = gen(); c = g.aclose(); s("close aclose", c.close); s("use", lambda: c.send(None)); s("gen alive", lambda: g.__anext__().send(None))
g = gen(); c = g.aclose(); s("aclose unstarted", lambda: c.send(None)); s("again", lambda: c.send(None)); d = g.aclose(); s("second aclose", lambda: d.send(None)); s("anext", lambda: g.__anext__().send(None)); s("asend", lambda: g.asend(1).send(None)); s("athrow", lambda: g.athrow(ValueError).send(None))
g = gen(); a = g.__anext__(); a.send(None); 
try: a.send(None)
except StopIteration as e: print("value", e.value)
c = g.aclose(); s("aclose suspends", lambda: c.send(None)); s("anext during aclose", lambda: g.__anext__().send(None)); s("aclose twice", lambda: g.aclose().send(None)); s("finish", lambda: c.send(None)); s("after", lambda: g.__anext__().send(None))
async def selfref():
    try: await me.__anext__()
    except RuntimeError as e: yield str(e)
me = selfref(); s("self", lambda: me.__anext__().send(None)); me = None
g = gen(); t = g.athrow(KeyError("x")); s("close athrow", t.close); s("use athrow", lambda: t.send(None)); t = g.athrow(KeyError("y")); s("throw into athrow", lambda: t.throw(OSError("z"))); s("gen", lambda: g.__anext__().send(None))
