class Aw:
    def __init__(self, n): self.n = n
    def __await__(self):
        try: return (yield self.n)
        except ValueError as e: print("Aw", self.n, "caught", e); return "handled"
        finally: print("Aw", self.n, "finally")
async def leaf():
    try: return await Aw("leaf")
    except KeyError as e: print("leaf caught", repr(e)); return await Aw("second")
    finally: print("leaf finally")
async def mid():
    try: return await leaf()
    except OSError as e: print("mid caught", e); raise RuntimeError("conv") from e
    finally: print("mid finally")
async def top():
    r = await mid(); print("top got", r); return r
def s(f):
    try: print("->", f())
    except BaseException as e: print("->", type(e).__name__, e, repr(e.__cause__))
c = top(); c.send(None); s(lambda: c.throw(ValueError("v")))
c = top(); c.send(None); s(lambda: c.throw(KeyError("k"))); s(lambda: c.send("resumed"))
c = top(); c.send(None); s(lambda: c.throw(OSError("o"))); s(lambda: c.send(1))
c = top(); c.send(None); s(lambda: c.close()); s(lambda: c.close()); s(lambda: c.send(None))
c = top(); c.send(None); del c; print("dropped")
async def ignores():
    while True:
        try: await Aw("ig")
        except GeneratorExit: print("ignoring")
c = ignores(); c.send(None); s(lambda: c.close())
async def awaits_in_finally():
    try: await Aw("t")
    finally: await Aw("in finally"); print("cleanup done")
c = awaits_in_finally(); c.send(None); s(lambda: c.throw(OSError("err"))); s(lambda: c.send(None))
c = awaits_in_finally(); c.send(None); s(lambda: c.close())
async def ret():
    try: await Aw("x")
    except GeneratorExit: return "value on close"
c = ret(); c.send(None); s(lambda: c.close())
async def swap():
    try: await Aw("y")
    except GeneratorExit: raise KeyError("instead")
c = swap(); c.send(None); s(lambda: c.close())
async def reenter(): 
    try: me.send(None)
    except ValueError as e: print(e)
    try: me.throw(KeyError)
    except ValueError as e: print(e)
    try: me.close()
    except ValueError as e: print(e)
me = reenter(); s(lambda: me.send(None))
import warnings; warnings.simplefilter("ignore")
c = top(); c.send(None); s(lambda: c.throw(ValueError, "typ val")); c = top(); c.send(None); s(lambda: c.throw(5)); 
