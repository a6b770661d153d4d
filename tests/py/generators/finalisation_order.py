log = []
class D:
    def __init__(self, n): self.n = n
    def __del__(self): log.append(f"del {self.n}")
def show(t): print(t, log); log.clear()
def g():
    a = D("a")
    try:
        b = D("b"); yield 1
    finally: log.append("finally")
x = g(); next(x); del x; show("dropped")
x = g(); next(x); x.close(); show("closed"); del x; show("then dropped")
x = g(); list(x); show("exhausted")
x = g(); del x; show("never started")
def h(arg): yield arg
x = h(D("arg")); del x; show("arg of unstarted")
x = h(D("arg2")); y = next(x); del x; show("gen dropped"); del y; show("value dropped")
def inner():
    i = D("inner")
    try: yield 1
    finally: log.append("inner finally")
def outer():
    o = D("outer")
    try: yield from inner()
    finally: log.append("outer finally")
x = outer(); next(x); del x; show("nested drop"); x = outer(); next(x); x.close(); show("nested close")
x = outer(); next(x)
try: x.throw(ValueError)
except ValueError: pass
show("nested throw"); del x; show("after")
def loop():
    for i in range(3):
        d = D(i); yield i
x = loop(); list(x); show("loop")
for v in loop():
    if v == 1: break
show("break"); 
def partial():
    for v in loop(): return v
partial(); show("return out of for")
def cyc():
    me = yield; d = D("in cycle")
    try: yield me
    finally: log.append("cycle finally")
x = cyc(); next(x); x.send(x); del x; show("before gc"); import gc; gc.collect(); show("after gc")
def tmp(): yield D("temp").n; yield "2"
x = tmp(); next(x); show("temp"); [*map(lambda d: d.n, (D(k) for k in "pq"))]; show("genexp")
a, *_ = loop(); show("star"); any(True for _ in loop()); show("any"); next(loop()); show("next of temp")
def exc():
    try: raise KeyError(D("exc arg"))
    except KeyError: yield 1
    yield 2
x = exc(); next(x); show("in handler"); next(x); show("left handler"); x.close(); show("closed")
