for r in (range(5), range(2, 10, 3), range(10, 0, -3), range(0), range(5, 2), range(-3, 3), range(0, 10**20, 10**19), range(2**70, 2**70 + 3), range(0, -2**70, -2**69)):
    print(r, len(r), list(r), r[0] if r else "-", r[-1] if r else "-", r[::-1], r[1:], list(reversed(r)), bool(r), hash(r) == hash(range(r.start, r.stop, r.step)), r.start, r.stop, r.step)
r = range(0, 100, 7)
print(14 in r, 15 in r, 14.0 in r, 14.5 in r, "a" in r, True in range(2), r.index(21), r.count(21), r.count(22), r[3:8:2], r[-3:], r[100:], 10**30 in range(10**31), 2**70 in range(0, 2**71, 2**35), range(3) == range(0, 3, 1), range(0, 3, 2) == range(0, 4, 2), range(0) == range(5, 2), range(3) == [0, 1, 2], range(3) != range(4), range(1, 2, 5) == range(1, 9, 50), hash(range(0)) == hash(range(5, 1)))
for f in (lambda: range(1.5), lambda: range("a"), lambda: range(1, 2, 0), lambda: range(), lambda: range(3)[5], lambda: range(3)["a"], lambda: r.index(22), lambda: r.index("a"), lambda: len(range(2**64)), lambda: len(range(2**63)), lambda: range(3) + range(3), lambda: range(3) < range(4), lambda: range(3) * 2, lambda: range(2**70)[2**71], lambda: range(None), lambda: range(1, 2, 3, 4), lambda: range(2**100)[2**99], lambda: range(2**100)[-1], lambda: setattr(r, "start", 1), lambda: range(3).__setitem__, lambda: sum(range(2**64, 2**64 + 3)), lambda: iter(range(2**64)).__length_hint__()):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class I:
    def __index__(self): return 4
class S(int): pass
print(range(I()), range(S(2), S(5)), type(range(S(2)).stop).__name__, range(True), list(range(I(), 0, -1)), I() in range(5), S(3) in range(5))
it = iter(range(3)); print(next(it), it.__length_hint__(), list(it), next(it, "end"), list(it)); it = iter(range(2**65, 2**65 + 2)); print(list(it))
print([*range(3)], sum(range(101)), max(range(5)), sorted(range(3), reverse=True), tuple(range(3)), list(zip(range(2), range(5))), list(map(str, range(3))), list(range(3)) * 2, [i for i in range(10)][range(3)[1]])
