print(sorted([3, 1, 2]), sorted([3, 1, 2], reverse=True), sorted("bca"), sorted([(1, "b"), (1, "a"), (0, "z")]), sorted({"b": 1, "a": 2}), sorted([]), sorted(["b", "A", "c"], key=str.lower), sorted([1, 1.0, True]), sorted([True, 1, 1.0]))
data = [(i % 3, i) for i in range(20)]
print(sorted(data, key=lambda p: p[0]) == sorted(data), sorted(data, key=lambda p: p[0], reverse=True)[:8], sorted(data, key=lambda p: -p[0])[:8])
log = []
sorted([3, 1, 2], key=lambda x: log.append(x) or x); print("key calls", log)
class C:
    n = 0
    def __init__(self, v): self.v = v
    def __lt__(self, o): C.n += 1; return self.v < o.v
    def __repr__(self): return f"C{self.v}"
print(sorted([C(3), C(1), C(2)]), C.n > 0); C.n = 0
sorted(C(i) for i in range(100)); print("presorted compares", C.n); C.n = 0
sorted(C(-i) for i in range(100)); print("reversed compares", C.n)
def s(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
s(lambda: sorted([1, "a"])); s(lambda: sorted(["a", 1])); s(lambda: sorted([None, 1])); s(lambda: sorted([1j, 2j])); s(lambda: sorted([{}, {}])); s(lambda: sorted([(1, "a"), (1, 2)])); s(lambda: sorted([1], key=lambda: 0)); s(lambda: sorted(5)); s(lambda: sorted([1], cmp=1)); s(lambda: sorted([object(), object()]))
l = [3, 1, 2]
def mutate(x): l.append(x); return x
try: l.sort(key=mutate)
except ValueError as e: print(e, l)
l = [3, 1, 2]
def see(x): seen.append(len(l)); return x
seen = []; l.sort(key=see); print(seen, l)
l = [3, 1, 2]
def fail(x):
    if x == 1: raise KeyError(x)
    return x
try: l.sort(key=fail)
except KeyError as e: print("KeyError", e, l)
class F:
    def __init__(self, v): self.v = v
    def __lt__(self, o):
        if o.v == 5 or self.v == 5: raise ValueError("cmp")
        return self.v < o.v
l = [F(3), F(1), F(5), F(2)]
try: l.sort()
except ValueError as e: print(e, sorted(x.v for x in l))
import functools
print(sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)), sorted(["10", "9", "2"], key=int), sorted([0.5, -1, 2**70, -2**70, 1e300]), sorted([b"b", b"a"]), sorted([[2], [1, 5], [1]]), sorted("éeèz"), sorted([float("-inf"), 0, float("inf")]))
x = [5, 3, 8, 1] * 50; y = sorted(x); print(y == sorted(x, reverse=True)[::-1], y[:3], y[-1])
r = 12345; v = []
for _ in range(500): r = (r * 1103515245 + 12345) % 2**31; v.append(r % 50)
p = list(enumerate(v)); st = sorted(p, key=lambda t: t[1]); print(all(a[1] < b[1] or a[1] == b[1] and a[0] < b[0] for a, b in zip(st, st[1:])), sum(a * b for a, b in st) % 1000007)
st = sorted(p, key=lambda t: t[1], reverse=True); print(all(a[1] > b[1] or a[1] == b[1] and a[0] < b[0] for a, b in zip(st, st[1:])))
class RetObj:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return [] if self.v >= o.v else [1]
print([o.v for o in sorted([RetObj(2), RetObj(1)])])
class OnlyGt:
    def __init__(self, v): self.v = v
    def __gt__(self, o): return self.v > o.v
print([o.v for o in sorted([OnlyGt(2), OnlyGt(1), OnlyGt(3)])], max([OnlyGt(2), OnlyGt(5)]).v)
