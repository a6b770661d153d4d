import asyncio, os
async def on_stream(r, w):
    while data := await r.read(1000):
        w.write(data.upper()); await w.drain()
    w.close()
async def main():
    p = f"\0echo-{os.getpid()}"
    s = await asyncio.start_unix_server(on_stream, p)
    r, w = await asyncio.open_unix_connection(p)
    for x in (b"hello\n", b"world\n"):
        w.write(x); print(await r.readline())
    w.close(); await w.wait_closed()
    s.close(); await s.wait_closed()
    s = await asyncio.start_server(on_stream, "127.0.0.1", 0)
    port = s.sockets[0].getsockname()[1]
    r, w = await asyncio.open_connection("127.0.0.1", port)
    w.write(b"x" * 1000000 + b"\n"); w.write_eof()
    d = await r.readexactly(10); print(d)
    d = await r.read(); print(len(d))
    w.close(); s.close(); print("end")
asyncio.run(main())
