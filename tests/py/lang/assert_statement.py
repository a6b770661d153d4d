def attempt(f):
    try: f()
    except AssertionError as e: print(repr(e), e.args)
    except Exception as e: print(type(e).__name__, e)
def a(): assert 0
def b(): assert 0, "message"
def c(): assert [], (1, 2)
def d(): assert 1, print("not evaluated")
def e(): assert None, KeyError("as message")
class B:
    def __bool__(self): raise ValueError("bool")
def f(): assert B()
def g(): assert not (x := 5), x
for fn in a, b, c, d, e, f, g: attempt(fn)
AssertionError_ = AssertionError
AssertionError = ValueError
try: assert 0, "shadowed name is ignored"
except AssertionError_ as e: print("real", e)
print(__debug__)
for src in ("__debug__ = 1", "def f(__debug__): pass", "x.__debug__ = 1", "del __debug__", "f(__debug__=1)", "import __debug__"):
    try: compile(src, "s", "exec")
    except SyntaxError as e: print(src, "->", e.msg)
