for a, b in ((7, 2), (-7, 2), (7, -2), (-7, -2), (0, 5), (2**100, 3**50), (-2**100, 7), (5, 2**70)):
    print(a + b, a - b, a * b, a // b, a % b, divmod(a, b), a & b, a | b, a ^ b, ~a, -a, a / b)
for f in (lambda: 1 // 0, lambda: 1 % 0, lambda: 1 / 0, lambda: divmod(1, 0), lambda: 0 ** -1, lambda: 1 << -1, lambda: 1 >> -1, lambda: 2**70 // 0, lambda: 1 << (1 << 70), lambda: 10**400 / 3, lambda: 3 / 10**400, lambda: 10**400 / 10**399, lambda: float(10**400), lambda: 2**70 % 0, lambda: pow(2, -1, 4), lambda: pow(2, 3, 0), lambda: pow(3, -1, 7), lambda: pow(2, 10, -7), lambda: pow(-3, 5, 2**70), lambda: 1 >> (1 << 70), lambda: 0 << (1 << 70), lambda: 2**70 << 2**3, lambda: -1 >> 100, lambda: -5 >> 1):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
M = (1 << 62)
for v in (M - 1, M, M + 1, -M, -M - 1, -M + 1, (1 << 63) - 1, 1 << 63, -(1 << 63)):
    print(v + 1, v - 1, v * 2, -v, abs(v), v * v, v // 3, v % 1000, v >> 1, v << 1, v ^ 1, v == v + 0, hash(v))
print(3037000500 * 3037000500, 4611686018427387904 * 2, -4611686018427387904 * 2, 9223372036854775807 * 9223372036854775807)
print((5).bit_length(), (-5).bit_count(), (0).bit_length(), (2**100).bit_length(), (255).to_bytes(2), (255).to_bytes(2, "little"), (-1).to_bytes(3, signed=True), int.from_bytes(b"\x01\x00"), int.from_bytes(b"\xff", signed=True), int.from_bytes([1, 2], "little"), (5).as_integer_ratio(), (5).conjugate(), (5).numerator, (5).denominator, (5).real, (5).imag, (5).is_integer())
for f in (lambda: (256).to_bytes(1), lambda: (-1).to_bytes(1), lambda: (1).to_bytes(-1), lambda: (1).to_bytes(1, "mid"), lambda: int.from_bytes("a"), lambda: int.from_bytes(5), lambda: int.from_bytes([256])):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(2**10, 2**0, 0**0, (-2)**3, (-2)**-2, 2**-1, 10**20, 7**77, True + True, True * 5, ~True if False else "", True & 1, type(True & True).__name__, type(True & 1).__name__, -True, True / 2)
print(1 < 2**70 < 2**71, 2**70 == float(2**70), 2**53 + 1 == float(2**53 + 1), 10**400 > 1e308, 10**400 < float("inf"), -10**400 > float("-inf"), 2**70 != 2**70 + 1, 1 < float("nan"), 10**30 == 1e30)
print(int(3.99), int(-3.99), int(1e20), int("  12 "), int("-0x1f", 16), int("0b11", 0), int("z", 36), int(b"12"), int("1_000"), int("٣"), int(True), int(bytearray(b"7")))
print(round(15, -1), round(25, -1), round(-15, -1), round(12345, -2), round(5, 2), round(10**30 + 5, -1), round(5, -5), round(2**70, -20))
