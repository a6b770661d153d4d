import asyncio
log = []
async def ok(v, n=0):
    for _ in range(n): await asyncio.sleep(0)
    log.append(v); return v
async def bad(v, n=0):
    for _ in range(n): await asyncio.sleep(0)
    log.append(f"raise {v}"); raise ValueError(v)
async def main():
    print(await asyncio.gather(ok(3, 3), ok(1, 1), ok(2, 2)), log); log.clear()
    print(await asyncio.gather(ok(1), bad(2), ok(3, 2), return_exceptions=True), log); log.clear()
    try: await asyncio.gather(ok("a", 5), bad("b", 1), bad("c", 2))
    except ValueError as e: print("first error", e, log)
    for _ in range(6): await asyncio.sleep(0)
    print("others went on", log); log.clear()
    c = ok("same"); 
    try: r = await asyncio.gather(c, c); print(r, log)
    except Exception as e: print(type(e).__name__)
    log.clear()
    t = asyncio.create_task(ok("t")); print(await asyncio.gather(t, t, ok("u"))); print(await asyncio.gather(*[ok(i) for i in range(5)], return_exceptions=False)); log.clear()
    f = asyncio.gather(ok(1), ok(2)); print(f.done()); await f; print(f.done(), f.result())
    print(await asyncio.gather(asyncio.gather(ok(1), ok(2)), asyncio.gather(ok(3)))); log.clear()
    async def cancelled_child(): raise asyncio.CancelledError("by hand")
    try: await asyncio.gather(cancelled_child(), ok("x", 2))
    except asyncio.CancelledError as e: print("CancelledError", e.args)
    print([type(x).__name__ for x in await asyncio.gather(cancelled_child(), ok("y"), return_exceptions=True)])
    try: await asyncio.gather(5)
    except TypeError as e: print(e)
    fut = asyncio.get_running_loop().create_future(); g = asyncio.gather(fut, ok("z")); asyncio.get_running_loop().call_soon(fut.set_result, "from future"); print(await g)
    order = []
    async def o(n): order.append(("start", n)); await asyncio.sleep(0); order.append(("end", n))
    await asyncio.gather(*map(o, "abc")); print(order)
    async def two_fail(): 
        g = asyncio.gather(bad("p", 1), bad("q", 1)); 
        try: await g
        except ValueError as e: return e.args
    print(await two_fail())
asyncio.run(main())
