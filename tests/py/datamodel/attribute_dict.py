class A:
    c = "class"
    def __init__(self): self.x = 1; self.y = 2
a = A()
d = a.__dict__
print(d, d is a.__dict__, vars(a) is d)
d["z"] = 3; print(a.z); a.w = 4; print(d)
del d["x"]
try: a.x
except AttributeError as e: print(e)
a.__dict__ = {"new": 1}; print(a.new, vars(a), d)
try: a.y
except AttributeError as e: print(e)
for v in (5, None, []):
    try: a.__dict__ = v
    except TypeError as e: print(e)
del a.__dict__; print(a.__dict__)
a.x = 1; a.c = "inst"; print(a.c, A.c); del a.c; print(a.c)
try: del a.c
except AttributeError as e: print(e)
a.__dict__[5] = "int key"; print(a.__dict__)
setattr(a, "not an identifier", 1); print(getattr(a, "not an identifier"), sorted(map(str, vars(a))))
class Sub(dict):
    def __getitem__(self, k): return "sub"
a.__dict__ = Sub(q=1); print(a.q, type(a.__dict__).__name__)
order = A()
for n in "zyxw": setattr(order, n, n)
print(list(vars(order)))
del order.y; order.y = "again"; print(list(vars(order)))
for i in range(200): setattr(order, f"n{i}", i)
print(len(vars(order)), order.n199, list(vars(order))[:6])
b = A(); b2 = A(); b.__dict__, b2.__dict__ = b2.__dict__, b.__dict__
b.q = 1; print(hasattr(b2, "q"))
b.__dict__ = b2.__dict__; b.shared = 1; print(b2.shared)
print(vars() is globals(), "A" in vars())
for o in 5, [], object():
    try: vars(o)
    except TypeError as e: print(e)
f = lambda: 0
f.__dict__ = {"a": 1}; print(f.a)
class E(Exception): pass
e = E(); e.x = 1; print(e.__dict__, vars(ValueError()))
