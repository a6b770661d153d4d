inf, nan = float("inf"), float("nan")
for a, b in ((7.5, 2), (-7.5, 2), (7.5, -2), (-7.5, -2.0), (0.0, 3.0), (-0.0, 3.0), (1e308, 10), (inf, 2), (5.0, inf), (-5.0, inf), (5.0, -inf), (nan, 1), (1, 0.1), (2**70, 1.5), (0.3, 0.1)):
    try: print(a, b, a + b, a - b, a * b, a / b, a // b, a % b, divmod(a, b))
    except Exception as e: print(a, b, type(e).__name__, e)
for f in (lambda: 1.0 / 0, lambda: 1.0 // 0.0, lambda: 1.0 % 0, lambda: divmod(1.0, 0), lambda: 0.0 ** -1, lambda: (-8.0) ** (1/3), lambda: 10.0 ** 400, lambda: 2.0 ** 0.5, lambda: (-2.0) ** 3, lambda: (-0.0) ** -3, lambda: inf ** 0, lambda: nan ** 0, lambda: 1.0 ** nan, lambda: 0.0 ** 0, lambda: inf ** -1, lambda: (-inf) ** 3, lambda: pow(2.0, 3, 5), lambda: 1e200 * 1e200, lambda: inf - inf, lambda: inf * 0, lambda: -0.0 + 0.0, lambda: -0.0 - 0.0, lambda: 0.0 * -1):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
for x in (0.5, 1.5, 2.5, -0.5, -1.5, 2.675, 1e16 + 1, 0.49999999999999994, 5e15 + 0.5):
    print(round(x), round(x, 1), round(x, 2), round(x, -1), int(x), x.__floor__(), x.__ceil__(), x.__trunc__())
print(round(1.005, 2), round(123456.789, -3), round(1e300, -300), round(1e22, 2), round(5.015, 2), round(-2.5), round(0.1, 20), round(1.5, 400), round(1.5, -400), round(inf, 2), round(nan, 1), type(round(1.0)), type(round(1.0, 0)))
for f in (lambda: round(inf), lambda: round(nan), lambda: round(1.7976931348623157e308, -308)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(nan == nan, nan != nan, nan < 1, inf > 10**400, inf == inf, -0.0 == 0.0, 1 == 1.0, 0.1 + 0.2 == 0.3, min(nan, 1), max(1, nan), sorted([3, nan, 1])[0], 1e16 == 10**16, 2.0**53 == 2**53 + 1, {1.0: "a", 1: "b"}, {0.0, -0.0}, min(0.0, -0.0), 3 .__add__(1.5), (1.5).__add__(3), (1.5).__radd__("a"))
print(sum([0.1] * 10), sum([1e16, 1, -1e16]), sum([0.1, 0.2, 0.3], start=0), abs(-0.0), abs(-inf), -nan == nan, +(-1.5), bool(nan), bool(-0.0), 5.0 .real, 5.0.imag, 5.0.conjugate())
