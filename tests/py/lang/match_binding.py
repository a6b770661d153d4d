# What is bound when a pattern fails half-way; order of evaluation; soft keywords.
class Loud:
    def __init__(self, n): self.n = n
    def __eq__(self, o):
        print(f"eq {self.n} {o!r}"); return self.n == o
class E:
    one = Loud(1)
    two = Loud(2)
match 2:
    case E.one: print("one")
    case E.two | 3: print("two")
match [1, 2]:
    case [a, 3]: print("no")
    case [_, b]: print(b)
try: a
except NameError as e: print("a:", e)
print("b", b)
match = 5
case = match + 1
type = [match, case]
_ = "underscore"
print(match, case, type, _)
match (1, 2):
    case (_, _): print(_)
match(*[1], ) if False else None
def match2(x): return x
match match2:
    case case: print(case is match2)
match -1:
    case -1: print("minus")
match {"x": 1}:
    case {"x": (1 | 2) as n, **kw}: print(n, kw)
match ["go", "north"]:
    case ["go", ("north" | "south") as d]: print(d)
del type
print(type(match))
match 3 if True else 4:
    case 3: print("cond")
match not 1:
    case False: print("not")
match [i for i in range(2)]:
    case [0, 1]: print("comp")
match lambda: 1:
    case f: print(f())
match x := 7:
    case 7: print("walrus", x)
match *[1, 2], 3:
    case [1, 2, 3]: print("star")
class Str(str): pass
match Str("k"):
    case "k": print("subclass of str matches value")
match 1:
    case True: print("identity?")
    case 1.0: print("equal")
