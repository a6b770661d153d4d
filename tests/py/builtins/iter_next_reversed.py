class Count:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        self.n -= 1
        if self.n < 0: raise StopIteration("done", self.n)
        return self.n
c = Count(2); print(next(c), next(c), next(c, "default"))
try: next(c)
except StopIteration as e: print(e.args, e.value)
print(list(iter(Count(3).__next__, 1)), next(iter([])) if False else "", next(iter([]), None), list(iter(int, 1))[:0] if False else "", type(iter(int, 1)).__name__)
def s(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
s(lambda: next()); s(lambda: next([], 1)); s(lambda: iter()); s(lambda: iter(1, 2, 3)); s(lambda: iter([], 1)); s(lambda: next(iter([]), 1, 2)); s(lambda: reversed(5)); s(lambda: reversed({1: 2}).__next__()); s(lambda: reversed(iter([]))); s(lambda: list(reversed({"a": 1, "b": 2}))); s(lambda: aiter([])); s(lambda: anext([])); s(lambda: reversed(x for x in [])); s(lambda: iter(type)); s(lambda: len(iter([])))
class R:
    def __reversed__(self): return iter("custom")
print(list(reversed(R())), list(reversed(range(3))), list(reversed((1, 2))), list(reversed(b"ab")), list(reversed(bytearray(b"ab"))), list(reversed(memoryview(b"ab"))))
l = [1, 2, 3]; r = reversed(l); l.append(4); print(list(r)); r = reversed(l); next(r); l.pop(); l.pop(); l.pop(); print(list(r))
d = {"a": 1}; k = iter(d); print(next(k), next(k, "end")); 
class AI:
    def __aiter__(self): return self
    async def __anext__(self):
        raise StopAsyncIteration
a = aiter(AI()); print(type(a).__name__, a is aiter(a) )
async def main(): return await anext(a, "dflt")
try: main().send(None)
except StopIteration as e: print(e.value)
class BadA:
    def __aiter__(self): return 5
s(lambda: aiter(BadA())); s(lambda: anext(5, 1))
def callit():
    callit.n += 1
    if callit.n > 3: raise StopIteration
    return callit.n
callit.n = 0; print(list(iter(callit, 99))); callit.n = 0; it = iter(callit, 2); print(list(it), list(it))
