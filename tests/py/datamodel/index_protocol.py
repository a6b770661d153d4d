class I:
    def __init__(self, v): self.v = v
    def __index__(self): return self.v
class Int:
    def __int__(self): return 7
l = list(range(10)); L1 = [1]; T1 = (1,); S1 = "a"; B1 = b"a"
print(l[I(3)], l[I(1):I(4)], l[::I(3)], "abc"[I(1)], (1, 2)[I(-1)], b"ab"[I(0)], range(10)[I(2)], bytearray(3)[I(0)])
print(hex(I(255)), bin(I(5)), oct(I(8)), int(I(4)), float(I(3)), complex(I(2)), chr(I(65)), list(range(I(3))), [1] * I(2), "a" * I(3), bytes(I(2)), round(1.2345, I(2)), "x".center(I(5)))
l[I(0)] = "z"; del l[I(1)]
print(l)
def attempt(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
attempt(lambda: L1[Int()]); attempt(lambda: L1[1.0]); attempt(lambda: L1["a"]); attempt(lambda: L1[None]); attempt(lambda: T1["a"]); attempt(lambda: S1[1.0]); attempt(lambda: B1["a"])
attempt(lambda: range(3)["a"]); attempt(lambda: L1[I("x")]); attempt(lambda: L1[I(1.0)]); attempt(lambda: L1[1 << 100]); attempt(lambda: L1[-1 << 100]); attempt(lambda: S1[1 << 70]); attempt(lambda: range(3)[1 << 70])
attempt(lambda: L1[1 << 100:]); attempt(lambda: [1, 2][-1 << 100:1 << 100]); attempt(lambda: L1["a":]); attempt(lambda: L1[:1.5]); attempt(lambda: L1[::0]); attempt(lambda: S1[::0]); attempt(lambda: L1[::Int()])
attempt(lambda: hex(Int())); attempt(lambda: range(1.0)); attempt(lambda: [1] * 1.0); attempt(lambda: "a" * "b"); attempt(lambda: [1] * (1 << 70)); attempt(lambda: chr(1.0)); attempt(lambda: int(Int())); attempt(lambda: float(Int()))
class Sub(int): pass
class RetSub:
    def __index__(self): return Sub(2)
import warnings, operator
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    print(type(operator.index(RetSub())).__name__, [1, 2, 3][RetSub()])
    print([str(x.message) for x in w])
class BadInt:
    def __int__(self): return "s"
class BadFloat:
    def __float__(self): return 1
class Trunc:
    def __trunc__(self): return 5
attempt(lambda: int(BadInt())); attempt(lambda: float(BadFloat())); attempt(lambda: int(Trunc())); attempt(lambda: complex(BadFloat())); attempt(lambda: int(None)); attempt(lambda: float([])); attempt(lambda: complex({}))
attempt(lambda: int([])); attempt(lambda: operator.index("a")); attempt(lambda: operator.index(1.5)); attempt(lambda: slice(I(1), I(5)).indices(3)); attempt(lambda: slice("a").indices(3)); attempt(lambda: slice(1).indices(-1))
