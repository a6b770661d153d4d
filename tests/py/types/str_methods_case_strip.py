s = "hello World, ß ǆ İi ÇŁ σς"
print(s.upper(), s.lower(), s.title(), s.capitalize(), s.swapcase(), s.casefold())
print("ŉ".upper(), "ﬁ".upper(), "ﬁ".title(), "ﬁx".capitalize(), "ǆ".title(), "ΑΣ".lower(), "ΑΣ Σ".lower(), "İ".lower().encode("unicode_escape"), "they're bill's 3rd".title(), "ß".casefold(), "ẞ".lower(), "ΐ".upper().encode("unicode_escape"))
print("  x ".strip(), "xxaxx".strip("x"), "abcba".lstrip("ab"), "abcba".rstrip("ab"), "\u3000\x1c\x85 a\u2028".strip() == "a", "".strip(), "abc".strip(""), "xyz".strip("zyx") == "", "a\x00".strip("\x00"))
print("prefix-x".removeprefix("prefix-"), "x".removeprefix("xx"), "ab".removesuffix("b"), "ab".removesuffix(""), "aa".removeprefix("a"))
for f in ("abc".center, "abc".ljust, "abc".rjust): print(f"[{f(8)}][{f(9, '*')}][{f(2)}][{f(4, 'é')}][{f(-5)}]")
print("42".zfill(5), "-42".zfill(6), "+4".zfill(4), "abc".zfill(2), "".zfill(2), "--1".zfill(5))
print("a\tb\tcd\te".expandtabs(), "a\tb".expandtabs(4), "\t\n\tx".expandtabs(3), "a\tb".expandtabs(0), "a\tb".expandtabs(-1), "abc\rd\te".expandtabs(4))
for m, args in (("center", (5, "ab")), ("center", ("5",)), ("ljust", (5, "")), ("strip", (5,)), ("zfill", ("a",)), ("removeprefix", (5,)), ("expandtabs", ("x",)), ("upper", (1,)), ("center", (5, b"x")), ("lstrip", ("a", "b")), ("strip", (b"a",))):
    try: getattr("abc", m)(*args)
    except TypeError as e: print(m, e)
for ch in ("", "a", "A", "1", "½", "²", "٣", "一", " ", "\n", "\x00", "é", "ǅ", "_", "a1", "Ab", "AB", "aB", "\u00ad", "\u2028", "ª", "Ⅷ", "\ud800", "Title Case", "Title case", "１"):
    print(ascii(ch), *(int(getattr(ch, n)()) for n in "isalpha isdigit isdecimal isnumeric isalnum isspace isupper islower istitle isidentifier isprintable isascii".split()))
