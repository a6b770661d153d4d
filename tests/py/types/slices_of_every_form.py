# Slices with every sign of start, stop and step: reading, assigning, deleting, and ranges beside lists.
seed = 777
def rnd(n):
    global seed
    seed = (seed * 6364136223846793005 + 1442695040888963407) % (1 << 64)
    return (seed >> 33) % n
def ri(): return None if rnd(4) == 0 else rnd(14) - 7
def sl(): return slice(ri(), ri(), ri() or None)
for i in range(150):
    n = rnd(8); l = list(range(n)); s = sl(); m = list(l)
    r = range(rnd(20) - 10, rnd(20) - 10, rnd(7) - 3 or 1)
    print(l[s], tuple(l)[s], r, r[s], list(r[s]) == list(r)[s], s.indices(n), len(r), r == r[:], list(reversed(r)))
    k = rnd(5)
    try: m[s] = ["x"] * k; print(m)
    except Exception as e: print(type(e).__name__, e)
    m = list(l)
    try: del m[s]; print(m)
    except Exception as e: print(type(e).__name__, e)
