import asyncio
log = []
async def w(n, k):
    log.append(f"{n} start")
    for _ in range(k): await asyncio.sleep(0)
    log.append(f"{n} end"); return n
async def main():
    loop = asyncio.get_running_loop(); loop.set_task_factory(asyncio.eager_task_factory)
    t = asyncio.create_task(w("a", 0)); log.append("after create a"); print(t.done(), log); log.clear()
    t = asyncio.create_task(w("b", 1)); log.append("after create b"); print(t.done(), log); log.clear(); print(await t, log); log.clear()
    print(await asyncio.gather(w("c", 0), w("d", 1)), log); log.clear()
    async def fails(): raise ValueError("eager")
    t = asyncio.create_task(fails()); print(t.done(), repr(t.exception()))
    async def cur(): return asyncio.current_task().get_name()
    t = asyncio.create_task(cur(), name="named"); print(t.result(), asyncio.current_task().get_name() != "named")
    loop.set_task_factory(None); t = asyncio.create_task(w("lazy", 0)); log.append("created"); await t; print(log); log.clear()
    t = asyncio.Task(w("direct", 0), eager_start=True, loop=loop); print(t.done(), log)
asyncio.run(main())
