import sys
D=DeprecationWarning
import _warnings as w
def f(): w.warn("x")
def g(): w.warn("lvl2", stacklevel=2)
def h(): g()
f(); f(); 
for i in range(3): g()
h()
w.warn(D("obj")); w.warn("dep", D); w.warn("imp", ImportWarning)
w.warn_explicit("ex", UserWarning, "nofile.py", 3)
w.warn_explicit("ex", UserWarning, "warnings_core.py", 3)
class MyW(UserWarning):
    def __str__(self): return "custom " + str(self.args)
w.warn(MyW(1, 2)); w.warn("txt", MyW)
print(sorted((str(k), v) for k, v in __warningregistry__.items()))
exec("def q(): w.warn('in exec')\nq()")
w.filters.insert(0, ("error", None, UserWarning, None, 0))
try: f()
except UserWarning as e: print(repr(e))
try: w.warn("new")
except UserWarning as e: print(repr(e), e.__traceback__.tb_lineno)
w.filters[0] = ("once", None, UserWarning, None, 0); w._acquire_lock(); w._filters_mutated_lock_held(); w._release_lock()
def once(): w.warn("once!")
once(); once(); w.warn("once!")
w.filters[0] = ("module", None, UserWarning, None, 0); w._acquire_lock(); w._filters_mutated_lock_held(); w._release_lock()
def once(): w.warn("mod!")
once(); once(); w.warn("mod!")
class P:
    def __init__(self, s): self.s = s
    def match(self, t): print("match", t); return self.s in t
w.filters[0] = ("ignore", P("zz"), UserWarning, P("main"), 0)
w.warn("a zz b"); w.warn("a b")
