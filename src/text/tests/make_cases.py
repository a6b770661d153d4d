"""Records what the reference answers: python3.14 make_cases.py COUNT SEED FILE

One case a line, fields separated by tabs: operation, arguments, answer. Fields are ASCII with Python's escapes;
an answer beginning with `!` is an exception. COUNT is the number of random cases an operation gets.
"""
import os
import random
import struct
import sys

if os.environ.get("PYTHONHASHSEED") != "0":
    os.environ["PYTHONHASHSEED"] = "0"
    os.execv(sys.executable, [sys.executable] + sys.argv)

import _string
import _suggestions
import codecs

COUNT, SEED, PATH = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
R = random.Random(SEED)
lines = []


def esc(s):
    return s.encode("unicode_escape").decode()


def field(x):
    if x is True or x is False:
        return str(int(x))
    if x is None:
        return "None"
    if isinstance(x, (bytes, bytearray)):
        return esc(bytes(x).decode("latin-1"))
    if isinstance(x, str):
        return esc(x)
    if isinstance(x, float):
        return "%016x" % struct.unpack(">Q", struct.pack(">d", x))
    if isinstance(x, int):
        return str(x)
    if isinstance(x, (list, tuple)):
        return "|".join(field(i).replace("|", "\\x7c") for i in x) if x else "()"
    raise TypeError(type(x))


def case(op, args, f, *fargs):
    try:
        r = field(f(*fargs))
        assert not r.startswith("!") or not isinstance(r, bytes)
        if r.startswith("!"):
            r = "\\x21" + r[1:]
    except UnicodeError as e:
        if isinstance(e, UnicodeEncodeError):
            r = "!%d %d %s" % (e.start, e.end, esc(e.reason))
        elif isinstance(e, UnicodeDecodeError):
            r = "!%d %d %s" % (e.start, e.end, esc(e.reason))
        else:
            raise
    except (ValueError, TypeError, OverflowError, MemoryError) as e:
        r = "!%s %s" % (type(e).__name__, esc(str(e)))
    line = "\t".join([op] + [field(a) for a in args] + [r])
    if "\n" not in line:
        lines.append(line)


def rfloat():
    k = R.randrange(10)
    if k == 0:
        return R.choice([0.0, -0.0, float("inf"), float("-inf"), float("nan"), 5e-324, 1.7976931348623157e308,
                         2.2250738585072014e-308, 1e16, 9999999999999998.0, 1e-4, 1e-5, 0.1, 0.5, 1.5, 2.5, 1e22, 1e23])
    if k <= 2:
        return struct.unpack(">d", R.randbytes(8))[0]
    if k == 3:
        return float(R.randrange(-10**6, 10**6))
    if k == 4:
        return R.randrange(-10**6, 10**6) / 2 ** R.randrange(12)
    if k == 5:
        return R.randrange(-10**5, 10**5) / 10 ** R.randrange(8)
    if k == 6:
        return float("%de%d" % (R.randrange(-9, 10), R.randrange(-30, 30)))
    return R.uniform(-1, 1) * 10 ** R.randrange(-20, 20)


def rint():
    k = R.randrange(6)
    if k == 0:
        return R.choice([0, 1, -1, 2**61 - 1, 2**63, -2**63, 2**64, 10**18, -10**19, 2**1024, 255, 65])
    if k <= 2:
        return R.randrange(-10**6, 10**6)
    return R.randrange(-1, 2) * R.getrandbits(R.randrange(1, 300))


WIDE = ("\xdf\xe9\xb5\u0130\u0131\u03a3\u03c3\u03c2\u0345\u01c5\u01c4\u1e9e\ufb03\u1f80\u1fbc\u0660\u0669\u2003\u2028\x85\x1c\u00b2"
        "\u2460\u4e00\ud800\udc00\udfff\U0001d7ce\U0001f600\U0010ffff\ufffe\u00ad\u0300\u02b0\u2160\u13a0\uab70\u10d0\u1c90\xa0\u3000\xb7'.:")
