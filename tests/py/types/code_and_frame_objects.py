import sys
def f(a, b=2, *c, d, **e):
    "doc"
    x = a + b
    def g(): return x
    return [i for i in c]
c = f.__code__
print(c.co_name, c.co_qualname, c.co_argcount, c.co_kwonlyargcount, c.co_varnames, c.co_cellvars, c.co_freevars, c.co_nlocals, c.co_firstlineno, c.co_filename.endswith("code_and_frame_objects.py"), c.co_flags & 0xf, type(c.co_code).__name__)
print(sorted({l - c.co_firstlineno for _, _, l in c.co_lines() if l}), all(len(p) == 4 for p in c.co_positions()), type(c.co_linetable).__name__, type(c.co_exceptiontable).__name__, c.co_stacksize > 0)
print(c == c.replace(), c.replace(co_name="n").co_name, hash(c) == hash(c.replace()), c != c.replace(co_consts=()), repr(c).split(" at ")[0])
def t(fn):
    try: print(fn())
    except Exception as e: print(type(e).__name__, e)
t(lambda: c.replace(co_name=5)); t(lambda: c.replace(zz=1)); t(lambda: setattr(c, "co_name", "x")); t(lambda: type(c)()); t(lambda: c())
def frames():
    fr = sys._getframe(); up = sys._getframe(1)
    return fr.f_code.co_name, up.f_code.co_name, fr.f_back is up, fr.f_lineno - fr.f_code.co_firstlineno, fr.f_globals is globals(), sorted(fr.f_locals), fr.f_builtins["len"] is len, fr.f_trace, fr.f_lasti > 0, type(fr).__name__
def caller(): return frames()
print(caller()); t(lambda: sys._getframe(500)); t(lambda: sys._getframe("a"))
def clear_test():
    fr = sys._getframe()
    try: fr.clear()
    except RuntimeError as e: return str(e)
print(clear_test())
def gen(): v = [1]; yield v; yield v
g = gen(); next(g); fr = g.gi_frame
t(lambda: fr.clear()); print(fr.f_locals, g.gi_frame is fr); g.close(); print(g.gi_frame, fr.f_locals, fr.f_back)
def err(): loc = "value"; raise ValueError
try: err()
except ValueError as e: fr = e.__traceback__.tb_next.tb_frame; print(fr.f_locals, fr.f_code.co_name); e.__traceback__.tb_next.tb_frame.clear(); print(fr.f_locals)
def depth():
    n, fr = 0, sys._getframe()
    while fr: n, fr = n + 1, fr.f_back
    return n
print(depth(), (lambda: depth())(), [depth() for _ in [1]][0], next(depth() for _ in [1]), sorted([1], key=lambda _: print(depth()) or 0), eval("depth()"))
class K:
    fr = sys._getframe(); nm = fr.f_code.co_name; loc = fr.f_locals is locals(); back = fr.f_back.f_code.co_name
print(K.nm, K.back); del K.fr
def mod_locals(): 
    y = 1; L = sys._getframe().f_locals; L["y"] = 2; L["z"] = 3; y += 1; return y, L["y"], "z" in locals(), dict(L)["y"], len(L)
print(mod_locals())
t(lambda: sys._getframe().f_locals.pop("x")); t(lambda: sys._getframe().f_locals.clear())
def lineno(): 
    a = sys._getframe().f_lineno; b = (
        sys._getframe().f_lineno,
        sys._getframe().f_lineno); return b[0] - a, b[1] - a
print(lineno())
