# The right side is evaluated first, then targets from left to right.
log = []
def t(name, value=None):
    log.append(name)
    return value
class Box(dict):
    def __setitem__(self, k, v):
        log.append(f"set {k}={v}")
        dict.__setitem__(self, k, v)
b = Box()
t("b1", b)[t("k1", 1)] = t("b2", b)[t("k2", 2)] = t("v", 10)
print(log)
log.clear()
t("b", b)[t("k", 1)] += t("rhs", 5)
print(log, b)
log.clear()
x = i = 0
i, b[i] = 7, "seven"
print(i, b)
a = [0, 1, 2]
i = 0
i, a[i] = 1, 9
print(i, a)
a = b2 = c = [1]
a += [2]
print(a is b2 is c, c)
t1 = ([],)
try:
    t1[0] += [1]
except TypeError as e:
    print(e)
print(t1)
(x) = 5
[y] = [6]
print(x, y)
log.clear()
d = {t("key1"): t("val1"), t("key2"): t("val2")}
print(log)
log.clear()
(t("f") or print)(t("a1"), *[t("star")], k=t("kw"), **{"sep": t("sep", ",")}) if False else None
def f(*a, **k): return a, k
print(f(t("1", 1), *t("2", [2]), k=t("3", 3), **t("4", {"z": 4})), log)
