import sys
def show(f):
    try: f()
    except BaseException as e:
        e.__traceback__ = e.__traceback__.tb_next
        sys.excepthook(type(e), e, e.__traceback__)
Z=0; N=None; L=[1]; D={}
class O:
    def m(self, *a, **k): raise ValueError("m")
    def __getitem__(self, i): return self
    def __call__(self,*a): return self
    @property
    def p(self): raise KeyError("p")
    def __enter__(self): raise OSError("enter")
    def __exit__(self,*a): pass
    def __add__(self,o): raise TypeError("add")
o=O()
def f1(): return L[5]
def f2(): x = L [ 5 ] ; return x
def f3(): return o.m(1).n
def f4(): return (o.m)(1)
def f5():
	return	1 +	N
def f6(): "日本語"; return "日本" + 5
def f7(): 変数 = N; return 変数.属性 + 1
def f8(): return D["日本"]["語"]
def f9():
    return (1
        + 2 # comment ) (
        + N
    )
def f10():
    return o(
        1,
        [2,
         3],
    ).m(
        4
    )
def f11(): assert Z, "msg"
def f12(): assert Z
def f13(): del L[9]
def f14(): L[9] = 3
def f15(): L[9] += 3
def f16(): a, b = L
def f17():
    for x in N: pass
def f18():
    with o: pass
def f19(): return [1/y for y in (1, 0)]
def f20(): return f"{1/Z}"
def f21(): return f"abc {N.foo!r:>{10}} def"
def f22(): return (lambda: 1/Z)()
def f23(): return o + 1
def f24(): return o.p
def f25(): return -N
def f26(): return not_defined
def f27(): return 1 < N
def f28(): return 1 if N.x else 2
def f29(): raise ValueError from N
def f30(): raise ValueError("a"
    "b")
def f31(): x = N(1)
def f32(): return N(1)
def f33(): x = y = N(1)
def f34(): x: int = N(1)
def f35(): return sorted([1, "a"])
def f36(): return max(1, "a", key=lambda v: v + 1)
def f37(): return int("x") + 1
def f38(): return 2 ** N ** 2
def f39(): return L[0][1]
def f40(): return L[0:1:0]
def f41(): return o.m(*[1], **{"a": 2}, b=3)
def f42(): import nonexistent_mod
def f43(): from sys import nonexistent_name
def f44(): return {**N}
def f45(): return [*N]
def f46(): return print(*N)
def f47(): return (yield)
def f48(): return N @ N
def f49(): N.attr = 3
def f50(): x = 1; x //= Z
def f51(): return L[
    5
]
def f52(): return not_defined_fn(
    1,
    2)
def f53():
    if N.a:
        pass
def f54():
    while N[0]: pass
def f55(): return   (  1  )   /   (  Z  )
def f56(): return (1, 2)[5] if True else 0
def f57(): return "%d" % "x"
def f58(): return o.m  (  1  )
def f59(): exec("1/0")
def f60(): eval("(1/\n0)")
def f61(): return [
    1,
    2,
    3/Z,
    4,
]
def f62():
    raise ExceptionGroup("eg", [ValueError(1), TypeError("t")])
def f63(): x = o(1)[2](3).m(4); return x
def f64(): return N.foo(1)(2)
def f65(): return __import__("nonexistent")
@show
def f66(): return N()
def f67(): return (
        N
        .foo
    )
def f68(): return "a" \
    + N
def f69(): N[0], N[1] = 1, 2
def f70(): return 1 + (2 + (3 + N))
def f71(): return ~N
def f72(): return N and N or N.x
def f73(): return "日本語日本語" % (1,2) + "é"
def f74(): class_ = type("X", (N,), {})
for i in range(1, 75):
    g = globals().get("f%d" % i)
    if g: print("-----", i, file=sys.stderr); show(g)
