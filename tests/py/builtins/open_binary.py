import sys
p = sys.argv[1] + "/b.bin"
with open(p, "wb") as f: print(f.write(b"\x00\x01\xffabc\n"), f.write(bytearray(b"def")), f.write(memoryview(b"g\r\n")), f.tell(), f.mode, f.writelines([b"x", b"y\n"]))
with open(p, "rb") as f:
    print(f.read(2), f.tell(), f.read(), f.read(), f.seek(0), f.readline(), f.readlines(), f.seek(-3, 2), f.read(), f.seek(1), f.seek(2, 1), f.read(1), f.peek(1)[:1], f.read1(2))
    b = bytearray(4); f.seek(0); print(f.readinto(b), b)
with open(p, "ab") as f: f.write(b"END")
with open(p, "r+b") as f: f.seek(3); f.write(b"ABC"); f.seek(0); print(f.read()); print(f.truncate(4), f.seek(0), f.read())
with open(p, "rb", buffering=0) as f: print(type(f).__name__, f.read(2), f.readall(), f.readable(), f.writable(), f.fileno() > 2)
with open(p, "w+b") as f: f.write(b"abc\ndef\n"); f.seek(0); print(list(f), type(f).__name__)
with open(p, "xb" if False else "rb") as f: print(type(f).__name__, [l for l in f], next(f, "end"))
def s(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, str(e).replace(sys.argv[1], "TMP"))
s(lambda: open(p, "wb").write("s")); s(lambda: open(p, "rb").write(b"x")); s(lambda: open(p, "rb", newline="")); s(lambda: open(p, "rb", errors="x")); s(lambda: f.read()); s(lambda: open(p, "rb").seek(-1)); s(lambda: open(p, "rb").seek(0, 9)); s(lambda: open(p, "xb")); s(lambda: open(sys.argv[1] + "/no/such", "wb"))
with open(p, "wb") as f: pass
print(open(p, "rb").read())
class Path:
    def __fspath__(self): return p
with open(Path(), "w") as f: f.write("fspath")
print(open(Path()).read(), open(p.encode()).read())
class BadPath:
    def __fspath__(self): return 5
s(lambda: open(BadPath()))
f = open(p, "w"); f.write("flushed on drop"); del f; print(open(p).read())
from io import StringIO, BytesIO
o = StringIO("a\nb"); print(o.read(1), o.readline(), list(o), o.seek(0), o.write("Z"), o.getvalue(), o.truncate(2), o.getvalue()); b = BytesIO(b"xyz"); print(b.read(1), b.getvalue(), b.seek(0, 2), b.write(b"!"), b.getvalue(), b.getbuffer()[0])
