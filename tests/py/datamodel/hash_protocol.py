class A:
    def __eq__(self, o): return True
try: hash(A())
except TypeError as e: print(e)
class B(A): pass
try: {B(): 1}
except TypeError as e: print(e)
class C(A): __hash__ = object.__hash__
print(isinstance(hash(C()), int))
class D:
    def __init__(self, h): self.h = h
    def __hash__(self): return self.h
    def __eq__(self, o): return isinstance(o, D) and self.h == o.h
print(hash(D(5)), hash(D(-1)), hash(D(2**61 - 1)), hash(D(2**61)), hash(D(2**64)), hash(D(-2**63)), hash(D(True)), hash(D(1 << 100)))
for v in ("s", 1.0, None):
    try: hash(D(v))
    except TypeError as e: print(e)
for v in ([], {}, set(), bytearray(), slice(1, 2).__class__, {}.keys(), (1, []), ((), {}), {}.items()):
    try: print(type(v).__name__, type(hash(v)).__name__)
    except TypeError as e: print(e)
print(hash(1) == hash(1.0) == hash(True) == hash(1 + 0j), hash(0.5), hash(-1), hash(-2), hash(1e300), hash(float("inf")), hash(float("-inf")), hash(2**61 - 1), hash(2**61), hash(-(2**61)), hash(10**40), hash(1.5j), hash(-1.0))
print(hash(()) == hash(()), hash((1, 2)) == hash((1, 2)), hash((1, 2)) == hash((2, 1)), hash(frozenset([1, 2])) == hash(frozenset([2, 1])), hash("") , hash(b""), hash("a") == hash(b"a"))
print(hash((1, 2, 3)), hash(()), hash((1,)), hash(range(3)) == hash(range(0, 3, 1)), hash(slice(1, 2)) == hash(slice(1, 2)))
class E: __hash__ = None
try: hash(E())
except TypeError as e: print(e)
d = {D(1): "a"}
print(d[D(1)], D(1) in {D(1)}, len({D(1), D(1), D(2)}))
class F(D): pass
print(F.__hash__ is D.__hash__)
class G(D):
    def __eq__(self, o): return False
print(G.__hash__)
print(hash(int) == hash(int), hash(None) == hash(None), hash(...) == hash(...), hash(NotImplemented) == hash(NotImplemented), object().__hash__() != 0)
