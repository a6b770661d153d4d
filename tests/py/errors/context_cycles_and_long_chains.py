def cyc():
    a, b = ValueError("a"), KeyError("b")
    a.__context__ = b; b.__context__ = a
    import traceback
    print("".join(traceback.format_exception(a)), end="")
    c = OSError("self"); c.__cause__ = c
    print("".join(traceback.format_exception(c)), end="")
cyc()
def nest(n):
    try:
        if n: nest(n - 1)
        else: raise ValueError("bottom")
    except Exception as e:
        raise RuntimeError(f"level {n}") from (e if n % 2 else None)
try: nest(3)
except RuntimeError as e:
    while e: print(repr(e), e.__suppress_context__); e = e.__context__
try: raise ValueError("one")
except ValueError:
    try: raise KeyError("two")
    finally:
        try: raise IndexError("three")
        except IndexError: print("handled three")
