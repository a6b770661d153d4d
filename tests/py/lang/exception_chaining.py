def info(e):
    seen = 0
    while e and seen < 6:
        print("  ", repr(e), "cause", repr(e.__cause__), "ctx", repr(e.__context__), e.__suppress_context__)
        e = e.__cause__ or (None if e.__suppress_context__ else e.__context__)
        seen += 1
def a():
    try: raise ValueError("a")
    except ValueError: raise KeyError("b")
def b():
    try: raise ValueError("a")
    except ValueError as e: raise KeyError("b") from e
def c():
    try: raise ValueError("a")
    except ValueError: raise KeyError("b") from None
def d():
    try: raise ValueError("a")
    except ValueError as e:
        try: raise KeyError("b")
        except KeyError: raise e
def e():
    raise ValueError from KeyError
def f():
    try:
        try: 1 / 0
        finally: [][1]
    except IndexError as x:
        raise x
def g():
    try: raise ValueError("a")
    except ValueError as e: raise e
def h():
    try: raise ValueError("1")
    except ValueError as e1:
        try: raise TypeError("2")
        except TypeError as e2:
            try: raise KeyError("3")
            except KeyError as e3:
                e3.__context__ = None
                raise e1
for fn in a, b, c, d, e, f, g, h:
    try: fn()
    except Exception as x:
        print(fn.__name__); info(x)
x = ValueError()
try: x.__cause__ = 5
except TypeError as e: print(e)
try: x.__context__ = "s"
except TypeError as e: print(e)
try: del x.__cause__
except TypeError as e: print(e)
x.__cause__ = None
print(x.__suppress_context__)
def gen():
    try: yield
    except ValueError: raise KeyError("in gen")
g = gen(); next(g)
try:
    try: raise OSError("outer")
    except OSError: g.throw(ValueError("thrown"))
except KeyError as e: info(e)
