import operator as o, functools as ft, itertools as it
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(o.add(1, 2), o.itemgetter(0, 2)("abc"), o.attrgetter("real", "imag")(3), o.attrgetter("__class__.__name__")(5), o.methodcaller("upper")("a"), o.methodcaller("split", ",", maxsplit=1)("a,b,c"), o.contains([1], 1), o.countOf([1, 1], 1), o.indexOf([1, 2], 2), o.concat([1], [2]), o.truth([]), o.is_(1, 1), o.not_(0), o.neg(1), o.inv(1), o.pow(2, 3), o.iadd([1], [2]), o.index(5), o.length_hint([1]), o.getitem({1: 2}, 1), o.matmul.__name__, o.is_none(None))
t(lambda: o.itemgetter()); t(lambda: o.itemgetter(1)([])); t(lambda: o.attrgetter(5)); t(lambda: o.attrgetter("x.y")(5)); t(lambda: o.indexOf([], 1)); t(lambda: o.concat(1, 2)); t(lambda: o.methodcaller()); t(lambda: repr(o.itemgetter(1, "a"))); t(lambda: repr(o.attrgetter("a.b"))); t(lambda: repr(o.methodcaller("m", 1, k=2)))
p = ft.partial(int, base=2); print(p("101"), p.func, p.args, p.keywords, ft.partial(p, "11")(), ft.partial(max, 1)(5, 3), repr(ft.partial(print, 1, sep="")), ft.partial(ft.partial(max, 1), 2).args)
t(lambda: ft.partial()); t(lambda: ft.partial(5)); t(lambda: ft.partial(sub2, ft.Placeholder, 1)(10))
def sub2(a, b): return a - b
print(ft.reduce(o.add, [1, 2, 3]), ft.reduce(o.mul, [], 1), ft.reduce(lambda a, b: b + a, "abc")); t(lambda: ft.reduce(o.add, [])); t(lambda: ft.reduce(o.add, 5))
@ft.lru_cache(maxsize=2)
def sq(x): print("computing", x); return x * x
print(sq(1), sq(2), sq(1), sq(3), sq(2), sq.cache_info(), sq.__wrapped__(5), sq.cache_parameters()); sq.cache_clear(); print(sq.cache_info()); t(lambda: sq([]))
@ft.cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(100), fib.cache_info().hits)
@ft.total_ordering
class V:
    def __init__(self, v): self.v = v
    def __eq__(self, x): return self.v == x.v
    def __lt__(self, x): return self.v < x.v
print(V(1) <= V(1), V(2) > V(1), V(1) >= V(2))
class C:
    n = 0
    @ft.cached_property
    def p(self): C.n += 1; return C.n
c = C(); print(c.p, c.p, vars(c)); del c.p; print(c.p)
@ft.singledispatch
def kind(x): return "object"
@kind.register
def _(x: int): return "int"
@kind.register(list)
def _(x): return "list"
print(kind(1), kind([]), kind("s"), kind(True), kind.dispatch(bool)(1))
def deco(f):
    @ft.wraps(f)
    def w(*a): return f(*a)
    return w
@deco
def named(): "the doc"
print(named.__name__, named.__doc__, named.__wrapped__ is not None)
print(list(it.chain.from_iterable(["ab", "c"])), list(it.islice("abcdef", 1, 5, 2)), list(it.accumulate([1, 2, 3], o.mul, initial=10)), list(it.groupby([1, 1, 2]))[0][0], list(it.product("ab", [1, 2]))[-1], list(it.zip_longest("a", "bc")), list(it.batched("abcde", 2)), it.count(3), list(it.repeat("x", 2)), next(it.cycle("ab")), list(it.permutations("ab")), repr(it.repeat(1, 3)), repr(it.count(1, 2)), list(it.combinations([], 0)), list(it.pairwise([1])))
t(lambda: list(it.islice([1], -1))); t(lambda: it.count("a")); t(lambda: list(it.batched("abc", 2, strict=True))); t(lambda: it.batched("a", 0)); t(lambda: list(it.product([1], repeat=-1))); t(lambda: list(it.combinations([1], -1))); t(lambda: it.chain(5).__next__()); t(lambda: list(it.starmap(pow, [1]))); t(lambda: it.tee([], -1)); t(lambda: list(it.accumulate([1, "a"]))); t(lambda: it.islice("a")); t(lambda: it.repeat()); t(lambda: list(it.compress("ab", 5))); t(lambda: it.groupby()); t(lambda: list(it.zip_longest(5)))
