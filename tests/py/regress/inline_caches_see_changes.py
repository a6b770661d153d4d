class A:
    v = 1
    def m(self): return "A.m"
class B:
    v = 2
    def m(self): return "B.m"
def get(o): return o.v, o.m()
a, b = A(), B()
for o in (a, b, a, a, b) * 20: r = get(o)
print(get(a), get(b)); a.v = "inst"; print(get(a)); A.m = lambda s: "patched"; print(get(a)); del a.v; A.v = property(lambda s: "prop"); print(get(a)); a.__dict__["m"] = lambda: "inst m"; print(get(a)); a.__class__ = B; print(get(a)); del a.__dict__["m"]; print(get(a))
B.__getattribute__ = lambda s, n: f"ga {n}" if n == "v" else object.__getattribute__(s, n); print(get(b)); del B.__getattribute__; print(get(b))
class C(A): pass
c = C(); print([get(c) for _ in range(5)][-1]); A.m = lambda s: "base patched"; print(get(c)); C.__bases__ = (B,); print(get(c)); C.v = 5; print(get(c))
x = 1
def glob(): return x, len("abc")
print([glob() for _ in range(30)][-1]); x = 2; print(glob()); len = lambda s: "shadow"; print(glob()); del len; print(glob())
import builtins; orig = builtins.len; builtins.len = lambda s: "builtin patched"; print(glob()); builtins.len = orig; print(glob()); globals()["x"] = 3; print(glob()); del x
try: glob()
except NameError as e: print(e)
x = 9; print(glob())
def add(p, q): return p + q
for _ in range(50): add(1, 2)
print(add(1, 2), add(1.5, 2), add("a", "b"), add([1], [2]), add(2**62, 2**62), add(True, 1), add((1,), ()), add(1j, 1))
def sub(s, i): return s[i]
for _ in range(50): sub([1, 2], 0)
print(sub([1, 2], -1), sub("ab", 1), sub({1: 2}, 1), sub((5,), 0), sub(b"a", 0), sub(range(9), 3), sub({0: "z"}, False))
def call(f): return f(3)
for _ in range(50): call(str)
print(call(str), call(lambda v: v + 1), call(range), call([10, 20, 30, 40].__getitem__), call(type), call(float))
def it(s): return [v for v in s]
for _ in range(30): it([1])
print(it((1, 2)), it("ab"), it({1: 2}), it(range(2)), it(iter([3])), it({5}), it(i for i in "x"))
def cmp(p, q): return p < q, p == q
for _ in range(50): cmp(1, 2)
print(cmp(1.0, 2), cmp("a", "b"), cmp(2**70, 2**71), cmp([1], [2]), cmp(float("nan"), 1))
def isb(p): return 1 if p else 0
for _ in range(50): isb(True)
print(isb([]), isb("a"), isb(0.0), isb(None), isb(A()), isb(2**70))
def st(o, v): o.attr = v; return o.attr
for _ in range(30): st(A(), 1)
class Slot: __slots__ = "attr"
class Prop: attr = property(lambda s: "got", lambda s, v: None)
print(st(Slot(), 5), st(Prop(), 6), st(lambda: 0, 7), st(A, 8))
