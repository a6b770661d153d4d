m = __import__("math"); print(m.__name__, __import__("collections.abc").__name__, __import__("collections.abc", fromlist=["abc"]).__name__, __import__("sys", globals(), locals(), [], 0).__name__)
def s(*a, **k):
    try: print(__import__(*a, **k).__name__)
    except Exception as e: print(type(e).__name__, e)
s("no_such_module"); s(""); s(5); s("a.b"); s("math.x"); s("math", level=-1); s("x", {}, level=1); s("x", {"__package__": "p"}, level=1); s(); s("sys", None, None, None); s("x", {"__package__": None, "__name__": "a.b"}, None, (), 2); s("math", fromlist=["zz"]); s(name="math"); s("collections", fromlist=[5])
import builtins
real = builtins.__import__
def fake(name, g=None, l=None, fromlist=(), level=0):
    print("import", name, fromlist, level); return real(name, g, l, fromlist, level)
builtins.__import__ = fake
import math, sys as system
from math import pi, e as euler
import collections.abc
import collections.abc as abc_
from collections import abc
builtins.__import__ = real
print(pi > 3, euler < 3, system.__name__, abc_ is abc, collections.__name__)
builtins.__import__ = lambda *a: 5
import anything
from whatever import real as r
builtins.__import__ = real
print(anything, r)
class Obj: x = 1
import sys; sys.modules["fakemod"] = Obj
import fakemod; from fakemod import x; print(fakemod is Obj, x); sys.modules["nothing"] = None
s("nothing")
try: from fakemod import nope
except ImportError as e: print(str(e).split(" (")[0])
del builtins.__import__
try: import math
except ImportError as e: print(e)
builtins.__import__ = real
