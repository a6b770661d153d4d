class A:
    def __repr__(self): return "A-repr"
class B(A):
    def __str__(self): return "B-str"
class C(B):
    def __format__(self, s): return f"C-fmt({s})"
for o in A(), B(), C(): print(str(o), repr(o), f"{o}", format(o), "%s %r" % (o, o), "{!s} {!r} {}".format(o, o, o), [o], ascii(o))
def attempt(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class BadStr:
    def __str__(self): return 5
    def __repr__(self): return None
    def __format__(self, s): return 1
    def __bytes__(self): return "s"
b = BadStr()
for f in (lambda: str(b), lambda: repr(b), lambda: format(b), lambda: f"{b}", lambda: print(b), lambda: [b].__repr__(), lambda: ascii(b), lambda: bytes(b), lambda: "%s" % b): attempt(f)
attempt(lambda: format(A(), "x")); attempt(lambda: format([], "5")); attempt(lambda: format(None, "s")); attempt(lambda: "{:d}".format("a")); attempt(lambda: format(1, 5)); attempt(lambda: format(object(), "q").x)
class S(str):
    def __str__(self): return "S!"
s = S("raw")
print(s, str(s), f"{s}", f"{s:>5}", "%s" % s, repr(s), type(str(s)).__name__, [s], "".join([s, "x"]), s + "")
class T(str): pass
print(type(str(T("q"))).__name__, type(T("q").__str__()).__name__, type(f"{T('q')}").__name__)
class RetSub:
    def __str__(self): return T("sub")
    def __repr__(self): return T("rsub")
print(type(str(RetSub())).__name__, type(repr(RetSub())).__name__)
class I(int):
    def __repr__(self): return "I!"
print(I(5), f"{I(5)}", f"{I(5):3}", "%d" % I(5), "%s" % I(5), str(I(5)), [I(5)], I(5) + 0, I(5).__str__(), int.__repr__(I(5)))
class E(Exception):
    def __str__(self): return "E!"
print(E(1), repr(E(1)), E(1, 2), repr(E(1, 2)), f"{E('x')!r}")
class Rec:
    def __init__(self): self.l = [self]
    def __repr__(self): return f"Rec({self.l})"
attempt(lambda: len(repr(Rec())) > 0) if False else None
l = []; l.append(l); d = {}; d["d"] = d; t = ([],); t[0].append(t)
print(l, d, t)
print(repr(print), repr([].append).split(" at")[0], repr(int.__add__), repr("".join).split(" at")[0], repr((5).__add__).split(" at")[0], repr(dict.fromkeys).split(" at")[0], repr(type), repr(object), repr(A), repr(int.real), repr(str.__dict__["maketrans"]).split(" at")[0])
