pi = "three"
import math as real
assert real.pi > 3
