def nest(n, f, base):
    x = base
    for _ in range(n): x = f(x)
    return x
def t(name, f):
    # Whether the answer comes or RecursionError is the implementation's affair; the process must live.
    try: r = f(); print(name, r if "small" in name else "survived")
    except RecursionError: print(name, "survived")
N = 20_000
shapes = {"list": lambda x: [x], "tuple": lambda x: (x,), "dict": lambda x: {1: x}}
for name, f in shapes.items():
    a, b = nest(N, f, 1), nest(N, f, 1)
    t(name + " repr", lambda: repr(a)); t(name + " str", lambda: str(a)); t(name + " eq", lambda: a == b); t(name + " format", lambda: f"{a}")
    t(name + " self eq", lambda: a == a)
    a = b = None
a = nest(N, lambda x: [x], 1); b = nest(N, lambda x: [x], 2)
# Ordering asks for equality at every level: quadratic, so not as deep.
c = nest(1000, lambda x: [x], 1); d = nest(1000, lambda x: [x], 2); t("list lt", lambda: c < d); t("sort", lambda: sorted([d, c]) == [c, d])
t("print-like", lambda: "%s" % (a,)); t("in", lambda: a in [b]); t("tuple hash", lambda: hash(nest(N, lambda x: (x,), 1))); t("frozenset repr", lambda: repr(nest(1000, lambda x: frozenset([x]), 1)))
t("small repr", lambda: repr(nest(50, lambda x: [x], 1))); t("small eq", lambda: nest(100, lambda x: (x,), 1) == nest(100, lambda x: (x,), 1))
t("exception", lambda: repr(nest(N, lambda x: ValueError(x), 1))); t("group", lambda: len(nest(50, lambda x: ExceptionGroup("g", [x]), ValueError(1)).exceptions))
import copy
t("deepcopy", lambda: copy.deepcopy(a) == a); t("isinstance", lambda: isinstance(1, nest(N, lambda x: (x,), str)))
t("dict key", lambda: {nest(N, lambda x: (x,), 1): 1}); t("json-like walk", lambda: max(map(len, [a])))
print("end")
