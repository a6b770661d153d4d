class Frac:
    def __init__(self, n, d=1):
        if not d: raise ZeroDivisionError("denominator")
        if d < 0: n, d = -n, -d
        a, b = abs(n), d
        while b: a, b = b, a % b
        self.n, self.d = n // a, d // a
    def _op(f):
        def fwd(self, o):
            if isinstance(o, int): o = Frac(o)
            return f(self, o) if isinstance(o, Frac) else NotImplemented
        def rev(self, o): return fwd(Frac(o), self) if isinstance(o, int) else NotImplemented
        return fwd, rev
    __add__, __radd__ = _op(lambda a, b: Frac(a.n * b.d + b.n * a.d, a.d * b.d)); __sub__, __rsub__ = _op(lambda a, b: Frac(a.n * b.d - b.n * a.d, a.d * b.d))
    __mul__, __rmul__ = _op(lambda a, b: Frac(a.n * b.n, a.d * b.d)); __truediv__, __rtruediv__ = _op(lambda a, b: Frac(a.n * b.d, a.d * b.n))
    __lt__, _ = _op(lambda a, b: a.n * b.d < b.n * a.d); __eq__, _ = _op(lambda a, b: (a.n, a.d) == (b.n, b.d))
    def __hash__(self): return hash(self.n) if self.d == 1 else hash((self.n, self.d))
    def __pow__(self, k): return Frac(self.n ** k, self.d ** k) if k >= 0 else Frac(self.d ** -k, self.n ** -k)
    def __neg__(self): return Frac(-self.n, self.d)
    def __abs__(self): return Frac(abs(self.n), self.d)
    def __bool__(self): return self.n != 0
    def __float__(self): return self.n / self.d
    def __int__(self): return int(float(self))
    def __round__(self, k=0): return round(float(self), k)
    def __repr__(self): return f"{self.n}/{self.d}" if self.d != 1 else f"{self.n}"
    def __format__(self, s): return format(float(self), s) if s else repr(self)
h = Frac(1, 2); print(h + h, h - 1, 1 - h, h * 3, 3 * h, h / Frac(1, 4), 2 / h, -h, abs(-h), h ** 3, h ** -2, h < 1, h == Frac(2, 4), Frac(4, 2) == 2, bool(Frac(0)), float(h), f"{h:.3f} {h}", round(Frac(22, 7), 2), sum([h, h, h]), sorted([Frac(1, 2), Frac(1, 3), Frac(3, 4)]), max(h, Frac(2, 3)), {Frac(2): "two"}[2], 1 > h, hash(Frac(3)) == hash(3))
for fn in (lambda: h + 1.5, lambda: "a" + h, lambda: h < "x", lambda: Frac(1, 0), lambda: h / 0, lambda: h @ h, lambda: [h] < [1.5]):
    try: print(fn())
    except Exception as e: print(type(e).__name__, e)
class Vec(tuple):
    def __new__(cls, *v): return super().__new__(cls, v)
    def __add__(self, o): return Vec(*(a + b for a, b in zip(self, o)))
    def __mul__(self, k): return Vec(*(a * k for a in self))
    __rmul__ = __mul__
    def __matmul__(self, o): return sum(a * b for a, b in zip(self, o))
    def __getattr__(self, n):
        try: return self["xyz".index(n)]
        except (ValueError, IndexError): raise AttributeError(f"no {n}", name=n, obj=self) from None
v = Vec(1, 2, 3); print(v + v, v * 2, 2 * v, v @ v, v.x, v.z, v[1:], hasattr(v, "w"), type(v + v).__name__, v == (1, 2, 3))
class Poly:
    def __init__(self, *c): self.c = c
    def __call__(self, x): r = 0; [r := r * x + k for k in reversed(self.c)]; return r
    def __mul__(self, o): r = [0] * (len(self.c) + len(o.c) - 1); [r.__setitem__(i + j, r[i + j] + a * b) for i, a in enumerate(self.c) for j, b in enumerate(o.c)]; return Poly(*r)
    def __iter__(self): return iter(self.c)
    def __getitem__(self, i): return self.c[i]
    def __len__(self): return len(self.c)
    def __str__(self): return " + ".join(f"{k}x^{i}" for i, k in enumerate(self.c) if k)
p = Poly(1, 1) * Poly(-1, 1); print(p, p(3), list(p), p[-1], len(p), p[0:2], *p)
