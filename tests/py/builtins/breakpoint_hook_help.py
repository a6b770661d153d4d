import sys
calls = []
sys.breakpointhook = lambda *a, **k: calls.append((a, k)) or "ret"
print(breakpoint(), breakpoint(1, x=2), calls)
del sys.breakpointhook
try: breakpoint()
except RuntimeError as e: print(e)
sys.breakpointhook = sys.__breakpointhook__
sys.excepthook, old = (lambda t, v, tb: print("hook", t.__name__, v, tb)), sys.excepthook
sys.excepthook(ValueError, ValueError(1), None); sys.excepthook = old
print(sys.exception(), sys.exc_info())
un = []
sys.unraisablehook, oldu = (lambda a: un.append((a.exc_type.__name__, str(a.exc_value), a.err_msg, a.object is not None))), sys.unraisablehook
class D:
    def __del__(self): raise KeyError("d")
d = D(); del d; print(un); sys.unraisablehook = oldu
sys.displayhook(None); sys.displayhook(5); sys.displayhook("é"); import builtins; print(builtins._)
print(callable(exit), callable(quit), sys.intern("abc") is sys.intern("abc"), sys.getrecursionlimit() > 0, sys.maxsize, sys.byteorder, sys.version_info[:2], sys.implementation.name in ("cpython", "taipan"), sys.maxunicode, sys.getdefaultencoding(), sys.float_info.max, sys.hash_info.modulus, sys.argv, sys.flags.optimize, sys.getsizeof([]) > 0, sys.getrefcount(object()) >= 1)
try: sys.intern(5)
except TypeError as e: print(e)
try: sys.exit("msg")
except SystemExit as e: print(repr(e), e.code)
try: exit(3)
except SystemExit as e: print(e.code)
