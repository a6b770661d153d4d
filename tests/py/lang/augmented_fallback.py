class NoInPlace:
    def __init__(self, n): self.n = n
    def __add__(self, o): return NoInPlace(self.n + o)
    def __repr__(self): return f"N({self.n})"
class InPlace(NoInPlace):
    def __iadd__(self, o):
        self.n += o
        return self
class Declines(NoInPlace):
    def __iadd__(self, o): return NotImplemented
for cls in NoInPlace, InPlace, Declines:
    x = y = cls(1)
    x += 2
    print(cls.__name__, x, y, x is y, type(x).__name__)
class O: pass
o = O()
for op in "+ - * / // % ** << >> & | ^ @".split():
    ns = {"o": o}
    try:
        exec(f"o {op}= 1", ns)
    except TypeError as e:
        print(e)
class P:
    calls = []
    @property
    def v(self):
        self.calls.append("get")
        return 10
    @v.setter
    def v(self, x): self.calls.append(f"set {x}")
p = P()
p.v += 1
p.v **= 2
print(P.calls)
l = [1, 2]
m = l
l *= 2
print(m)
l += "ab"
print(m)
try:
    l += 5
except TypeError as e:
    print(e)
try:
    l = l + "ab"
except TypeError as e:
    print(e)
