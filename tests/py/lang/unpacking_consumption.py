# How much of an iterator an unpacking takes.
class Noisy:
    def __init__(self, n): self.i, self.n = 0, n
    def __iter__(self): return self
    def __next__(self):
        self.i += 1
        print("next", self.i)
        if self.i > self.n: raise StopIteration
        return self.i
a, b = Noisy(2)
print(a, b)
n = Noisy(5)
try:
    a, b = n
except ValueError as e:
    print(e)
print("left", next(n))
a, *b, c = Noisy(4)
print(a, b, c)
def g():
    try:
        yield 1
        yield 2
        yield 3
    finally:
        print("closed")
it = g()
try:
    a, b = it
except ValueError as e:
    print("err", e)
print("still here", list(it))
class L(list):
    def __iter__(self): return iter("zz")
a, b = L([1, 2])
print(a, b)
class D(dict):
    def keys(self): return ["q"]
    def __getitem__(self, k): return k * 2
def f(**k): return k
print(f(**D(a=1)), {**D(a=1)})
