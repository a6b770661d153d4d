s = "0123456789"
for sl in (slice(None), slice(2, 5), slice(-3, None), slice(None, None, 2), slice(None, None, -1), slice(8, 2, -2), slice(5, 5), slice(100), slice(-100, 3), slice(None, -100), slice(2, 100, 3), slice(-1, -11, -3), slice(None, None, 100), slice(0, 0, -1)):
    print(s[sl], list(range(10))[sl], range(10)[sl], tuple(range(10))[sl], s.encode()[sl], "àéîõü漢字😀xy"[sl])
for i in (10, -11, 1 << 70):
    for o in (s, [1], (1,), b"a", range(2), bytearray(b"x"), "é"):
        try: o[i]
        except IndexError as e: print(type(o).__name__, e)
print("a" < "b", "a" < "B", "é" > "z", "😀" > "\uffff", "" < "a", "ab" < "abc", "a" * 3, "ab" * 0, -1 * "x", "abc" == "ab" + "c", "é" == "e\u0301", "\ud800" == "\ud800", max("aé漢😀"), min("aé"))
print(ord("😀"), chr(0x1F600), chr(0), repr(chr(0xd800)), ord("\U0010ffff"), len("\U0010ffff"), "\ud83d\ude00" == "😀", len("\ud83d\ude00"))
for f in (lambda: ord(""), lambda: ord("ab"), lambda: chr(-1), lambda: chr(0x110000), lambda: chr("a"), lambda: ord(5), lambda: ord(b"ab"), lambda: "\ud800".encode(), lambda: b"\xff".decode(), lambda: b"\xe2\x82".decode(), lambda: "é".encode("ascii"), lambda: b"\xc3".decode("ascii"), lambda: "漢".encode("latin-1"), lambda: b"abc".decode("utf-8", "nope"), lambda: b"\xff".decode("utf-8", "nope"), lambda: "x".encode("utf-8", 5), lambda: b"\xff\xfea\x00".decode("utf-16"), lambda: "ab".encode("utf-16-le"), lambda: "é😀".encode("utf-16-be"), lambda: "é".encode("utf-32-le"), lambda: "é😀\n".encode("unicode_escape"), lambda: b"\\x41\\u00e9".decode("unicode_escape"), lambda: "é".encode("utf-8-sig"), lambda: "a\x80".encode("cp1252"), lambda: str(b"abc"), lambda: str(b"abc", "ascii"), lambda: str("x", "ascii"), lambda: str(5, "ascii"), lambda: b"\xed\xa0\x80".decode(), lambda: b"\xf4\x90\x80\x80".decode(), lambda: b"a\x80b".decode()):
    try: print(ascii(f()))
    except Exception as e: print(type(e).__name__, ascii(str(e)))
for h in "ignore replace backslashreplace xmlcharrefreplace namereplace surrogateescape surrogatepass".split():
    for f in (lambda: "aé\ud800b".encode("ascii", h), lambda: b"a\xff\xe2\x82b".decode("utf-8", h), lambda: "\ud800".encode("utf-8", h)):
        try: print(h, ascii(f()))
        except Exception as e: print(h, type(e).__name__, ascii(str(e)))
try: "aéb".encode("ascii")
except UnicodeEncodeError as e: print(e.encoding, e.object, e.start, e.end, e.reason, e.args)
try: b"ab\xff".decode()
except UnicodeDecodeError as e: print(e.encoding, e.object, e.start, e.end, e.reason)
print("aé".translate({97: "X", ord("é"): None}), "abc".translate(str.maketrans("ab", "xy", "c")), str.maketrans({"a": 1, 98: "z"}), str.maketrans("a", "b"), "ab".translate("zz" * 60) if False else "", "a".translate({97: 98}))
for a in (("a", "bc"), (5,), ({"ab": 1},), ("a",), ("a", "b", 5)):
    try: str.maketrans(*a)
    except Exception as e: print(type(e).__name__, e)
try: "a".translate({97: 1 << 30})
except ValueError as e: print(e)
try: "a".translate({97: 1.5})
except TypeError as e: print(e)
