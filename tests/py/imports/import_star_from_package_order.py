import lib.ordered
print(lib.ordered.log)
from lib.ordered import first, second
print(first.name, second.name, lib.ordered.log)
from lib.ordered.second import name as n
import lib.ordered.third as t, lib.ordered
print(n, t.name, lib.ordered.log)
import sys
for m in [k for k in sys.modules if k.startswith("lib.ordered")]: del sys.modules[m]
import lib.ordered as again
print(again.log, again is lib.ordered, hasattr(again, "third"))
def late():
    from lib.ordered import third
    return third.name
print(late(), again.log)
