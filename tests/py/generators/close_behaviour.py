def s(f):
    try: print("->", f())
    except BaseException as e: print(type(e).__name__, e)
def plain():
    try: yield 1; yield 2
    except GeneratorExit: print("GeneratorExit seen"); raise
    finally: print("finally")
g = plain(); s(g.close); g = plain(); next(g); s(g.close); s(g.close); s(lambda: next(g))
def ignores():
    try: yield 1
    except GeneratorExit: yield "ignored"
g = ignores(); next(g); s(g.close); s(lambda: next(g)); s(lambda: g.close())
def returns():
    try: yield 1
    except GeneratorExit: return "close value"
g = returns(); next(g); s(g.close); s(g.close)
def raises():
    try: yield 1
    except GeneratorExit: raise ValueError("instead")
g = raises(); next(g); s(g.close); s(lambda: next(g))
def stop():
    try: yield 1
    except GeneratorExit: raise StopIteration("x")
g = stop(); next(g); s(g.close)
def swallow():
    try: yield 1
    except GeneratorExit: pass
g = swallow(); next(g); s(g.close)
g = plain(); next(g); del g; print("dropped")
g = plain(); list(g); s(g.close)
def inner():
    try: yield "i"
    finally: print("inner closed")
def outer():
    try: yield from inner()
    finally: print("outer closed")
g = outer(); next(g); s(g.close)
class It:
    def __iter__(self): return self
    def __next__(self): return 1
    def close(self): print("It.close")
def deleg(): yield from It()
g = deleg(); next(g); s(g.close)
class BadClose(It):
    def close(self): raise KeyError("in close")
def deleg2(): yield from BadClose()
g = deleg2(); next(g); s(g.close)
class NoClose:
    def __iter__(self): return iter([1, 2])
def deleg3():
    try: yield from NoClose()
    except GeneratorExit: print("seen in delegator"); raise
g = deleg3(); next(g); s(g.close)
for x in plain():
    break
print("end")
