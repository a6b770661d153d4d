import lib.pkg3.x.y
print(lib.pkg3.x.y.name)
import lib.pkg3.x.y as short
print(short.name)
from lib.pkg3 import x as ex
print(ex.y.name)
def f():
    import lib.pkg3 as local
    from lib.pkg3.x import y
    return local.__name__, y.name, sorted(locals())
print(f())
class C:
    import lib.pkg3.x.y as inner
    from lib.pkg3.x.y import name
print(C.inner.name, C.name)
from lib.pkg3.x.y import (name as a,
                          name as b,)
print(a is b)
try: import lib.pkg3.x.y.z
except ImportError as e: print(e)
import sys
saved = sys.modules.pop("lib.pkg3.x.y"); import lib.pkg3.x.y as fresh
print(fresh is saved, lib.pkg3.x.y is fresh)
sys.modules["lib.pkg3.x.y"] = saved; import lib.pkg3.x.y as third; print(third is fresh, third is saved)
from lib.pkg3.x import y as fourth; print(fourth is fresh)
del sys.modules["lib.pkg3.x.y"]; del lib.pkg3.x.y; from lib.pkg3.x import y; print(y is saved)
sys.modules["lib.pkg3.blocked"] = None
try: import lib.pkg3.blocked
except ImportError as e: print(type(e).__name__, e)
try: from lib.pkg3 import blocked
except ImportError as e: print(type(e).__name__, str(e).split(" (")[0])
global_ns = {}; exec("import lib.pkg3.x as q, sys as w", global_ns); print(sorted(k for k in global_ns if k[0] != "_"))
if False: import never_imported
try: never_imported
except NameError as e: print(e)
