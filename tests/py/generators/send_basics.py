def echo():
    r = yield "start"
    while True: r = yield f"got {r!r}"
g = echo()
print(next(g), g.send(1), g.send(None), next(g), g.send([2]))
try: echo().send(5)
except TypeError as e: print(e)
def acc():
    total = 0
    while (x := (yield total)) is not None: total += x
    return f"sum {total}"
a = acc(); next(a); a.send(3); a.send(4)
try: a.send(None)
except StopIteration as e: print(e.value, e.args)
for _ in range(2):
    try: a.send(1)
    except StopIteration as e: print("again", e.value, e.args)
print(next(a, "default"), list(a))
def exprs():
    x = [(yield 1), (yield 2)]
    y = {(yield "k"): (yield "v")}
    z = (yield)
    print(x, y, z)
    print((yield "in call"), (yield "second"))
    return (yield "ret")
g = exprs(); vals = []
try:
    v = next(g)
    while True: vals.append(v); v = g.send(f"s{len(vals)}")
except StopIteration as e: print(vals, e.value)
def order():
    print("body starts on first next"); yield
g = order(); print("made"); next(g)
def tup(): yield 1, 2; yield; x = yield from (); return x
print(list(tup()))
def cond(): (yield 1) if (yield 0) else (yield 2)
g = cond(); print(next(g), g.send(True)); g = cond(); print(next(g), g.send(False))
for f in (lambda: g.send(), lambda: g.send(1, 2), lambda: g.throw(), lambda: g.close(1), lambda: next(g, 1, 2), lambda: iter(g) is g, lambda: len(g), lambda: g[0], lambda: g()):
    try: print(f())
    except TypeError as e: print(e)
