import warnings
warnings.simplefilter("ignore")
for src in (r"'\a\b\f\n\r\t\v\\\'\"'", r"'\0\01\012\1234\377'", r"'\x41\x7f\xff'", r"'\u0041\u00e9\u4e2d'", r"'\U0001F600\U0010FFFF'", r"'\N{GREEK SMALL LETTER ALPHA}\N{bullet}\N{LATIN SMALL LETTER A WITH ACUTE}'", r"'\d\z\ '", r"b'\x41\101\n\d'", r"b'\u0041'", r"r'\n\x41\''", r"rb'\n'", r"Rb'\xff'", r"bR'\0'", r"u'\u0041'", "'a\\\nb'", "'''a\nb\\\nc'''", r"'\ud800'", r"'\ud83d\ude00'", r"'\8\9'", r"'\400'", r"'\N{DIGIT ONE}\N{LF}'", "'\t'", "'''it\\'s \"quoted\"'''", '"""a"b""c"""', "'a' \"b\" 'c'", "b'a' b'b'", r"'\x4'", r"'\u123'", r"'\U00110000'", r"'\N{}'", r"'\N{xyzzy}'", r"'\N'", r"b'\x4'", r"'\\' '\'' '\\\''", "br'\\\n'"):
    try: v = eval(src); print(ascii(src), "->", ascii(v), len(v))
    except SyntaxError as e: print(ascii(src), "->", e.msg, e.offset)
print("\N{EM DASH}" == "—", "\x00" == chr(0), b"\x00"[0], len(r"\\"), "\
joined", r"end\\", '\101\x41\u0041', "a" 'b' """c""", ("x"
  "y"), "é" "\xe9" == "éé")
