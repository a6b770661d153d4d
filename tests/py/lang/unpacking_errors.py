def attempt(src, **ns):
    try:
        exec(src, ns)
        print(src, "->", {k: v for k, v in ns.items() if k in "abcd"})
    except Exception as e:
        print(src, "->", type(e).__name__, e)
attempt("a, b = 1, 2, 3")
attempt("a, b = [1]")
attempt("a, b = []")
attempt("a, b, c = 'xy'")
attempt("a, b = {1: 2, 3: 4, 5: 6}")
attempt("a, b = iter([1, 2, 3])")
attempt("a, b = (x for x in range(3))")
attempt("a, *b = 1,")
attempt("a, *b, c = 1,")
attempt("a, *b, c = []")
attempt("*a, b, c = 1, 2, 3, 4")
attempt("*a, = 'xyz'")
attempt("a, b = 5")
attempt("a, b = None")
attempt("*a, b = 5")
attempt("(a, b), c = (1, 2), 3")
attempt("(a, b), c = 1, 2")
attempt("[a, [b, *c]] = 1, (2, 3, 4)")
attempt("a = *range(3), *'xy'")
attempt("a = [*5]")
attempt("a = (*None,)")
attempt("a = {**5}")
attempt("a = {**{1: 2}, 1: 3, **{1: 4}}")
attempt("a = {*(1, 2), *[2, 3]}")
attempt("for a, b in [(1, 2), (3,)]: pass")
class It:
    def __iter__(self): return 5
class Bad:
    def __iter__(self): return self
    def __next__(self): raise KeyError("k")
class Seq:
    def __getitem__(self, i):
        if i < 2: return i
        raise IndexError
attempt("a, b = It()", It=It)
attempt("a, b = Bad()", Bad=Bad)
attempt("a, b = Seq()", Seq=Seq)
attempt("a, b, *c = Seq()", Seq=Seq)
attempt("a, b, c = Seq()", Seq=Seq)
