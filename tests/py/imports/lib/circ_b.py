print("b starts")
import lib.circ_a
from lib import circ_a as early
import sys
print("b sees a without X:", hasattr(early, "X"), early is sys.modules["lib.circ_a"])
try: lib.circ_a
except AttributeError as e: print(e)
Y = "by"
def value(): return Y + lib.circ_a.X
