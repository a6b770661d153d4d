if True: x = 1; y = 2
while x: x -= 1
else: print("w")
for a in 1,: print(a)
def f(): pass; return
class A: pass; z = 3
print(f(), A.z); x = 1 if y else 2; print(x); ((((x)))) = 5; print(x)
try: pass
finally: pass
with open(__file__) as fh, open(__file__): print(fh.readline().strip())
def g(a, b=1, *, c: int = 2, **d) -> None: "doc"; return a, b, c, d
print(g(0, z=9), g.__doc__); lambda: (yield)
assert g, "no"
x = [
    1,
    2,  # comment
]; print(x); x = (1 +
     2); print(x); x = 1 + \
    2; print(x)
print("a" "b"
      "c"); print('''multi
line'''); del x, y
global q; q = 1; print(q)
for i in range(3):
    if i == 1:
        continue
    elif i == 2:
        break
    else:
        pass
else: print("not printed")
if not (i := 0): print("walrus")
async def co(): pass
co().close(); print(*[1, 2], *(3,), sep=","); print(not not 1, 1 if 0 else 2 if 0 else 3, 0 or None or [], 1 and [] and 2)
while True:
    try: break
    finally: print("fin")
class B(A, metaclass=type): x: int; y: str = "s"; (z) = 1
print(B.z, B.y, 5 if B else 6); print({**{1: 2}, 3: 4}, {*[1], 2}, [*"ab"], (*"c",)); print(1 < 2 < 3 != 4, 1 in [1] == [1], "x" not in "abc", None is not x)
type X = int; match = 1; print(X.__name__, match); print(r"\n", b"\x00", f"{1!r:>3}", u"u", rb"\d", 0x1F, 0o17, 0b11, 1_000, 1e3, 1j, ...)
