import asyncio
async def gen(n):
    try:
        for i in range(10): yield i; await asyncio.sleep(0)
    finally: print("closing", n); await asyncio.sleep(0); print("closed", n)
keep = []
async def main():
    async for x in gen("broken off"):
        if x == 2: break
    await asyncio.sleep(0); await asyncio.sleep(0); print("after break")
    g = gen("kept"); keep.append(g); print(await anext(g))
    g2 = gen("explicit"); await anext(g2); await g2.aclose(); print("explicit done")
    async def fails():
        async for x in gen("raising body"): raise KeyError(x)
    try: await fails()
    except KeyError as e: print(repr(e))
    for _ in range(3): await asyncio.sleep(0)
    print("main ends")
asyncio.run(main())
print("loop is over")
async def cancelled():
    async for x in gen("cancelled consumer"): await asyncio.sleep(0)
async def m2():
    t = asyncio.create_task(cancelled())
    for _ in range(4): await asyncio.sleep(0)
    t.cancel()
    try: await t
    except asyncio.CancelledError: print("task cancelled")
    await asyncio.sleep(0); await asyncio.sleep(0)
asyncio.run(m2())
async def two_consumers():
    g = gen("shared")
    async def take(n): return [await anext(g) for _ in range(n)]
    r = await asyncio.gather(take(2), take(2), return_exceptions=True); print([x if isinstance(x, list) else repr(x) for x in r]); await g.aclose()
asyncio.run(two_consumers())
async def stream():
    for i in range(3): yield i
async def doubled(s):
    async for x in s: yield x * 2
async def pipeline(): print([x async for x in doubled(doubled(stream()))], sum([x async for x in stream()]))
asyncio.run(pipeline())
