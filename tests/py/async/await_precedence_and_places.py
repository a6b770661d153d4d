def run(c):
    try:
        while True: c.send(None)
    except StopIteration as e: return e.value
class N:
    def __init__(self, v): self.v = v
    def __await__(self): yield; return self.v
async def main():
    print(await N(2) ** 2, -await N(3), await N(2) + await N(3) * 2, not await N(0), (await N([1, 2]))[1], (await N("ab")).upper(), await N(1) if await N(True) else await N(2), [await N(1), await N(2)], {await N("k"): await N("v")}, f"{await N(5)!r:>3}", (lambda x: x)(await N(9)), (x := await N(4)), x)
    print(*await N([1, 2]), **await N({"sep": "-"}))
    assert await N(True), await N("msg")
    if await N(1): print("if")
    while await N(0): pass
    for i in await N([1]): print(i)
    d = {}; d[await N("k")] = await N("v"); print(d)
    d["n"] = 1; d["n"] += await N(5); print(d)
    async with C() as c: print(c)
    with await N(S()) as s: print(s)
    try: raise await N(ValueError("awaited"))
    except ValueError as e: print(e)
    match await N(3):
        case 3 if await N(True): print("match")
    def deco(v): return lambda f: v
    @deco(await N("decorated"))
    def f(): pass
    print(f)
    def g(a=await N("default")): return a
    print(g())
    class K(await N(int)): pass
    print(K(3), 1 < await N(2) < 3, await N(await N(7)), await (N(8)), (await N(1), await N(2)), await N(0) or await N(1) and await N(2))
    del d[await N("k")]; print(d); return await N("ret")
class C:
    async def __aenter__(self): return await N("entered")
    async def __aexit__(self, *a): return await N(False)
class S:
    def __enter__(self): return "sync"
    def __exit__(self, *a): pass
print(run(main()))
log = []
def t(v): log.append(v); return N(v)
async def order(): return (await t(1)) + (await t(2)) * (await t(3)), log[:], [t(4).v, await t(5)], {await t("a"): await t("b")}, log
print(run(order()))
async def exc_state():
    import sys
    try: raise KeyError("k")
    except KeyError:
        await N(1); a = repr(sys.exception())
        async def other():
            return repr(sys.exception())
        return a, await other()
print(run(exc_state()))
