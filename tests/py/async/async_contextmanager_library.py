import asyncio
from contextlib import asynccontextmanager, AsyncExitStack, aclosing
@asynccontextmanager
async def res(n):
    print("open", n); await asyncio.sleep(0)
    try: yield n
    except ValueError as e: print("saw", e)
    finally: await asyncio.sleep(0); print("close", n)
async def main():
    async with res("a") as a, res("b") as b: print(a, b)
    async with res("c"): raise ValueError("swallowed")
    try:
        async with res("d"): raise KeyError("escapes")
    except KeyError as e: print(repr(e))
    async with AsyncExitStack() as st:
        for n in "xy": await st.enter_async_context(res(n))
        st.callback(print, "callback")
    async def agen():
        try:
            for i in range(5): yield i
        finally: print("agen closed")
    async with aclosing(agen()) as g:
        async for x in g:
            if x == 1: break
    print("after")
    @asynccontextmanager
    async def noyield():
        if False: yield
    try:
        async with noyield(): pass
    except RuntimeError as e: print(e)
    @asynccontextmanager
    async def twice(): yield 1; yield 2
    try:
        async with twice(): pass
    except RuntimeError as e: print(e)
asyncio.run(main())
