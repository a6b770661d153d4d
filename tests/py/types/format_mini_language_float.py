for spec in ("", "f", ".2f", ".0f", "#.0f", "e", ".3e", "E", "g", ".3g", "#g", "G", "%", ".1%", "n", "10", "<10", "^10.2f", "+.1f", " .1f", "010.2f", ",", ",.2f", "_.3f", "+010,.1f", "=+10.2f", "*^12.3e", "F", ".10", ".1", ".17g", "z.1f", "z.0f", ".0e", "#.0e", ".0%", "020,.3f", "0=10", "<010", ".3", "#", ".,f", "._f", ".6_f"):
    out = []
    for v in (3.14159, -0.04, 0.0, 1234567.891, 1e20, float("inf"), float("-inf"), float("nan"), 1e-10):
        try: out.append(format(v, spec))
        except ValueError as e: out.append(f"!{e}"); break
    print(repr(spec), out)
for v, spec in ((1.5, "d"), (1.5, "x"), (1.5, "c"), (1.5, "s"), (1.5, ".f"), (1.5, ".-1f"), (0.5, ".0f"), (1.5, ".0f"), (2.5, ".0f"), (1e400, "f"), (1e22, "f"), (123456789.0, "g"), (0.0001, "g"), (0.00001, "g"), (1e15, ""), (1e16, ""), (1.0, ".3"), (100000.0, ".3"), (1e5, ".5"), (-0.0, ""), (-0.0, "z"), (-0.0, "+"), (-0.001, "z.1f"), (0.1, ".30f"), (1/3, ".50g"), (1e-320, "g"), (5e-324, ".3e"), (1.7e308, ".0f"), (2.675, ".2f"), (1e100, ",.0f"), (9.995, ".2f"), (0.000001234, "n"), (float("nan"), "010"), (float("inf"), "010"), (float("-inf"), "=10"), (float("inf"), "%"), (1.5, "5.1"), (12.5, "1000.2f")):
    try: r = format(v, spec); print(v, repr(spec), repr(r) if len(r) < 400 else len(r))
    except Exception as e: print(v, repr(spec), type(e).__name__, e)
for spec in ("", "s", "5", "<5", ">5", "^5", ".2", "5.2", "*^9", "05", "é>6", ".0", "0<5", "=5", "+", "#", ",", "d", "^", "10s"):
    try: print(repr(spec), repr(format("abc", spec)), repr(format("", spec)), repr(format("é漢😀", spec)))
    except ValueError as e: print(repr(spec), e)
