import sys
p = sys.argv[1] + "/t.txt"
with open(p, "w") as f:
    print(f.write("line1\nline2\r\nline3é\n"), f.writelines(["a\n", "b"]), f.tell() > 0, f.name == p, f.mode, f.closed, f.encoding, f.writable(), f.readable(), f.seekable(), f.isatty())
print(f.closed)
with open(p) as f: print(repr(f.read()), repr(f.read()), f.seek(0), repr(f.read(3)), repr(f.readline()), repr(f.readline(2)), repr(f.readline()), f.readlines(), repr(f.readline()))
with open(p, newline="") as f: print([l for l in f])
with open(p, "rb") as f: print(f.read())
with open(p, "a") as f: f.write("appended")
with open(p) as f: print([l for l in f][-1], f.newlines)
with open(p, "r+") as f: f.write("LINE"); f.seek(0); print(repr(f.readline())); f.seek(0, 2); f.write("!"); f.seek(0); print(f.read()[-2:], f.truncate(5))
with open(p) as f: print(repr(f.read()))
with open(p, "w", newline="\r\n") as f: f.write("a\nb\n")
print(open(p, "rb").read())
with open(p, "w", encoding="latin-1") as f: f.write("é")
print(open(p, "rb").read(), open(p, encoding="latin-1").read())
try: open(p).read()
except UnicodeDecodeError as e: print(e)
print(repr(open(p, errors="replace").read()), repr(open(p, errors="surrogateescape").read()))
def s(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, str(e).replace(sys.argv[1], "TMP"))
s(lambda: open(sys.argv[1] + "/missing")); s(lambda: open(p, "x")); s(lambda: open(p, "q")); s(lambda: open(p, "rw")); s(lambda: open(p, "")); s(lambda: open(p, "rb", encoding="utf-8")); s(lambda: open(p, "rbt")); s(lambda: open(sys.argv[1])); s(lambda: open("")); s(lambda: open(None)); s(lambda: open(1.5)); s(lambda: open(p, encoding="nope")); s(lambda: open(p, newline="x")); s(lambda: open("a\0b")); s(lambda: f.read()); s(lambda: f.write("x")); s(lambda: next(f)); s(lambda: open(p).write("x")); s(lambda: open(p, "w").read()); s(lambda: open(p, "w").write(b"x")); s(lambda: open(p, "w").write(5)); s(lambda: open(p, "rb", buffering=0, newline="")); s(lambda: open(p, mode=5)); s(lambda: open(p, "r", 0)); s(lambda: open(p, "U")); s(lambda: open(p, "w").writelines(5)); s(lambda: f.__enter__()); s(lambda: open(p).seek(-1)); s(lambda: open(p).seek(1, 1)); s(lambda: open(p, "w", encoding="ascii").write("é")); s(lambda: open(9999)); s(lambda: open(-1))
with open(p, "w") as f: f.write("1\n2\n3\n")
with open(p) as f:
    for l in f:
        print(l.strip(), end=","); 
        if l == "1\n": s(lambda: f.tell())
    print(f.tell())
f = open(p); f.close(); f.close(); print(repr(f).replace(p, "P"))
with open(p, "w") as f: print("to file", 1, file=f)
print(open(p).read(), end="")
