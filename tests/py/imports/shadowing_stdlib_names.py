import lib.math as lm, math
print(lm.pi, math.pi > 3)
from lib import math as m2
print(m2 is lm)
import sys
print(sys.modules["lib.math"] is lm, sys.modules["math"] is math)
