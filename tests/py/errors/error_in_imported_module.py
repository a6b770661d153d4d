try:
    import lib.raises
except ZeroDivisionError as e:
    print("first", e)
import sys
print("lib.raises" in sys.modules)
import lib.raises
