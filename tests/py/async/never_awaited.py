import gc
async def coro(): pass
async def with_arg(x): await x
class A:
    async def m(self): pass
coro()
print("1")
c = with_arg(5); del c
print("2")
def f(): A().m()
f()
c = coro(); c.close(); del c
print("closed: no warning")
c = coro()
try: c.throw(ValueError("x"))
except ValueError: pass
del c
print("thrown: no warning")
l = [coro() for _ in range(2)]; l.clear()
async def outer(): coro(); return 1
try: outer().send(None)
except StopIteration as e: print(e.value)
async def agen(): yield
agen()
(agen().__anext__())
agen().asend(None)
agen().athrow(ValueError)
agen().aclose()
print("agen methods")
import sys
sys.set_coroutine_origin_tracking_depth(2); print(sys.get_coroutine_origin_tracking_depth())
def maker(): return coro()
c = maker(); print([(n, l) for _, l, n in c.cr_origin]); del c
sys.set_coroutine_origin_tracking_depth(0)
async def named(): pass
named.__qualname__ = "Q.named"
named()
print("end")
