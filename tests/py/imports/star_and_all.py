from lib.star_all import *
print(sorted(n for n in globals() if not n.startswith("__")))
print(_hidden_but_listed)
from lib.star_plain import *
print("public" in globals(), "_private" in globals(), "imported_module" in globals())
def t(src):
    try: exec(src, {}); print("ok", src)
    except Exception as e: print(type(e).__name__, e)
t("from lib.star_bad import *"); t("from lib.star_bad_type import *"); t("from lib.star_pkg import *"); t("from math import *")
ns = {}; exec("from lib.star_pkg import *", ns); print(sorted(n for n in ns if n != "__builtins__"))
import sys, types
m = types.ModuleType("fake"); m.__all__ = ("x",); m.x = 1; m.y = 2; sys.modules["fake"] = m
ns = {}; exec("from fake import *", ns); print("x" in ns, "y" in ns)
m.__all__ = None; t("from fake import *"); m.__all__ = 5; t("from fake import *"); m.__all__ = ["nope"]; t("from fake import *"); m.__getattr__ = lambda n: "dynamic " + n
ns = {}; exec("from fake import *", ns); print(ns["nope"])
class Obj: __all__ = ["p"]; p = 3
sys.modules["fakeobj"] = Obj; t("from fakeobj import *")
class NoDict:
    __slots__ = ()
sys.modules["nodict"] = NoDict(); t("from nodict import *")
try: exec("def f():\n  from lib.star_all import *")
except SyntaxError as e: print(e.msg)
try: exec("class A:\n  from lib.star_all import *")
except SyntaxError as e: print(e.msg)
