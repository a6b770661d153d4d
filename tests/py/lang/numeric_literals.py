for src in ("0", "00", "007", "0x1F", "0XaB", "0o17", "0O7", "0b101", "0B1", "1_000", "0x_f", "0b_1", "1__0", "1_", "_1", "0_0", "0_7", "1.", ".5", "1.5e10", "1e10", "1E-5", "1e+5", "1_0.0_1e1_0", "1e_5", "1._5", "1_.5", "1j", "1.5J", "1e5j", "0777", "08.5", "09", "09j", "0e0", "0xg", "0x", "0b2", "0b", "0o8", "0o", "1a", "1e", "1e+", "0x1.5", "1.5.5", "1..real", "1 .real", "1.real", "1if 1 else 0", "0xfor", "1or 2", "1 or 2", "1in [1]", "1l", "1L", "0l", "1_000_000_000_000_000_000_000", "0b1_0101_", "9" * 30, "1e309", "1e-400", "-0.0", "1e400j", "0x" + "f" * 40, "١", "1²", "0.1e", "0_x1", "1__", "1and 2", "0b1e5", "0o1.5", "5_5_5.5_5e-5_5"):
    import warnings
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter("always")
        try: v = repr(eval(src))
        except SyntaxError as e: v = f"SyntaxError {e.msg} @{e.offset}"
        except NameError as e: v = f"NameError {e}"
    print(src if len(src) < 45 else "long", "->", v, [str(x.message) for x in w])
