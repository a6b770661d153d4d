class A: pass
def t(f):
    import traceback
    try: f()
    except Exception as e:
        lines = traceback.format_exception(e)
        print("".join(lines[2:]), end="")
x = None; d = {"a": {"b": None}}; a = A(); l = [1, 2]
t(lambda: x.foo.bar)
t(lambda: d["a"]["b"]["c"])
t(lambda: d["a"]["zz"]["c"])
t(lambda: a.one + a.two)
t(lambda: 1 + 2 + "x" + 3)
t(lambda: (1 + 2) * ("x" - 3))
t(lambda: len(5) + 1)
t(lambda: l[5] + l[0])
t(lambda: l[0](1)(2))
t(lambda: [i / 0 for i in l])
t(lambda: f"{1 / 0} text {x.y}")
t(lambda: x[0] if 1 else 2)
t(lambda: -"a" + 1)
t(lambda: int("zz", base=10))
t(lambda: {**5})
t(lambda: print(*5))
t(lambda: a.method(1, 2,
                   3 / 0))
t(lambda: 1 < "a" < 3)
t(lambda: "a" in 5)
t(lambda: undefined_name + 1)
t(lambda: (yield_ := 1) + "s")
def stmts():
    x.y = 5
t(stmts)
def stmts():
    l[10] = 5
t(stmts)
def stmts():
    del d["nokey"]
t(stmts)
def stmts():
    a, b = 1, 2, 3
t(stmts)
def stmts():
    for i in 5: pass
t(stmts)
def stmts():
    with 5 as y: pass
t(stmts)
def stmts():
    assert 1 == 2, "assertion text"
t(stmts)
def stmts():
    l[0] += "x"
t(stmts)
def stmts():
    raise ValueError("raised") from KeyError()
t(stmts)
def stmts():
    import no_such_module_at_all
t(stmts)
def stmts():
    return a.b.c
t(stmts)
def stmts():
    é = "漢字" + 5 ; y = 1
t(stmts)
def stmts():
    class K(5): pass
t(stmts)
def stmts(q: int = 5 / 2):
    return q @ q
t(stmts)
raise SystemExit(4)
