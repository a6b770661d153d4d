import asyncio
log = []
async def main():
    q = asyncio.Queue(maxsize=2)
    async def prod():
        for i in range(5): await q.put(i); log.append(f"put {i}")
        await q.put(None)
    async def cons():
        while (v := await q.get()) is not None: log.append(f"got {v}"); q.task_done()
    await asyncio.gather(prod(), cons()); print(log); log.clear(); print(q.qsize(), q.empty(), q.full())
    try: q.get_nowait()
    except asyncio.QueueEmpty as e: print(repr(e))
    lock = asyncio.Lock()
    async def locked(n):
        async with lock: log.append(f"{n} in"); await asyncio.sleep(0); log.append(f"{n} out")
    await asyncio.gather(*map(locked, "abc")); print(log, lock.locked()); log.clear()
    try: lock.release()
    except RuntimeError as e: print(e)
    ev = asyncio.Event()
    async def waits(n): await ev.wait(); log.append(n)
    ts = [asyncio.create_task(waits(i)) for i in range(3)]; await asyncio.sleep(0); log.append("set"); ev.set(); await asyncio.gather(*ts); print(log, ev.is_set()); log.clear()
    sem = asyncio.Semaphore(2); active = 0
    async def limited(n):
        nonlocal active
        async with sem: active += 1; log.append(active); await asyncio.sleep(0); active -= 1
    await asyncio.gather(*map(limited, range(5))); print(max(log)); log.clear()
    cond = asyncio.Condition(); items = []
    async def consumer(n):
        async with cond: await cond.wait_for(lambda: items); log.append((n, items.pop()))
    async def producer():
        for i in range(2):
            async with cond: items.append(i); cond.notify()
            await asyncio.sleep(0)
    await asyncio.gather(consumer("a"), consumer("b"), producer()); print(log); log.clear()
    pq = asyncio.PriorityQueue(); [pq.put_nowait(x) for x in (3, 1, 2)]; print([await pq.get() for _ in range(3)]); lq = asyncio.LifoQueue(); [lq.put_nowait(x) for x in (1, 2)]; print(lq.get_nowait())
    q2 = asyncio.Queue(); g = asyncio.create_task(q2.get()); await asyncio.sleep(0); g.cancel()
    try: await g
    except asyncio.CancelledError: q2.put_nowait("kept"); print(await q2.get())
    q2.shutdown()
    try: await q2.get()
    except asyncio.QueueShutDown as e: print(repr(e))
asyncio.run(main())
