class Old:
    def __getitem__(self, i):
        if i == 3: raise IndexError
        return i
class Stop(Old):
    def __getitem__(self, i):
        if i == 2: raise StopIteration
        return i
print(list(Old()), list(Stop()), iter(Old()), max(Old()), sum(Old()), tuple(Old()), [*Old()])
it = iter(Old()); print(next(it), it.__reduce__()[1:] if False else "", list(it), next(it, "done"))
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n % 3 == 0: raise StopIteration
        return self.n
i = It(); print(list(i), list(i), next(i, "d"), next(i, "d"))
c = iter(lambda: next(src), 5)
src = iter([1, 2, 5, 6])
print(list(c), list(c), next(src))
def stop(): raise StopIteration
print(list(iter(stop, 1)))
def attempt(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
attempt(lambda: iter(5, 1)); attempt(lambda: iter(len)); attempt(lambda: next([])); attempt(lambda: list(iter([], )) ); attempt(lambda: next(iter([])))
class BadIter:
    def __iter__(self): return 1
attempt(lambda: list(BadIter())); attempt(lambda: [x for x in BadIter()]); attempt(lambda: max(BadIter())); attempt(lambda: dict(BadIter()))
class RaiseNext:
    def __iter__(self): return self
    def __next__(self): raise ValueError("next")
attempt(lambda: list(RaiseNext())); attempt(lambda: 5 in RaiseNext()); attempt(lambda: dict([RaiseNext()]))
class OnInst: pass
o = OnInst(); o.__iter__ = lambda: iter([]); o.__next__ = lambda: 1
attempt(lambda: iter(o)); attempt(lambda: next(o))
l = [1, 2, 3]; it = iter(l); next(it); l.clear(); print(list(it)); l.extend([1, 2, 3, 4]); print(list(it))
l = [1, 2]; it = iter(l); list(it); l.append(3); print(list(it))
r = reversed([1, 2, 3]); print(next(r), r.__length_hint__(), list(r))
it = iter("ab"); print(it.__length_hint__(), it is iter(it), type(it).__name__, type(iter([])).__name__, type(iter(())).__name__, type(iter({})).__name__, type(iter({}.items())).__name__, type(iter(set())).__name__, type(iter(range(1))).__name__, type(iter(range(1 << 70))).__name__, type(iter(b"")).__name__, type(iter(stop, 1)).__name__, type(reversed([])).__name__, type(reversed({})).__name__, type(reversed("")).__name__, type(iter("é")).__name__)
class LenHint:
    def __iter__(self): return iter([1])
    def __length_hint__(self): raise ValueError("hint")
attempt(lambda: list(LenHint()))
class LenErr:
    def __iter__(self): return iter([1])
    def __len__(self): raise TypeError("len ignored")
attempt(lambda: list(LenErr()))
