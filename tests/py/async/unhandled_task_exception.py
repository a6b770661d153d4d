import asyncio, gc
async def fails(): raise ValueError("nobody looked")
async def main():
    t = asyncio.create_task(fails(), name="lonely"); await asyncio.sleep(0); await asyncio.sleep(0); del t; gc.collect(); print("after")
    t2 = asyncio.create_task(fails()); await asyncio.sleep(0)
    try: await t2
    except ValueError: print("seen, so no report")
    f = asyncio.get_running_loop().create_future(); f.set_exception(KeyError("future")); del f; gc.collect(); print("end")
asyncio.run(main())
async def boom():
    await asyncio.sleep(0)
    raise LookupError("out of run")
try: asyncio.run(boom())
except LookupError as e: print(repr(e))
