a, b, c = 1, 2, 3
a, b = b, a; print(a, b); a, b, c = c, a, b; print(a, b, c)
l = [0, 1, 2, 3]; l[0], l[1] = l[1], l[0]; print(l); l[0], l[-1], l[1] = l[-1], l[1], l[0]; print(l)
i = 0; i, l[i] = 2, "x"; print(i, l); l[i], i = "y", 0; print(i, l)
x = y = z = []; x.append(1); print(y, z is x)
def f(a, b): a, b = b, a; b, a = a + b, b; return a, b
print(f(1, 10)); (a, b), c = [3, 4], 5; print(a, b, c); a = b = a, b; print(a, b); [a, [b, [c]]] = 1, [2, [3]]; print(a, b, c)
class P: pass
p = P(); p.a, p.b = 1, 2; p.a, p.b = p.b, p.a; print(p.a, p.b); p, p.q = P(), 9; print(p.q)
d = {}; d["k"], d["k"] = 1, 2; print(d); a, a = 1, 2; print(a); a, *a = 5, 6; print(a); (a, b)[:] if False else None
def g(n):
    a, b = 0, 1
    while n: a, b, n = b, a + b, n - 1
    return a
print(g(90)); s = [3, 1, 2]; s[0], s[1:] = "z", "ab"; print(s)
