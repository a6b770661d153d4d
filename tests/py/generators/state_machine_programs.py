def tokens(s):
    i = 0
    while i < len(s):
        if s[i].isspace(): i += 1
        elif s[i].isdigit():
            j = i
            while j < len(s) and s[j].isdigit(): j += 1
            yield int(s[i:j]); i = j
        else: yield s[i]; i += 1
def pushback(it):
    for x in it:
        while (back := (yield x)) is not None:
            yield None; x = back
print(list(tokens("12+ (3*45)")))
p = pushback(tokens("1 2 3")); print(next(p)); p.send("again"); print(next(p), next(p), list(p))
def averager():
    total = n = 0; avg = None
    while True:
        v = yield avg
        if v is None: return avg, n
        total += v; n += 1; avg = total / n
def collect(results, key):
    while True: results[key] = yield from averager(); key += 1
res = {}; c = collect(res, 0); next(c)
for v in (1, 2, 3, None, 10, 20, None): c.send(v)
print(res)
def flatten(x):
    for i in x:
        if isinstance(i, list): yield from flatten(i)
        else: yield i
print(list(flatten([1, [2, [3, [[4]]], []], 5])))
def perms(l):
    if not l: yield []
    for i in range(len(l)):
        for p in perms(l[:i] + l[i + 1:]): yield [l[i]] + p
print(len(list(perms([1, 2, 3, 4]))), list(perms("abc"))[-1])
def primes():
    yield 2; seen = [2]; n = 3
    while True:
        if all(n % p for p in seen if p * p <= n): seen.append(n); yield n
        n += 2
from itertools import islice
print(list(islice(primes(), 15)))
class Tree:
    def __init__(self, v, l=None, r=None): self.v, self.l, self.r = v, l, r
    def __iter__(self):
        if self.l: yield from self.l
        yield self.v
        if self.r: yield from self.r
print(list(Tree(4, Tree(2, Tree(1), Tree(3)), Tree(6))), 3 in Tree(4, Tree(3)))
def scheduler(tasks):
    from collections import deque
    q = deque(tasks); out = []
    while q:
        t = q.popleft()
        try: out.append(next(t)); q.append(t)
        except StopIteration as e: out.append(("done", e.value))
    return out
def task(n, k):
    for i in range(k): yield f"{n}{i}"
    return n
print(scheduler([task("a", 2), task("b", 3), task("c", 0)]))
def hanoi(n, a="A", b="B", c="C"):
    if n: yield from hanoi(n - 1, a, c, b); yield a + c; yield from hanoi(n - 1, b, a, c)
print(" ".join(hanoi(3)), sum(1 for _ in hanoi(8)))
def pipeline(src, *stages):
    for s in stages: src = s(src)
    return src
print(list(pipeline(range(10), lambda it: (x for x in it if x % 2), lambda it: (x * x for x in it), lambda it: (f"<{x}>" for x in it))))
