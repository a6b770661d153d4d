def run(c):
    out = []
    try:
        while True: out.append(c.send(None))
    except StopIteration as e: return e.value, len(out)
class Aw:
    def __init__(self, v): self.v = v
    def __await__(self): yield; return self.v
async def agen(n):
    for i in range(n): await Aw(0); yield i
async def main():
    print([x async for x in agen(3)], {x async for x in agen(2)}, {x: -x async for x in agen(2)}, [x async for x in agen(5) if x % 2], [x async for x in agen(4) if await Aw(x > 1)], [await Aw(x) for x in range(3)], [await Aw(x) async for x in agen(2)], {await Aw(k): await Aw(v) for k, v in [(1, 2)]}, [x for x in await Aw([1, 2])], [(x, y) async for x in agen(2) for y in range(x + 1)], [(x, y) for x in range(2) async for y in agen(x + 1)], [x for x in [y async for y in agen(2)]], [[y async for y in agen(x)] for x in range(3)], [[y for y in range(x)] async for x in agen(3)])
    g = (x async for x in agen(3)); print(type(g), g.__name__, g.__qualname__); print([v async for v in g], [v async for v in g])
    g = (await Aw(x) for x in range(2)); print(type(g)); print([v async for v in g])
    g = (x for x in await Aw([7])); print(type(g), list(g))
    g = ((x, y) for x in range(2) async for y in agen(2)); print(type(g)); print([t async for t in g])
    print([(lambda: x)() async for x in agen(2)], [f() for f in [lambda: x async for x in agen(2)]] if False else "", f"{[x async for x in agen(2)]}", [z := x async for x in agen(3)][-1], z)
    try: list(x async for x in agen(1))
    except TypeError as e: print(e)
    try: [x async for x in [1]]
    except TypeError as e: print(e)
    try: [x for x in agen(1)]
    except TypeError as e: print(e)
    x = "kept"; [x async for x in agen(1)]; print(x)
    r = [[await Aw(a + b) for a in range(2)] for b in range(2)]; print(r)
    return [i async for i in agen(2) if [j async for j in agen(i)]]
print(run(main()))
async def lam():
    f = lambda: [y for y in range(2)]
    return f(), sum([v async for v in agen(4)])
print(run(lam()))
async def err():
    try: [1 / x async for x in agen(2)]
    except ZeroDivisionError as e: return "caught " + str(e)
print(run(err()))
async def cls():
    class C: v = [q for q in range(2)]
    return C.v, {k async for k in agen(2)} == {0, 1}
print(run(cls()))
