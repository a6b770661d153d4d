class E(Exception):
    def __str__(self): raise RuntimeError("no str")
class F(Exception):
    def __str__(self): return 5
import traceback
for x in E(1), F(2): print(traceback.format_exception_only(x)[-1].strip())
class G(Exception): __module__ = "some.module"
class H(Exception): __module__ = None
class I(Exception): __qualname__ = "Outer.I"; __module__ = "builtins"
class Local: 
    class J(Exception): pass
for x in G("g"), I("i"), Local.J("j"), G(), G(""), ValueError(""), ValueError("multi\nline"), KeyError("multi\nline"), ValueError(1, 2), OSError(2, "m", "f"): print("".join(traceback.format_exception_only(x)).rstrip())
raise E
