"""Equal ints and equal floats of the same type are the same object.

Category: Objects
Cause: Small integers and floats are not objects in memory but words that hold the number itself, so there is
    nothing that could tell two equal ones apart. `is` and `id()` compare them by value. In CPython identity
    of numbers depends on caches and constant folding, and programs are warned not to rely on it.
Work-around: Compare numbers with `==`.
"""
a, b = int("1000"), int("1000")
x, y = float("1.5"), float("1.5")
print(a is b, id(a) == id(b))
print(x is y, id(x) == id(y))
