def f():
    e = "outer"
    try: raise ValueError("v")
    except ValueError as e: print(repr(e))
    try: return e
    except UnboundLocalError as x: return str(x)
print(f())
e = 1
try: raise KeyError
except KeyError as e: pass
try: e
except NameError as x: print(x)
def g():
    try: 1 / 0
    except ZeroDivisionError as e: e = "rebound"
    return "e" in locals()
print(g())
def h():
    try: 1 / 0
    except ZeroDivisionError as e: del e
    return "ok"
print(h())
def i():
    global ge
    try: 1 / 0
    except ZeroDivisionError as ge: pass
    return "ge" in globals()
print(i())
def j():
    def k():
        nonlocal e
        try: 1 / 0
        except ZeroDivisionError as e: pass
    e = 5; k()
    try: return e
    except NameError as x: return str(x)
print(j())
def loop():
    out = []
    for n in range(3):
        try: raise ValueError(n)
        except ValueError as err: out.append(err)
    return [x.args for x in out], "err" in locals()
print(loop())
def nested():
    try: raise ValueError("a")
    except ValueError as e:
        try: raise KeyError("b")
        except KeyError as e: print("inner", repr(e))
        try: e
        except UnboundLocalError as x: return str(x)
print(nested())
def ret():
    try: raise ValueError("a")
    except ValueError as e: return e
print(repr(ret()))
def brk():
    while True:
        try: raise ValueError
        except ValueError as e: break
    return "e" in locals()
print(brk())
def gen():
    try: raise ValueError("in gen")
    except ValueError as e: yield repr(e); yield "e" in locals()
    yield "e" in locals()
print(list(gen()))
class C:
    try: raise ValueError
    except ValueError as e: t = type(e).__name__
print(C.t, hasattr(C, "e"))
def star():
    try: raise ExceptionGroup("g", [ValueError(1)])
    except* ValueError as eg: n = len(eg.exceptions)
    return n, "eg" in locals()
print(star())
def reraise():
    try:
        try: raise ValueError("orig")
        except ValueError as e: raise
    except ValueError as e2: return repr(e2), "e" in locals()
print(reraise())
def tb_cycle():
    import gc, weakref
    class O: pass
    o = O(); r = weakref.ref(o)
    try: raise ValueError(o)
    except ValueError as e: pass
    del o; return r() is None
print(tb_cycle())
