import asyncio
log = []
async def slow_cleanup(n):
    try: await asyncio.sleep(10)
    except asyncio.CancelledError as e: log.append((n, "cancelled", e.args)); raise
    finally:
        log.append((n, "cleanup begins"))
        try: await asyncio.sleep(0.01); log.append((n, "cleanup ends"))
        except asyncio.CancelledError: log.append((n, "cancelled again in cleanup")); raise
async def main():
    t = asyncio.create_task(slow_cleanup("once")); await asyncio.sleep(0); t.cancel("first reason")
    try: await t
    except asyncio.CancelledError as e: log.append(("main", e.args))
    t = asyncio.create_task(slow_cleanup("twice")); await asyncio.sleep(0); t.cancel("one"); await asyncio.sleep(0); t.cancel("two"); print(t.cancelling())
    try: await t
    except asyncio.CancelledError as e: log.append(("main", e.args))
    print(t.cancelled(), t.cancelling())
    async def never_started(): log.append("must not run")
    t = asyncio.create_task(never_started()); t.cancel()
    try: await t
    except asyncio.CancelledError: log.append("cancelled before it started")
    async def swallow():
        try: await asyncio.sleep(10)
        except asyncio.CancelledError: asyncio.current_task().uncancel(); return "survived"
    t = asyncio.create_task(swallow()); await asyncio.sleep(0); t.cancel(); print(await t, t.cancelling())
    async def replaces():
        try: await asyncio.sleep(10)
        except asyncio.CancelledError: raise ValueError("instead of cancellation")
    t = asyncio.create_task(replaces()); await asyncio.sleep(0); t.cancel()
    try: await t
    except ValueError as e: print(repr(e), repr(e.__context__), t.cancelled())
    async def parent():
        try: await child
        except asyncio.CancelledError: log.append(("parent", child.cancelled())); raise
    child = asyncio.create_task(asyncio.sleep(10)); p = asyncio.create_task(parent()); await asyncio.sleep(0); p.cancel()
    try: await p
    except asyncio.CancelledError: log.append(("p", child.done()))
    g = asyncio.gather(asyncio.sleep(10), asyncio.sleep(10)); await asyncio.sleep(0); g.cancel()
    try: await g
    except asyncio.CancelledError: log.append("gather cancelled")
    async def selfcancel(): asyncio.current_task().cancel(); log.append("still here"); await asyncio.sleep(0); log.append("never")
    t = asyncio.create_task(selfcancel())
    try: await t
    except asyncio.CancelledError: log.append("self cancelled")
    print(t.cancel(), t.done())
asyncio.run(main())
for l in log: print(l)