ASC = "aAbBzZ01 9 _-+.\t\n\r\x0b\x0c\x1c\x1f'\"\\\x00\x7f,~"


def rstr(n=12, wide=None):
    if wide is None:
        wide = R.random() < .6
    out = []
    for _ in range(R.randrange(n + 1)):
        k = R.random()
        if not wide or k < .5:
            out.append(R.choice(ASC))
        elif k < .9:
            out.append(R.choice(WIDE))
        else:
            out.append(chr(R.choice([R.randrange(0x800), R.randrange(0x10000), R.randrange(0x110000)])))
    return "".join(out)


def rbytes(n=12):
    return bytes(R.choice([R.randrange(256), ord(R.choice(ASC))]) for _ in range(R.randrange(n + 1)))


def rmut(seeds, alphabet):
    """One of the seeds, with a few characters changed."""
    s = list(R.choice(seeds))
    for _ in range(R.randrange(3)):
        k = R.randrange(3)
        at = R.randrange(len(s) + 1)
        if k == 0:
            s.insert(at, R.choice(alphabet))
        elif s and at < len(s):
            if k == 1:
                del s[at]
            else:
                s[at] = R.choice(alphabet)
    return "".join(s)


def rspec(codes):
    s = ""
    if R.random() < .3:
        s += R.choice(["", "*", "\xe9", "0", "\U0001f600", "<"]) + R.choice("<>=^")
    s += R.choice(["", "", "", "+", "-", " "]) + R.choice(["", "", "", "", "z"]) + R.choice(["", "", "", "#"])
    s += R.choice(["", "", "0"]) + R.choice(["", "", "1", "5", "12", "20", "\u0663"]) + R.choice(["", "", "", ",", "_", ",_", "_,"])
    s += R.choice(["", "", "", ".0", ".1", ".3", ".10", ".20", ".40", ".", "._", ".,", ".6_", ".9,", ".5,_"])
    s += R.choice(codes)
    if R.random() < .03:
        s = rmut([s], "0<>=^+-z#.,_dfx!\xe9")
    return s


