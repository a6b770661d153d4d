b = b"Hello, World\x00\xff"
print(b, b[0], b[-1], b[1:4], b[::-1], list(b[:3]), len(b), b + b"x", b * 2, 72 in b, b"ell" in b, b == bytearray(b), hash(b"a") == hash(bytes(bytearray(b"a"))), b < b"I", b"a" == "a")
print(b.hex(), b.hex(":"), b.hex("-", 2), b.hex("_", -3), bytes.fromhex("48 65\n6c"), bytes.fromhex(""), b.upper(), b.lower(), b.swapcase(), b.title(), b"abc".capitalize(), b.find(b"o"), b.rfind(111), b.index(b","), b.count(b"l"), b.count(108), b.replace(b"l", b"LL", 2), b.startswith((b"x", b"He")), b.endswith(b"\xff"))
print(b" a b ".split(), b"a,b".split(b","), b"a,b,c".rsplit(b",", 1), b"a\nb\r\nc\x0bd".splitlines(), b"k=v".partition(b"="), b"k=v".rpartition(b"x"), b",".join([b"a", bytearray(b"b"), memoryview(b"c")]), b"  x ".strip(), b"xxa".lstrip(b"x"), b"ab".center(6, b"*"), b"5".zfill(3), b"a\tb".expandtabs(4), b"ab".removeprefix(b"a"), b"abc".translate(None, b"b"), b"abc".translate(bytes(range(1, 256)) + b"\0"), bytes.maketrans(b"ab", b"xy")[97:100])
print(bytes(3), bytes([1, 2, 255]), bytes("é", "utf-8"), bytes(b"x"), bytes(range(3)), bytes(), bytes(iter([65])), b"'\"", b"\t\n\r\\\x7f\x80", b"it's", repr(b'"'), str(b"a"), b"%d" % 5, b"a".isalpha(), b"1".isdigit(), b"a1".isalnum(), b" ".isspace(), b"A".isupper(), b"".isascii(), b"Ab Cd".istitle())
bb = b"a"
for f in (lambda: bytes([256]), lambda: bytes([-1]), lambda: bytes(-1), lambda: bytes("a"), lambda: bytes(["a"]), lambda: bytes(1.5), lambda: bytes(None), lambda: bytes(5, "ascii"), lambda: bytes("é", "ascii"), lambda: bytes("a", 5), lambda: b"a" + "b", lambda: b"a" + 5, lambda: b"a".join(["x"]), lambda: b"a".join([5]), lambda: b"a".find("x"), lambda: b"a".find(300), lambda: b"a".index(b"z"), lambda: b"a".split(""), lambda: b"a".split(b""), lambda: b"a".replace("a", "b"), lambda: b"a".startswith("a"), lambda: b"a".startswith([b"a"]), lambda: bytes.fromhex("zz"), lambda: bytes.fromhex("abc"), lambda: bytes.fromhex(5), lambda: b"a".hex(5), lambda: b"a".hex("ab"), lambda: b"a".hex("é"), lambda: b"abc".translate(b"x"), lambda: bytes.maketrans(b"a", b"bc"), lambda: b"a".center(5, "x"), lambda: b"a".center(5, b"xy"), lambda: "a" in b"a", lambda: 256 in b"a", lambda: bb["x"], lambda: b"a".strip("a"), lambda: b"a" < "a", lambda: b"".decode(5), lambda: bytes(1 << 70), lambda: b"ab" * (1 << 62), lambda: bytes(encoding="ascii"), lambda: bytes(b"a", errors="strict")):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class B:
    def __bytes__(self): return b"from dunder"
class I:
    def __index__(self): return 3
class Both(list):
    def __bytes__(self): return b"wins"
print(bytes(B()), bytes(I()), bytes(Both([1])), bytes([I()]), b"\x03".find(I()))
