import lib.circ_attr_a
try: lib.circ_attr_a.A
except AttributeError as e: print(str(e).split(" from ")[0], "|", "circular" in str(e))
import lib.circ_attr_a as alias
print(alias.__name__)
from lib import circ_attr_a as again
print(again is alias)
