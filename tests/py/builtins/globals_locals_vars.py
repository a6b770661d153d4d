x = 1
print(globals()["x"], locals() is globals(), "x" in vars()); globals()["made"] = 5; print(made); del globals()["made"]
try: made
except NameError as e: print(e)
def f(a, *b, **c):
    d = 1
    l = locals(); print(l); d = 2; print(l["d"], locals()["d"]); l["d"] = 9; print(d); e = 3; print(sorted(locals())); del d; print(sorted(locals()))
    def inner(): return a, locals()
    return inner()
print(f(1, 2, k=3))
class C:
    y = 1; print(sorted(k for k in locals() if not k.startswith("__"))); locals()["z"] = 2; print(z)
print([sorted(locals()) for q in [1]][0][:2] if False else "", (lambda p: locals())(5))
def g():
    for i in range(2): pass
    r = [locals()["i"] for j in range(1)]
    try: raise ValueError
    except ValueError as e: s = sorted(locals())
    return r, s, sorted(locals())
print(g())
def gen():
    v = 1; yield locals(); w = 2; yield sorted(locals())
print(list(gen()))
import sys
def fr():
    local_var = 1; fr_ = sys._getframe(); L = fr_.f_locals; L["local_var"] = 42
    return local_var, type(L).__name__, L["local_var"], "nope" in L, fr_.f_code.co_name, fr_.f_lineno - fr_.f_code.co_firstlineno, fr_.f_back.f_code.co_name, fr_.f_globals is globals()
print(fr())
def extra():
    L = sys._getframe().f_locals; L["added"] = 1
    try: added
    except NameError as e: return str(e), L["added"], sorted(L)
print(extra()); exec("q = 1; print(sorted(k for k in locals() if k[0] != '_')[:1])", {"b": 1}); print(eval("locals() is globals()"), eval("locals()", {}, {"only": 1}))
import builtins; print(builtins.len is len, __builtins__ is builtins, __name__, __doc__, __spec__, "__file__" in globals(), sorted(k for k in globals() if k.startswith("__")))
builtins.newname = 7; print(newname); len = lambda x: "shadow"; print(len([])); del len; print(len([])); del builtins.newname
