def generator(x):
    y = yield x
    try:
        yield from y
    except E:
        yield 1

async def coroutine(x):
    await x
    async with x as y:
        async for z in y:
            z()
    return [z async for z in x if await z]

async def agen(x):
    yield (q for q in x)
