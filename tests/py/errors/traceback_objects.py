import sys
def a(): b()
def b():
    try: c()
    except ValueError as e: raise KeyError("k") from e
def c(): raise ValueError("v")
try: a()
except KeyError as e:
    def show(tb): return [(t.tb_frame.f_code.co_name, t.tb_lineno, t.tb_lasti > 0) for t in walk(tb)]
    def walk(tb):
        while tb: yield tb; tb = tb.tb_next
    print(show(e.__traceback__), show(e.__cause__.__traceback__)); tb = e.__traceback__
    print(type(tb), tb.tb_next.tb_frame.f_locals, tb.tb_frame is sys._getframe(), tb.tb_next.tb_frame.f_back is sys._getframe())
    tb.tb_next.tb_next = None; print(show(tb))
    for v in (tb, 5):
        try: tb.tb_next = v
        except (TypeError, ValueError) as x: print(type(x).__name__, x)
    import types
    t = types.TracebackType(None, sys._getframe(), 0, 99); print(t.tb_lineno, t.tb_next, t.tb_lasti)
    try: raise OSError("x").with_traceback(t)
    except OSError as o: print(show(o.__traceback__))
def reraise():
    try: c()
    except ValueError as e: saved = e
    raise saved
try: reraise()
except ValueError as e: print(show(e.__traceback__))
def bare():
    try: c()
    except ValueError: raise
try: bare()
except ValueError as e: print(show(e.__traceback__))
def loop():
    e = ValueError("reused")
    for _ in range(2):
        try: raise e
        except ValueError: pass
    return e
print(show(loop().__traceback__)); e = loop(); e.__traceback__ = None; print(e.__traceback__)
try: raise e.with_traceback(None)
except ValueError as x: print(len(show(x.__traceback__)))
def gen(): yield; raise ValueError("g")
g = gen(); next(g)
try: next(g)
except ValueError as x: print(show(x.__traceback__))
def deco(): return [d() for d in [c]]
try: deco()
except ValueError as x: print(show(x.__traceback__))
class K:
    def __init__(self): c()
    def __getattr__(self, n): c()
for f in (K, lambda: object.__new__(K).q, lambda: sorted([1], key=lambda v: c()), lambda: exec("c()"), lambda: eval("c()"), lambda: list(map(lambda v: c(), [1]))):
    try: f()
    except ValueError as x: print(show(x.__traceback__))
