"""A pipeline of asynchronous generators: readers, a merge, a parser, a window, a writer.

Each stage pulls from the one before it, so nothing is made faster than it is used.
"""

import asyncio


async def sensor(name, values):
    """Produces raw lines; the sleep is where a real one would wait for its device."""
    try:
        for value in values:
            await asyncio.sleep(0)
            yield f"{name}={value}"
    finally:
        print(f"[{name} closed]")


async def interleave(*streams):
    """One item of each stream in turn, until all are exhausted."""
    streams = list(streams)
    while streams:
        for stream in list(streams):
            try:
                yield await anext(stream)
            except StopAsyncIteration:
                streams.remove(stream)


async def parse(lines):
    async for line in lines:
        name, _, value = line.partition("=")
        try:
            yield name, float(value)
        except ValueError:
            print(f"[skipped {line!r}]")


async def moving_average(readings, size):
    windows = {}
    async for name, value in readings:
        window = windows.setdefault(name, [])
        window.append(value)
        del window[:-size]
        yield name, sum(window) / len(window)


async def take(stream, count):
    if count:
        async for item in stream:
            yield item
            count -= 1
            if not count:
                break


async def main():
    kitchen = sensor("kitchen", [20, 21, "broken", 23, 26])
    cellar = sensor("cellar", [11, 12, 10])
    async for name, average in moving_average(parse(interleave(kitchen, cellar)), size=2):
        print(f"{name:8}{average:6.1f}")

    endless = sensor("clock", iter(int, 1))
    stamped = (f"{i}: {line}" for i, line in enumerate([line async for line in take(endless, 3)]))
    print(*stamped, sep="\n")
    await endless.aclose()


asyncio.run(main())
