def cnt(n):
    i = 0
    while i < n: yield i; i += 1
print(sum(cnt(100_000)), sum(sum(cnt(i)) for i in range(300)), max(x * y for x in cnt(100) for y in cnt(100)))
def chain(n): 
    g = cnt(1000)
    for _ in range(n): g = (x + 1 for x in g)
    return g
print(sum(chain(100)))
def tree(n):
    if n: yield from tree(n - 1); yield n; yield from tree(n - 1)
print(sum(tree(12)), list(tree(3)))
def ping(n):
    for _ in range(n): x = yield; yield x + 1
p = ping(20_000); s = 0
for i in range(20_000): next(p); s += p.send(i); 
print(s); gs = [cnt(5) for _ in range(1000)]; print(sum(next(g) for g in gs for _ in range(5)))
try: next(gs[0])
except StopIteration as e: print(e.value)
def collatz(n):
    while n != 1: yield n; n = n // 2 if n % 2 == 0 else 3 * n + 1
print(max(range(1, 2000), key=lambda n: sum(1 for _ in collatz(n))))
def early(n):
    for x in cnt(n):
        if x == 3: return x
print([early(10) for _ in range(3)], sum(1 for _ in zip(cnt(1000), cnt(500))), dict(zip(cnt(3), "abc")), *cnt(3), [*cnt(2), *cnt(2)], max(cnt(7)), 3 in cnt(5), tuple(cnt(2)), "".join(map(str, cnt(5))), sorted(cnt(4), reverse=True), list(map(lambda a, b: a * b, cnt(3), cnt(9))), list(filter(None, cnt(3))), any(cnt(2)), all(cnt(2)))
def throwing(n):
    ok = 0
    for _ in range(n):
        try: yield
        except KeyError: ok += 1
    yield ok
g = throwing(1000); next(g)
for _ in range(1000): r = g.throw(KeyError)
print(r)
