def g1():
    while True:
        try: x = yield "y"
        except ValueError as e: print("caught", repr(e)); yield "after"
        finally: print("loop finally")
g = g1(); next(g); print(g.throw(ValueError("a"))); print(next(g)); print(g.throw(ValueError))
def s(f):
    try: print("->", f())
    except BaseException as e: print(type(e).__name__, e, e.__context__)
s(lambda: g.throw(KeyError("k"))); s(lambda: next(g))
def simple(): yield 1; yield 2
n = simple(); s(lambda: n.throw(KeyError("unstarted"))); s(lambda: next(n)); n = simple(); list(n); s(lambda: n.throw(KeyError("finished")))
n = simple(); next(n); s(lambda: n.throw(5)); s(lambda: n.throw("s")); s(lambda: n.throw(int)); s(lambda: n.throw(None)); s(lambda: next(n))
import warnings
warnings.simplefilter("ignore")
n = simple(); next(n); s(lambda: n.throw(ValueError, "msg")); n = simple(); next(n); s(lambda: n.throw(ValueError, ValueError("inst"))); n = simple(); next(n); s(lambda: n.throw(ValueError, (1, 2))); n = simple(); next(n); s(lambda: n.throw(ValueError("x"), "y")); n = simple(); next(n); s(lambda: n.throw(ValueError, "m", 5)); n = simple(); next(n); s(lambda: n.throw(ValueError, None, None))
def conv():
    try: yield
    except ValueError: raise KeyError("converted")
n = conv(); next(n)
try: n.throw(ValueError("orig"))
except KeyError as e: print(repr(e), repr(e.__context__))
def ret():
    try: yield
    except ValueError: return "returned"
n = ret(); next(n)
try: n.throw(ValueError)
except StopIteration as e: print(e.value)
def swallow():
    while True:
        try: yield "alive"
        except Exception: pass
n = swallow(); next(n); print(n.throw(OSError), n.throw(KeyError()), n.throw(StopIteration))
def fin():
    try: yield 1
    finally: yield "from finally"
n = fin(); next(n); print(n.throw(ValueError("pending"))); s(lambda: next(n))
