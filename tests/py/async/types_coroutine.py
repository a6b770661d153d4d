import types
@types.coroutine
def gen_based(x): r = yield x; return r
@types.coroutine
def returns_aw(): return gen_based("wrapped")
async def main(): return await gen_based("a"), await returns_aw()
c = main(); print(c.send(None), c.send("r1"))
try: c.send("r2")
except StopIteration as e: print(e.value)
g = gen_based(1); print(type(g).__name__, list(g), bool(gen_based.__code__.co_flags & 0x100))
def s(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
s(lambda: types.coroutine(5)); s(lambda: types.coroutine(len)); s(lambda: types.coroutine(print)())
async def native(): return 1
print(types.coroutine(native) is native)
def plain(): yield 1
async def bad(): await plain()
s(lambda: bad().send(None))
@types.coroutine
def yf(): return (yield from gen_based("deep"))
@types.coroutine
def yf_coro(): return (yield from native())
def plain_yf(): return (yield from native())
async def use(f): return await f()
c = use(yf); print(c.send(None)); s(lambda: c.send(5)); s(lambda: use(yf_coro).send(None)); s(lambda: next(plain_yf()))
def loop_over_coro():
    for x in native(): pass
n = native(); s(lambda: [x for x in n]); s(lambda: list(n)); s(lambda: next(iter(n))); n.close()
@types.coroutine
def ret5(): return 5
s(lambda: use(ret5).send(None))
class G:
    def send(self, v): return "sent"
    def throw(self, *a): pass
    def close(self): pass
    def __iter__(self): return self
    def __next__(self): raise StopIteration("duck")
@types.coroutine
def duck(): return G()
s(lambda: type(duck()).__name__)
print(gen_based.__name__, types.CoroutineType.__name__, types.AsyncGeneratorType.__name__, types.GeneratorType.__name__)
for _ in [1]:
    w = bad(); w.close()
