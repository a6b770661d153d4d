import lib.nspace
print(lib.nspace.__file__ if hasattr(lib.nspace, "__file__") else "no file", lib.nspace.__spec__.origin, type(lib.nspace.__path__).__name__, repr(lib.nspace).split(" (")[0])
import lib.nspace.member
print(lib.nspace.member.v, lib.nspace.member.__package__)
from lib.nspace import member, inner
print(member.v, inner.__name__)
from lib.nspace.inner import deep
print(deep.x)
try: from lib.nspace import nope
except ImportError as e: print(str(e).split(" (")[0])
print(lib.__path__ is not None, hasattr(lib, "__file__"))
