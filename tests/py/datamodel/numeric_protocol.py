class N:
    def __getattr__(self, n): raise AttributeError(n)
    def __neg__(self): return "neg"
    def __pos__(self): return "pos"
    def __invert__(self): return "inv"
    def __abs__(self): return "abs"
    def __round__(self, n=None): return ("round", n)
    def __divmod__(self, o): return ("divmod", o)
    def __rdivmod__(self, o): return ("rdivmod", o)
    def __pow__(self, o, m="none"): return ("pow", o, m)
    def __rpow__(self, o, m="none"): return ("rpow", o, m)
    def __matmul__(self, o): return ("matmul", o)
    def __rmatmul__(self, o): return ("rmatmul", o)
    def __trunc__(self): return "trunc"
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
    def __complex__(self): return 1 + 2j
    def __float__(self): return 2.5
    def __int__(self): return 3
n = N()
print(-n, +n, ~n, abs(n), round(n), round(n, 2), round(n, None), divmod(n, 1), divmod(1, n), n ** 2, 2 ** n, pow(n, 2), pow(n, 2, 3), pow(2, n), n @ 1, 1 @ n)
import math
print(math.trunc(n), math.floor(n), math.ceil(n), complex(n), float(n), int(n), math.sqrt(n))
def attempt(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class E: pass
e = E()
for f in (lambda: -e, lambda: +e, lambda: ~e, lambda: abs(e), lambda: round(e), lambda: divmod(e, 1), lambda: e ** 2, lambda: pow(e, 1, 2), lambda: pow(2, 3, e), lambda: e @ e, lambda: int(e), lambda: float(e), lambda: complex(e), lambda: math.floor(e), lambda: math.trunc(e), lambda: ~1.5, lambda: -"a", lambda: +[], lambda: ~None, lambda: abs("x"), lambda: 1 @ 2, lambda: "a" - "b", lambda: {} + {}, lambda: None + 1, lambda: 1 + None, lambda: "a" + 1, lambda: 1 + "a", lambda: [] + (), lambda: () + [], lambda: b"" + "", lambda: "" + b"", lambda: 5 % "a", lambda: 1 << 1.0, lambda: 1.0 // "a", lambda: {} | [], lambda: {1} - [1], lambda: {1} & 5, lambda: pow("a", 2), lambda: divmod("a", 1), lambda: 1 < "a", lambda: len + 1, lambda: int + 1, lambda: [] * [], lambda: "a" * 1.5, lambda: print >> 1, lambda: [1] - 1):
    attempt(f)
class R:
    def __radd__(self, o): return ("radd", o)
    def __rsub__(self, o): return ("rsub", o)
print(1 + R(), "s" + R(), [1] + R() if True else 0, None + R(), 1.5 - R(), sum([1, R()]) if True else 0)
class C:
    def __complex__(self): return "x"
attempt(lambda: complex(C())); attempt(lambda: complex(1, "a")); attempt(lambda: complex("a", 1)); attempt(lambda: round(1.5, "a")); attempt(lambda: round("a"))
