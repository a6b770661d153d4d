def sub():
    print("sub got", (yield 1)); print("sub got", (yield 2)); return "sub result"
def main():
    r = yield from sub(); print("result", r); r2 = yield from [10, 20]; print("list result", r2); r3 = yield from "x"; return r3
g = main(); print(next(g), g.send("a"), g.send("b"), next(g), next(g))
try: next(g)
except StopIteration as e: print("end", e.value)
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 2: raise StopIteration("iter value")
        return self.n
def d(): r = yield from It(); print("r", r)
print(list(d()))
g = d(); next(g)
try: g.send("cannot")
except AttributeError as e: print(e)
class Sender(It):
    def send(self, v): print("send", v); return v
    def throw(self, *a): print("throw", [getattr(x, "__name__", x) for x in a]); return "thrown"
g = (lambda: (yield from Sender()))(); print(next(g), g.send(5), g.send(None), g.throw(ValueError("q")), g.throw(ValueError))
def t():
    try: yield from sub()
    except ValueError as e: print("outer caught", e); yield "recovered"
g = t(); next(g); print(g.throw(ValueError("v")))
def t2():
    try: yield 1
    except KeyError: yield "inner handled"
def t3(): yield from t2()
g = t3(); next(g); print(g.throw(KeyError)); print(next(g, "done"))
g = (lambda: (yield from It()))(); next(g)
try: g.throw(OSError("no throw method"))
except OSError as e: print(e)
for bad in (5, None, print):
    def b(): yield from bad
    try: next(b())
    except TypeError as e: print(e)
class BadThrow(It):
    @property
    def throw(self): raise KeyError("attr lookup")
g = (lambda: (yield from BadThrow()))(); next(g)
try: g.throw(ValueError)
except KeyError as e: print(repr(e))
def deep(n):
    if n: return (yield from deep(n - 1)) + 1
    x = yield "bottom"; return x
g = deep(50); print(next(g))
try: g.send(100)
except StopIteration as e: print(e.value)
def same():
    i = iter([1, 2, 3]); yield from i; yield from i
print(list(same()))
def multi(): a = yield from sub() if 0 else (yield "cond") or []; return a
g = multi(); print(next(g), next(g, "fin"))
class SI(StopIteration): pass
class Raiser(It):
    def __next__(self): raise SI("subclass value")
def sv(): return (yield from Raiser())
try: next(sv())
except StopIteration as e: print(type(e).__name__, e.value)
