import lib.dyn as d
print(d.present, d.anything, d.other)
try: d.forbidden
except AttributeError as e: print(e)
print(dir(d))
from lib.dyn import made_up
print(made_up)
try: from lib.dyn import forbidden
except ImportError as e: print(str(e).split(" (")[0])
d.present = 5; print(d.present); del d.present; print(d.present)
print(d.__name__, hasattr(d, "forbidden"), getattr(d, "forbidden", "default"))
print(d.lazy, d.lazy, d.calls)
