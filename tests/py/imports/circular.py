import lib.circ_a
print(lib.circ_a.value(), lib.circ_b.value())
try: import lib.circ_from_a
except ImportError as e: print(str(e).split(" (/")[0].split(" (")[0], "|", "circular" in str(e))
import sys
print([m for m in sys.modules if "circ_from" in m])
import lib.circ_attr_a
