import sys
print(); print(""); print("a", 1, None); print("a", "b", sep=""); print("a", "b", sep="--", end="!\n"); print(*range(3), sep="\n"); print("x", end=""); print(); print(sep="z"); print("a", sep=None, end=None); print("flush", flush=True)
class W:
    def __init__(self): self.parts = []
    def write(self, s): self.parts.append(s)
w = W(); print("a", 5, sep="-", end="E", file=w); print(w.parts); w.parts.clear(); print(file=w); print("", file=w); print("x", "y", file=w); print(w.parts)
def s(f):
    try: f()
    except Exception as e: print(type(e).__name__, e)
s(lambda: print("a", sep=5)); s(lambda: print("a", end=5)); s(lambda: print("a", file=5)); s(lambda: print("a", foo=1)); s(lambda: print("a", file=w, flush=True)); s(lambda: print(*5))
old = sys.stdout; sys.stdout = w; print("captured"); sys.stdout = old; print(w.parts[-2:])
sys.stdout = None; print("lost"); sys.stdout = old
sys.stdout.write("written\n"); print(sys.stdout.write("12\n"))
class S:
    def __str__(self): raise ValueError("str")
s(lambda: print("before", S(), "after")); print()
del sys.stdout; 
try: print("x")
except RuntimeError as e: sys.stdout = old; print(e)
print("é漢😀", "\t|", "nul\0".encode()); print("a\rb".encode()); print("no newline", end="")
