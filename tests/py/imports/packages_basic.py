import lib.pkg
print("imported", lib.pkg.__name__, lib.pkg.__package__, lib.pkg.VALUE, lib.pkg.__path__ is not None)
import lib.pkg.sub.leaf as leaf
print(leaf.whoami(), leaf.__package__, lib.pkg.sub.leaf is leaf)
from lib.pkg import VALUE, sub, helper
print(VALUE, sub.__name__, helper.__name__, helper.answer())
from lib.pkg.sub import leaf as l2, other
print(l2 is leaf, other.__name__)
import sys
print(sorted(m for m in sys.modules if m.startswith("lib")), "lib" in globals(), lib.__spec__.name)
import lib.pkg
print("second import does not run it again")
try: from lib.pkg import nothing
except ImportError as e: print(type(e).__name__, str(e).split(" (")[0], e.name)
try: import lib.pkg.missing
except ModuleNotFoundError as e: print(e, e.name)
try: import lib.pkg.helper.deeper
except ModuleNotFoundError as e: print(e, e.name)
try: import nowhere.at_all
except ModuleNotFoundError as e: print(e, e.name)
print(leaf.__file__.endswith("lib/pkg/sub/leaf.py"), lib.pkg.__file__.endswith("__init__.py"), repr(leaf).split(" from")[0])
