import types
@types.coroutine
def suspend(v): return (yield v)
async def chain(n):
    if n == 0: return await suspend("bottom")
    return 1 + await chain(n - 1)
c = chain(400); print(c.send(None))
d = c; depth = 0
while getattr(d, "cr_await", None) is not None and hasattr(d.cr_await, "cr_await"): d = d.cr_await; depth += 1
print(depth, d.cr_suspended, type(d.cr_await).__name__)
try: c.send(1000)
except StopIteration as e: print(e.value)
c = chain(100); c.send(None)
try: c.throw(KeyError("deep"))
except KeyError as e:
    n = 0; tb = e.__traceback__
    while tb: n += 1; tb = tb.tb_next
    print(repr(e), n)
log = []
async def fin(n):
    try:
        if n: await fin(n - 1)
        else: await suspend(0)
    finally: log.append(n)
c = fin(5); c.send(None); c.close(); print(log); log.clear()
c = fin(3); c.send(None); del c; print(log)
async def catcher(n):
    try:
        if n: return await catcher(n - 1)
        return await suspend(1)
    except ValueError as e:
        if n == 2: return f"caught at {n}"
        raise
c = catcher(5); c.send(None)
try: c.throw(ValueError)
except StopIteration as e: print(e.value)
async def mixed(n):
    if n == 0: await suspend("m"); return 0
    async for x in agen(n): return x
async def agen(n): yield 1 + await mixed(n - 1)
c = mixed(30); print(c.send(None))
try: c.send(None)
except StopIteration as e: print(e.value)
def gchain(n): return (yield from gchain(n - 1)) + 1 if n else (yield "g")
g = gchain(300); print(next(g))
try: g.send(0)
except StopIteration as e: print(e.value)
async def many(): return sum([await suspend(i) for i in range(1000)])
c = many(); v = c.send(None)
try:
    while True: v = c.send(v)
except StopIteration as e: print(e.value)
