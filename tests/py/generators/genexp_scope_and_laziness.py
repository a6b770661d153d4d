x = 10
g = (x + i for i in range(3)); x = 20; print(list(g))
def f():
    y = 1; g = (y for _ in range(2)); y = 2; return list(g)
print(f())
print(sum(i for i in range(5)), sorted(c for c in "ba"), list(a * b for a in (1, 2) for b in (3, 4) if a != b), max((len(w), w) for w in ["a", "bb"]), dict((k, v) for k, v in [(1, 2)]), "".join(c for c in "abc" if c != "b"), any(i > 2 for i in range(4)), set(i % 2 for i in range(4)), tuple(i for i in ()))
g = (i for i in [1, 2, 3]); print(next(g), list(g), list(g)); print(type(g).__name__, g.__name__, g.__qualname__)
g = (lambda: v for v in range(2)); print([h() for h in g]); print([h() for h in list(lambda: v for v in range(2))])
class C:
    n = 3; ok = list(i for i in range(n))
    try: bad = list(n for i in range(2))
    except NameError as e: print(e)
print(C.ok)
nested = ((i, j) for i in range(2) for j in (k for k in range(i + 1))); print(list(nested))
g = (print("eval", i) for i in (print("first"), print("iter"))); print("created"); list(g)
try: (i for i in undefined)
except NameError as e: print("immediate", e)
g = (i for i in [1] if undefined)
try: next(g)
except NameError as e: print("lazy", e)
for src in ("f(x for x in y, 1)", "f(1, x for x in y)", "f(x for x in y, *z)", "class A(x for x in y): pass", "(x for x in y) = 1", "(yield x for x in y)", "[*x for x in y]", "(*x for x in y)", "(x := 1 for x in y)", "(i for i in (j := [1]))", "((i := 2) for i in y)", "{**x for x in y}", "(x, y for x in z)", "[x, y for x in z]", "del (x for x in y)", "(x for x in *y)", "f(a=x for x in y)", "(x for 1 in y)", "(await_ for async_ in y)", "f(x for x in y)", "f((x for x in y), 1)"):
    try: compile(src, "s", "exec"); print("ok", src)
    except SyntaxError as e: print(src, "->", e.msg)
it = iter(range(10)); g = (i for i in it if i % 2); print(next(g), next(it), next(g)); g.close(); print(next(it))
