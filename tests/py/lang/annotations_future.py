from __future__ import annotations
def f(a: undefined.thing[1], b: "str" = 2, *args: int | None, k: lambda x: x + 1, **kw: (1, 2)) -> {"a": [x for x in y]}: ...
for k, v in f.__annotations__.items(): print(k, repr(v))
class C:
    x: not a == b
    y: f"{x!r:>5}"
    z: -1 ** 2
    w: (yield_) if c else d
    s: a[1:2, ::3, ...]
    t: (a,)
    c: await_ @ b // c
for k, v in C.__annotations__.items(): print(k, repr(v))
v: list[int] = []
print(__annotations__)
print(annotations.compiler_flag == f.__code__.co_flags & annotations.compiler_flag, annotations)
