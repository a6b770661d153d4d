def run(c):
    out = []
    try:
        while True: out.append(c.send(None))
    except StopIteration as e: return out, e.value
class Aw:
    def __init__(self, v): self.v = v
    def __await__(self): return (yield self.v)
async def count(n):
    for i in range(n):
        if i % 2: await Aw(f"w{i}")
        yield i
async def main():
    g = count(6); r = [await anext(g)]
    async for x in g:
        r.append(x)
        if x == 2: break
    r.append([y async for y in g]); r.append([z async for z in g]); return r
print(run(main()))
async def zipped(*gs):
    its = [aiter(g) for g in gs]
    while True:
        try: yield tuple([await anext(i) for i in its])
        except StopAsyncIteration: return
async def chain(*gs):
    for g in gs:
        async for x in g: yield x
async def amap(f, g):
    async for x in g: yield await f(x) if hasattr(f(0), "send") and False else f(x)
async def islice(g, n):
    if n <= 0: return
    async for x in g:
        yield x; n -= 1
        if not n: return
async def tests():
    print([t async for t in zipped(count(3), count(5))]); print([x async for x in chain(count(2), count(3))]); print([x async for x in amap(lambda v: v * v, count(4))]); print([x async for x in islice(count(100), 3)])
    print({k: v async for k, v in zipped(count(3), amap(str, count(3)))}, sum([x async for x in count(10)]), [x async for x in count(0)])
    total = 0
    async for i in count(5):
        async for j in count(i):
            if j == 2: break
            total += j
        else: total += 100
    print(total)
    async def nested():
        async def inner():
            async def innermost(): yield "deep"
            async for x in innermost(): yield x + "er"
        async for x in inner(): yield x + "!"
    print([x async for x in nested()])
    async def recursive(n):
        if n:
            yield n
            async for x in recursive(n - 1): yield x
    print([x async for x in recursive(10)])
    async def tree(t):
        match t:
            case [l, v, r]:
                async for x in tree(l): yield x
                yield v
                async for x in tree(r): yield x
    print([x async for x in tree([[None, 1, None], 2, [None, 3, None]])])
    async def coroutine_style():
        got = []
        while len(got) < 3: got.append((yield len(got)))
        yield got
    c = coroutine_style(); print(await c.asend(None), await c.asend("a"), await c.asend("b"), await c.asend("c"))
print(run(tests())[1])
big = run((lambda: sum_all())()) if False else None
async def sum_all(): return sum([x async for x in (y async for y in many())])
async def many():
    for i in range(100_000): yield i
print(run(sum_all())[1])
