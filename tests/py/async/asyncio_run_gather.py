import asyncio
log = []
async def w(n, k):
    for i in range(k): log.append(f"{n}{i}"); await asyncio.sleep(0)
    return n
async def main():
    print(await asyncio.gather(w("a", 3), w("b", 2), w("c", 1))); print(log); log.clear()
    t = asyncio.create_task(w("t", 2)); log.append("created"); await asyncio.sleep(0); log.append("main"); print(await t, log, t.done(), t.result()); log.clear()
    r = await asyncio.gather(w("x", 1), fail(), return_exceptions=True); print(r)
    try: await asyncio.gather(w("y", 3), fail())
    except ValueError as e: print("gather raised", e)
    await asyncio.gather(sl(0.03, "slow"), sl(0.01, "fast"), sl(0.02, "mid")); print(log)
    print(await asyncio.gather())
    t = asyncio.create_task(w("never", 100)); await asyncio.sleep(0); t.cancel()
    try: await t
    except asyncio.CancelledError as e: print("cancelled", t.cancelled(), e.args)
    return "done"
async def fail(): await asyncio.sleep(0); raise ValueError("f")
async def sl(d, n): await asyncio.sleep(d); log.append(n)
print(asyncio.run(main()))
async def cleanup():
    try: await asyncio.sleep(100)
    except asyncio.CancelledError: print("cancel seen"); await asyncio.sleep(0); print("cleanup awaited"); raise
    finally: print("finally")
async def left():
    asyncio.create_task(cleanup()); await asyncio.sleep(0); return "left running"
print(asyncio.run(left()))
async def suppress():
    try: await asyncio.sleep(100)
    except asyncio.CancelledError: return "suppressed"
async def m2():
    t = asyncio.create_task(suppress()); await asyncio.sleep(0); print(t.cancel(), await t, t.cancelled(), t.cancel())
asyncio.run(m2())
try: asyncio.run(5)
except (TypeError, ValueError) as e: print(type(e).__name__, e)
async def nested(): 
    c = m2()
    try: asyncio.run(c)
    except RuntimeError as e: print(e); c.close()
asyncio.run(nested())
try: asyncio.run(fail())
except ValueError as e: print("run raised", e)
print(asyncio.run(asyncio.sleep(0, "value")))
