import asyncio
async def sec(name, f):
    try: r = await f()
    except BaseException as e: r = f"{type(e).__name__}: {e}"
    print(name, r)
async def main():
    loop = asyncio.get_running_loop()
    # wait
    async def w1():
        ts=[asyncio.create_task(asyncio.sleep(x, x), name=f"n{x}") for x in (0.03,0.01,0.02)]
        d,p = await asyncio.wait(ts, return_when=asyncio.FIRST_COMPLETED)
        out=[sorted(t.result() for t in d), len(p)]
        d,p = await asyncio.wait(p, timeout=0.001); out.append((len(d),len(p)))
        for t in p: t.cancel()
        return out
    await sec("wait", w1)
    async def w2(): return await asyncio.wait_for(asyncio.sleep(1), 0.01)
    await sec("wait_for", w2)
    async def w3(): return await asyncio.wait_for(asyncio.sleep(1), 0)
    await sec("wait_for0", w3)
    async def w4():
        async with asyncio.timeout(0.01) as t: await asyncio.sleep(1)
    await sec("timeout", w4)
    async def w5():
        return [await c for c in asyncio.as_completed([asyncio.sleep(0.02,2),asyncio.sleep(0.01,1)])]
    await sec("as_completed", w5)
    async def w6():
        return [f.result() async for f in asyncio.as_completed([asyncio.sleep(0.02,2),asyncio.sleep(0.01,1)])]
    await sec("as_completed2", w6)
    async def w7():
        async def inner(): await asyncio.sleep(0.01); return 7
        t = asyncio.create_task(inner())
        s = asyncio.shield(t)
        loop.call_later(0.001, s.cancel)
        try: await s
        except asyncio.CancelledError: pass
        return await t
    await sec("shield", w7)
    async def w8(): return await asyncio.to_thread(lambda x: x+1, 41)
    await sec("to_thread", w8)
    async def w9():
        async with asyncio.TaskGroup() as tg:
            async def bad(): raise ValueError("x")
            tg.create_task(bad()); tg.create_task(asyncio.sleep(1))
    await sec("tg", w9)
    async def w10():
        sem = asyncio.Semaphore(2); order=[]
        async def job(i):
            async with sem:
                order.append(("in",i)); await asyncio.sleep(0); order.append(("out",i))
        await asyncio.gather(*(job(i) for i in range(4)))
        return order
    await sec("sem", w10)
    async def w11():
        c = asyncio.Condition(); out=[]
        async def waiter(i):
            async with c:
                await c.wait(); out.append(i)
        ts=[asyncio.create_task(waiter(i)) for i in range(3)]
        await asyncio.sleep(0)
        async with c: c.notify(2)
        await asyncio.sleep(0); await asyncio.sleep(0); await asyncio.sleep(0)
        async with c: c.notify_all()
        await asyncio.gather(*ts); return out
    await sec("cond", w11)
    async def w12():
        q = asyncio.PriorityQueue()
        for x in (3,1,2): q.put_nowait(x)
        r = [await q.get() for _ in range(3)]
        try: q.get_nowait()
        except asyncio.QueueEmpty as e: r.append(type(e).__name__)
        q.shutdown()
        try: await q.get()
        except asyncio.QueueShutDown as e: r.append(type(e).__name__)
        return r
    await sec("queue", w12)
    f = loop.create_future()
    print(f)
    f.set_result("x"*100); print(f)
    try: f.set_result(2)
    except asyncio.InvalidStateError as e: print("ISE", e)
    g = loop.create_future()
    try: g.result()
    except asyncio.InvalidStateError as e: print("ISE", e)
    g.cancel("bye"); print(g)
    try: await g
    except asyncio.CancelledError as e: print(repr(e))
    h = loop.call_later(5, print, 1); print(str(h)[:18], h.cancelled()); h.cancel(); print(h.cancelled(), str(h)[:24])
    async def badyield():
        class A:
            def __await__(self): yield 5
        await A()
    await sec("bad", lambda: asyncio.create_task(badyield(), name="BY"))
    async def selfw():
        await asyncio.current_task()
    await sec("self", lambda: asyncio.create_task(selfw(), name="SW"))
    t = asyncio.create_task(asyncio.sleep(10)); await asyncio.sleep(0)
    t.cancel("why"); t.cancel(); print(t.cancelling(), t.uncancel(), t.cancelling())
    try: await t
    except asyncio.CancelledError as e: print(e.args, t.cancelled())
    print(sorted(x.get_name() for x in asyncio.all_tasks()))
    def cb(): 1/0
    loop.set_exception_handler(lambda l, c: print("H", sorted(c), c["message"].replace(__file__, "F"), repr(c["exception"])))
    loop.call_soon(cb); await asyncio.sleep(0)
    loop.set_exception_handler(None)
    print(asyncio.iscoroutine(main), asyncio.isfuture(f), loop.get_debug(), loop)
    b = asyncio.Barrier(2)
    r = await asyncio.gather(b.wait(), b.wait()); print(sorted(r))
    e = asyncio.Event(); loop.call_soon(e.set); print(await e.wait(), e.is_set())
    c = asyncio.sleep(0)
    try: asyncio.run(c)
    except RuntimeError as x: print(x); c.close()
    return 5
print(asyncio.run(main()))
try: asyncio.get_event_loop()
except RuntimeError as e: print(e)
try: asyncio.get_running_loop()
except RuntimeError as e: print(e)
try: asyncio.create_task(5)
except RuntimeError as e: print(e)
try: asyncio.run(5)
except (TypeError, ValueError) as e: print(e)
with asyncio.Runner() as r: print(r.run(asyncio.sleep(0, 3)), r.get_loop())
print(asyncio.Future.__module__, asyncio.Task, asyncio.Handle, asyncio.CancelledError.__mro__)
async def ki():
    raise KeyboardInterrupt
try: asyncio.run(ki())
except KeyboardInterrupt: print("KI")
async def forever():
    try: await asyncio.sleep(100)
    finally: print("cleanup")
async def m2():
    asyncio.create_task(forever()); await asyncio.sleep(0)
asyncio.run(m2())
