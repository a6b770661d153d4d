import asyncio
with asyncio.Runner() as r:
    print(r.run(asyncio.sleep(0, "one")), r.run(asyncio.sleep(0, "two")), r.get_loop().is_closed(), r.get_loop().is_running())
print(r.get_loop if False else "closed")
c = asyncio.sleep(0)
try: r.run(c)
except RuntimeError as e: print(e)
c.close()
loop = asyncio.new_event_loop()
async def coro(): return asyncio.get_running_loop() is loop
print(loop.run_until_complete(coro()), loop.is_running(), loop.is_closed())
loop.call_soon(loop.stop); loop.run_forever(); print("stopped")
async def never(): await loop.create_future()
loop.call_later(0.01, loop.stop)
try: loop.run_until_complete(never())
except RuntimeError as e: print(e)
for t in asyncio.all_tasks(loop): t.cancel()
loop.run_until_complete(asyncio.sleep(0)); loop.run_until_complete(loop.shutdown_asyncgens()); loop.close(); print(loop.is_closed())
for f in (lambda: loop.call_soon(print), lambda: loop.run_forever(), lambda: loop.close(), lambda: asyncio.get_running_loop(), lambda: asyncio.current_task()):
    try: print(f())
    except RuntimeError as e: print(e)
async def raising(): raise SystemExit(3)
try: asyncio.run(raising())
except SystemExit as e: print("SystemExit", e.code)
async def kbd(): raise KeyboardInterrupt
try: asyncio.run(kbd())
except KeyboardInterrupt: print("KeyboardInterrupt")
async def late_task():
    async def bg():
        try: await asyncio.sleep(10)
        finally: print("background finally")
    t = asyncio.create_task(bg()); await asyncio.sleep(0); return "main returned first"
print(asyncio.run(late_task()))
async def exec_(): return await asyncio.get_running_loop().run_in_executor(None, lambda: "from a thread"), await asyncio.to_thread(lambda a: a * 2, 21)
print(asyncio.run(exec_()))
