def noisy(n, tag):
    for i in range(n): print(f"[{tag}{i}]", end=" "); yield i
    print(f"[{tag} end]", end=" ")
z = zip(noisy(3, "a"), noisy(2, "b")); print("made"); print(next(z)); print(list(z))
m = map(lambda x: (print(f"f({x})", end=" "), x)[1], noisy(2, "m")); print("made"); print(next(m)); print(list(m))
f = filter(lambda x: x % 2, noisy(4, "f")); print(next(f)); print(list(f))
e = enumerate(noisy(2, "e")); print(next(e)); del e; print()
print(any(x == 1 for x in noisy(5, "any"))); print(all(x < 1 for x in noisy(5, "all"))); print(1 in noisy(5, "in")); a, *b = noisy(3, "star"); print(a, b)
try: list(zip(noisy(2, "p"), noisy(1, "q"), strict=True))
except ValueError as x: print(x)
try: list(zip(noisy(1, "p"), noisy(2, "q"), strict=True))
except ValueError as x: print(x)
print(max(noisy(3, "max")), sum(noisy(3, "sum")), sorted(noisy(2, "s")), list(reversed(list(noisy(2, "r")))), dict(zip("ab", noisy(2, "z"))), "".join(str(x) for x in noisy(2, "j")), set(noisy(1, "t")), tuple(noisy(1, "t")), bytes(noisy(2, "by")))
g = noisy(3, "g"); print(next(g)); print(list(zip(g, g))); import itertools
for x in itertools.islice(noisy(10, "i"), 2): print("got", x)
for x in itertools.takewhile(lambda v: v < 1, noisy(5, "t")): print("got", x)
a, b = itertools.tee(noisy(2, "tee")); print(next(a)); print(next(b)); print(list(a)); print(list(b)); c = itertools.chain(noisy(1, "x"), noisy(1, "y")); print(next(c)); print(next(c)); print(next(c, "end"))
