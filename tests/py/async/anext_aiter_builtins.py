def run(c):
    try:
        while True: c.send(None)
    except StopIteration as e: return e.value
    except BaseException as e: return f"{type(e).__name__}: {e}"
class Aw:
    def __init__(self, v): self.v = v
    def __await__(self): yield "y"; return self.v
async def agen(): await Aw(0); yield 1; yield 2
async def main():
    g = agen(); print(aiter(g) is g, await anext(g), await anext(g, "d"), await anext(g, "d"), await anext(g, "again"))
    try: await anext(g)
    except StopAsyncIteration as e: print("SAI", e.args)
    async def one():
        yield 1; raise ValueError("v")
    g = one(); await anext(g, 0)
    try: await anext(g, "default is not used")
    except ValueError as e: print(e)
    class It:
        def __aiter__(self): return self
        def __anext__(self): return Aw("custom")
    print(await anext(It()))
    class Bad:
        def __anext__(self): return 5
    try: await anext(Bad())
    except TypeError as e: print(e)
    try: await anext(Bad(), 1)
    except TypeError as e: print(e)
    return "end"
print(run(main()))
a = anext(agen(), "d"); print(type(a).__name__, a.__await__() is a or type(a.__await__()).__name__, hasattr(a, "send"), hasattr(a, "throw")); it = iter(a.__await__())
try:
    print(next(it)); next(it)
except StopIteration as e: print(e.value)
a = anext(agen(), "d"); a.close(); b = anext(agen()); print(type(b).__name__); b.close()
def s(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
s(lambda: anext(5)); s(lambda: anext([], 1)); s(lambda: anext()); s(lambda: anext(agen(), 1, 2)); s(lambda: aiter(5)); s(lambda: aiter()); s(lambda: aiter(agen(), 1)); s(lambda: aiter(iter([])))
class A1:
    def __aiter__(self): return 5
class A2:
    async def __aiter__(self): return self
class A3: __aiter__ = None
s(lambda: aiter(A1())); s(lambda: aiter(A3()))
g = agen(); a = anext(g, "dflt"); i = a.__await__(); next(i)
try: i.throw(KeyError("thrown"))
except KeyError as e: print(repr(e))
async def comp(): return [await anext(g2) for _ in range(2)]
g2 = agen(); print(run(comp()))
async def interleave():
    g = agen(); r = [await anext(g)]
    async for x in g: r.append(x)
    return r
print(run(interleave()))
