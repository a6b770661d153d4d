class T:
    def __init__(self, s): self.s = s
    def __repr__(self): return self.s
    def __bool__(self): return True
def bin_(op):
    return lambda a, b: T(f"({a!r} {op} {b!r})")
for name, op in dict(add="+", sub="-", mul="*", truediv="/", floordiv="//", mod="%", pow="**", matmul="@", lshift="<<", rshift=">>", and_="&", or_="|", xor="^").items():
    name = name.rstrip("_"); setattr(T, f"__{name}__", bin_(op))
for name, op in dict(neg="-", pos="+", invert="~").items(): setattr(T, f"__{name}__", lambda a, op=op: T(f"({op}{a!r})"))
for name, op in dict(lt="<", gt=">", le="<=", ge=">=", eq="==", ne="!=").items(): setattr(T, f"__{name}__", bin_(op))
T.__hash__ = None; T.__call__ = lambda s, *a: T(f"{s!r}({', '.join(map(repr, a))})"); T.__getitem__ = lambda s, k: T(f"{s!r}[{k!r}]"); T.__getattr__ = lambda s, n: T(f"{s!r}.{n}") if len(n) == 1 else (_ for _ in ()).throw(AttributeError(n))
a, b, c, d = map(T, "abcd")
for src in ("a + b * c", "a * b + c", "a ** b ** c", "-a ** b", "a ** -b", "~a ** ~b", "a * b / c // d % a", "a @ b * c", "a << b + c", "a + b << c", "a & b << c", "a | b ^ c & d", "a < b + c", "a == b | c", "a - b - c", "a / b / c", "a << b << c", "-a + b", "- - a", "-a.b", "-a(b)", "-a[b]", "a.b(c)[d]", "a ** b.c", "a ** b(c)", "a if b else c if d else a", "a or b and c", "not a == b", "a | b == c", "a + b if c else d", "a < b", "a, b + c", "(a + b) * c", "a * (b + c)", "a ^ b | c", "a % b * c", "a // b - c", "~a & b", "-a * b", "a * -b", "+a - +b", "a ** b * c", "a * b ** c", "a[b + c]", "a(b, c + d)", "a[b](c).d", "a and b or c", "(lambda: a + b)()", "[a + b, c]", "a >> b & c", "a & b == c", "a ^ b == c", "not a | b", "a != b + c", "-a ** -b ** -c"):
    print(src, "=", eval(src))
print(1 + 2 == 3 and not 4 < 3 or 0, 2 ** 3 ** 0, -2 ** 2, 5 - -3, ~-1, not 0 in [1], 1 if 0 else 2 or 3, 3 > 2 == True, (3 > 2) == True, 1 < 3 in [3], 2 * 3 % 4, 7 // 2 * 2, 1 << 2 ** 2, 6 & 3 == 3, not None is None, "a" "b" * 2, [1] * 2 + [3], -5 % 3, -5 // 3, 5 % -3)
