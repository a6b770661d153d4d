import sys
def s(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
s(lambda: sys.setrecursionlimit(0)); s(lambda: sys.setrecursionlimit(-1)); s(lambda: sys.setrecursionlimit("a")); s(lambda: sys.setrecursionlimit(1.5)); s(lambda: sys.setrecursionlimit()); s(lambda: sys.setrecursionlimit(1 << 70)); s(lambda: sys.setrecursionlimit(None))
print(sys.getrecursionlimit()); sys.setrecursionlimit(2000); print(sys.getrecursionlimit())
def deep(n):
    if n: return deep(n - 1)
    s(lambda: sys.setrecursionlimit(10)); return sys.getrecursionlimit()
print(deep(100))
def count():
    n = 0
    def g():
        nonlocal n; n += 1; g()
    try: g()
    except RecursionError: pass
    return n
a = count(); sys.setrecursionlimit(4000); b = count(); print(b - a); sys.setrecursionlimit(1000); print(count() < 1001)
