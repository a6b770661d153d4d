class CM:
    def __init__(self, name, swallow=False, enter=None, exit=None):
        self.__dict__.update(name=name, swallow=swallow, e=enter, x=exit)
    def __enter__(self):
        print("enter", self.name)
        if self.e: raise self.e
        return self.name
    def __exit__(self, t, v, tb):
        print("exit", self.name, t and t.__name__, v, tb is not None)
        if self.x: raise self.x
        return self.swallow
def attempt(f):
    try: print("->", f())
    except Exception as e: print("raised", repr(e), "ctx", repr(e.__context__))
def a():
    with CM("a") as x, CM("b") as y: return x + y
def b():
    with CM("a", True), CM("b"): 1 / 0
    return "swallowed"
def c():
    with CM("a"), CM("b", enter=ValueError("enter")): print("never")
def d():
    with CM("a"), CM("b", exit=KeyError("exit")): 1 / 0
def e():
    for i in range(2):
        with CM(i):
            if i == 0: continue
            break
    return i
def f():
    with (CM("p") as p, CM("q") as q,): return p, q
def g():
    with (CM("t")) as t: return t
def h():
    with CM("x") as [a, *b]: return a, b
def i():
    with CM("xy") as (a, b): return a, b
def j():
    with CM("only") as (a, b): print("never")
def k():
    with CM("a", swallow=[]): raise ValueError("falsy does not swallow")
def l():
    with CM("a", swallow="yes"): raise ValueError("truthy does")
    return "ok"
for fn in a, b, c, d, e, f, g, h, i, j, k, l:
    print(fn.__name__); attempt(fn)
