log = []
def t(v): log.append(v); return v
def show(v): print(repr(v), log); log.clear()
show(t(0) or t("") or t([]) or t("last"))
show(t(1) and t("x") and t(0) and t("never"))
show(t(0) and t(1) or t(2))
show(not t(0))
show(t(1) if t(0) else t(2))
show(t(1) < t(2) < t(3))
show(t(3) < t(2) < t(1))
show(t(1) < t(5) > t(2) != t(2) == t(9))
show(t(1) in t([1]) in [[1]])
show(t(1) is t(1) is not t(2))
class B:
    n = 0
    def __init__(self, v): self.v = v
    def __bool__(self): B.n += 1; return self.v
x = B(False)
r = x or 5
print(r, B.n)
if x and x: pass
print(B.n)
if not x: pass
print(B.n)
while x: pass
r = x and 1
print(r is x, B.n)
class C:
    def __init__(self, r): self.r = r
    def __lt__(self, o): return self.r
print((C([]) < 1 < 2), (C("yes") < 1 < 2), (C("yes") < 1) == "yes")
class Bad:
    def __bool__(self): return 1
class BadLen:
    def __len__(self): return -1
class BadLen2:
    def __len__(self): return "x"
class Big:
    def __len__(self): return 1 << 70
for o in Bad(), BadLen(), BadLen2(), Big():
    for f in (lambda: bool(o), lambda: not o, lambda: o or 1, lambda: 1 if o else 2):
        try: f()
        except Exception as e: print(type(e).__name__, e)
class LenOnly:
    def __len__(self): return 0
print(bool(LenOnly()), bool(type), bool(...), bool(NotImplemented) if False else "skip")
try: bool(NotImplemented)
except TypeError as e: print(e)
