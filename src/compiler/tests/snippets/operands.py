def operands(a, b):
    c = a + b
    d = a + (a := 3)
    a, b = b, a
    e = a[b:], a[b], -a, a.x
    e.y += 1
    e[a] -= c
    x = "a" "b" * 2 + f"{a!r:>{b}}{c}"
    return 2 ** 10 - 1, x in {1, 2}, d

def generic[T: int](x: T = 1) -> T:
    type A[U] = list[U]
