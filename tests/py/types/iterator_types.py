e = enumerate("abc", 5); print(next(e), list(e), list(enumerate([], 1)), list(enumerate("ab", -1)), next(enumerate("x", 2**70)), list(enumerate("ab", start=True)))
print(list(zip()), list(zip("ab")), list(zip("abc", [1, 2])), list(zip("ab", "cd", strict=True)))
for f in (lambda: list(zip("ab", "c", strict=True)), lambda: list(zip("a", "bc", strict=True)), lambda: list(zip("a", "b", "cd", strict=True)), lambda: list(zip("ab", "cd", "e", strict=True)), lambda: zip(5), lambda: zip("a", 5), lambda: enumerate(5), lambda: enumerate("a", "b"), lambda: list(map(int, ["a"])), lambda: map(5, 5), lambda: list(map(5, [1])), lambda: list(filter(5, [1])), lambda: next(iter([])), lambda: next(zip()), lambda: next(5), lambda: reversed(zip()), lambda: len(zip()), lambda: map(None), lambda: list(map(None, [1])), lambda: list(map(lambda a: a, "a", "b")), lambda: list(map(int, "12", "34", strict=True)), lambda: list(map(lambda *a: a, "ab", "c", strict=True)), lambda: filter(None), lambda: enumerate(), lambda: enumerate([], 1, 2), lambda: zip(strict=True), lambda: zip("a", foo=1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(list(map(lambda a, b: a + b, [1, 2, 3], [10, 20])), list(filter(None, [0, 1, "", "a"])), list(filter(lambda x: x > 1, range(4))), list(map(str, [])), list(reversed("abc")), list(map(int, "12")))
it = iter([1, 2, 3, 4, 5, 6]); print(list(zip(it, it)), list(zip(iter("abc"), it)))
a = iter([1, 2, 3]); b = iter([10]); print(list(zip(a, b)), next(a, "none left")); a = iter([1, 2, 3]); b = iter([10]); print(list(zip(b, a)), next(a))
z = zip("ab", "cd"); print(next(z), iter(z) is z, list(z), next(z, "done"))
def boom():
    yield 1; raise ValueError("boom")
m = map(lambda x: x, boom()); print(next(m))
try: next(m)
except ValueError as e: print(e, next(m, "finished"))
m = map(lambda x: 1 // x, [0, 1]); 
try: next(m)
except ZeroDivisionError: print("goes on:", next(m))
f = filter(lambda x: 1 // x, [0, 1])
try: next(f)
except ZeroDivisionError: print("goes on:", list(f))
r = reversed([1, 2, 3]); print(next(r), list(r), list(r)); print(all(iter([1, 0, 2])), any(x > 1 for x in range(3)), sum(iter([1, 2])), min(iter("ba")), list(iter(lambda c=iter("abXc"): next(c), "X")))
from itertools import *
print(list(chain("ab", [1])), list(islice(count(5, 2), 3)), list(islice("abcdef", 1, None, 2)), list(accumulate([1, 2, 3])), list(pairwise("abc")), list(product("ab", repeat=2))[:3], list(permutations("abc", 2))[:3], list(combinations("abc", 2)), [(k, list(g)) for k, g in groupby("aabbb")], list(takewhile(lambda x: x < 2, range(5))), list(dropwhile(lambda x: x < 3, range(5))), list(zip_longest("ab", "c", fillvalue="-")), list(starmap(pow, [(2, 3)])), list(compress("abc", [1, 0, 1])), list(batched("abcde", 2)), [list(t) for t in tee([1, 2])], list(islice(cycle("ab"), 3)), list(repeat(1, 2)), list(filterfalse(None, [0, 1])), list(combinations_with_replacement("ab", 2)))
