def a():
    try: return "try"
    finally: print("finally a")
def b():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: break
            print("body", i)
        finally: print("fin", i)
    else: print("else?")
    return i
def c():
    try:
        try: raise ValueError("inner")
        finally: print("inner finally")
    except ValueError as e:
        return f"caught {e}"
    else: print("no")
    finally: print("outer finally")
def d():
    x = 1
    try: return x
    finally: x = 2
def e():
    while True:
        try:
            try: return 1
            finally: print("one")
        finally: print("two")
def f():
    try: pass
    except: print("no")
    else: print("else")
    finally: print("finally")
def g():
    try:
        try: 1 / 0
        except ZeroDivisionError:
            raise KeyError("second")
        finally: print("fin")
    except KeyError as e:
        print(repr(e), repr(e.__context__), e.__cause__)
def h():
    r = []
    for i in range(4):
        try:
            if i % 2: raise ValueError(i)
            r.append(("ok", i))
        except ValueError as e:
            r.append(("bad", e.args[0]))
            continue
        else: r.append("else")
        finally: r.append("f")
    return r
for fn in a, b, c, d, e, f, g, h: print(fn.__name__, fn())
def i():
    try: raise ValueError
    except ValueError as err: pass
    try: err
    except UnboundLocalError as e: return str(e)
print(i())
def j():
    with_else = []
    try:
        pass
    except Exception: pass
    else:
        try: raise KeyError("in else")
        except KeyError as e: with_else.append(e.args)
    return with_else
print(j())
