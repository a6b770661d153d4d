# A limit that the program sets is really reachable: Python calls take no native stack.
import sys
sys.setrecursionlimit(200_000)
def down(n): return 0 if n == 0 else 1 + down(n - 1)
print(down(150_000))
def even(n): return True if n == 0 else odd(n - 1)
def odd(n): return False if n == 0 else even(n - 1)
print(even(100_000))
class Node:
    def __init__(self, v, nxt): self.v, self.nxt = v, nxt
    def total(self): return self.v + (self.nxt.total() if self.nxt else 0)
n = None
for i in range(50_000): n = Node(i, n)
print(n.total()); del n
def tryfin(n):
    try: return n if n == 0 else tryfin(n - 1)
    finally: done.append(n) if n < 3 else None
done = []; tryfin(100_000); print(done)
def raiser(n):
    if n == 0: raise ValueError("bottom")
    raiser(n - 1)
try: raiser(100_000)
except ValueError as e: print(e)
def closures(n): return n if n == 0 else (lambda: closures(n - 1))()
print(closures(50_000)); print(down(10))
