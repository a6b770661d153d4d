a, b = 3 + 4j, 1 - 2j
print(a + b, a - b, a * b, a / b, -a, +a, abs(a), a.conjugate(), a ** 2, a ** b, a == 3 + 4j, a != 3, bool(0j), hash(3 + 0j) == hash(3), a.real, a.imag)
for z in (0j, 1j, -1j, complex(-0.0, 0.0), complex(0.0, -0.0), complex(-0.0, -0.0), 1 + 0j, 1.5 - 2.5j, complex("inf"), complex(float("nan"), float("inf")), 1e100 + 1e-100j, complex(1e16, 1), -1 - 1j, 100000000000000000000j):
    print(repr(z), str(z), f"{z}", f"{z:.2f}", f"{z:10.1e}|{z:>20}|{z:<20}|")
print(complex("1+2j"), complex(" 3j "), complex("(1-2j)"), complex("1e5-.5j"), complex("j"), complex("-j"), complex("nan+infj"), complex(1), complex(1, 2), complex(1.5), complex(real=1, imag=2), complex(imag=3), complex(5, 0.0), complex())
for f in (lambda: complex("1 + 2j"), lambda: complex(""), lambda: complex("1+2"), lambda: complex("abc"), lambda: complex("1", 2), lambda: complex(1, "2"), lambda: complex(None), lambda: complex([]), lambda: complex(1, None), lambda: 1j / 0, lambda: 1j // 1, lambda: 1j % 1, lambda: divmod(1j, 1), lambda: 1j < 2, lambda: int(1j), lambda: float(1j), lambda: 0j ** -1, lambda: 0j ** 1j, lambda: round(1j), lambda: f"{1j:d}", lambda: f"{1j:010}", lambda: f"{1j:=10}", lambda: "%d" % 1j, lambda: pow(1j, 2, 3), lambda: complex("1" * 1000 + "e400"), lambda: abs(complex(1e308, 1e308)), lambda: 1e200j ** 2, lambda: complex.from_number("1")):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(1j * 1j, 1j ** 2, 1j ** -1, 2 ** 1j, 0j ** 0, 2j ** 0.5, (1 + 1j) ** 10, 1 + 2j == complex(1, 2), 1 - 0j, 0 - 1j, -(1j), 1j - 0, 2.0 * (1 + 1j), (1 + 1j) / 2, 2 / (1 + 1j), 1 == 1 + 0j, complex(2**53) == 2**53, {1: "x"}[1 + 0j])
class C(complex): 
    def __repr__(self): return "C!"
print(C(1, 2), str(C(1)), C(1) + 1, f"{C(1, 2)}", complex(C(1, 2)), complex.from_number(5), complex.from_number(1.5))
print((1e308 + 1e308j) * 2, complex(float("inf"), 1) * 1j, sum([1j, 2, 3.5]), [1j, 2].index(2 + 0j), hash(1j), hash(1 + 1j), hash(complex(0.5, 0)))
