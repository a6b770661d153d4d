a, b = {1, 2, 3, 4}, {3, 4, 5}
print(a & b, a | b, a - b, a ^ b, b - a, a <= b, {3} < b, a >= {1}, a == {4, 3, 2, 1}, a.isdisjoint({9}), a.issubset(range(10)), a.issuperset([1]), len(a), 1 in a)
print(a.union([5], (6,)), a.intersection([1, 2], {2}), a.difference([1], [2]), a.symmetric_difference([4, 9]), a.union(), a.intersection(), a.copy() == a, frozenset(a) == a, set(frozenset(a)) == a)
c = set(a); c |= {9}; c &= {1, 9}; c ^= {1, 5}; c -= {5}; print(c); c.update([1], [2]); c.intersection_update([1, 2]); c.difference_update([1]); c.symmetric_difference_update([2, 7]); print(c, c.add(7), c.discard(99), c.remove(7), c, c.add(5), c.pop(), c, c.clear())
f = frozenset([1, 2]); print(f, f | {3}, type(f | {3}).__name__, type({3} | f).__name__, f & {1}, hash(f) == hash(frozenset([2, 1])), {f: 1}[frozenset([1, 2])], f.union([9]) == {1, 2, 9}, frozenset(f) is f, frozenset() == set(), repr(frozenset()), repr(set()), f.copy() is f, {frozenset([1])}, {1} in {frozenset([1])})
def s(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
s(lambda: a | [1]); s(lambda: a & "x"); s(lambda: a < [1]); s(lambda: a.remove(99)); s(lambda: a.remove([])); s(lambda: a.remove({99})); s(lambda: set().pop()); s(lambda: hash(a)); s(lambda: {[]}); s(lambda: {{}}); s(lambda: set(5)); s(lambda: a.add([])); s(lambda: f.add); s(lambda: a[0]); s(lambda: a + b); s(lambda: a.union(5)); s(lambda: a.isdisjoint(5)); s(lambda: set([[]])); s(lambda: a.add()); s(lambda: a.update(5)); s(lambda: frozenset(1, 2)); s(lambda: [] in a); s(lambda: {1} in a); s(lambda: a.discard({1})); s(lambda: a.issubset(5)); s(lambda: f.__ior__); s(lambda: sorted([{1}, {2}, {1, 2}])[0]); s(lambda: a.intersection([[]])); s(lambda: a.difference([[]])); s(lambda: a.__ior__([1]))
print({1, 1.0, True}, {0, False, 0.0}, len({float("nan"), float("nan")}), {1} == {True}, {(1, 2), (1, 2)}, set("aab") == {"a", "b"}, {*range(3)}, set(range(5)) - set(range(3)), {i % 3 for i in range(10)})
x = {1}; y = x; x |= {2}; print(y); x = frozenset([1]); y = x; x |= {2}; print(sorted(y), sorted(x))
x = {1, 2}; x -= x; print(x); x = {1, 2}; x ^= x; print(x); x = {1}; x.update(x); x &= x; print(x)
class S(set):
    def __or__(self, o): return "or"
    def __ror__(self, o): return "ror"
print(S() | {1}, {1} | S(), type(S([1]) & {1}).__name__, type(S([1]).copy()).__name__, repr(S([1])), repr(S()), type({1} & S([1])).__name__)
r = set(range(100)); [r.discard(i) for i in range(0, 100, 3)]; print(len(r), sum(r), max(r), min(r))
class Rs:
    def __hash__(self): return 1
    def __repr__(self): return repr(self.s)
q = Rs(); q.s = {q}; print(q)
