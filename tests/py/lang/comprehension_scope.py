x = "outer"
print([x for x in range(3)], x)
print({x: y for x, y in zip("ab", range(2))}, x)
print([[y for y in range(x)] for x in range(4)])
print([(i, j) for i in range(3) if i % 2 == 0 for j in range(i) if j])
def f():
    y = 10
    r = [y + z for z in range(2)]
    g = [lambda: z for z in range(2)]
    return r, [h() for h in g], sorted(locals())
print(f())
def first_iter():
    print("first iterable evaluated")
    return [1, 2]
g = (i for i in first_iter())
print("made")
print(list(g))
try:
    (i for i in 5)
except TypeError as e:
    print("eager:", e)
g = (i for i in [1] for j in 5)
try:
    next(g)
except TypeError as e:
    print("lazy:", e)
print([last := i for i in range(3)], last)
def w():
    total = 0
    r = [total := total + v for v in [1, 2, 3]]
    return r, total
print(w())
print(any((hit := n) > 3 for n in [1, 5, 9]), hit)
class C:
    items = [1, 2]
    doubled = [i * 2 for i in items]
    print("i" in dir(), sorted(k for k in locals() if not k.startswith("__")))
print([i for i in [j for j in range(3)]])
print({i % 3 for i in range(9)} == {0, 1, 2}, {**{k: v for k, v in [("a", 1)]}})
def gl():
    return [k for k in list(locals())]
print(gl())
print([*(i for i in range(2)), *[i for i in range(2)]])
log = []
def t(v): log.append(v); return v
{t("k"): t("v") for _ in range(2)}
print(log)
print([a + b for a, b in [(1, 2), (3, 4)]], [a for a, *b in ["abc"]], [b for a, *b in ["abc"]])
