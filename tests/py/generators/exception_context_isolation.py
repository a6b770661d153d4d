import sys
def g():
    try: yield 1
    except ValueError:
        yield sys.exception()
        yield sys.exception()
    yield sys.exception()
x = g(); next(x); print(repr(x.throw(ValueError("in"))), sys.exception()); print(repr(next(x))); print(next(x))
try: raise KeyError("outer")
except KeyError:
    x = g(); next(x); print(repr(x.throw(ValueError("v2"))), repr(sys.exception())); print(repr(next(x))); print(repr(next(x)), repr(sys.exception()))
print(sys.exception())
def raiser():
    yield 1
    raise TypeError("t")
try:
    try: raise KeyError("ctx")
    except KeyError:
        r = raiser(); next(r); next(r)
except TypeError as e: print(repr(e.__context__))
r = raiser(); next(r)
try:
    try: raise OSError("at resume")
    except OSError: next(r)
except TypeError as e: print(repr(e.__context__))
def bare():
    yield 1
    raise
b = bare(); next(b)
try:
    try: raise OSError("reraised through generator")
    except OSError: next(b)
except Exception as e: print(repr(e))
b = bare(); next(b)
try: next(b)
except RuntimeError as e: print(e)
def handler_yield():
    try: 1 / 0
    except ZeroDivisionError as e:
        yield "in"
        try: raise KeyError("second")
        except KeyError as k: yield repr(k.__context__)
h = handler_yield(); next(h)
try: raise ValueError("resumer")
except ValueError: print(next(h), repr(sys.exception()))
def fin():
    try: yield
    finally: print("finally sees", repr(sys.exception()))
f = fin(); next(f); f.close(); f = fin(); next(f)
try: f.throw(ValueError("th"))
except ValueError as e: print(e.__context__)
try: raise KeyError("k")
except KeyError: f = fin(); next(f); f.close(); f = fin(); next(f); del f
def cm_gen():
    with CM(): yield 1
class CM:
    def __enter__(self): return self
    def __exit__(self, t, v, tb): print("exit", t and t.__name__, repr(sys.exception())); return True
c = cm_gen(); next(c); print(next(c, "ended")); c = cm_gen(); next(c); print("throw:", end=" ")
try: c.throw(LookupError("l"))
except StopIteration: print("stopped")
