import sys
sys.setrecursionlimit(300)
log = []
def f(n):
    try: f(n + 1)
    except RecursionError:
        if n % 50 == 0: log.append(n)
        raise
    finally:
        if n == 3: log.append("finally 3")
try: f(0)
except RecursionError: print(log)
def g(n):
    try: return g(n + 1)
    except RecursionError: return n > 100
print(g(0))
def h():
    try: h()
    except RecursionError: pass
    try: return "second chance"
    finally: pass
print(h())
class D:
    def __del__(self):
        def deep(n): deep(n + 1)
        try: deep(0)
        except RecursionError: log.append("in del")
def k(n):
    d = D() if n == 100 else None
    k(n + 1)
try: k(0)
except RecursionError: print(log[-1])
class CM:
    def __enter__(self): return self
    def __exit__(self, t, v, tb): log.append(t and t.__name__); return n_ok
n_ok = True
def m(n):
    with CM(): m(n + 1)
    return n
log.clear(); print(m(0), set(log) >= {"RecursionError", None})
def gen():
    try: yield from gen()
    finally: pass
try: next(gen())
except RecursionError: print("gen")
def ctx(n):
    try: ctx(n + 1)
    except RecursionError as e: raise ValueError(n) from e
try: ctx(0)
except ValueError as e:
    c = 0
    while e: c += 1; e = e.__cause__
    print(c > 100)
for _ in range(3):
    try: f(0)
    except RecursionError: pass
print(len(log) > 0, sys.getrecursionlimit())
