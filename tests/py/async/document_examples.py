# The statements and examples of the project's founding text on asynchronous generators.
import asyncio
from typing import AsyncIterator
async def foo(): return "foo"
async def bar():
    await foo()
    yield 42
gen = bar()
print(gen, type(gen))
asyncio.run(gen.aclose())
class Response:
    def __init__(self, page): self.page = page
    def json(self): return {"page": self.page}
class AsyncHttpClient:
    async def get(self, url): await asyncio.sleep(0); return Response(url)
def get_next_url(r): return {"p1": "p2", "p2": "p3"}.get(r.page)
class HttpPaginationAsyncIterator(AsyncIterator):
    def __init__(self, client, url): self.client = client; self._next_url = url
    async def __anext__(self) -> dict:
        if not self._next_url: raise StopAsyncIteration()
        response = await self.client.get(self._next_url)
        self._next_url = get_next_url(response)
        return response.json()
async def get_all_class(url: str) -> AsyncIterator[dict]:
    return HttpPaginationAsyncIterator(AsyncHttpClient(), url)
async def get_all_data(url: str):
    client = AsyncHttpClient(); next_url = url
    while next_url:
        response = await client.get(next_url)
        next_url = get_next_url(response)
        yield response.json()
async def main():
    async for data in await get_all_class("p1"): print("class", data)
    async for data in get_all_data("p1"): print("gen", data)
    return [d["page"] async for d in get_all_data("p2")]
print(asyncio.run(main()))
def func(): pass
def genfunc(): yield 1
async def coro(): await foo()
async def asyncgen():
    await foo()
    yield 42
c = coro(); print([type(x).__name__ for x in (func(), genfunc(), c, asyncgen())]); c.close()
try: compile("async def bar():\n    yield from foo()\n", "<s>", "exec")
except SyntaxError as e: print(e)
try: list(asyncgen())
except TypeError as e: print(e)
async def seq(): return [i async for i in asyncgen()]
print(asyncio.run(seq()))
async def methods():
    g = asyncgen2(); print(await g.asend(None), await g.asend("sent"), await g.athrow(ValueError("t"))); await g.aclose()
    try: await g.__anext__()
    except StopAsyncIteration: print("stopped")
    g = ignoring(); await anext(g)
    try: await g.aclose()
    except RuntimeError as e: print(e)
async def asyncgen2():
    x = yield 1; print(x)
    try: yield 2
    except ValueError as e: yield repr(e)
async def ignoring():
    try: yield 1
    except GeneratorExit: yield 2
asyncio.run(methods())
print(isinstance(asyncgen(), AsyncIterator), isinstance(genfunc(), AsyncIterator))
