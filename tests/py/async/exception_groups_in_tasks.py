import asyncio
async def fail(e, n=1):
    for _ in range(n): await asyncio.sleep(0)
    raise e
async def main():
    try:
        async with asyncio.TaskGroup() as tg: tg.create_task(fail(ValueError(1))); tg.create_task(fail(TypeError(2)))
    except BaseExceptionGroup as g: print(repr(g), len(g.exceptions))
    try:
        async with asyncio.TaskGroup() as outer:
            async def sub():
                async with asyncio.TaskGroup() as inner: inner.create_task(fail(KeyError("deep")))
            outer.create_task(sub())
    except* KeyError as g: print(repr(g), g.exceptions[0].exceptions)
    async def handles():
        try:
            async with asyncio.TaskGroup() as tg: tg.create_task(fail(OSError("os"))); tg.create_task(fail(ValueError("v")))
        except* OSError as g: await asyncio.sleep(0); print("handled", g.exceptions)
    try: await handles()
    except ExceptionGroup as g: print("left", repr(g))
    r = await asyncio.gather(fail(ValueError("a")), fail(ExceptionGroup("eg", [KeyError(1)])), return_exceptions=True); print([repr(x) for x in r])
    try:
        async with asyncio.TaskGroup() as tg: tg.create_task(fail(ValueError("from child"), 2)); await asyncio.sleep(0); raise RuntimeError("from body")
    except* (ValueError, RuntimeError) as g: print(sorted(type(e).__name__ for e in g.exceptions))
    async def star_in_loop():
        out = []
        for i in range(3):
            try: raise ExceptionGroup("g", [ValueError(i), KeyError(i)])
            except* ValueError as e: await asyncio.sleep(0); out.append(("V", e.exceptions[0].args))
            except* KeyError as e: out.append(("K", e.exceptions[0].args))
            finally: await asyncio.sleep(0); out.append("f")
        return out
    print(await star_in_loop())
    async def agen():
        try: yield 1
        except* ValueError as e: yield ("group", e.exceptions)
        except* TypeError: yield "type"
    g = agen(); await anext(g); print(await g.athrow(ValueError("bare"))); await g.aclose()
asyncio.run(main())
