# Sets of ints show their members in the order of the reference's table.
a = set(range(14)); c = set(a); c |= a; c -= a
for x in a: c.add(x)
print(c)
seed = 54321
def rnd(n):
    global seed
    seed = (seed * 6364136223846793005 + 1442695040888963407) % (1 << 64)
    return (seed >> 33) % n
for i in range(12):
    big = rnd(3)
    def rs(): return {rnd(10) * (rnd(1000) if big == 1 else 1) * (1 << (rnd(50) if big == 2 else 0)) - rnd(5) for _ in range(rnd(40 if i % 10 else 200))}
    a, b = rs(), rs()
    print(a, b, a | b, a & b, a - b, a ^ b, a <= b, a == b, a.isdisjoint(b))
    c = set(a); c |= b; print(c); c -= a; print(c); c ^= b; print(c); c &= a; print(c)
    c = a.copy()
    for x in list(b): c.discard(x)
    print(c); c.update(list(b)); print(c)
    print([c.pop() for _ in range(min(5, len(c)))], c)
    print(a.union(list(b), range(5)), a.intersection(list(b)), a.difference(list(b)), a.symmetric_difference(list(b)), frozenset(a) | b, hash(frozenset(a)))
    k = {x: 1 for x in a}.keys()
    print(k & b, k - b, k | b, k ^ b, b & k)
