import types
@types.coroutine
def suspend(): yield
async def inner():
    await suspend()
    yield 1
    raise ValueError("deep in the generator")
async def outer():
    async for x in inner():
        yield x * 2
async def consume():
    return [y async for y in outer()]
c = consume()
c.send(None)
try: c.send(None)
except ValueError as e:
    tb = e.__traceback__
    while tb: print(tb.tb_frame.f_code.co_name, tb.tb_lineno); tb = tb.tb_next
def bar_user():
    async def bar(): yield 42
    return list(bar())
async def main():
    c = consume()
    await c
m = main(); m.send(None)
try: m.throw(OSError("thrown from outside"))
except OSError as e:
    tb = e.__traceback__
    while tb: print(tb.tb_frame.f_code.co_name, tb.tb_lineno); tb = tb.tb_next
bar_user()
