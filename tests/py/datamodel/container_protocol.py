class G:
    def __getitem__(self, k):
        print("getitem", k)
        if isinstance(k, int) and k > 2: raise IndexError
        return k
g = G()
print(list(g), 1 in g, 5 in g, g[1:2], g[1, 2], g[...], g[1:2, ::3], g[()])
print(list(reversed([1])), )
class C:
    def __contains__(self, x): return x * 2
    def __len__(self): return 2
    def __getitem__(self, i): return "ab"[i]
    def __reversed__(self): return "rev"
print(0 in C(), 5 in C(), 5 not in C(), reversed(C()), list(C()))
class R:
    def __len__(self): return 3
    def __getitem__(self, i): return i * 10
print(list(reversed(R())), [*R()][:2] if False else "", next(iter(R())))
class NoneContains: __contains__ = None
class NoneIter: __iter__ = None
class NoneReversed(list): __reversed__ = None
class NoneGet: 
    __getitem__ = None
def attempt(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
five, none, st, gen, lam = 5, None, {1}, (i for i in []), lambda: 0
attempt(lambda: 1 in NoneContains()); attempt(lambda: list(NoneIter())); attempt(lambda: reversed(NoneReversed())); attempt(lambda: 1 in NoneIter()); attempt(lambda: NoneGet()[1])
attempt(lambda: 1 in 5); attempt(lambda: 1 in None); attempt(lambda: five[0]); attempt(lambda: none[0]); attempt(lambda: len(5)); attempt(lambda: iter(5)); attempt(lambda: reversed(5)); attempt(lambda: reversed({1})); attempt(lambda: st[0]); attempt(lambda: gen[0]); attempt(lambda: len[0]); attempt(lambda: lam[0]); attempt(lambda: print.x); attempt(lambda: 1 .__len__)
def setit(o, k, v): o[k] = v
def delit(o, k): del o[k]
for o in 5, "abc", (1,), b"x", range(3), {1}, None, (lambda: 0), iter([]): 
    attempt(lambda: setit(o, 0, 1)); attempt(lambda: delit(o, 0))
class L:
    def __len__(self): return self.v
for v in (-1, "a", 1.0, None, 1 << 63, True):
    l = L(); l.v = v
    attempt(lambda: len(l))
class LH:
    def __length_hint__(self): return self.v
import operator
for v in (5, -1, "a", NotImplemented):
    l = LH(); l.v = v
    attempt(lambda: operator.length_hint(l, 9))
class It:
    def __iter__(self): return self
attempt(lambda: iter(It())); attempt(lambda: next(5)); attempt(lambda: next(It()))
attempt(lambda: "a" in "abc"); attempt(lambda: 5 in "abc"); attempt(lambda: 300 in b"a"); attempt(lambda: "a" in b"a"); attempt(lambda: [] in {1}); attempt(lambda: set() in {frozenset()}); attempt(lambda: [] in {})
