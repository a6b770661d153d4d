import asyncio
out = []
async def child(n, steps):
    for s in range(steps):
        out.append(f"{n}{s}"); await asyncio.sleep(0)
    return n
async def produce(n):
    for i in range(n): out.append(f"p{i}"); yield i; await asyncio.sleep(0)
async def consume(name, n):
    async for v in produce(n): out.append(f"{name}<{v}"); await asyncio.sleep(0)
async def main():
    ts = [asyncio.create_task(child(c, k)) for c, k in (("a", 1), ("b", 3), ("c", 2))]
    out.append("spawned")
    for t in reversed(ts): out.append(f"await {await t}")
    print(out); out.clear()
    await asyncio.gather(consume("x", 2), consume("y", 2)); print(out); out.clear()
    t = asyncio.create_task(child("late", 1)); t.add_done_callback(lambda t: out.append(f"cb {t.result()}")); await t; out.append("after await"); await asyncio.sleep(0); print(out); out.clear()
    async def outer():
        inner = asyncio.create_task(child("in", 2)); out.append("o1"); r = await inner; out.append("o2"); return r
    print(await asyncio.gather(outer(), child("side", 3)), out); out.clear()
    async def boom(): await asyncio.sleep(0); raise ValueError("boom")
    t1 = asyncio.create_task(boom()); t2 = asyncio.create_task(child("survivor", 3))
    try: await t1
    except ValueError as e: out.append(repr(e))
    await t2; print(out, t1.exception(), t1.done())
    n = asyncio.create_task(child("n", 0), name="my-name"); print(n.get_name(), (await n), asyncio.current_task() is not None, len(asyncio.all_tasks()))
asyncio.run(main())
