people = [("Bob", 25), ("Al", 30), ("Cy", 25), ("Di", 30), ("Ed", 20)]
print(sorted(people, key=lambda p: p[1])); print(sorted(people, key=lambda p: p[1], reverse=True)); print(sorted(people, key=lambda p: (-p[1], p[0]))); print(sorted(sorted(people), key=lambda p: p[1]))
def s(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
s(lambda: sorted(people, key=lambda p: p[5])); s(lambda: sorted(people, key=5)); s(lambda: sorted(people, lambda p: p)); s(lambda: sorted(people, key=None)[0]); s(lambda: sorted([1, 2], reverse=None)); s(lambda: sorted([1, 2], reverse=[])); s(lambda: sorted()); s(lambda: sorted(None)); s(lambda: sorted([1], key=lambda: 1)); s(lambda: sorted(iterable=[1])); s(lambda: sorted([3, "a", 1])); s(lambda: sorted([[1], (2,)])); s(lambda: sorted([1, None, 2], key=lambda v: (v is None, v)))
print(sorted([3, 1, 2], reverse=1), sorted({"b", "a"}), sorted({2: "x", 1: "y"}), sorted("hello"), sorted(range(5), key=lambda x: x % 3), sorted([True, False]), sorted([0.0, -0.0]), sorted(["a", "B", "c"], key=str.casefold), sorted([(2, 1), (1, 2)], key=lambda t: t[1]), sorted(zip("ba", [1, 2])), sorted(i * i % 7 for i in range(7)))
calls = []
class K:
    def __init__(self, v): self.v = v; calls.append(v)
    def __lt__(self, o): return self.v < o.v
print(sorted([5, 3, 9], key=K), calls)
import operator, functools
print(sorted(people, key=operator.itemgetter(1, 0))[0], sorted([{"a": 2}, {"a": 1}], key=operator.itemgetter("a")), sorted(["bb", "a"], key=operator.methodcaller("__len__")), sorted([1j, 2 + 1j], key=operator.attrgetter("imag", "real")), functools.reduce(operator.add, [1, 2, 3], 10), list(map(operator.mul, [1, 2], [3, 4])))
l = list(range(50, 0, -1)) + list(range(50)); print(sorted(l)[::10], sorted(l, key=lambda x: -x)[::10])
nested = [[3, [1]], [3, [0]], [2, [9]]]; print(sorted(nested)); nested.sort(key=len); print(nested)
