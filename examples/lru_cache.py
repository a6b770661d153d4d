"""A least-recently-used cache as a decorator, as short as the language allows."""

from collections import OrderedDict
from functools import wraps


def lru_cache(size):
    def decorate(function):
        cache = OrderedDict()
        hits = misses = 0

        @wraps(function)
        def cached(*args, **kwargs):
            nonlocal hits, misses
            key = args, tuple(sorted(kwargs.items()))
            try:
                cache.move_to_end(key)
            except KeyError:
                misses += 1
            else:
                hits += 1
                return cache[key]
            value = cache[key] = function(*args, **kwargs)
            if len(cache) > size:
                cache.popitem(last=False)
            return value

        cached.info = lambda: f"{cached.__name__}: {hits} hits, {misses} misses, {len(cache)} of {size} kept"
        cached.keys = lambda: [args for args, _ in cache]
        return cached

    return decorate


@lru_cache(size=32)
def fibonacci(n):
    """The n-th Fibonacci number."""
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


@lru_cache(size=3)
def slow_square(n, *, verbose=False):
    if verbose:
        print(f"(squaring {n})")
    return n * n


print(fibonacci(90), fibonacci.__doc__)
print(fibonacci.info())
for n in [1, 2, 3, 1, 4, 2, 1]:
    print(n, slow_square(n, verbose=True), slow_square.keys())
print(slow_square.info())
try:
    slow_square([])
except TypeError as error:
    print("TypeError:", error)
