class L(list):
    def __getitem__(self, i): return ("L", i)
    def __len__(self): return 99
    def __iter__(self): return iter("custom")
l = L([1, 2, 3])
print(l, l[0], len(l), list(l), [*l], tuple(l), sorted(l), l == [1, 2, 3], l + [4], l.index(2), list.__len__(l), sum([1]) , "".join(l), l.copy(), list.__getitem__(l, 0), bool(l))
class D(dict):
    def __getitem__(self, k): return ("D", k)
    def __missing__(self, k): return "missing"
    def keys(self): return ["fake"]
    def __contains__(self, k): return True
    def __iter__(self): return iter(["it"])
d = D(a=1)
print(d, d["a"], d.get("a"), d.get("zz"), dict(d), {**d}, "q" in d, list(d), len(d), d == {"a": 1}, d.pop("a"), "%(x)s" % d)
class Miss(dict):
    def __missing__(self, k): self[k] = v = k * 2; return v
m = Miss(); print(m["ab"], m, m.get("zz"), "zz" in m)
class I(int):
    def __add__(self, o): return I(int(self) + o)
    def __eq__(self, o): return True
    __hash__ = int.__hash__
i = I(1)
print(type(i + 1).__name__, i + 1 + 1, 1 + i, type(1 + i).__name__, type(-i).__name__, type(abs(i)).__name__, i == 5, 5 == i, i in [7], [7].index(i), {1: "one"}[i], sum([i, i]), range(i), [10, 20][i], -i, type(int(i)).__name__, type(I(True)).__name__)
class S(str):
    def __getitem__(self, i): return "?"
    def __len__(self): return 2
    def __iter__(self): return iter([1, 2])
s = S("hello")
print(s[0], len(s), list(s), s.upper(), type(s.upper()).__name__, s.split("l"), s + "x", type(s[1:]).__name__, s.find("l"), s == "hello", hash(s) == hash("hello"), {s: 1}["hello"], s.join(["a", "b"]), "%s" % s, f"{s}", tuple(s))
class T(tuple):
    def __getitem__(self, i): return "T"
t = T((1, 2)); a, b = t; print(t[0], a, b, t + (3,), t == (1, 2), "%s-%s" % t)
class F(float):
    def __repr__(self): return "F"
print(F(1.5), str(F(1.5)), f"{F(1.5)}", f"{F(1.5):.2f}", [F(2)], F(1.5) + 1, round(F(1.5)), F("nan") != F("nan"))
class B(bytes): pass
print(B(b"x") + b"y", type(B(b"x") + b"y").__name__, type(B(b"ab")[0:1]).__name__)
class Set(set):
    def add(self, x): set.add(self, x * 2)
st = Set([1]); st.add(5); st |= {7}; print(sorted(st), type(st | {1}).__name__, type(st.copy()).__name__, type(st - {1}).__name__, sorted(st - {1}))
