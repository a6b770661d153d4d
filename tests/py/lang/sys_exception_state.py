import sys
def cur(): return repr(sys.exception()), sys.exc_info()[0]
print(cur())
try: raise ValueError(1)
except ValueError:
    print(cur())
    try: raise KeyError(2)
    except KeyError: print("nested", cur())
    print("back", cur())
    def f(): return cur()
    print("in call", f())
print("after", cur())
def gen():
    yield cur()
    try: raise TypeError("in gen")
    except TypeError:
        yield cur()
        yield cur()
    yield cur()
g = gen()
print(next(g), next(g))
print("outside", cur())
try: raise OSError("outer")
except OSError:
    print(next(g))
    print(cur())
    print(next(g))
    g2 = gen()
    print("g2", next(g2))
print("done", cur())
print(next(g2))
def early():
    try: 1 / 0
    except ZeroDivisionError: return cur()
print(early(), cur())
def fin():
    try: 1 / 0
    except ZeroDivisionError: pass
    finally: print("fin", cur())
fin()
def brk():
    for _ in range(1):
        try: 1 / 0
        except ZeroDivisionError: break
    return cur()
print(brk())
class CM:
    def __enter__(self): return self
    def __exit__(self, t, v, tb):
        print("exit", cur()); return True
with CM(): raise ValueError("w")
print(cur())