FLOATY = ["", "", "e", "E", "f", "F", "g", "G", "n", "%"]
for _ in range(COUNT):
    x = rfloat()
    case("frepr", [x], repr, x)
    case("fhex", [x], float.hex, x)
    s = rmut([repr(x), "%r" % x, " 1_000.5e-3 ", "inf", "-Infinity", "nan", "1_0", ".5", "5.", "1e5", "1e400", "1e-400",
              "\u0661\u0662.\u0665", "\u20031\u3000", "+.5e+0", "123456789012345678901234567890", "2.4703282292062328e-324",
              "9007199254740993", "1" + "0" * 400, "0." + "0" * 400 + "1e400"], "0123456789_.eE+- \t\xe9\u0663infa")
    case("fparse", [s], lambda: float(s).hex())
    h = rmut([x.hex(), "0x1.8p3", "1.8", "0x.8", "inf", "-nan", "0x1p-1074", "0x1p-1075", "0x1.8p-1075", "0x1p1024",
              "0x1.fffffffffffff8p1023", "0x1.fffffffffffff7p1023", "0x1.00000000000008p0", "0x1.00000000000018p0",
              "0x10000000000000800000001", " 0xap0 "], "0123456789abcdefx.p+- ")
    case("ffromhex", [h], float.fromhex, h)
    n = R.choice([R.randrange(-5, 20), R.randrange(-330, 330), 0])
    case("fround", [x, n], round, x, n)
    sp = rspec(FLOATY + ["d", "s", "x", "\xe9"])
    case("ffmt", [x, sp], format, x, sp)
    if R.random() < .1:
        sp = R.choice(["e", "f", "g", "#g"]).rjust(1)
        sp = sp[:-1] + "." + str(R.choice([50, 400, 1100, 1200, 2000])) + sp[-1]
        case("ffmt", [x, sp], format, x, sp)
    y = rfloat()
    case("crepr", [x, y], repr, complex(x, y))
    sp = rspec(FLOATY + ["d", "s"])
    case("cfmt", [x, y, sp], format, complex(x, y), sp)
    c = rmut([repr(complex(x, y)), "1+2j", "(1+2j)", "1j", "-j", "1", " ( 1-j ) ", "nan+infj", "1_0+2_0j", "1e5-1e-5J"],
             "0123456789_.eE+-j() \t\u0663")

    def cp():
        z = complex(c)
        return [z.real.hex(), z.imag.hex()]
    case("cparse", [c], cp)
    n = rint()
    sp = rspec(FLOATY + ["d", "d", "b", "o", "x", "X", "c", "n", "s", "\xe9", "\x01"])
    case("ifmt", [n, sp], format, n, sp)
    base = R.choice([10, 10, 0, 0, 2, 8, 16, 36, R.randrange(-1, 40)])
    t = rmut([str(n), hex(n), oct(n), bin(n), "0b1", "0x_f", "00", "0_0", "01", " 12 ", "\u0661\u0662", "1_000", "zz", "+5", "--5",
              "0o7", "1" * 30, "f" * 30], "0123456789abcdefxob_+- \t\n\u0663\xe9")
    case("iparse", [t, base], int, t, base)
    case("iradix", [n, 2], lambda: bin(n))
    case("iradix", [n, 8], lambda: oct(n))
    case("iradix", [n, 16], lambda: hex(n))
    case("ihash", [n], hash, n)
    case("fhash", [x], lambda: hash(x) if x == x else 0)
    b = rbytes(40)
    case("bhash", [b], hash, b)
    s = rstr()
    case("shash", [s], hash, s)
    items = [rint() for _ in range(R.randrange(6))]
    case("thash", [items], hash, tuple(items))
    case("sethash", [sorted(set(items))], hash, frozenset(items))
    sp = rspec(["", "s", "s", "d", "\xe9"])
    case("sfmt", [s, sp], format, s, sp)
    ps = "%" + R.choice(["", "-", "0", "+", " ", "#", "-0", "+#", "0 ", "#0"]) + R.choice(["", "1", "5", "12"]) + \
        R.choice(["", "", ".0", ".3", ".10", "."]) + R.choice(["", "", "l", "h"])
    t = "a%%" + ps + R.choice("diuoxX") + "\xe9"
    case("pint", [t, n], lambda: t % n)
    t2 = ps + R.choice("eEfFgG")
    case("pfloat", [t2, x], lambda: t2 % x)
    t3 = rmut([ps + "s|", ps + "s"], "%sd.0-#\xe9\ud800y") + R.choice(["", "%%"])
    case("pstr", [t3, s], lambda: t3 % s if not isinstance(t3 % s, int) else "")

    def markup(t):
        out = []
        for lit, name, spec, conv in _string.formatter_parser(t):
            out.append(lit + "\x01" + ("-" if name is None else "+" + name + "\x02" + (spec or "") + "\x02" + (conv or "")))
        return out
    t = rmut(["a{0.b[c]!r:>{w}}d", "{{}}", "{}", "{a[}]}", "{:{}}", "{0!r}", "{x!s:5}y", "}}{{", "{0:{a}{b}}"], "{}[]!:.a0\xe9")
    case("markup", [t], markup, t)

    def names(t):
        first, rest = _string.formatter_field_name_split(t)
        return [("i%d" % first) if isinstance(first, int) else "n" + first] + \
            [(("." if a else "[") + (("i%d" % k) if isinstance(k, int) and not a else "n" + str(k))) for a, k in rest]
    t = rmut(["0.b[c]", "a", "", "a.b.c", "a[0][x]", "0[\u0661]", "[a]", ".a", "a[b]c", "a[", "a..b", "a[]"], "0.[]a9\xe9")
    case("names", [t], names, t)

    s = rstr(16)
    for op in "lower upper title capitalize swapcase casefold".split():
        case("s." + op, [s], getattr(s, op))
    for op in ("isalnum isalpha isdecimal isdigit isnumeric isidentifier islower isupper isspace isprintable istitle"
               .split()):
        p = rstr(3)
        case("s." + op, [p], getattr(p, op))
    case("s.repr", [s], repr, s)
    case("s.ascii", [s], ascii, s)
    case("s.split", [s, -1], s.split, None, -1)
    m = R.randrange(-1, 4)
    case("s.split", [s, m], s.split, None, m)
    case("s.rsplit", [s, m], s.rsplit, None, m)
    case("s.splitlines", [s, True], s.splitlines, True)
    case("s.splitlines", [s, False], s.splitlines, False)
    w = rstr(10)
    for op in "strip lstrip rstrip".split():
        case("s." + op, [s], getattr(s, op))
        case("s." + op + "c", [s, w], getattr(s, op), w)
    short = "".join(R.choice("ab\xe9") for _ in range(R.randrange(14)))
    needle = "".join(R.choice("ab\xe9") for _ in range(R.randrange(3)))
    new = R.choice(["", "x", "\xe9", "xyz"])
    case("s.replace", [short, needle, new, m], short.replace, needle, new, m)
    case("s.count", [short, needle], short.count, needle)
    case("s.find", [short, needle], short.find, needle)
    case("s.rfind", [short, needle], short.rfind, needle)
    if needle:
        case("s.splitsep", [short, needle, m], short.split, needle, m)
        case("s.rsplitsep", [short, needle, m], short.rsplit, needle, m)
    k = R.randrange(9)
    case("s.expandtabs", [s, k], s.expandtabs, k)
    case("s.center", [s, k * 3], s.center, k * 3, "\xe9")
    case("s.zfill", [s, k * 3], s.zfill, k * 3)
    b = rbytes(16)
    for op in "lower upper title capitalize swapcase split rsplit splitlines strip lstrip rstrip".split():
        case("b." + op, [b], getattr(b, op))
    for op in "isalnum isalpha isdigit islower isupper isspace istitle".split():
        p = R.choice([rbytes(3), bytes(R.choice(b"aAbB1 \t") for _ in range(R.randrange(4)))])
        case("b." + op, [p], getattr(p, op))
    case("b.repr", [b], lambda: repr(b))
    g = R.randrange(-5, 6)
    case("b.hex", [b, g], b.hex, ":", g)
    t = rmut([b.hex(), b.hex(" ")], "0123456789abcdefAF \t\ng\xe9")
    case("b.fromhex", [t], bytes.fromhex, t)
    t = rmut(["a\\x41\\n\\101\\", "\\q\\777\\'", "\\x4", "\\xzz"], "\\x0147nN'\"a\n\xe9")
    t = t.encode("latin-1")
    case("b.escape", [t], lambda: codecs.escape_decode(t)[0])
    if "\n" not in s:
        case("b.escapeenc", [b], lambda: codecs.escape_encode(b)[0])

    cod = R.choice(["utf-8", "utf-8", "utf-8", "ascii", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le",
                    "utf-32-be", "utf-7", "utf-7", "unicode-escape", "unicode-escape", "raw-unicode-escape", "cp1252", "cp437",
                    "iso8859-15", "koi8-r", "mac-roman", "cp037", "utf-8-sig"])
    h = R.choice(["strict", "ignore", "replace", "backslashreplace", "surrogateescape", "surrogatepass"])
    if cod == "utf-8-sig":
        sig = R.choice([b"", b"\xef\xbb\xbf", b"\xef\xbb"])
    if cod == "utf-7" and R.random() < .8:
        data = rmut(["a+AOk-b", "+2ADcAA-", "+-", "+AGEA-", "+2AA-", "+2ADcA", "+AOk", "a+"], "AOkg2D+-/ ~\\9").encode()
    elif cod.endswith("escape") and R.random() < .8:
        data = rmut(["\\u00e9\\x41", "\\U0001f600", "\\N{DIGIT ONE}x", "\\N{", "\\N{}", "\\N{nope}", "\\777\\8", "\\u12", "\\U00110000",
                     "\\\\u0041", "a\\"], "\\uUxN{}0189fF\xe9").encode("latin-1")
    elif cod.startswith("utf-16") or cod.startswith("utf-32"):
        data = rstr(6).encode(cod, "surrogatepass")
        data = bytes(R.choice([x, x, x, x, x, x, 0xd8, 0xdc, 0]) for x in data)[:R.choice([None, None, -1, -2, -3])]
    else:
        data = b"".join(R.choice([R.choice(WIDE).encode("utf-8", "surrogatepass")[:R.randrange(1, 5)], bytes([R.randrange(256)]),
                                  b"a", b"\xed\xa0", b"\xe0\x80", b"\xf4\x90", b"\xf0\x9f\x98"]) for _ in range(R.randrange(6)))
    if cod == "utf-8-sig":
        data = sig + data
    try:
        data.decode(cod, h)
    except UnicodeDecodeError:
        pass
    except Exception:
        data = b""
    case("decode", [cod, h, data], data.decode, cod, h)
    if cod in ("utf-8", "utf-16-le", "utf-32-be", "utf-7", "unicode-escape", "raw-unicode-escape"):
        f = {"utf-8": codecs.utf_8_decode, "utf-16-le": codecs.utf_16_le_decode, "utf-32-be": codecs.utf_32_be_decode,
             "utf-7": codecs.utf_7_decode, "unicode-escape": codecs.unicode_escape_decode,
             "raw-unicode-escape": codecs.raw_unicode_escape_decode}[cod]
        if cod.endswith("escape"):
            case("partial", [cod, data], lambda: list(f(data, "strict", False)))
        else:
            case("partial", [cod, data], lambda: list(f(data, "strict", False)))
    h = R.choice(["strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace", "surrogateescape",
                  "surrogatepass"])
    s = rstr(8)
    if R.random() < .5:
        s = "".join(R.choice("a\xe9\u20ac\u2502\udc80\udcff\ud800\U0001f600") for _ in range(R.randrange(6)))
    case("encode", [cod, h, s], s.encode, cod, h)
    words = ["name", "nmae", "Name", "value", "valu", "append", "appendd", "index", "Index", "x", "xy", "lenght", "length", "count",
             "conut", "_name", "a_long_attribute_name", "a_long_atribute_nmae", "A_LONG_ATTRIBUTE_NAME", "get", "set", "gte"]
    words += ["a_name_of_nearly_forty_letters_in_all_%s" % ("x" * k) for k in range(5)]
    have = R.sample(words, R.randrange(1, 8))
    want = rmut(words, "abcnNeE_")
    case("similar", [want, have], _suggestions._generate_suggestions, have, want)



