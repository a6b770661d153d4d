import asyncio
log = []
async def main():
    loop = asyncio.get_running_loop()
    for i in range(3): loop.call_soon(log.append, i)
    loop.call_later(0.02, log.append, "later2"); loop.call_later(0.01, log.append, "later1"); loop.call_later(0, log.append, "later0")
    h = loop.call_soon(log.append, "cancelled"); h.cancel(); print(h.cancelled())
    loop.call_soon(lambda: (log.append("outer"), loop.call_soon(log.append, "nested"), log.append("outer end")))
    log.append("main"); await asyncio.sleep(0); log.append("after one turn"); await asyncio.sleep(0); log.append("after two"); await asyncio.sleep(0.04); print(log); log.clear()
    t = asyncio.create_task(asyncio.sleep(0, "x")); t.add_done_callback(lambda t: log.append(("cb1", t.result()))); t.add_done_callback(lambda t: log.append("cb2")); fn = lambda t: log.append("removed"); t.add_done_callback(fn); print(t.remove_done_callback(fn)); await t; log.append("awaited"); await asyncio.sleep(0); print(log); log.clear()
    t.add_done_callback(lambda t: log.append("added when done")); log.append("not yet"); await asyncio.sleep(0); print(log); log.clear()
    f = loop.create_future()
    async def waiter(n): log.append((n, await f))
    ws = [asyncio.create_task(waiter(i)) for i in range(3)]; await asyncio.sleep(0); f.set_result("r"); log.append("set"); await asyncio.gather(*ws); print(log); log.clear()
    for fnc in (lambda: f.set_result(1), lambda: f.set_exception(ValueError()), lambda: loop.create_future().result(), lambda: loop.create_future().exception()):
        try: fnc()
        except Exception as e: print(type(e).__name__, e)
    f = loop.create_future(); f.cancel("why"); 
    try: await f
    except asyncio.CancelledError as e: print(e.args, f.cancelled(), f.cancel())
    f = loop.create_future(); f.set_exception(KeyError("k"))
    for _ in range(2):
        try: await f
        except KeyError as e: print(repr(e), f.exception())
    def bad(): raise ValueError("in callback")
    seen = []; loop.set_exception_handler(lambda l, c: seen.append((c["message"].split(" <")[0], repr(c["exception"])))); loop.call_soon(bad); await asyncio.sleep(0); await asyncio.sleep(0); print(seen); print(type(loop.time()).__name__, loop.is_running(), loop.is_closed(), loop.get_debug())
asyncio.run(main())
