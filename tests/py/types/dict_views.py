d = {"a": 1, "b": 2, "c": 3}
k, v, i = d.keys(), d.values(), d.items()
print(k, v, i, len(k), "a" in k, 2 in v, ("a", 1) in i, ("a", 9) in i, "a" in i, list(reversed(k)), list(reversed(v)), list(reversed(i)))
d["d"] = 4; print(k, len(v), k.mapping, type(k.mapping).__name__)
print(sorted(k & {"a", "z"}), sorted(k | ["z"]), sorted(k - ["a"]), sorted(k ^ {"a", "z"}), sorted(["a", "q"] & k), k == {"a", "b", "c", "d"}, k < {"a", "b", "c", "d", "e"}, k >= {"a"}, k.isdisjoint(["z"]), sorted(i & {("a", 1)}), i == set(d.items()), type(k & k).__name__, k == d.keys(), {"a"} <= k, v == d.values(), v == v, sorted({"z"} | k), sorted({"a", "z"} - k))
for f in (lambda: k[0], lambda: k + k, lambda: k & 5, lambda: k < [1], lambda: v & v, lambda: {1: []}.items() & {1}, lambda: {1: []}.items() | [], lambda: hash(k), lambda: k.add, lambda: ([], 1) in {"a": 1}.items(), lambda: [] in k, lambda: hash(v) == hash(v), lambda: hash(i), lambda: type(k)(), lambda: k.isdisjoint(5), lambda: iter(v).__next__(), lambda: setattr(k, "x", 1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(list(zip(d, d.values())) == list(d.items()), [*k], max(v), dict(i) == d, sorted(i, key=lambda t: -t[1])[0], str({}.keys()), {}.values(), {}.items())
it = iter(d.items()); print(next(it), next(it), list(it), list(it))
r = {}; r[1] = r.values(); print(r); r2 = {}; r2["k"] = r2.items(); print(r2)
import types
p = types.MappingProxyType(d)
print(p, p["a"], len(p), list(p), p.get("z", 0), p.keys() == d.keys(), p == d, p | {"z": 0}, p.copy(), "a" in p, list(reversed(p)), repr(p), hash(types.MappingProxyType({})) if False else "")
for f in (lambda: p.__setitem__, lambda: p["zz"], lambda: types.MappingProxyType(5), lambda: types.MappingProxyType([1]), lambda: hash(p), lambda: p | 5, lambda: p.pop):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
try: p["x"] = 1
except TypeError as e: print(e)
try: del p["a"]
except TypeError as e: print(e)
try: p |= {}
except TypeError as e: print(e)
d["late"] = 1; print("late" in p, type(object.__dict__).__name__, int.__dict__ == vars(int))
