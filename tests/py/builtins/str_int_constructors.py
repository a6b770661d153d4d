class A:
    def __str__(self): return "A-str"
    def __int__(self): return 7
    def __float__(self): return 7.5
    def __bytes__(self): return b"A"
    def __iter__(self): return iter([1, 2])
    def keys(self): return ["k"]
    def __getitem__(self, k): return "v"
a = A(); print(str(a), int(a), float(a), bytes(a), list(a), tuple(a), set(a), frozenset(a), dict(a), bytearray(a), [*a], {**a}, complex(a))
print(str(), str(b"x"), str(b"x", "utf-8"), str(object=5), str(b"\xe9", encoding="latin-1", errors="strict"), str(bytearray(b"q"), "ascii"), str(memoryview(b"m"), "ascii"))
print(int(), int("5"), int("ff", base=16), int(5.9), int("1" * 30), float(), float("2"), float(5), bool(), bool([]), bool("0"), list(), tuple(), dict(), set(), bytes(), bytearray(), complex(), complex("1j"), frozenset(), object().__class__)
for f in (lambda: str(5, "utf-8"), lambda: str("x", "utf-8"), lambda: str(b"x", 5), lambda: int("5", base="x"), lambda: int(5, 10), lambda: int(x=5), lambda: int(base=5), lambda: int("1", base=5, foo=1), lambda: float(x=1), lambda: bool(x=1), lambda: list(x=1), lambda: tuple(sequence=[]), lambda: set(x=1), lambda: dict(1), lambda: dict([1]), lambda: dict([[1, 2, 3]]), lambda: dict(**5), lambda: bytes(source=b"x"), lambda: bytes(x=1), lambda: str(obj=1), lambda: complex(x=1), lambda: complex(1, imag=2, real=3), lambda: frozenset(x=[]), lambda: bytearray(1, 2, 3, 4), lambda: bytes("a"), lambda: int(int), lambda: float(str), lambda: list(5), lambda: enumerate(x=1), lambda: enumerate(iterable="ab", start=2).__next__(), lambda: reversed(x=1), lambda: zip(x=1), lambda: range(stop=5), lambda: slice(stop=1), lambda: property(foo=1), lambda: memoryview(object=b"x").tolist(), lambda: memoryview(x=1), lambda: str(b"\xff", "ascii"), lambda: type(x=1), lambda: super(x=1), lambda: object(x=1), lambda: classmethod(f=1), lambda: staticmethod(1)(2), lambda: map(func=1), lambda: filter(function=1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class I(int):
    def __new__(cls, *a): return super().__new__(cls, *a)
class Loud(list):
    def __init__(self, *a): print("init", a)
print(I(), I("12"), I("a", 16), Loud([1]), Loud())
class IntRet:
    def __int__(self): return I(5)
import warnings
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always"); print(type(int(IntRet())).__name__, [str(x.message)[:50] for x in w])
