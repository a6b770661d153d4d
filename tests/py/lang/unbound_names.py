def read(f):
    try:
        return f()
    except NameError as e:
        return f"{type(e).__name__}: {e} name={e.name}"
def a():
    print(v)
    v = 1
def b():
    v = 1
    del v
    return v
def c():
    def inner(): return v
    r = read(inner)
    v = 1
    return r, inner()
def d():
    v = 1
    def inner(): return v
    del v
    return inner()
def e():
    del v
    v = 1
def f():
    for v in []: pass
    return v
def g():
    try: 1/0
    except ZeroDivisionError as v: pass
    return v
def h():
    with_v = [v for v in range(3)]
    return v
def i():
    global undefined_thing
    del undefined_thing
def j():
    def inner():
        nonlocal v
        v += 1
    try: return read(inner)
    finally: v = 1
def k():
    x = 1
    def inner():
        nonlocal x
        del x
    inner()
    return x
for fn in a, b, c, d, e, f, g, h, i, j, k:
    print(fn.__name__, read(fn))
def l():
    if False:
        import sys
    return sys
print(read(l))
def m():
    v += 1
print(read(m))
