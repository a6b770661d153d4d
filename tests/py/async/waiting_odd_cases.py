"""Waiting in unusual ways: no time at all, loops that are closed, shields of what fails or is cancelled."""
import asyncio
import gc


async def value(x, delay=0):
    await asyncio.sleep(delay)
    return x


async def fail():
    await asyncio.sleep(0)
    raise ValueError("failed")


async def show(label, awaitable):
    try:
        print(label, "=>", await awaitable)
    except BaseException as e:
        print(label, "=>", type(e).__name__, e, "| cause:", type(e.__cause__).__name__)


async def main():
    loop = asyncio.get_running_loop()
    for delay in (0, -1, 0.001, float("nan"), float("-inf"), "x"):
        await show(f"sleep {delay!r}", asyncio.sleep(delay, "slept"))
    for timeout in (None, 0, -1, 0.001, 5):
        await show(f"wait_for slow {timeout}", asyncio.wait_for(value(1, 0.05), timeout))
        await show(f"wait_for fails {timeout}", asyncio.wait_for(fail(), timeout))
    done = loop.create_future()
    done.set_result("there")
    await show("done, no time", asyncio.wait_for(done, 0))
    gone = loop.create_future()
    gone.cancel()
    await show("cancelled, no time", asyncio.wait_for(gone, 0))
    await show("cancelled, time", asyncio.wait_for(gone, 1))

    await show("shield value", asyncio.shield(value(2)))
    await show("shield fails", asyncio.shield(fail()))
    inner = loop.create_future()
    outer = asyncio.shield(inner)
    inner.cancel("msg")
    await show("shield cancelled inner", outer)
    inner = loop.create_task(value(3))
    outer = asyncio.shield(inner)
    await asyncio.sleep(0)
    print(outer.cancel(), outer.cancelled(), inner.cancelled())
    await show("inner goes on", inner)
    inner = loop.create_task(fail())
    outers = [asyncio.shield(inner) for _ in range(3)]
    await asyncio.sleep(0)
    loop.set_exception_handler(lambda loop, c: print("handler:", c["message"], repr(c["exception"])))
    for o in outers:
        o.cancel()
    await asyncio.sleep(0.01)
    print(inner.done(), repr(inner.exception()))

    for f in asyncio.as_completed([value("b", 0.02), value("a", 0.001)]):
        print(await f)
    async for t in asyncio.as_completed([value("d", 0.02), value("c", 0.001)]):
        print(type(t).__name__, await t)
    it = iter(asyncio.as_completed([value("e")], timeout=0.001))
    await show("as_completed", next(it))
    try:
        next(it)
    except StopIteration:
        print("no more")
    for f in asyncio.as_completed([value("f", 1), value("g")], timeout=0.01):
        await show("late", f)


asyncio.run(main())

loop = asyncio.new_event_loop()
other = asyncio.new_event_loop()
future = loop.create_future()
for args in ((future,), (future, loop), (future, other), (5,), ("x", loop)):
    try:
        print(asyncio.ensure_future(args[0], loop=args[1] if len(args) > 1 else None) is future)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
other.close()
try:
    asyncio.ensure_future(value(1), loop=other)
except RuntimeError as e:
    print(e)
gc.collect()
try:
    asyncio.run_coroutine_threadsafe(5, loop)
except TypeError as e:
    print(e)
for c in (value(7), fail()):
    promise = asyncio.run_coroutine_threadsafe(c, loop)
    loop.run_until_complete(asyncio.sleep(0.01))
    print(type(promise).__module__, promise.done(), repr(promise.exception()))

loop.call_soon(loop.stop)
try:
    loop.run_until_complete(loop.create_future())
except RuntimeError as e:
    print(e)


async def leave():
    raise SystemExit(3)


try:
    loop.run_until_complete(leave())
except SystemExit as e:
    print("left", e.code)
loop.close()
try:
    loop.run_until_complete(future)
except RuntimeError as e:
    print(e)
