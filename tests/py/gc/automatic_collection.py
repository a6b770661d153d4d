import gc, weakref
class Node: pass
alive = []
def make():
    a = Node(); a.me = a
    alive.append(weakref.ref(a))
for _ in range(50_000): make()
print(sum(r() is not None for r in alive) < 50_000)
gc.collect(); print(sum(r() is not None for r in alive))
n = 0
class D:
    def __del__(self): global n; n += 1
def cyc(): d = D(); d.me = [d]
for _ in range(20_000): cyc()
gc.collect(); print(n)
