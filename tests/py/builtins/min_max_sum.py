print(min(3, 1, 2), max([3, 1, 2]), min("b", "a"), max("abc", key=lambda c: -ord(c)), min([], default="d"), max([], default=None), min(1, 1.0), max(1, 1.0), max(True, 1), min([(1, "b"), (1, "a")]), max({"a": 1, "b": 0}), min(5, 3, key=lambda x: -x), max([1, 2, 3], key=lambda x: x % 2), max(["aa", "b"], key=len), min(float("nan"), 1), max(iter([1])), min([5], default=1), max("a", "b", key=None))
print(sum([1, 2]), sum([]), sum([1.5, 2]), sum([[1], [2]], []), sum((1, 2), 10), sum([1], start=5), sum([True, True]), sum([2**62, 2**62]), sum([1, 2.5, 3]), sum([1, 1j]), sum(range(10), 0.5), sum([0.1] * 3), sum([1e100, 1, -1e100]), sum(x for x in [1]), sum([float("inf"), 1]), sum([-0.0]), sum([1e308, 1e308]), sum([0.1, 1j]), sum({1: 2, 3: 4}))
def s(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
s(lambda: min()); s(lambda: min([])); s(lambda: max(())); s(lambda: min(5)); s(lambda: min(1, "a")); s(lambda: max(1, 2, default=3)); s(lambda: min([1], foo=2)); s(lambda: sum("ab")); s(lambda: sum(["a", "b"])); s(lambda: sum([1], "")); s(lambda: sum([b"a"], b"")); s(lambda: sum([], bytearray())); s(lambda: sum(5)); s(lambda: sum([[1]])); s(lambda: sum([None])); s(lambda: min([1], key=5)); s(lambda: max(None)); s(lambda: sum([1], 2, 3)); s(lambda: min(key=len)); s(lambda: max(1, key=len)); s(lambda: max([1j, 2j]))
class A:
    def __init__(self, v): self.v = v
    def __radd__(self, o): return f"{o}+{self.v}"
    def __add__(self, o): return f"{self.v}+{o}"
    def __gt__(self, o): print("gt", self.v, o.v); return self.v > o.v
    def __lt__(self, o): print("lt", self.v, o.v); return self.v < o.v
print(sum([A(1)])); print(max(A(1), A(2), A(0)).v, min([A(2), A(1)]).v)
print(abs(-5), abs(-2.5), abs(3 - 4j), abs(True), abs(-2**70), divmod(7, 3), divmod(-7, 3), divmod(7.5, 2), pow(2, 3), pow(2, 3, 5), pow(2, -1), pow(2.0, 2), pow(base=2, exp=3, mod=5), round(2.5), round(3.5), round(2.567, 2), round(1234, -2), round(number=1.5), round(1.5, None), round(1.25, 1), round(True), all([]), any([]), all([1, []]), any([0, "x"]), bin(-5), oct(8), hex(-255), chr(97), ord("a"), callable(len), callable(5), id(5) == id(5), len("é😀"), hash("a") == hash("a"))
