import atexit
atexit.register(print, "first registered, last run")
atexit.register(lambda: print("second"))
@atexit.register
def bad(): raise ValueError("in atexit")
def k(a, *, b): print("kw", a, b)
atexit.register(k, 1, b=2); atexit.register(print, "gone"); atexit.unregister(print)
class D:
    def __del__(self): print("module global dropped after atexit")
d = D()
print("main ends")
raise KeyError("uncaught")
