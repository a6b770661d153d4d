import types, inspect, sys
@types.coroutine
def susp(): yield 1
async def inner(a): b = 2; await susp(); return sys._getframe().f_back.f_code.co_name
async def outer(): x = "x"; return await inner(1)
c = outer(); print(inspect.getcoroutinestate(c), c.cr_frame.f_lineno - outer.__code__.co_firstlineno, c.cr_frame.f_locals, c.cr_frame.f_back); c.send(None)
print(inspect.getcoroutinestate(c), c.cr_frame.f_locals, c.cr_await.cr_frame.f_locals, c.cr_await.__name__, c.cr_await.cr_await.__name__, c.cr_running, c.cr_suspended)
try: c.send(None)
except StopIteration as e: print(e.value, inspect.getcoroutinestate(c), c.cr_frame, c.cr_await)
async def ag(): q = 1; yield q; await susp(); yield 2
g = ag(); print(g.ag_frame.f_locals, g.ag_await, inspect.getasyncgenstate(g))
try: g.__anext__().send(None)
except StopIteration as e: print(e.value)
print(g.ag_frame.f_locals, g.ag_suspended, g.ag_running, inspect.getasyncgenstate(g)); a = g.__anext__(); a.send(None); print(g.ag_await.__name__, g.ag_running, inspect.getasyncgenstate(g), inspect.getasyncgenlocals(g))
for n in ("cr_frame", "cr_running", "cr_await", "cr_code", "cr_origin", "cr_suspended"):
    try: setattr(c, n, 1)
    except AttributeError as e: print(e)
print(inspect.iscoroutinefunction(outer), inspect.isasyncgenfunction(ag), inspect.iscoroutine(c), inspect.isawaitable(c), inspect.isasyncgen(g), bool(outer.__code__.co_flags & 0x80), bool(ag.__code__.co_flags & 0x200))
running = []
async def observe(): running.append((o.cr_running, o.cr_suspended, o.cr_frame is sys._getframe(), inspect.getcoroutinestate(o))); await susp()
o = observe(); o.send(None); print(running); o.close()
class A:
    async def m(self): pass
    @classmethod
    async def c(cls): return cls.__name__
    @staticmethod
    async def s(): yield 1
    async def __call__(self): return "called"
    async def __getitem__(self, k): return k
    @property
    async def p(self): return "prop"
def run(c):
    try: c.send(None)
    except StopIteration as e: return e.value
async def use(): a = A(); return await a(), await a[1], await a.p, await A.c(), [x async for x in A.s()], await a.m()
print(run(use()), A.m.__qualname__)
