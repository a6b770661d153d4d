d = {"a": 1, "b": 2}
print(d.get("a"), d.get("z"), d.get("z", 0), d.setdefault("a", 9), d.setdefault("c", 3), d.setdefault("n"), d.pop("n"), d.pop("zz", "dflt"), d.popitem(), d, d.update({"x": 1}), d.update([("y", 2)], z=3), d.update(q=1), d, d.copy() == d, d.copy() is d, len(d), list(d), "a" in d, d == dict(reversed(d.items())))
def s(f):
    d = {"a": 1, "b": 2}
    try: print(f(d), d)
    except Exception as e: print(type(e).__name__, e, d)
s(lambda d: d["z"]); s(lambda d: d.pop("z")); s(lambda d: {}.popitem()); s(lambda d: d.update(5)); s(lambda d: d.update([1])); s(lambda d: d.update([(1,)])); s(lambda d: d.update(["abc"])); s(lambda d: d.update(["ab"])); s(lambda d: d[[]]); s(lambda d: d.get({})); s(lambda d: d.__delitem__("z")); s(lambda d: dict(5)); s(lambda d: dict([1, 2])); s(lambda d: dict(["ab", "cd"])); s(lambda d: dict([("a", 1)], a=2)); s(lambda d: dict({1: 2}, a=3)); s(lambda d: dict(**{"x": 1})); s(lambda d: d | {"b": 5, "c": 6}); s(lambda d: d | [("q", 1)]); s(lambda d: [("q", 1)] | d); s(lambda d: d.__ior__([("q", 1)])); s(lambda d: d.__ior__({"a": 9})); s(lambda d: d < d); s(lambda d: d + d); s(lambda d: hash(d)); s(lambda d: dict.fromkeys("ab")); s(lambda d: dict.fromkeys([1, 2], [])); s(lambda d: dict.fromkeys(5)); s(lambda d: d.setdefault([])); s(lambda d: d.clear()); s(lambda d: d.pop()); s(lambda d: d.get()); s(lambda d: d.update({}, {})); s(lambda d: d[1:2]); s(lambda d: d.fromkeys()); s(lambda d: {**d, "a": 0}); s(lambda d: d.__contains__([])); s(lambda d: {[]: 1}); s(lambda d: d.items().mapping); s(lambda d: d.pop([]))
d = {1: "int", 1.0: "float", True: "bool", 0: "z", False: "f", "1": "str"}; print(d)
o = dict(a=1, b=2, c=3); del o["a"]; o["a"] = 4; o["b"] = 5; print(o, list(reversed(o)), o.popitem(), o)
class M:
    def keys(self): return ["k1", "k2"]
    def __getitem__(self, k): return k.upper()
print(dict(M()), {**M()}, {} | dict(M())); e = {}; e.update(M()); print(e)
r = {}; r["self"] = r; r["l"] = [r]; print(r)
big = {i: i for i in range(1000)}
for i in range(0, 1000, 2): del big[i]
print(len(big), list(big)[:3], sum(big), big.popitem()); big[0] = "new"; print(list(big)[-1], 1 in big, 2 in big)
n = {}; n[float("nan")] = 1; n[float("nan")] = 2; print(len(n)); nan = float("nan"); n2 = {nan: 1}; print(n2[nan], nan in n2)
print({"a": {"b": [1, {"c": ()}]}}, {None: None, (): (), ...: ...}, str({1: "x"}), repr({"k": "it's"}), {i: c for i, c in enumerate("ab")}, dict(zip("ab", [1, 2])), {} == {}, {1: 2} != {1: 3}, {1: [1]} == {1: [1]})
