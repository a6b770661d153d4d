s = "abcabcab"
print(s.find("c"), s.find("c", 3), s.find("c", 3, 5), s.find(""), s.find("", 8), s.find("", 9), s.rfind("c"), s.rfind(""), s.rfind("a", 0, 6), s.find("zz"), s.index("b"), s.rindex("b"), s.find("a", -2), s.find("a", None, None), s.rfind("b", -100, -1))
print(s.count("ab"), s.count(""), s.count("", 3), s.count("", 20), s.count("aa"), "aaaa".count("aa"), s.count("a", 1, -1))
print(s.replace("ab", "X"), s.replace("ab", "X", 1), s.replace("", "-"), s.replace("", "-", 3), s.replace("b", ""), s.replace("zz", "q"), "".replace("", "x"), "".replace("", "x", 0), s.replace("a", "aa", -1), s.replace("a", "b", count=1), "aaa".replace("aa", "b"))
print(s.startswith("ab"), s.startswith(("x", "ab")), s.startswith("b", 1), s.startswith("", 8), s.startswith("", 9), s.endswith("ab"), s.endswith("b", 0, 2), s.endswith(()), s.startswith("abc", 0, 2))
print("a b  c ".split(), "a b  c ".split(" "), "a,b,c".split(",", 1), "a,b,c".rsplit(",", 1), " a b c ".split(None, 1), " a b c ".rsplit(None, 1), "".split(), "".split(","), "abc".split("abc"), "aXXbXXc".split("XX"), "a b".split(maxsplit=0), "  a b ".split(maxsplit=0), "a\u3000b\x1cc".split(), "aaa".split("a"), "aaa".rsplit("aa"), "a,b".split(sep=",", maxsplit=-1))
print("a\nb\r\nc\rd\x0be\x0cf\x1cg\x85h\u2028i\n".splitlines(), "a\nb\n".splitlines(True), "".splitlines(), "\n".splitlines(), "a\r\n\r\nb".splitlines(keepends=True))
print("k=v=w".partition("="), "k=v=w".rpartition("="), "kv".partition("="), "kv".rpartition("="), "".partition("x"))
print(",".join("abc"), "".join([]), "-".join(["one"]), "é".join("ab"), ",".join(iter("xy")), " ".join({"k": 1}))
for f in (lambda: s.index("z"), lambda: s.rindex("z"), lambda: s.split(""), lambda: s.partition(""), lambda: s.rsplit(""), lambda: s.find(5), lambda: s.replace("a"), lambda: s.replace(1, "a"), lambda: s.replace("a", None), lambda: s.startswith(5), lambda: s.startswith((5,)), lambda: s.startswith(["a"]), lambda: ",".join([1]), lambda: ",".join(["a", b"b"]), lambda: ",".join(5), lambda: s.split(5), lambda: s.count(), lambda: s.find("a", "b"), lambda: s.find(), lambda: s.split(",", "a"), lambda: s.endswith(b"a"), lambda: s.partition(5), lambda: s.replace("a", "b", "c"), lambda: 5 in s, lambda: s.encode("nope"), lambda: s.find("a", 1, 2, 3)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
u = "aé漢😀b" * 3
print(u[1], u[3], u[-1], u[::-1], len(u), u.find("😀"), u.rfind("é"), u.index("b", 5), u[2:9:2], u.split("漢"), u.count("😀b"), u.replace("😀", "x"), u.partition("漢😀"), u.find("漢", 3, 8), list(u)[:5])
