import inspect
class Buf:
    def __init__(self, d): self.d = bytearray(d); self.released = 0
    def __buffer__(self, flags):
        print("buffer", bool(flags & inspect.BufferFlags.WRITABLE)); return memoryview(self.d)
    def __release_buffer__(self, v): self.released += 1; print("release"); v.release()
b = Buf(b"hello")
m = memoryview(b); print(bytes(m), m.obj is b); m[0] = 72; m.release(); print(b.d, b.released)
print(bytes(b), bytearray(b), b"".join([b, b"!"]), b"ll" in bytes(b), b.released)
class Bad:
    def __buffer__(self, f): return 5
class Err:
    def __buffer__(self, f): raise ValueError("no buffer")
for o in Bad(), Err():
    try: memoryview(o)
    except Exception as e: print(type(e).__name__, e)
class NoRelease:
    def __buffer__(self, f): return memoryview(b"abc")
with memoryview(NoRelease()) as v: print(v.tolist(), v.readonly)
print(memoryview(b"x").__buffer__(0).tobytes(), (b"abc").__buffer__(0)[1])
class Sub(bytearray):
    def __buffer__(self, f): print("sub"); return super().__buffer__(f)
print(bytes(memoryview(Sub(b"q"))))
