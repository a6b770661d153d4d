print("a starts")
import lib.circ_b
print("a goes on")
X = "ax"
def value(): return X + lib.circ_b.Y
