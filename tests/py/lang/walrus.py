if (n := len("abc")) > 2:
    print(n)
print((a := 1, b := a + 1), a, b)
def f(x, y=(d := 5)): return x + y
print(f(z := 3), z, d)
while chunk := "".join(iter([]) if a > 3 else "x" * a):
    a += 1
    print(chunk)
print([y := 1, y ** 2], y)
lst = [1, 2, 3, 4]
print(lst[(i := 1):(j := 3)], i, j)
print({(k := "key"): (v := 1)}, k, v)
print(f"{(q := 7)} {q} {(r:=3):>{r}}")
print(not (m := None), m is None)
def g():
    if any((w := c).isupper() for c in "abCd"):
        return w
print(g())
x = (y := 2) + (y := 3)
print(x, y)
lam = lambda: (inner := 1) + inner
print(lam())
def h():
    global G
    (G := 5)
h()
print(G)
print((t := 1, 2), t)
assert (ok := True), "msg"
print(ok, [*(s := [1, 2])], s)
del (s)
try: s
except NameError as e: print(e)
