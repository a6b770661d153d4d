import asyncio
log = []
async def w(n, k=1, exc=None):
    try:
        for _ in range(k): await asyncio.sleep(0)
        if exc: raise exc
        log.append(n); return n
    except asyncio.CancelledError: log.append(f"{n} cancelled"); raise
async def main():
    async with asyncio.TaskGroup() as tg: a = tg.create_task(w("a", 2)); b = tg.create_task(w("b"))
    print(a.result(), b.result(), log); log.clear()
    try:
        async with asyncio.TaskGroup() as tg: tg.create_task(w("c", 50)); tg.create_task(w("d", 1, ValueError("d"))); tg.create_task(w("e", 1, KeyError("e")))
    except* ValueError as g: print(repr(g))
    except* KeyError as g: print(repr(g))
    print(log); log.clear()
    try:
        async with asyncio.TaskGroup() as tg: tg.create_task(w("f", 50)); raise TypeError("body")
    except* TypeError as g: print(repr(g), log)
    log.clear()
    try:
        async with asyncio.TaskGroup() as tg: tg.create_task(w("g", 50)); await asyncio.sleep(0); raise asyncio.CancelledError
    except asyncio.CancelledError: print("cancelled body", log)
    log.clear()
    try: tg.create_task(w("late"))
    except RuntimeError as e: print(str(e).split(">")[-1])
    async with asyncio.TaskGroup() as outer:
        async with asyncio.TaskGroup() as inner: inner.create_task(w("in")); outer.create_task(w("out", 3))
    print(log); log.clear()
    try:
        async with asyncio.timeout(0.01): await w("slow", 10**9) if False else await asyncio.sleep(10)
    except TimeoutError as e: print(repr(e), repr(e.__cause__))
    async with asyncio.timeout(10) as cm: await w("fast")
    print(cm.expired(), log); log.clear()
    try: await asyncio.wait_for(asyncio.sleep(10), 0.01)
    except TimeoutError as e: print("wait_for", repr(e))
    print(await asyncio.wait_for(w("q"), 1)); 
    try: await asyncio.wait_for(w("err", 1, OSError("x")), 1)
    except OSError as e: print(e)
    t = asyncio.create_task(w("shielded", 3)); s = asyncio.shield(t); await asyncio.sleep(0); s.cancel()
    try: await s
    except asyncio.CancelledError: print("shield cancelled", t.done()); print(await t)
    log.clear(); ts = [asyncio.create_task(w(i, i)) for i in range(3)]; done, pending = await asyncio.wait(ts, return_when=asyncio.FIRST_COMPLETED); print(len(done) >= 1, len(done) + len(pending)); await asyncio.gather(*ts); print([await c for c in asyncio.as_completed([w("x", 3), w("y", 1)])])
    async def ext():
        async with asyncio.TaskGroup() as tg: tg.create_task(w("child", 100)); await asyncio.sleep(100)
    t = asyncio.create_task(ext()); await asyncio.sleep(0); await asyncio.sleep(0); t.cancel()
    try: await t
    except asyncio.CancelledError: print("external cancel", log[-1])
asyncio.run(main())
