# What a program sees when it changes a dict while walking it, and the order after many changes.
d = {1: 1, 2: 2, 3: 3}
for k in d:
    if k == 1: del d[2]; d[7] = 1
    print(k)
d = {1: 1, 2: 2, 3: 3}
for k in reversed(d):
    if k == 3: del d[2]; d[7] = 1
    print(k)
d = {1: 1}
try:
    for k in d: del d[k]; d[k] = 1
except RuntimeError as e: print(e)
seed = 99
def rnd(n):
    global seed
    seed = (seed * 6364136223846793005 + 1442695040888963407) % (1 << 64)
    return (seed >> 33) % n
d = {}
for i in range(2000):
    k = rnd(40); op = rnd(6)
    if op < 3: d[k] = i
    elif op == 3: d.pop(k, None)
    elif op == 4 and d: d.popitem()
    elif op == 5 and d: del d[next(iter(d))]
    if i % 50 == 0: print(d, list(reversed(d)), len(d))
class M:
    def keys(self): return 1
for f in (lambda: dict(M()), lambda: dict([1]), lambda: dict(["abc"]), lambda: {}[[]], lambda: {[]}, lambda: {1}.intersection([[]])):
    try: print(f())
    except TypeError as e: print("TypeError", e, getattr(e, "__notes__", ""))
    except ValueError as e: print("ValueError", e)
