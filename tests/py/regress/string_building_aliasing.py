s = t = "ab"
s += "c"; print(s, t); s = s + s; print(s); u = s; u += u; print(u, s)
def f(x):
    y = x
    for i in range(3): x += str(i)
    return x, y
print(f("z")); l = []
x = ""
for i in range(5): l.append(x); x += "é" if i % 2 else "a"
print(l, x); b = c = b"a"; b += b"b"; print(b, c); ba = bb = bytearray(b"a"); ba += b"b"; print(bb)
d = {"k": "v"}; v = d["k"]; v += "w"; print(d, v); d["k"] += "x"; print(d, v)
class A: s = "cls"
a = A(); a.s += "+inst"; print(A.s, a.s); n = 10**30; m = n; n += 1; print(m == 10**30, n - m); g = h = 1.5; g *= 2; print(g, h)
parts = "a-b-c".split("-"); print("".join(parts[::-1]), parts); r = "x"; r *= 3; print(r, r[1:2] is not None); q = "lazy"; w = q[:]; print(w is q or w == q, q[0:0] == "")
