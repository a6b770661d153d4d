import asyncio, contextvars, gc
v = contextvars.ContextVar("v", default=0)
order = []
async def child(n):
    order.append((n, v.get())); v.set(n); await asyncio.sleep(0); order.append((n, v.get()))
async def agen():
    try:
        for i in range(3):
            yield i; await asyncio.sleep(0)
    finally:
        print("agen closed")
async def main():
    v.set(5)
    async with asyncio.TaskGroup() as tg:
        for i in range(3): tg.create_task(child(i))
    print(order, v.get())
    async for x in agen(): 
        break
    gc.collect()
    await asyncio.sleep(0); await asyncio.sleep(0)
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    out=[]
    async def quick(): out.append("ran"); return 1
    async def slow(): out.append("a"); await asyncio.sleep(0); out.append("b"); return 2
    t1 = asyncio.create_task(quick()); t2 = asyncio.create_task(slow()); out.append("after")
    print(out, t1.done(), t2.done(), await t1, await t2, out)
    loop.set_task_factory(None)
    # order of timers and callbacks
    o=[]
    now=loop.time()
    for i in range(5): loop.call_at(now+0.01, o.append, i)
    loop.call_later(0.005, o.append, "x")
    loop.call_soon(o.append, "s")
    await asyncio.sleep(0.02); print(o)
    # gather cancels
    async def c(n):
        try: await asyncio.sleep(n)
        except asyncio.CancelledError: o.append(("c",n)); raise
    g = asyncio.gather(c(1), c(2)); await asyncio.sleep(0); g.cancel()
    try: await g
    except asyncio.CancelledError: print("g cancelled", o[-2:])
    r = await asyncio.gather(c(0), asyncio.sleep(0, 3), return_exceptions=True); print(r)
    async def exc(): raise KeyError("k")
    print(await asyncio.gather(exc(), asyncio.sleep(0, 3), return_exceptions=True))
    try: await asyncio.gather(exc(), asyncio.sleep(0.01))
    except KeyError as e: print(repr(e))
    async def outer_timeout():
        try:
            async with asyncio.timeout(0.01):
                try: await asyncio.sleep(1)
                finally: await asyncio.sleep(0.001)
        except TimeoutError as e: return repr(e), repr(e.__cause__)
    print(await outer_timeout())
    # done callbacks
    f = loop.create_future()
    f.add_done_callback(lambda f: o.append(1)); f.add_done_callback(lambda f: o.append(2))
    f.set_exception(RuntimeError("r")); 
    try: await f
    except RuntimeError as e: print(e, o[-2:])
    class MyTask(asyncio.Task): 
        def __init__(self, *a, **k): super().__init__(*a, **k); self.extra = 1
    t = MyTask(quick(), loop=loop, name="my"); print(await t, t.extra)
    class MyFut(asyncio.Future): pass
    f = MyFut(loop=loop); f.x = 1; loop.call_soon(f.set_result, 3); print(await f, f.x)
    import concurrent.futures
    print(await asyncio.wrap_future(_cf()))
def _cf():
    import concurrent.futures
    f = concurrent.futures.Future(); f.set_result(9); return f
asyncio.run(main())
