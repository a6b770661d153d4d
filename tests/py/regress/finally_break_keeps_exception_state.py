import sys
def f():
    out = []
    for i in range(4):
        try:
            if i == 0: raise ValueError(i)
            if i == 1: continue
            if i == 2: raise KeyError(i)
            out.append("last")
        except ValueError as e: out.append(repr(sys.exception()))
        except KeyError:
            out.append(repr(sys.exception())); continue
        finally: out.append((i, repr(sys.exception())))
    return out, sys.exception()
print(f())
def g():
    try: raise ValueError("outer")
    except ValueError:
        for i in range(2):
            try: raise KeyError(i)
            except KeyError: continue
        r = repr(sys.exception())
        while True:
            try: raise OSError
            except OSError: break
        return r, repr(sys.exception())
print(g(), sys.exception())
