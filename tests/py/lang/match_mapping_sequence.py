class M(dict):
    def get(self, k, d=None):
        print("get", k); return dict.get(self, k, d)
    def __missing__(self, k): return "missing!"
match M(a=1, b=2):
    case {"zz": x}: print("no")
    case {"a": x, "b": y, **rest}: print(x, y, rest, type(rest))
from collections import OrderedDict, defaultdict, deque, namedtuple
import types
dd = defaultdict(list)
match dd:
    case {"x": []}: print("made by default?")
    case _: print("no default made", dict(dd))
match types.MappingProxyType({"q": 1}):
    case {"q": v}: print("proxy", v)
match deque([1, 2]):
    case [a, b]: print("deque", a, b)
NT = namedtuple("NT", "p q")
match NT(1, 2):
    case NT(q=2, p=z): print("nt", z)
match NT(1, 2):
    case (a, b): print("as seq", a, b)
match memoryview(b"ab"):
    case [a, b]: print("memoryview", a, b)
for s in ("ab", b"ab", bytearray(b"ab"), {1, 2}, {1: 2}, (i for i in "ab"), range(2)):
    match s:
        case [_, _]: print(type(s).__name__, "is a sequence")
        case _: print(type(s).__name__, "is not")
class K: A = "a"; B = 2
try:
    exec("match {'a': 1}:\n case {K.A: x, 'a': y}: pass", {"K": K})
except ValueError as e: print("ValueError", e)
match {"a": 1, 2: 3}:
    case {K.A: x, K.B: y}: print(x, y)
match [[1, [2, 3]], {"k": [{"z": 9}]}]:
    case [[a, [b, *c]], {"k": [{"z": d}]}]: print(a, b, c, d)
match [1, 2, 3, 4, 5]:
    case [first, *mid, last]: print(first, mid, last)
match (1, 2):
    case 1, *r: print(r)
match 1, 2:
    case x, y: print(x, y)
x = 5
match x:
    case n if n > 10: print("big")
    case n if (h := n * 2) == 10: print("half", h, n)