def every(op):
    """A checksum over all code points."""
    h = 0
    for cp in range(0x110000):
        r = getattr(chr(cp), op)() if op not in ("repr", "idpart") else \
            repr(chr(cp)) if op == "repr" else ("a" + chr(cp)).isidentifier()
        for b in (str(int(r)) if isinstance(r, bool) else r).encode("utf-8", "surrogatepass"):
            h = (h * 31 + b + 1) % 2**64
    return h


for op in ("lower upper title casefold isalnum isalpha isdecimal isdigit isnumeric isidentifier islower isupper isspace "
           "isprintable istitle repr idpart").split():
    case("every", [op], every, op)

for name in sorted(set(__import__("encodings.aliases").aliases.aliases)) if COUNT else ():
    if R.random() < min(1, COUNT / 100):
        data = bytes(range(256))
        try:
            if codecs.lookup(name).name.split("-")[0] in ("utf", "unicode", "raw") or not codecs.lookup(name)._is_text_encoding:
                continue
            out = data.decode(name, "replace")
            "\xe9".encode(name, "replace")
            "\U0010ffff".encode(name)
        except UnicodeEncodeError as e:
            if e.encoding != "charmap":
                continue
        except Exception:
            continue
        if len(out) == 256:
            case("table", [name], lambda: [out, out.encode(name, "ignore")])
open(PATH, "w").write("\n".join(lines) + "\n")
