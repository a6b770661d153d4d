for x in (0.1, 1/3, 1e16, 1e15, 123456789012345678.0, 1e22, 1e23, 5e-324, 1.7976931348623157e308, 2.2250738585072014e-308, 1e-4, 1e-5, 0.0001234, 100.0, 1e100, -0.0, 0.0, 1.0, 123.456, 9007199254740993.0, 4.35, 0.1 + 0.2, 1e-7, 12345678.9, float("inf"), float("-inf"), float("nan"), 2**0.5, 1e21, 1.5e300, 3.0e-10, 9999999999999998.0, 99999999999999990.0):
    print(repr(x), str(x), "%r %s %g %e %f %.3f %.0f %.17g" % (x, x, x, x, x, x, x, x) if abs(x) < 1e30 or x != x else "%g %e" % (x, x), x.hex())
print(float("1e5"), float(" 1.5\n"), float("1_0.0_1"), float("inf"), float("-Infinity"), float("NaN"), float("+.5"), float("5."), float("1e400"), float("1e-400"), float(b"2.5"), float("0x1p3") if False else "", float("٣.٥"), float(True))
for s in ("", "a", "1e", ".", "1__0", "_1.0", "1._0", "infin", "nan2", "0x10", "1 2", "--1", "1.5.5", b"\xff", None, "\x00", [], "1e5x"):
    try: print(float(s))
    except Exception as e: print(type(e).__name__, e)
print(float.fromhex("0x1.8p3"), float.fromhex("inf"), float.fromhex("-0x.1p-5"), float.fromhex("1"), (0.1).as_integer_ratio(), (2.5).is_integer(), (2.0).is_integer(), (-0.0).hex(), float.from_number(5))
for f in (lambda: float.fromhex("zz"), lambda: float("inf").as_integer_ratio(), lambda: float("nan").as_integer_ratio(), lambda: int(float("nan")), lambda: int(float("inf")), lambda: float.fromhex("0x1p5000"), lambda: float.from_number("5")):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
