log = []
class A:
    def __init__(self, n): self.n = n
    def __eq__(self, o): log.append(f"{self.n}.eq"); return NotImplemented
    def __lt__(self, o): log.append(f"{self.n}.lt"); return NotImplemented
    def __ge__(self, o): log.append(f"{self.n}.ge"); return "ge!"
class B(A):
    def __gt__(self, o): log.append(f"{self.n}.gt"); return "B.gt"
    def __eq__(self, o): log.append(f"{self.n}.Beq"); return []
def show(f):
    try: r = f()
    except TypeError as e: r = f"TypeError {e}"
    print(r, log); log.clear()
a, a2, b = A("a"), A("a2"), B("b")
show(lambda: a == a2); show(lambda: a == a); show(lambda: a != a2); show(lambda: a < a2); show(lambda: a > a2)
show(lambda: a <= a2); show(lambda: a < b); show(lambda: a == b); show(lambda: a != b); show(lambda: b == a)
show(lambda: a == 1); show(lambda: 1 == a); show(lambda: a < 1); show(lambda: 1 > a); show(lambda: 1 <= a)
for op in "< <= > >=".split():
    for l, r in ((1, "a"), (None, None), ([], ()), ({}, {}), (1j, 2j), (object, int), (len, len), (..., 1), ({1}, [1]), (range(1), range(2))):
        try: eval(f"l {op} r")
        except TypeError as e: print(e)
    
print(1 == 1.0 == True, None == 0, (1,) == [1], "a" == b"a", [] == [], {} == {}, 1 != 1.0)
class NE:
    def __eq__(self, o): return True
print(NE() != 1, NE() == 1, NE.__hash__)
class OnlyNe:
    def __ne__(self, o): return "ne"
x = OnlyNe()
print(x == x, x != x, x == 1, hash(x) == hash(x))
nan = float("nan")
print(nan == nan, [nan] == [nan], (nan,) == (nan,), {1: nan} == {1: nan}, nan in [nan], [nan].index(nan), [nan].count(nan), [float("nan")] == [float("nan")])
class Raises:
    def __eq__(self, o): raise ValueError("eq")
r = Raises()
print([r] == [r], r in [r])
for f in (lambda: [r] == [Raises()], lambda: r in [Raises()], lambda: {1: r} == {1: Raises()}, lambda: [1, r].index(5)):
    try: print(f())
    except ValueError as e: print("raised", e)
print(object().__eq__(1), object().__lt__(1), (5).__eq__("a"), (5).__lt__(6), object.__ne__(1, 1), object.__eq__(r, r))
